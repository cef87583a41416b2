# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""Home pages: what they lead to beside the column, and how the column is named."""

from __future__ import annotations

from .kit import Made, Site

AGENCIES = ("公安局", "教育局", "民政局", "财政局")


def _column(site: Site, at: str, *, year: int = 2022, name: str = "政府信息公开年报") -> None:
    items = "".join(
        f'<li><a href="{n}.html">{site.report(f"{at}{n}.html", agency, year)}</a></li>'
        for n, agency in enumerate(AGENCIES)
    )
    site.page(at, f"<ul>{items}</ul>", name)


def home_with_mirrors_and_enterprise_reports() -> Made:
    """Links to copies of the portal, to the registry of enterprises and to others' reports are none of the portal's."""
    site = Site("zhongjing", "众镜县")
    site.tree(
        "/nb/",
        home="".join(
            f'<li><a href="{at}">{text}</a></li>'
            for at, text in (
                ("http://big5.example.test/gate/big5/www.zhongjing.test/nb/", "繁體版"),
                ("http://qynb.example.test/", "企业年报公示"),
                ("http://www.gsxt.example.test/", "国家企业信用信息公示系统"),
                ("/nav/wzbb/", "政府网站年度报表"),
                ("/nav/jdjb/", "事业单位年报"),
                ("/en/annual.html", "Annual Report"),
            )
        ),
    )
    _column(site, "/nb/")
    site.page("/en/annual.html", "<p>Annual report</p>", "Annual Report")
    return site.done()


def column_only_in_a_news_topic() -> Made:
    """The reports of a year are a topic page among the topics; its parts are lists."""
    site = Site("zhuanti", "专题市")
    site.home('<div class="zt"><a href="/zt/">专题专栏</a></div><a href="/zwgk/">政务公开</a>')
    site.page("/zwgk/", '<a href="/zt/zfxxgkndbgzt/">政府信息公开年度报告专题</a>', "政务公开")
    site.page(
        "/zt/", '<a href="/zt/zfxxgkndbgzt/">政府信息公开年度报告专题</a><a href="/zt/cj/">创建文明城市</a>', "专题"
    )
    site.page(
        "/zt/zfxxgkndbgzt/",
        '<a href="2022nzfxxgkgzndbg/">2022年度</a> <a href="2023nzfxxgkgzndbg/">2023年度</a>',
        "专题",
    )
    for year in (2022, 2023):
        base = f"/zt/zfxxgkndbgzt/{year}nzfxxgkgzndbg/"
        cards = "".join(
            f'<div class="box"><h4>{kind}</h4><p><a href="{kind_at}{n}.html">{agency}</a></p></div>'
            for kind, kind_at in (("市直部门", "bm"), ("县（市）区", "qx"))
            for n, agency in enumerate(
                ("公安局", "教育局") if kind_at == "bm" else ("东岭区人民政府", "西岭县人民政府")
            )
            if site.report(f"{base}{kind_at}{n}.html", agency, year)
        )
        site.page(base, cards, f"专题市{year}年政府信息公开工作年度报告")
    return site.done()


def no_column_at_all() -> Made:
    """Nothing but other annual things: told as no_column."""
    site = Site("kong", "空岭县")
    site.home('<a href="/zwgk/">政府信息公开</a>')
    site.page("/zwgk/", '<a href="/nav/yjs/">预决算</a><a href="/nav/fzzf/">法治政府建设年度报告</a>', "政府信息公开")
    site.problem("no_column", "/")
    return site.done()


def empty_column() -> Made:
    """The column says that there is nothing yet."""
    site = Site("kongbai", "空白县")
    site.tree("/nb/")
    site.page("/nb/", "<div class='list'>暂无相关信息</div>", "政府信息公开年报")
    site.problem("no_reports", "/nb/")
    return site.done()


def reports_among_all_open_contents() -> Made:
    """The column is three menus deep, named 年度报告, beside another 年度报告 that is of something else."""
    site = Site("shenceng", "深层县")
    site.home('<a href="/zw/">政务</a>')
    site.page("/zw/", '<a href="/zw/gk/">信息公开</a><a href="/zw/cz/">财政信息</a>', "政务")
    site.page("/zw/cz/", '<a href="/zw/cz/nb/">年度报告</a>', "财政信息")
    site.page(
        "/zw/cz/nb/",
        "<ul><li><a href='1.html'>深层县国有企业2022年度报告</a></li><li><a href='2.html'>深层县社会保险基金2022年度报告</a></li></ul>",
        "年度报告",
    )
    site.page("/zw/gk/", '<a href="/zw/gk/zn.html">公开指南</a><a href="/zw/gk/nb/">年度报告</a>', "信息公开")
    for n in (1, 2):
        site.page(f"/zw/cz/nb/{n}.html", "<p>本年度经营情况如下。</p>", "年度报告")
    site.page("/zw/gk/zn.html", "<p>公开指南</p>", "公开指南")
    _column(site, "/zw/gk/nb/", name="年度报告")
    return site.done()


def home_in_capitals_and_wap() -> Made:
    """The host in capitals; a phone's twin of the whole site under /wap/ and m.<host>."""
    site, phone = Site("dashou", "大手县"), Site("m.dashou", "大手县")
    site.home(
        '<a href="HTTP://WWW.DaShou.TEST/NB/">政府信息公开年报</a><a href="http://m.dashou.test/">手机版</a><a href="/wap/nb/">年报</a>'
    )
    _column(site, "/NB/")
    items = "".join(
        f'<li><a href="/wap/nb/{n}.html">{site.report(f"/wap/nb/{n}.html", agency, listed=False)}</a></li>'
        for n, agency in enumerate(AGENCIES)
    )
    site.page("/wap/nb/", f"<ul>{items}</ul>", "年报")
    phone.home('<a href="/nb/">政府信息公开年报</a>', noise=False)
    return site.done(phone)
