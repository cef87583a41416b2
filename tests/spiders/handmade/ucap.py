# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""UCAP: static pages, JSON lists, shells, and pages that hold several years."""

from __future__ import annotations

from govcrawl.simulator.answers import Answer, Asked
from govcrawl.simulator.report import ReportSpec, build_report

from .kit import Made, Site, as_json, number

AGENCIES = ("公安局", "教育局", "民政局", "财政局", "水利局", "司法局", "审计局", "统计局", "商务局", "信访局")
CHANNEL = "0123456789abcdef0123456789abcdef"


def ucap_static_pages_with_newlines() -> Made:
    """One-based pager with a stale total; hrefs end in newlines; a second link per row leads to a file."""
    site = Site("ganxi", "赣溪县")
    site.tree("/gxxxxgk/gx1554/list.shtml")
    for page in (1, 2, 3):
        items = ""
        for n in range(3):
            path = f"/gxxxxgk/gx1554/202101/{page}{n}c97a95c3e64f41039bb3beb14dbc763.shtml"
            title = site.report(path, AGENCIES[(page - 1) * 3 + n], 2020, box="article-content")
            items += f"""<tr><td class="info"><a class="list clear" target="_blank" href="{path}
 "><span class="til">{title}</span></a></td><td>2021-01-2{n}</td></tr>"""
        pager = f"<script>createPageHTML('page_div',3, {page},'list','shtml',8);</script><div class='page_num'><div id='page_div'></div></div>"
        name = "/gxxxxgk/gx1554/list.shtml" if page == 1 else f"/gxxxxgk/gx1554/list_{page}.shtml"
        site.page(
            name, f"<table>{items}</table>{pager}", "年度报告", head=f'<meta name="channelid" content="{CHANNEL}">'
        )
    return site.done()


def ucap_json_list() -> Made:
    """The rows come from /common/search/<channel>, with addresses without a scheme, ?ddtab and a wrong type."""
    site = Site("heishui", "黑水岭县")
    site.tree("/hsl/c110906/zfxxgk_gknbz.shtml")
    results = []
    for n, agency in enumerate(AGENCIES):
        path = f"/hsl/c110906/202201/c01_18600{n}.shtml"
        title = site.report(path, agency, 2021, box="article_content")
        results.append(
            {
                "title": title,
                "url": f"//{site.name}{path}{'?ddtab=true' if n % 2 else ''}",
                "publishedTimeStr": "2022-01-20 10:21:33",
                "channelName": "年报",
            }
        )

    def search(asked: Asked) -> Answer:
        page, size = number(asked, "page"), min(number(asked, "_pageSize", 4), 4)
        shown = results[(page - 1) * size : page * size]
        return as_json(
            {"data": {"total": len(results), "page": page, "rows": size, "results": shown}}, "text/html;charset=UTF-8"
        )

    site.serve(f"/common/search/{CHANNEL}", search)
    script = f"""<script>var channelId="{CHANNEL}";function load(page){{$.ajax({{url:"/common/search/{CHANNEL}?_isAgg=true&_isJson=true&_pageSize=4&_template=index&_rangeTimeGte=&_channelName=&page="+page,
dataType:"json",success:function(d){{render(d.data.results);}}}});}}load(1);</script>"""
    site.page(
        "/hsl/c110906/zfxxgk_gknbz.shtml",
        f'<ul id="rows"></ul>{script}',
        "政府信息公开年报",
        head=f'<meta name="channelid" content="{CHANNEL}"><meta name="template,templategroup,version" content="559,default,1.6">',
    )
    return site.done()


def ucap_first_channel_shell() -> Made:
    """Column links lead to redirect_firstChannel.shtml, that one to the first of three years beside each other."""
    site = Site("tianmu", "天牧县")
    site.tree("/tmx/c102717/redirect_firstChannel.shtml", name="信息公开年报")
    site.raw(
        "/tmx/c102717/redirect_firstChannel.shtml",
        "<html><head><script type=\"text/javascript\">\n var url='/tmx/c102718/list.shtml';\nwindow.location.href='/tmx/c102718/list.shtml';</script></head></html>",
    )
    side = "".join(
        f'<li><a href="/tmx/c10271{8 + n}/list.shtml">{year}年</a></li>' for n, year in enumerate((2022, 2021))
    )
    for n, year in enumerate((2022, 2021)):
        items = ""
        for m, agency in enumerate(AGENCIES[:3]):
            path = f"/tmx/c10271{8 + n}/{year + 1}01/a{m}b23f6130ac46dba73ba9de1a2739c{n}.shtml"
            items += f'<li><a href="{path}">{site.report(path, agency, year)}</a><span>{year + 1}-01-10</span></li>'
        pager = "<script>createPageHTML('page_div', 1, 1, 'list', 'shtml', 3);</script>"
        site.page(
            f"/tmx/c10271{8 + n}/list.shtml",
            f'<div class="left"><h3>政府信息公开年报</h3><ul>{side}</ul></div><div class="right"><ul>{items}</ul></div>{pager}',
            f"{year}年",
        )
    return site.done()


def ucap_page_with_the_report_inside() -> Made:
    """The column is one page with the report's text; there is no list."""
    site = Site("shulin", "疏林县")
    site.tree("/slx/c107687/zwgk_cont.shtml")
    built = build_report(ReportSpec(form="form2021", year=2022, agency="疏林县人民政府", seed=5))
    site.page(
        "/slx/c107687/zwgk_cont.shtml",
        f"<UCAPTITLE>{built.title}</UCAPTITLE><div><UCAPCONTENT>{built.body}</UCAPCONTENT></div>",
        "政府信息公开年报",
    )
    site.reports.append(f"{site.name.removeprefix('www.')}/slx/c107687/zwgk_cont.shtml")
    return site.done()


def ucap_numeric_content_folders() -> Made:
    """content.shtml in folders; years as columns whose names have no 年; a guide and a system among the rows."""
    site = Site("zhenghai", "证海区")
    site.tree("/zhq/c106256/common_list.shtml")
    items = ""
    for n, agency in enumerate(AGENCIES[:3]):
        title = site.report(
            f"/zhq/c106256/c165388{n}/content.shtml",
            agency,
            2019,
            title=f"{site.place}{agency}政府信息公开工作年度报告（2019年度）",
        )
        items += f'<dd><a href="/zhq/c106256/c165388{n}/content.shtml?ddtab=true"><i></i>{title}</a><em>03-0{n + 1}</em></dd>'
    for n, word in ((7, "政府信息公开指南"), (8, "政府信息公开制度"), (9, "政府信息公开年度报告制度")):
        items += f'<dd><a href="/zhq/c106256/c165388{n}/content.shtml">{site.place}{word}</a><em>03-0{n}</em></dd>'
        site.page(f"/zhq/c106256/c165388{n}/content.shtml", f"<p>{'第一条 为规范公开工作，制定本制度。' * 9}</p>", word)
    site.page("/zhq/c106256/common_list.shtml", f"<dl>{items}</dl>", "年报")
    return site.done()
