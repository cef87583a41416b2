# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""Lists that nobody knows how to read to their end: what is there is found, and the rest is told."""

from __future__ import annotations

import json

from govcrawl.simulator.answers import Answer, Asked

from .kit import Made, Site, answer, as_json, key, number

AGENCIES = ("公安局", "教育局", "民政局", "财政局", "水利局", "司法局", "审计局", "统计局")


def _rows(site: Site, at: str, agencies: tuple[str, ...]) -> str:
    return "".join(
        f'<li><a href="{at}{n}.html">{site.report(f"{at}{n}.html", agency)}</a><span>2023-01-12</span></li>'
        for n, agency in enumerate(agencies)
    )


def pager_by_a_script_of_its_own() -> Made:
    """下一页 calls a function that nobody printed."""
    site = Site("hanshu", "函数县")
    site.tree("/nb/")
    site.page(
        "/nb/",
        f'<ul>{_rows(site, "/nb/", AGENCIES[:3])}</ul><div>第1页/共3页 <a href="javascript:toPage(2)">下一页</a></div>',
        "政府信息公开年报",
    )
    site.problem("unsupported", "/nb/")
    return site.done()


def total_above_the_rows() -> Made:
    """共 9 条, and three on the page, with no way on."""
    site = Site("zongshu", "总数县")
    site.tree("/nb/")
    site.page("/nb/", f"<ul>{_rows(site, '/nb/', AGENCIES[:3])}</ul><div>共 <b>9</b> 条记录</div>", "政府信息公开年报")
    site.problem("incomplete_list", "/nb/")
    return site.done()


def rows_of_a_file_without_titles() -> Made:
    """The file beside the list names addresses and dates alone."""
    site = Site("wuti", "无题县")
    site.tree("/zfxxgk/nb/")
    rows = [{"url": f"./202301/t20230118_{n}.html", "PubDate": "2023-01-18", "order": n} for n in range(3)]
    site.serve("/zfxxgk/nb/2022qtzdgk.json", lambda _: as_json({"data": rows}))
    site.page(
        "/zfxxgk/nb/",
        "<ul id='list'></ul><script>$.getJSON('2022qtzdgk.json',function(r){show(r)});</script>",
        "政府信息公开年报",
    )
    site.problem("unsupported", "/zfxxgk/nb/2022qtzdgk.json")
    return site.done()


def tree_in_a_script() -> Made:
    """The agencies are nodes of a tree that a script draws; nothing says how their lists are asked for."""
    site = Site("shuzhuang", "树状县")
    site.tree("/nb/")
    nodes = json.dumps([{"id": n, "pId": 0, "name": agency} for n, agency in enumerate(AGENCIES)], ensure_ascii=False)
    site.page(
        "/nb/",
        f"<ul id='tree' class='ztree'></ul><script>var zNodes={nodes};$.fn.zTree.init($('#tree'),setting,zNodes);</script>",
        "政府信息公开年报",
    )
    site.problem("no_reports", "/nb/")
    return site.done()


def proxy_that_answers_nothing() -> Made:
    """Hanweb's proxy wants encrypted numbers and answers with an empty set: what the page holds is found, and the loss told."""
    site = Site("jiami", "加密县")
    site.tree("/col/col77/index.html")
    records = "".join(
        f"<record><![CDATA[{row}</li>]]></record>"
        for row in _rows(site, "/art/2023/1/5/art_77_", AGENCIES[:3]).split("</li>")
        if row
    )
    site.serve(
        "/module/web/jpage/dataproxy.jsp",
        lambda _: answer("<datastore><recordset></recordset></datastore>    \n", "text/html"),
    )
    body = f"""<script type="text/xml"><datastore><totalrecord>8</totalrecord><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&webid=a8f2b&path=/&columnid=c91e&unitid=9d2f&permissiontype=0"></a>]]></nextgroup>
<recordset>{records}</recordset></datastore></script>"""
    site.page("/col/col77/index.html", body, "政府信息公开年报")
    site.problem("incomplete_list", "/col/col77/index.html")
    site.problem("unsupported", "/col/col77/index.html")
    return site.done()


def proxy_of_old_with_an_array() -> Made:
    """The old proxy answers with a script's array, and counts by page alone."""
    site = Site("jiuban", "旧版县")
    site.tree("/col/col88/index.html")
    rows = [f"{row}</li>" for row in _rows(site, "/art/2023/1/6/art_88_", AGENCIES).split("</li>") if row]

    def proxy(asked: Asked) -> Answer:
        first, last = number(asked, "startrecord"), number(asked, "endrecord", 3)
        return answer(
            f"var dataStore = {json.dumps(rows[first - 1 : last], ensure_ascii=False)};var totalRecord={len(rows)};",
            "text/javascript",
        )

    site.serve("/module/jslib/jquery/jpage/dataproxy.jsp", proxy)
    records = "".join(f"<record><![CDATA[{row}]]></record>" for row in rows[:3])
    body = f"""<div id="55"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/jslib/jquery/jpage/dataproxy.jsp?page=1&webid=1&path=/&columnid=88&unitid=55&permissiontype=0"></a>]]></nextgroup>
<recordset>{records}</recordset></datastore></script><script>$('#55').jpage({{perPage:3,totalRecord:8,proxyUrl:'/module/jslib/jquery/jpage/dataproxy.jsp'}});</script></div>"""
    site.page("/col/col88/index.html", body, "政府信息公开年报")
    return site.done()


def reports_that_are_files() -> Made:
    """Rows that are files with Chinese names; a page that only leads to its file; one that is cut short is told."""
    site = Site("wenjian", "文件县")
    site.tree("/nb/")
    items = _rows(site, "/nb/", AGENCIES[:2])
    for name, shape, agency in (
        ("文件县粮食局2022年政府信息公开工作年度报告.pdf", "pdf", "粮食局"),
        ("P020230120348498606128.docx", "docx", "档案馆"),
    ):
        items += f'<li><a href="/nb/files/{name}">{site.file(f"/nb/files/{name}", shape, agency)}</a></li>'
    title = site.file("/nb/files/W020230120.docx", "docx", "统计局")
    link = f'<a href="/nb/files/W020230120.docx">{title}.docx</a>'
    site.page("/nb/t20230120_7788.html", f'<h1>{title}</h1><div class="TRS_Editor"><p>附件：{link}</p></div>', title)
    site.reports.append(key(f"http://{site.name}/nb/t20230120_7788.html"))
    items += f'<li><a href="/nb/t20230120_7788.html">{title}</a></li>'
    site.raw("/nb/files/half.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "application/octet-stream")
    site.problem("extraction_failed", "/nb/files/half.pdf")
    items += '<li><a href="/nb/files/half.pdf">文件县信访局2022年政府信息公开工作年度报告</a></li>'
    site.page("/nb/", f"<ul>{items}</ul>", "政府信息公开年报")
    return site.done()
