# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""Names of columns, and the letters they are written in."""

from __future__ import annotations

from .kit import Made, Site

COLUMNS = (
    "政府信息公开年报",
    "公开年报",
    "信息公开年报",
    "政府信息公开年度报告",
    "政府信息公开工作年度报告",
    "年度报告",
    "年报公示",
    "政务公开年报",
    "信息公开工作年报",
    "政府信息公开 年报",
    "政 府 信 息 公 开 年 报",
    "政府信息公开年报&nbsp;",
    "<span>政府信息</span><span>公开年报</span>",
    "<b>年报</b>",
    "【政府信息公开年报】",
    "· 政府信息公开年报",
    "政府信息公开年报 &gt;&gt;",
    "政府信息公开年报（2008-2022）",
    "历年年报",
    "政府信息公开年报汇总",
    "区县政府信息公开年报",
    "市直部门信息公开年报",
    "各单位政府信息公开年度报告",
    "乡镇（街道）政府信息公开年报",
    "政府信息公开\u200b年报",
    "政府信息公開年報",
    "本级政府信息公开年报",
    "政府信息公开工作年报",
    "5.政府信息公开年报",
    "政府信息公开年度报告专栏",
)


def columns_by_every_name() -> Made:
    """One disclosure page with columns of every name, one report in each."""
    site = Site("mingcheng", "名称市")
    links = "".join(f'<li><a href="/lm{n}/">{name}</a></li>' for n, name in enumerate(COLUMNS))
    site.home('<a href="/gk/">政府信息公开</a>')
    site.page("/gk/", f"<ul>{links}</ul>", "政府信息公开")
    for n in range(len(COLUMNS)):
        title = site.report(f"/lm{n}/202301/t20230111_{n}.html", f"第{n}实验学校")
        site.page(
            f"/lm{n}/",
            f'<ul><li><a href="202301/t20230111_{n}.html">{title}</a><span>2023-01-11</span></li></ul>',
            "名称市人民政府",
        )
    return site.done()


def agencies_only_in_a_column_of_departments() -> Made:
    """各部门年报 lists the agencies by name alone, each an article."""
    site = Site("bumen", "部门县")
    site.home('<a href="/gk/">政府信息公开</a>')
    site.page("/gk/", '<a href="/gk/bmnb/">各部门年报</a><a href="/gk/xznb/">乡镇年报</a>', "政府信息公开")
    for at, name, agencies in (
        ("/gk/bmnb/", "各部门年报", ("公安局", "教育局")),
        ("/gk/xznb/", "乡镇年报", ("东镇", "西乡")),
    ):
        items = "".join(
            f'<li><a href="{at}t2023{n}111.html">{agency}</a></li>'
            for n, agency in enumerate(agencies)
            if site.report(f"{at}t2023{n}111.html", agency)
        )
        site.page(at, f"<ul>{items}</ul>", f"{name}_政府信息公开")
    return site.done()


def hrefs_in_every_fashion() -> Made:
    """Unquoted, in capitals, with spaces, entities, fragments, dots, doubled slashes, and backslashes."""
    site = Site("yinhao", "引号县")
    site.tree("/nb/")
    printed = (
        "<A HREF=/nb/0.html>{}</A>",
        "<a href=' /nb/1.html '>{}</a>",
        '<a href="&#47;nb&#x2F;2.html">{}</a>',
        '<a href="./././3.html#top">{}</a>',
        '<a href="../nb/x/../4.html">{}</a>',
        '<a href="\\nb\\5.html">{}</a>',
        '<a\nhref\n=\n"/nb/6.html"\n>{}</a>',
        '<a class="a" href="/nb/7.html"title="{}">{}</a>',
    )
    items = ""
    for n, markup in enumerate(printed):
        title = site.report(f"/nb/{n}.html", f"第{n}实验小学")
        items += f"<li>{markup.replace('{}', title)}\n"
    items += "<!-- <li><a href='/nb/old.html'>旧县公安局2018年政府信息公开工作年度报告</a></li> -->"
    items += """<script type="text/html"><li><a href="{{d.url}}">{{d.title}}政府信息公开年报</a></li></script>"""
    site.page("/nb/", f"<ul>{items}</ul>", "政府信息公开年报")
    return site.done()


def soft_errors() -> Made:
    """A column that answers with the home page, a row that says 404 under 200, a row that is a 500."""
    site = Site("ruancuo", "软错县")
    site.home('<a href="/gone/">政府信息公开年报</a><a href="/nb/">信息公开年报</a>')
    site.host.add("/gone/", site.host.pages["/"])
    site.problem("not_found", "/gone/")
    title = site.report("/nb/1.html", "公安局")
    site.page("/nb/2.html", "<h1>您访问的页面不存在</h1>", "404")
    site.problem("not_found", "/nb/2.html")
    site.page(
        "/nb/",
        f'<ul><li><a href="1.html">{title}</a></li><li><a href="2.html">软错县教育局2022年政府信息公开工作年度报告</a></li></ul>',
        "年报",
    )
    return site.done()


def shells_that_lead_abroad() -> Made:
    """A column whose page is a shell to a host that is nobody's."""
    site = Site("yijing", "异境县")
    site.tree("/nb/")
    site.raw("/nb/", "<script>window.location.href='http://www.elsewhere.example.test/nb/';</script>")
    site.problem("foreign_host", "http://www.elsewhere.example.test/nb/")
    return site.done()
