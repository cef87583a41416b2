# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""Hanweb's four ways: records in a script, the disclosure module, a page per agency and year, the gateway."""

from __future__ import annotations

import json
from html import escape

from govcrawl.simulator.answers import Answer, Asked

from .kit import Made, Site, answer, as_json, number

AGENCIES = (
    "公安局",
    "教育局",
    "民政局",
    "财政局",
    "水利局",
    "司法局",
    "审计局",
    "统计局",
    "商务局",
    "信访局",
    "气象局",
    "档案局",
    "体育局",
)
DOT = "●"


def jpage_with_a_proxy() -> Made:
    """First block in the page, the rest from a proxy that wants a Referer and calls its XML a page."""
    site = Site("zhuji", "竹暨市")
    column = "/col/col84242/index.html"
    site.tree(column)
    rows = []
    for n, agency in enumerate(AGENCIES):
        title = site.report(f"/art/2023/1/{n + 1}/art_84242_1187305{n}.html", agency)
        rows.append(
            f'<li><a href="/art/2023/1/{n + 1}/art_84242_1187305{n}.html" title="{title}" target="_blank">{title[:10]}…</a><span>2023-01-{n + 1:02}</span></li>'
        )

    def proxy(asked: Asked) -> Answer:
        if "col84242" not in asked.headers.get("referer", "") or asked.parameter("unitid") != "294071":
            return answer("<html><body>error</body></html>", "text/html", 404)
        size = number(asked, "perpage", 5)
        first, last = number(asked, "startrecord"), number(asked, "endrecord", size)
        records = "".join(f"<record><![CDATA[{row}]]></record>" for row in rows[first - 1 : last])
        return answer(
            f"<datastore><totalrecord>{len(rows)}</totalrecord><totalpage>3</totalpage><recordset>{records}</recordset></datastore>",
            "text/html;charset=utf-8",
        )

    site.serve("/module/web/jpage/dataproxy.jsp", proxy)
    store = "".join(f"<record><![CDATA[{row}]]></record>" for row in rows[:5])
    body = f"""<div id="294071" style="width:100%"><script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&webid=1&path=/&columnid=84242&unitid=294071&webname=%E7%AB%B9&permissiontype=0"></a>]]></nextgroup>
<recordset>{store}</recordset></datastore></script><script src="/script/jquery.jpage.js"></script>
<script>$(function(){{$("#294071").jpage({{theme:'default',perPage:5,totalRecord:{len(rows)},proxyUrl:'/module/web/jpage/dataproxy.jsp',
openCookies:false,ajaxParam:{{col:1,appid:1,webid:1,path:'/',columnid:84242,sourceContentType:1,unitid:'294071',webname:'竹暨市',permissiontype:0}}}});}});</script></div>"""
    site.page(column, body, "竹暨市 政府信息公开年报")
    site.host.add("/col/col84242/", site.host.pages[column])
    return site.done()


def jpage_with_escaped_table_records() -> Made:
    """Records escaped in place of CDATA, and rows of tables; the rows hold a notice and an interpretation too."""
    site = Site("bindong", "滨东县")
    site.tree("/col/col5501/")
    rows = []
    for n, agency in enumerate(AGENCIES[:4]):
        title = site.report(f"/art/2022/2/{n + 1}/art_5501_9{n}.html", agency, 2021)
        rows.append(
            f'<table><tr><td>{DOT}</td><td><a href="/art/2022/2/{n + 1}/art_5501_9{n}.html">{title}</a></td><td>[2022-02-0{n + 1}]</td></tr></table>'
        )
    rows.append(
        '<table><tr><td><a href="/art/2022/1/3/art_5501_77.html">关于做好2021年度政府信息公开年度报告编制发布工作的通知</a></td></tr></table>'
    )
    rows.append(
        '<table><tr><td><a href="/art/2022/3/3/art_5501_78.html">【图解】滨东县2021年政府信息公开工作年度报告</a></td></tr></table>'
    )
    site.page("/art/2022/1/3/art_5501_77.html", "<p>各单位：请按时报送。</p>", "通知")
    site.page("/art/2022/3/3/art_5501_78.html", "<p><img src='1.jpg'></p>", "图解")
    records = "".join(f"<record>{escape(row)}</record>" for row in rows)
    site.page(
        "/col/col5501/",
        f'<script type="text/xml"><datastore><totalrecord>6</totalrecord><recordset>{records}</recordset></datastore></script>',
        "年度报告",
    )
    return site.done()


def xxgk_module_search() -> Made:
    """A shell with a frame; the table comes from search.jsp page by page, and is not filtered by title."""
    site = Site("pingshuo", "坪朔县")
    site.tree("/col/col2201/index.html")
    rows = []
    for n, agency in enumerate(AGENCIES[:7]):
        title = site.report(f"/art/2021/1/2{n}/art_2201_4{n}.html", agency, 2020)
        rows.append(
            f'<tr class="tr_main_value_{"odd" if n % 2 else "even"}"><td>{site.place}{agency}</td><td><a href="http://{site.name}/art/2021/1/2{n}/art_2201_4{n}.html" title="{title}" gkfs="主动公开">{title[:16]}...</a></td><td>2021-01-2{n}</td></tr>'
        )

    def search(asked: Asked) -> Answer:
        page = number(asked, "currpage")
        if asked.parameter("infotypeId") != "A0203":
            return answer("<table><tr><td>没有记录</td></tr></table>")
        shown = "".join(rows[(page - 1) * 3 : page * 3])
        foot = (
            f"<div>共7条 共3页 第{page}页 <a href='#' onclick='pageTo({page + 1})'>下一页</a> <a>尾\u3000页</a></div>"
        )
        return answer(
            f"<table><tr><th>发布机构</th><th>标题</th><th>日期</th></tr>{shown}</table>{foot}",
            "text/html;charset=UTF-8",
        )

    site.serve("/module/xxgk/search.jsp", search)
    form = """<form name="searchform" action="/module/xxgk/search.jsp" method="post"><input type="hidden" name="infotypeId" value="A0203"/>
<input type="hidden" name="jdid" value="14"/><input type="hidden" name="area" value=""/><input type="hidden" name="divid" value="div2201"/>
<input type="hidden" name="standardXxgk" value="0"/><input type="hidden" name="isAllList" value="1"/><input type="hidden" name="currpage" value="1"/>
<input type="hidden" name="sortfield" value=",compaltedate:0"/></form>"""
    first = search(Asked("/module/xxgk/search.jsp", "infotypeId=A0203")).body.decode()
    site.page("/col/col2201/index.html", f'{form}<div id="div2201">{first}</div>', "政府信息公开年报")
    return site.done()


def annual_report_pages_by_area_and_year() -> Made:
    """No list: links by agency and year, whose pages hold the report and no title of their own."""
    site = Site("weiling", "微岭县")
    site.tree("/col/col31/index.html")
    links = ""
    for agency, area in (
        ("公安局", "11370800493950919N"),
        ("两河镇人民政府", "113708260043292687"),
        ("民政局", "01251010-066"),
    ):
        for year in (2020, 2022):
            path = f"/module/xxgk/xxgkAnnualReport.jsp?area={area}&fbtime={year}"
            site.report(path, agency, year, page_title="政府信息公开年度报告")
            links += f'<li><a href="{path.replace("&", "&amp;")}">{site.place}{agency} {year}</a></li>'
    site.page("/col/col31/index.html", f"<ul>{links}</ul>", "政府信息公开年报")
    return site.done()


def columns_that_are_reports() -> Made:
    """One column per department, whose page is the newest report itself."""
    site = Site("zhouling", "洲岭市")
    links = ""
    for n, agency in enumerate(AGENCIES[:4]):
        site.report(
            f"/col/col122948540{n}/index.html", agency, 2022, title="政府信息公开年报", page_title="政府信息公开年报"
        )
        links += f'<li><a href="/col/col122948540{n}/index.html" title="{site.place}{agency}">市{agency}</a></li>'
    site.home('<a href="/col/col12294/index.html">政府信息公开年报</a>')
    site.page("/col/col12294/index.html", f"<h3>市级部门</h3><ul>{links}</ul>", "政府信息公开年报")
    return site.done()


def gateway_with_param_json() -> Made:
    """The list is written by unitbuild.js; plain page numbers are ignored, only paramJson turns pages."""
    site = Site("kangle", "康乐岭县")
    site.tree("/klx/zfxxgk/ZFXXGKNB/index.html")
    rows = []
    for n, agency in enumerate(AGENCIES[:8]):
        path = f"/klx/zfxxgk/ZFXXGKNB/art/2022/art_{n:032x}.html"
        title = site.report(path, agency, 2019 if n % 2 else 2021)
        rows.append(
            f'<li><a target="_blank" href="{path}" title="{title}">{title}</a><span class="date">2022-08-1{n}</span></li>'
        )

    def unit(asked: Asked) -> Answer:
        if asked.parameter("pageId") != "ab12" or asked.parameter("parseType") != "bulidstatic":
            return as_json({"success": False, "message": "参数错误"})
        told = json.loads(asked.parameter("paramJson") or "{}")
        page, size = int(told.get("pageNo", 1)), int(told.get("pageSize", 3))
        shown = "".join(rows[(page - 1) * size : page * size])
        html = f'<ul>{shown}</ul><div class="pagination" count="{len(rows)}" rows="{size}" pageNo="{page}"></div>'
        return as_json({"success": True, "data": {"html": html}}, "text/html;charset=utf-8")

    site.serve("/api-gateway/jpaas-publish-server/front/page/build/unit", unit)
    query = "{'webId':'8','pageId':'ab12','parseType':'bulidstatic','pageType':'column','tagId':'信息列表','tplSetId':'9f0e','editType':'null'}"
    script = f'<script src="/script/jpaas/unitbuild.js" url="/api-gateway/jpaas-publish-server/front/page/build/unit" querydata="{query}"></script>'
    site.page("/klx/zfxxgk/ZFXXGKNB/index.html", f'<div class="list">{script}</div>', "政府信息公开年报")
    site.host.add("/klx/zfxxgk/ZFXXGKNB/", site.host.pages["/klx/zfxxgk/ZFXXGKNB/index.html"])
    return site.done()
