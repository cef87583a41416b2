# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""The two families of Anhui, and the one whose rows are in the page."""

from __future__ import annotations

import json

from govcrawl.simulator.answers import Answer, Asked

from .kit import Made, Site, answer, number

AGENCIES = ("公安局", "教育局", "民政局", "财政局", "水利局", "司法局", "审计局", "统计局", "商务局", "信访局")


def lonsun_by_agency_with_labels() -> Made:
    """A column per agency (type=3) whose further pages come from /site/label/8888."""
    site = Site("huaiyu", "怀虞县")
    links, served = "", {}
    for o, agency in enumerate(("公安局", "常坟镇人民政府")):
        organ = str(24601 + o)
        rows = []
        for n in range(5):
            path = f"/public/{organ}/4488139{n}.html"
            title = site.report(path, agency, 2018 + n + 1)
            rows.append(
                f'<li><a title="{title}" href="{path}" target="_blank">{title[:14]}..</a><span class="date">{2020 + n}-01-20</span></li>'
            )
        served[organ] = rows
        links += f'<li><a href="/public/column/{organ}?type=3&amp;nav=3">{site.place}{agency}</a></li>'
        call = f"""<script>var pageCount = 3; $.ajax({{url:"/site/label/8888",data:{{IsAjax:1,dataType:"html",labelName:"publicInfoList",siteId:"6795621",pageSize:2,pageIndex:1,action:"list",
isDate:true,dateFormat:"yyyy-MM-dd",length:80,organId:"{organ}",type:3,catId:"",cId:"",result:"暂无相关信息",file:"/xxgk/publicInfoList_newest2020"}}}});
Ls.pagination("#page_public_info",function(i){{}},{{currentPage: 1, pageCount: 3}});</script>"""
        site.page(
            f"/public/column/{organ}?type=3&nav=3",
            f'<div class="xxgk_nav_con"><ul class="clearfix xxgk_nav_list">{"".join(rows[:2])}</ul></div><div id="page_public_info"></div>{call}',
            "政府信息公开年报",
            head='<meta name="SiteId" content="6795621">',
        )

    def label(asked: Asked) -> Answer:
        rows = served.get(asked.parameter("organId"), [])
        page, size = number(asked, "pageIndex"), min(number(asked, "pageSize", 2), 2)
        shown = rows[(page - 1) * size : page * size]
        return answer(
            f'<ul class="clearfix xxgk_nav_list">{"".join(shown)}</ul>' if shown else "<div>暂无相关信息</div>"
        )

    site.serve("/site/label/8888", label)
    site.tree("/content/column/6795?pageIndex=1", name="各单位年报")
    site.page("/content/column/6795?pageIndex=1", f"<ul>{links}</ul>", "政府信息公开年报")
    site.page("/content/column/6795", f"<ul>{links}</ul>", "政府信息公开年报")
    return site.done()


def openness_numbered() -> Made:
    """XxgkAnnualReport in numbered pages; a download of the same beside each row."""
    site = Site("xuanlin", "宣林市")
    site.tree("/OpennessContent/showList/650/0/page_1.html")
    for page in (1, 2):
        items = ""
        for n in range(4):
            at = f"/XxgkAnnualReport/show/43{page}{n}.html"
            title = site.report(at, AGENCIES[(page - 1) * 4 + n], 2020)
            items += f'<li><a href="{at}">{title}</a><span>2021-01-2{n}</span></li>'
        pager = '<div class="pages"><span>共8条</span><a href="/OpennessContent/showList/650/0/page_1.html">1</a><a href="/OpennessContent/showList/650/0/page_2.html">2</a><a href="/OpennessContent/showList/650/0/page_2.html">&gt;</a></div>'
        site.page(f"/OpennessContent/showList/650/0/page_{page}.html", f"<ul>{items}</ul>{pager}", "政府信息公开年报")
    return site.done()


def openness_branches() -> Made:
    """opennessAnnualReport per branch, with ?page= and 24 hexadecimal digits."""
    site = Site("hulunshan", "呼伦山旗")
    branches = ""
    for b, agency in enumerate(("公安局", "教育局")):
        branch = f"{b}f9b7{'0' * 19}"
        branches += f'<li><a href="/opennessAnnualReport/?branch_id={branch}">{agency}</a></li>'
        for page in (1, 2):
            items = ""
            for n in range(2):
                at = f"/openness/detail/content/{b}{page}{n}{'a' * 21}.html"
                year = 2018 + page * 2 + n
                items += f'<tr><td><a href="{at}" title="{site.report(at, agency, year)}">{agency}{year}年政府信息公开工作年…</a></td><td>{year + 1}-01-12</td></tr>'
            following = (
                f'<a href="?branch_id={branch}&amp;page=2">下一页</a>'
                if page == 1
                else f'<a href="?branch_id={branch}&amp;page=1">上一页</a>'
            )
            query = f"branch_id={branch}" + ("&page=2" if page == 2 else "")
            site.page(
                f"/opennessAnnualReport/?{query}",
                f"<table>{items}</table><div class='page'>{following}</div>",
                "政府信息公开年报",
            )
    site.tree("/opennessTarget/nb/")
    site.page("/opennessTarget/nb/", f"<ul>{branches}</ul>", "政府信息公开年报")
    return site.done()


def pc_list_with_the_rows_in_a_script() -> Made:
    """articleList holds the rows; how page two is asked for is known to nobody."""
    site = Site("yichi", "宜池市")
    column = "/ycsrmzf/zfxxg106/pc/list.html"
    site.tree(column)
    rows = []
    for n, agency in enumerate(AGENCIES[:6]):
        at = f"/ycsrmzf/zfxxg106/pc/content/content_20076538649913630{n:02}.html"
        title = site.report(at, agency, 2023, box="article-content-body")
        rows.append(
            {
                "id": str(n),
                "title": title,
                "pubDate": "2024-01-20 09:10:11",
                "urls": json.dumps({"pc": at}),
                "articleFiles": [],
            }
        )
    site.page(
        column,
        f'<div id="app"></div><script>var listData = {{"articleList": {json.dumps(rows, ensure_ascii=False)}, "pageSize": 20}};</script>',
        "年报",
    )
    return site.done()
