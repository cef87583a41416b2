# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""Static folders of TRS: groups, numberings, and rows that lead elsewhere."""

from __future__ import annotations

from .kit import Made, Site

TABLES = ("教育局", "民政局", "财政局", "水务局", "司法局", "审计局", "统计局", "商务局")


def trs_by_year_then_type() -> Made:
    """Years named in every fashion, each with the types of agencies; full titles only in @title."""
    site = Site("yanlin", "砚林区")
    site.tree("/zfxxgkzl/zfxxgknb/")
    years = [
        ("2019n", "2019年", 2019),
        ("2020nb", "二〇二〇年", 2020),
        ("nb_2021", "2021", 2021),
        ("gb2022", "2022年度", 2022),
        ("elesnb", "二〇二三年年报", 2023),
    ]
    links = "".join(f'<li><a href="./{folder}/">{name}</a></li>' for folder, name, _ in years)
    site.page(
        "/zfxxgkzl/zfxxgknb/",
        f'<div class="crumb"><a href="/">首页</a>&gt;<a href="../">政府信息公开专栏</a></div><ul class="nian">{links}</ul>',
        "政府信息公开年报",
    )
    for folder, name, year in years:
        base = f"/zfxxgkzl/zfxxgknb/{folder}/"
        site.page(
            base,
            '<dl><dd><a href="szfbm/">政府部门</a></dd><dd><a href="jdbsc/">街道办事处</a></dd></dl>',
            f"{name}-砚林区人民政府",
        )
        for kind, agencies in (("szfbm", TABLES[:3]), ("jdbsc", ("松涛街道办事处", "平湖镇人民政府"))):
            items = ""
            for n, agency in enumerate(agencies):
                path = f"{base}{kind}/{year + 1}01/t{year + 1}0120_{n}{year}.html"
                title = site.report(path, agency, year)
                items += f'<li><a href="./{year + 1}01/t{year + 1}0120_{n}{year}.html" target="_blank" title="{title}">{title[:12]}…</a><span>{year + 1}/01/20</span></li><li class="empty"></li>'
            site.page(
                f"{base}{kind}/",
                f'<ul class="u-list">{items}</ul><div class="page"><script>createPageHTML(1, 0, "index", "html");</script></div>',
            )
    return site.done()


def trs_zero_based_pager_with_popups() -> Made:
    """Three pages by createPageHTML; interpretations in popups inside the rows; protocol-relative and folder-climbing links."""
    site = Site("hexi", "禾溪县")
    site.tree("/zwgk/zfxxgk/zfxxgknb/")
    for page in range(3):
        items = ""
        for n in range(3):
            agency = f"第{page * 3 + n + 1}中心校" if n == 2 else TABLES[page * 2 + n]
            path = f"/zwgk/zfxxgk/zfxxgknb/202301/t20230120_{page}{n}.html"
            title = site.report(path, agency)
            href = (
                f"./202301/t20230120_{page}{n}.html",
                f"//{site.name}{path}",
                f"../../../zwgk/zfxxgk/zfxxgknb/202301/t20230120_{page}{n}.html",
            )[n]
            popup = (
                f'<ul class="pop"><li><a href="../../jd/202301/t20230121_{page}{n}.html">一图读懂{title}</a></li></ul>'
            )
            items += f'<li><a href="{href}" title="{title}">{title[:15]}...</a>{popup}<span>2023-01-20</span></li>'
        site.page(
            f"/zwgk/zfxxgk/zfxxgknb/index{f'_{page}' if page else ''}.html",
            f'<ul>{items}</ul><script>createPageHTML(3, {page}, "index", "html");</script>',
            "政府信息公开年报",
        )
    site.host.add("/zwgk/zfxxgk/zfxxgknb/", site.host.pages["/zwgk/zfxxgk/zfxxgknb/index.html"])
    return site.done()


def trs_total_before_pages() -> Made:
    """Leading extra numbers: createPageHTML(records, pages, current, …); page two is index_2."""
    site = Site("beiyuan", "北垣区")
    site.tree("/zfxxgkzl/gknb/")
    for page in (1, 2):
        items = ""
        for n in range(4):
            title = site.report(f"/zfxxgkzl/gknb/202201/t20220120_{page}{n}.html", TABLES[(page - 1) * 4 + n], 2021)
            items += f'<tr><td>{n + 1}</td><td><a href="./202201/t20220120_{page}{n}.html">{title}</a></td><td>2022-01-20</td></tr>'
        body = f'<table>{items}</table><script>createPageHTML(8, 2, {page - 1}, "index", "html");</script>'
        site.page("/zfxxgkzl/gknb/" if page == 1 else "/zfxxgkzl/gknb/index_2.html", body, "公开年报")
    return site.done()


def trs_agencies_with_trees_of_their_own() -> Made:
    """One column per agency; createPage; every report also as _wap.html; the page of agencies is only 'by agency'."""
    site = Site("shuangjiang", "双江区")
    site.tree("/zwgk_1/zfxxgknb_70772/", name="公开年报")
    agencies = ""
    for n, agency in enumerate(("教育委员会", "生态环境局", "清波镇", "松林街道")):
        base = f"/bm/q{n}/zwgk_5824{n}/zfxxgknb_5825{n}/"
        agencies += f'<a href="../..{base}" target="_blank">{agency}</a> '
        items = ""
        for year in (2019, 2020, 2021, 2022):
            path = f"{base}{year + 1}01/t{year + 1}0125_8{n}{year}.html"
            title = site.report(path, agency if n < 2 else f"{agency}{'人民政府' if n == 2 else '办事处'}", year)
            site.report(path.replace(".html", "_wap.html"), agency, year, listed=False)
            items += f'<li><a href="./{year + 1}01/t{year + 1}0125_8{n}{year}.html">{title}</a><a href="./{year + 1}01/t{year + 1}0125_8{n}{year}_wap.html">手机版</a></li>'
        site.page(
            base,
            f'<div class="con"><ul>{items}</ul></div><script>createPage(1, 0,"index","html");</script>',
            f"政府信息公开年报_{agency}",
        )
    site.page("/zwgk_1/zfxxgknb_70772/", f'<h3>区级部门及镇街</h3><div class="bm">{agencies}</div>', "政府信息公开年报")
    return site.done()


def trs_on_a_disclosure_subdomain() -> Made:
    """The disclosure lives on xxgk.<city>; agencies there have their own ndbg folders; dates stand before the titles."""
    site, other = Site("songjiangling", "松江岭市"), Site("xxgk.songjiangling", "松江岭市")
    site.home(
        f'<a class="btn" href="http://{other.name}/">政务公开</a><a href="http://bszn.songjiangling.test/">办事大厅</a>'
    )
    other.home('<li><a href="/zsjg/">政府信息公开年报</a></li>', noise=False)
    agencies = ""
    for n, agency in enumerate(TABLES[:5]):
        agencies += f'<li><a href="/zsjg/jg_{n}/ndbg/">市{agency}</a></li>'
        items = ""
        for year in (2021, 2022):
            title = other.report(f"/zsjg/jg_{n}/ndbg/{year + 1}01/t{year + 1}0129_89{n}.html", agency, year)
            items += f'<li><span>[{year + 1}-01-29]</span><a href="./{year + 1}01/t{year + 1}0129_89{n}.html">{title}</a></li>'
        other.page(f"/zsjg/jg_{n}/ndbg/", f"<ul>{items}</ul>", f"{agency}年度报告")
    other.page("/zsjg/", f"<h2>政府信息公开年报</h2><ul>{agencies}</ul>", "政府信息公开年报-松江岭市")
    return site.done(other)


def trs_dateless_shtml() -> Made:
    """t<id>.shtml in folders of years that are not named as years; rows with the agency's name alone, without dates."""
    site = Site("cidu", "瓷渡市")
    site.tree("/zwgk/zfxxgknb/")
    site.page(
        "/zwgk/zfxxgknb/",
        '<div class="tab"><a href="2021n_1/">2021年</a><a href="2022n/index.shtml">2022年</a></div>',
        "政府信息公开年报",
    )
    for folder, year in (("2021n_1", 2021), ("2022n", 2022)):
        items = ""
        for n, agency in enumerate(("昌水区人民政府", "市财政局", "市审计局", "浮云县人民政府", "高新区管委会")):
            site.report(f"/zwgk/zfxxgknb/{folder}/t{45792 + n}{year}.shtml", f"{site.place}{agency.lstrip('市')}", year)
            items += f'<li><a href="t{45792 + n}{year}.shtml">{agency}</a></li>'
        site.page(f"/zwgk/zfxxgknb/{folder}/", f'<ul class="list">{items}</ul>', f"{year}年政府信息公开年报")
        site.host.add(f"/zwgk/zfxxgknb/{folder}/index.shtml", site.host.pages[f"/zwgk/zfxxgknb/{folder}/"])
    return site.done()
