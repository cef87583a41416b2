# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""The long tail: static lists of many builders, with pagers of many spellings."""

from __future__ import annotations

from .kit import Made, Site

AGENCIES = ("公安局", "教育局", "民政局", "财政局", "水利局", "司法局", "审计局", "统计局", "商务局", "信访局")


def _listed(site: Site, at: str, agency: str, year: int, href: str = "") -> str:
    return f'<li><a href="{href or at}">{site.report(at, agency, year)}</a><span>{year + 1}-01-12</span></li>'


def snowflake_ids() -> Made:
    """Nineteen digits; 2.html and 3.html, told only by 下一页 and 末页."""
    site = Site("zhidanling", "志丹岭县")
    base = "/zfxxgk/zfxxgknb/2021n/"
    site.tree("/zfxxgk/zfxxgknb/1.html")
    site.page("/zfxxgk/zfxxgknb/1.html", f'<ul><li><a href="{base}1.html">2021年</a></li></ul>', "政府信息公开年报")
    for page in (1, 2, 3):
        items = "".join(
            _listed(site, f"{base}15395099467967488{page}{n}.html", AGENCIES[page * 3 - 3 + n], 2021) for n in range(3)
        )
        pager = f'<div class="fenye"><span>第{page}页/共3页</span><a href="{max(page - 1, 1)}.html">上一页</a><a href="{min(page + 1, 3)}.html">下一页</a><a href="3.html">末页</a></div>'
        site.page(f"{base}{page}.html", f"<ul>{items}</ul>{pager}", "2021年")
    return site.done()


def folders_of_articles() -> Made:
    """An article is a folder named by date and number or 32 capitals, with index.shtml."""
    site = Site("liaoling", "辽岭市")
    base = "/web/zwgkx/zfxxgk1/nb/"
    site.tree(f"{base}index.shtml")
    items = "".join(
        _listed(
            site,
            f"{base}{'2023013010240' + str(n) + '1522' if n % 2 else 'A45BD6AE777E43D98B8903D4B139DE0' + str(n)}/index.shtml",
            agency,
            2022,
        )
        for n, agency in enumerate(AGENCIES[:5])
    )
    site.page(f"{base}index.shtml", f"<ul>{items}</ul>", "年报公示")
    return site.done()


def jhtml_pages() -> Made:
    """xxgknb.jhtml, xxgknb_2.jhtml; a select box holds the pages beside 下一页."""
    site = Site("baoling", "包岭市")
    site.tree("/xxgknb.jhtml")
    for page in (1, 2):
        items = "".join(
            _listed(site, f"/xxgknb/249086{page}{n}.jhtml", AGENCIES[page * 3 - 3 + n], 2021) for n in range(3)
        )
        pager = f'<div>共6条记录 {page}/2页 <a onclick="location.href=\'xxgknb.jhtml\'">首页</a> <a href="{"xxgknb_2.jhtml" if page == 1 else "xxgknb.jhtml"}">{"下一页" if page == 1 else "上一页"}</a><select><option>1</option><option>2</option></select></div>'
        site.page("/xxgknb.jhtml" if page == 1 else "/xxgknb_2.jhtml", f"<ul>{items}</ul>{pager}", "政府信息公开年报")
    return site.done()


def channels_and_contents() -> Made:
    """/channels/<id>.html lists /contents/<id>/<id>.html; pages by arrows; the anchor of a row is its whole card."""
    site = Site("pingdingling", "平顶岭市")
    site.tree("/channels/35920.html")
    for page in (1, 2):
        items = ""
        for n in range(3):
            at = f"/contents/35920/2887{page}{n}.html"
            items += f'<div class="card"><a href="{at}"><span class="d">01-1{n}</span><span class="y">2022</span><h3>{site.report(at, AGENCIES[page * 3 - 3 + n], 2021)}</h3><p>为贯彻落实条例，现公布本年度报告……</p></a></div>'
        pager = f'<div class="p"><a href="/channels/35920.html">«</a><b>{page}</b><a href="/channels/35920{"_2" if page == 1 else ""}.html">»</a></div>'
        site.page(f"/channels/35920{'_2' if page == 2 else ''}.html", f"{items}{pager}", "平顶岭市人民政府门户网站")
    return site.done()


def query_pages() -> Made:
    """info/iList.jsp?cur_page=N; session ids in the addresses."""
    site = Site("deyang", "德杨市")
    site.tree("/info/iList.jsp?node_id=GKnb&cat_id=15980")
    for page in (1, 2, 3):
        items = "".join(
            _listed(
                site,
                f"/info/{page}{n}.html",
                AGENCIES[page * 2 + n],
                2021,
                f"/info/{page}{n}.html;jsessionid=6F0A{page}{n}",
            )
            for n in range(2)
        )
        pager = "".join(
            f'<a href="iList.jsp?node_id=GKnb&amp;cat_id=15980&amp;cur_page={n}">[{n}]</a>' for n in (1, 2, 3)
        )
        query = "node_id=GKnb&cat_id=15980" + (f"&cur_page={page}" if page > 1 else "")
        site.page(f"/info/iList.jsp?{query}", f"<ul>{items}</ul><div>页码：{pager}</div>", "信息公开年报")
        if page == 1:
            site.page(
                f"/info/iList.jsp?{query}&cur_page=1", f"<ul>{items}</ul><div>页码：{pager}</div>", "信息公开年报"
            )
    return site.done()


def pages_of_php_and_aspx() -> Made:
    """index.php?m=content with &page=2 and 下一页; articles by query."""
    site = Site("laishan", "涞杉县")
    column = "/index.php?m=content&c=index&a=lists&catid=271"
    site.tree(column.replace("&", "&amp;"))
    for page in (1, 2):
        items = "".join(
            _listed(
                site, f"/index.php?m=content&c=index&a=show&catid=271&id={page}{n}", AGENCIES[page * 3 - 3 + n], 2020
            )
            for n in range(3)
        ).replace("&c", "&amp;c")
        pager = f'<div id="pages"><a class="a1">6条</a><a href="{column}&page=1">上一页</a><a href="{column}&page={min(page + 1, 2)}">下一页</a></div>'
        site.page(column + (f"&page={page}" if page > 1 else ""), f"<ul>{items}</ul>{pager}", "年报")
        if page == 1:
            site.page(f"{column}&page=1", f"<ul>{items}</ul>{pager}", "年报")
    return site.done()


def pagers_in_words() -> Made:
    """后页 and 尾 页 with a full-width space; page names with the column's own prefix; the pager stands above the list."""
    site = Site("yongling", "永岭县")
    site.tree("/cms/html/yongling/nb/index.html")
    for page in (1, 2, 3):
        items = "".join(
            f"<dt>{_listed(site, f'/cms/html/yongling/2023-01-1{n}/11916239{page}{n}.html', AGENCIES[page * 2 + n], 2022)}</dt>"
            for n in range(2)
        )
        following = f'<a href="index_{page}.html">后页</a>' if page < 3 else "后页"
        pager = f'<p>前页 {following} <a href="index_2.html">尾\u3000页</a></p>'
        site.page(
            f"/cms/html/yongling/nb/index{f'_{page - 1}' if page > 1 else ''}.html",
            f"{pager}<dl>{items}</dl>",
            "政府信息公开年度报告",
        )
    return site.done()


def one_agency_a_year_in_parallel() -> Made:
    """Numbers as folders only; years and agencies both unreadable in addresses, names tell them."""
    site = Site("daxing", "大杏区")
    base = "/bjsdxqrmzf/zwfw/zfxxgk/dxqzf69/2291822/"
    site.tree(f"{base}index.html")
    site.page(
        f"{base}index.html",
        f'<ul><li><a href="{base}2291824/index.html">2024年度</a></li><li><a href="{base}2291825/index.html">2023年度</a></li></ul>',
        "政府信息公开年报",
    )
    for n, year in enumerate((2024, 2023)):
        folder = f"{base}229182{4 + n}/"
        site.page(
            f"{folder}index.html",
            f'<a href="{folder}1/index.html">镇人民政府</a><a href="{folder}2/index.html">区政府部门</a>',
            f"{year}年度",
        )
        for kind, agencies in ((1, ("亦林镇", "采花镇")), (2, ("公安局", "教育局"))):
            items = "".join(
                f'<li><a href="{folder}{kind}/229292{m}/index.html">{agency}{year}年度政府信息公开年报</a></li>'
                for m, agency in enumerate(agencies)
                if site.report(f"{folder}{kind}/229292{m}/index.html", agency, year)
            )
            site.page(f"{folder}{kind}/index.html", f"<ul>{items}</ul>", "年报")
    return site.done()
