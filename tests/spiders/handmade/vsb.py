# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""VSB, Epoint, and the columns that only a browser can read."""

from __future__ import annotations

from .kit import Made, Site, answer

AGENCIES = ("公安局", "教育局", "民政局", "财政局", "水利局", "司法局", "审计局", "统计局", "商务局", "信访局")


def vsb_descending() -> Made:
    """Page two of three is zfxxgknb/2.htm, the last is 1.htm."""
    site = Site("tianshan", "天杉县")
    site.tree("/zfxxgk/zfxxgknb.htm")
    for page in (1, 2, 3):
        up = "" if page == 1 else "../"
        items = ""
        for n in range(3):
            title = site.report(
                f"/info/1082/1640{page}{n}.htm", AGENCIES[(page - 1) * 3 + n], 2021, box="v_news_content"
            )
            items += f'<li id="line_u5_{n}"><a href="../{up}info/1082/1640{page}{n}.htm"><h4>{title}</h4><p class="date">2022-01-2{n}</p></a></li>'
        link = {1: ("zfxxgknb/2.htm", "下页"), 2: ("1.htm", "下页"), 3: ("2.htm", "上页")}[page]
        pager = f'<div class="pb_sys_common"><span class="p_t">共9条</span><span class="p_pages"><span class="p_no_d">{page}</span><span class="p_{"next" if page < 3 else "prev"} p_fun"><a href="{link[0]}">{link[1]}</a></span></span><span class="p_t">{page}/3</span></div>'
        site.page(
            "/zfxxgk/zfxxgknb.htm" if page == 1 else f"/zfxxgk/zfxxgknb/{4 - page}.htm",
            f"<ul>{items}</ul>{pager}",
            "政府信息公开年报",
        )
    return site.done()


def vsb_one_page_a_year_and_dynamic() -> Made:
    """a2022.htm, a2021.htm, and list.jsp for the newest year, paged by a component's own parameter."""
    site = Site("qinlong", "秦陇县")
    site.tree("/czj/zfxxgk/zfxxgknb.htm")
    site.page(
        "/czj/zfxxgk/zfxxgknb.htm",
        '<ul><li><a href="../../list.jsp?urltype=tree.TreeTempUrl&amp;wbtreeid=1154">2023年</a></li><li><a href="zfxxgknb/a2022.htm">2022年</a></li><li><a href="zfxxgknb/a2021.htm">2021年</a></li></ul>',
        "政府信息公开年报",
    )
    for year in (2021, 2022):
        items = "".join(
            f'<tr><td><a href="../../../info/115{year - 2020}/{year}{n}.htm" title="{site.report(f"/info/115{year - 2020}/{year}{n}.htm", agency, year)}">{agency}</a></td></tr>'
            for n, agency in enumerate(AGENCIES[:3])
        )
        site.page(f"/czj/zfxxgk/zfxxgknb/a{year}.htm", f"<table>{items}</table>", f"{year}年")
    query = "urltype=tree.TreeTempUrl&wbtreeid=1154"
    for page in (1, 2):
        items = "".join(
            f'<li><a href="info/1154/2023{page}{n}.htm">{site.report(f"/info/1154/2023{page}{n}.htm", AGENCIES[page * 2 + n], 2023)}</a></li>'
            for n in range(2)
        )
        pager = (
            f'<span class="p_pages"><span class="p_next p_fun"><a href="list.jsp?a1154t=2&amp;a1154p=2&amp;a1154c=2&amp;{query.replace("&", "&amp;")}">下页</a></span></span>'
            if page == 1
            else ""
        )
        site.page(
            f"/list.jsp?{query}" if page == 1 else f"/list.jsp?a1154t=2&a1154p=2&a1154c=2&{query}",
            f"<ul>{items}</ul>{pager}",
            "2023年",
        )
    return site.done()


def epoint_category_folders() -> Made:
    """govlist.html, 2.html, 3.html; the pager says 尾页; each agency has a folder by its social-credit code."""
    site = Site("xuling", "许岭市")
    agencies = ""
    for o, agency in enumerate(("公安局", "教育局")):
        base = f"/govxxgk/1141108209457739{o}T/category/002/002001/"
        agencies += f'<li><a href="{base}govlist.html">{site.place}{agency}</a></li>'
        for page in (1, 2, 3):
            items = ""
            year = 2023 - page
            at = f"/govxxgk/1141108209457739{o}T/{year + 1}-01-12/0abf{page}{o}00-8e84-4bba-8d58-9f7625a62682.html"
            title = site.report(at, agency, year, box="ewb-article")
            items = f'<tr><td>11411023/{year}-0000{page}</td><td><a class="ewb-infoname" href="{at}">{title}</a></td><td class="ewb-rqnr"><span>{year + 1}-01-12</span></td></tr>'
            pages = f'<ul class="wb-page"><li class="wb-page-item"><a href="{base}{"govlist" if page < 3 else page - 1}.html">上一页</a></li><li class="wb-page-item"><a href="{base}{min(page + 1, 3)}.html">下一页</a></li><li class="wb-page-item"><a href="{base}3.html">尾页</a></li></ul>'
            site.page(
                f"{base}{'govlist' if page == 1 else page}.html",
                f'<link href="/EpointWebBuilder/css/a.css"><table class="ewb-table">{items}</table>{pages}',
                "信息公开年度报告",
            )
    site.tree("/zfxxgk/openSubPage.html", name="信息公开年度报告")
    site.page("/zfxxgk/openSubPage.html", f"<ul>{agencies}</ul>", "信息公开年度报告")
    return site.done()


def gongkai_that_needs_a_browser() -> Made:
    """The column is written by a script nobody documents; the documents themselves are plain pages."""
    site = Site("zibian", "淄边市")
    site.tree("/gongkai/channel_6076a26b1887a377796bb38b/")
    site.page(
        "/gongkai/channel_6076a26b1887a377796bb38b/",
        '<div id="app"></div><script src="/gongkai/static/js/app.3f2b.js"></script>',
        "政府信息公开年报",
    )
    site.report(
        "/gongkai/site_zbgaj/channel_6076a26b1887a377796bb38b/doc_60960f3fc91eeb7249ff41c5.html", "公安局", listed=False
    )
    site.problem("unsupported", "/gongkai/channel_6076a26b1887a377796bb38b/")
    return site.done()


def epoint_details_by_action() -> Made:
    """Rows that a script opens, by an identifier alone; the detail is a page by query."""
    site = Site("fuyang", "抚阳江市")
    site.tree("/zwgk/002005/002005002/secondpage.html")
    items = ""
    for n, agency in enumerate(AGENCIES[:3]):
        at = f"/zwgk/002005/002005002/00200500200{n}/20220111/63b24258-625a-4ced-b435-1a3d8231e05{n}.html"
        title = site.report(at, agency, 2021, box="ewb-article")
        items += f'<li class="ewb-list-item clearfix"><a class="ewb-list-name" href="{at}">{title}</a><span class="ewb-list-date">2022-01-11</span></li>'
    site.page("/zwgk/002005/002005002/secondpage.html", f'<ul id="govinfolist">{items}</ul>', "年度报告")
    site.serve("/EpointWebBuilder/zNJSAction.action", lambda _: answer("{}"))
    return site.done()
