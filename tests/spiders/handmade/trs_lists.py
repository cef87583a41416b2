# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""TRS again: pagers by globals, rows in scripts and files, charsets that lie."""

from __future__ import annotations

from .kit import Made, Site, as_json

AGENCIES = ("发展和改革局", "农业农村局", "卫生健康局", "公安局", "林业局", "应急管理局", "信访局", "气象局")


def trs_count_page_globals() -> Made:
    """var currentPage / countPage, and no pager else; the extension is htm."""
    site = Site("luping", "芦坪县")
    site.tree("/gongkai/zfxxgkpt/zfxxgknb/index.htm")
    for page in range(4):
        items = ""
        for n in range(2):
            title = site.report(f"/gongkai/zfxxgkpt/zfxxgknb/202301/t20230118_{page}{n}.htm", AGENCIES[page * 2 + n])
            items += f'<li><em>·</em><a href="./202301/t20230118_{page}{n}.htm">{title}</a><i>2023-01-18</i></li>'
        script = f"<script>var currentPage = {page};//所在页从0开始\nvar prevPage = currentPage-1;\nvar countPage = 4;//共多少页</script>"
        site.page(
            f"/gongkai/zfxxgkpt/zfxxgknb/index{f'_{page}' if page else ''}.htm",
            f"<ul>{items}</ul>{script}",
            "政府信息公开年报",
        )
    return site.done()


def trs_rows_in_document_writeln() -> Made:
    """The rows are variables of scripts that write them."""
    site = Site("wuling", "武陵渡区")
    site.tree("/zwgk/gkml/xxgknb/")
    items = ""
    for n, agency in enumerate(AGENCIES[:5]):
        title = site.report(f"/zwgk/gkml/xxgknb/202301/t20230118_22{n}.shtml", agency)
        items += f"""<script>var url="./202301/t20230118_22{n}.shtml"; title="{title}"; FILENUM="";
document.writeln('<li><a href="'+url+'" target="_blank">'+title+'</a><span>2023-01-18</span></li>');</script>\n"""
    site.page("/zwgk/gkml/xxgknb/", f'<ul class="list">{items}</ul>', "政府信息公开年报")
    return site.done()


def trs_rows_in_a_file_beside_the_list() -> Made:
    """The rows are in a JSON file next to the list."""
    site = Site("jingchu", "荆楚沿县")
    site.tree("/zfxxgk/zfxxgkndbg/")
    rows = []
    for n, agency in enumerate(AGENCIES[:4]):
        title = site.report(f"/zfxxgk/zfxxgkndbg/202301/t20230118_33{n}.shtml", agency)
        rows.append({"url": f"./202301/t20230118_33{n}.shtml", "title": title, "PubDate": "2023-01-18", "order": n})
    site.serve("/zfxxgk/zfxxgkndbg/2022nb.json", lambda _: as_json({"data": rows}, "text/html"))
    script = """<script>$.ajax({url:"./2022nb.json",dataType:"json",success:function(r){var h='';$.each(r.data,function(i,e){
h+='<li><a href="'+e.url+'">'+e.title+'</a><span>'+e.PubDate+'</span></li>';});$("#list").html(h);}});</script>"""
    site.page("/zfxxgk/zfxxgkndbg/", f'<ul id="list"></ul>{script}', "政府信息公开年度报告")
    return site.done()


def trs_gbk_without_charset_in_the_header() -> Made:
    """GBK pages whose header names no charset; the folder and the host are written in capitals."""
    site = Site("chaoyangmen", "朝阳门外区")
    titles = [
        site.report(
            f"/ZWGK/ZFXXGKNB/202301/t2023011{n}_{n}.htm", agency, encoding="gbk", declared="gb2312", header=None
        )
        for n, agency in enumerate(AGENCIES[:4])
    ]
    items = "".join(
        f'<li><a href="HTTP://{site.name.upper()}/ZWGK/ZFXXGKNB/202301/t2023011{n}_{n}.htm">{title}</a> 2023.01.1{n}</li>'
        for n, title in enumerate(titles)
    )
    for path, body, title in (
        ("/", '<a href="/ZWGK/ZFXXGKNB/">信息公开年报</a>', "朝阳门外区人民政府"),
        ("/ZWGK/ZFXXGKNB/", f"<ul>{items}</ul>", "信息公开年报"),
    ):
        site.raw(path, site.framed(body, title, charset="gb2312").encode("gbk"), "text/html")
    return site.done()


def trs_meta_that_lies() -> Made:
    """UTF-8 pages that call themselves gb2312 behind a header without charset; another with a byte-order mark."""
    site = Site("huangyan", "谎岩县")
    first = site.report("/nb/202301/t20230118_1.html", "公安局", declared="gb2312", header="text/html")
    second = site.report(
        "/nb/202301/t20230118_2.html", "林业局", encoding="utf-8-sig", declared="gbk", header="text/html"
    )
    third = site.report("/nb/202301/t20230118_3.html", "信访局", header="text/html; charset=ISO-8859-1")
    items = "".join(
        f'<li><a href="202301/t20230118_{n}.html">{title}</a></li>' for n, title in enumerate((first, second, third), 1)
    )
    site.raw(
        "/", site.framed('<a href="/nb/">政府信息公开年度报告</a>', "谎岩县人民政府", charset="gb2312"), "text/html"
    )
    site.raw(
        "/nb/",
        b"\xef\xbb\xbf" + site.framed(f"<ul>{items}</ul>", "年度报告", charset="gb2312").encode(),
        "text/html; charset=gbk",
    )
    return site.done()


def trs_deep_page_is_a_stub() -> Made:
    """The script promises four pages, the third and fourth are stubs of 300 bytes."""
    site = Site("duanping", "断坪县")
    site.tree("/zwgk/nb/")
    for page in range(2):
        items = ""
        for n in range(4):
            title = site.report(f"/zwgk/nb/202301/t20230118_{page}{n}.html", AGENCIES[page * 4 + n])
            items += f'<li><a href="./202301/t20230118_{page}{n}.html">{title}</a><b>2023年01月18日</b></li>'
        site.page(
            f"/zwgk/nb/index{f'_{page}' if page else ''}.html",
            f'<ul>{items}</ul><script>createPageHTML(4, {page}, "index", "html");</script>',
            "年报",
        )
    site.host.add("/zwgk/nb/", site.host.pages["/zwgk/nb/index.html"])
    for page in (2, 3):
        site.raw(f"/zwgk/nb/index_{page}.html", "<html><head><title></title></head><body><ul></ul></body></html>")
    for page in (2, 3):
        site.problem("incomplete_list", f"/zwgk/nb/index_{page}.html")
    return site.done()
