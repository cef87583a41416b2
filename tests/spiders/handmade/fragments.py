# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""Lists whose further pages are fragments or answers to forms: xxgk-list, nN/nN, Shanghai, columns by UUID."""

from __future__ import annotations

from functools import partial

from govcrawl.simulator.answers import Answer, Asked

from .kit import Made, Site, answer, as_json

AGENCIES = ("公安局", "教育局", "民政局", "财政局", "水利局", "司法局", "审计局", "统计局", "商务局", "信访局")


def xxgk_list_by_form() -> Made:
    """A shell; rows by POST, page in the path, until the data are empty."""
    site = Site("dazhuan", "达竹湾县")
    site.tree("/xxgk-list-zfxxgknb.html")
    rows = []
    for n, agency in enumerate(AGENCIES[:5]):
        title = site.report(f"/xxgk-show-19128{n}.html", agency, 2020, box="xxgk_content")
        rows.append(
            {
                "title": title,
                "url": f"http://{site.name}/xxgk-show-19128{n}.html",
                "inputtime": "2021-01-12",
                "updatetime": "2021-01-12",
            }
        )

    def page(number: int) -> Answer:
        return as_json({"data": rows[(number - 1) * 2 : number * 2]}, "text/html;charset=utf-8")

    def served(number: int, asked: Asked) -> Answer:
        if asked.method != "POST" or "1502" not in asked.parameters.get("ajax_type[]", []):
            return answer("<p>非法请求</p>", status=403)
        return page(number)

    for number in range(1, 6):
        site.serve(f"/api-ajax_list-{number}.html", partial(served, number))
    script = """<script>var page=1;function dr_ajax_load_more(){$.ajax({type:"POST",url:"/api-ajax_list-"+page+".html",dataType:"json",
data:{ajax_type:["21_xxgk","1502","21","xxgk","Y-m-d","50","2",["is_top DESC","displayorder DESC","inputtime DESC"]],is_ds:1},
success:function(d){for(var i in d.data){$("#list").append('<li><a href="'+d.data[i].url+'">'+d.data[i].title+'</a></li>');}page++;}});}dr_ajax_load_more();</script>"""
    site.page("/xxgk-list-zfxxgknb.html", f'<ul id="list"></ul>{script}', "政府信息公开年报")
    return site.done()


def numbered_nodes_with_descending_fragments() -> Made:
    """The first page inline; page k is index_<component>_<max-k+1>.html, a fragment; links to them are hidden."""
    site = Site("qingyunling", "庆云岭县")
    base = "/n30398511/n54890770/n68671067/"
    site.tree(f"{base}index.html")
    pages = []
    for page in range(3):
        items = ""
        for n in range(3):
            at = f"{base}c6868{page}{n}/content.html"
            items += f'<li><a href="../../..{at}" title="{site.report(at, AGENCIES[page * 3 + n], 2021, box="zsy_content")}">{AGENCIES[page * 3 + n]}2021年政府信息…</a><span>[2022-0{3 - page}-02]</span></li>'
        pages.append(f"<ul>{items}</ul>")
    script = f"""<td class="pages" id="pag_2603340"><script>var maxPageNum = 3; var purl="../../..{base}index_2603340";
document.write("总页数:"+maxPageNum);</script></td><div style='display:none'><a href='../../..{base}index_2603340_2.html'></a><a href='../../..{base}index_2603340_1.html'></a></div>"""
    site.page(
        f"{base}index.html",
        f'<div id="comp_2603340">{pages[0]}<table><tr>{script}</tr></table></div>',
        "政府信息公开年报",
    )
    site.raw(f"{base}index_2603340_2.html", pages[1])
    site.raw(f"{base}index_2603340_1.html", pages[2])
    return site.done()


def shanghai_nw_columns() -> Made:
    """/nw12344/ and index_2.html; the count of pages is in a script; old articles have another form of address."""
    site = Site("shanghaiwan", "海湾市")
    site.tree("/nw12344/index.html")
    for page in (1, 2, 3):
        items = ""
        for n in range(2):
            year = 2024 - page * 2 + n
            at = (
                f"/nw12344/{year + 1}0331/{page}{n}03b5fa47ae4c73b7ec42801de6be66.html"
                if page < 3
                else f"/nw12344/20200813/0001-12344_6459{n}.html"
            )
            title = site.report(
                at,
                "人民政府" if n else "教育委员会",
                year,
                box="Article_content",
                title=f"{year}年海湾市{'' if n else '教育委员会'}政府信息公开工作年度报告",
            )
            items += f'<li><a href="{at}" title="{title}">{title}</a><span class="time">{year + 1}-03-31</span></li>'
        pager = f"<script>$('.pagination').pagination({{totalPage:3,currentPage:{page},callback:function(p){{}}}});</script>"
        site.page(
            "/nw12344/index.html" if page == 1 else f"/nw12344/index_{page}.html",
            f'<ul class="tadaty-list">{items}</ul><div class="pagination"></div>{pager}',
            "政府信息公开年报",
        )
    return site.done()


def columns_by_uuid() -> Made:
    """Column and article are UUIDs; the dates in the addresses are those of a migration."""
    site = Site("shimen", "石门岭市")
    column = "/columns/8aef2fa0-cc14-409e-9f68-fbdba00a0c72/"
    site.tree(f"{column}index.html")
    items = ""
    for n, agency in enumerate(AGENCIES[:6]):
        at = f"{column}202308/21/720faafd-6610-4d9e-9cc8-9e0f056c210{n}.html"
        items += f'<a class="item" href="{at}"><div class="tt">{site.report(at, agency, 2017 + n if n > 1 else 2020)}</div><div class="dd">2021-03-29</div></a>'
    site.page(f"{column}index.html", f'<div class="list">{items}</div>', "石门岭市人民政府")
    return site.done()
