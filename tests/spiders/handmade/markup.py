# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""Markup as it is met: bases, titles, shapes of rows, names of files, things between the rows."""

from __future__ import annotations

from urllib.parse import quote

from .kit import Made, Site

AGENCIES = ("公安局", "教育局", "民政局", "财政局", "水利局", "司法局")


def base_href() -> Made:
    """<base href> moves what is relative."""
    site = Site("jizhun", "基准县")
    site.tree("/nb/list.html")
    items = "".join(
        f'<li><a href="a/{n}.html">{site.report(f"/content/a/{n}.html", agency)}</a></li>'
        for n, agency in enumerate(AGENCIES)
    )
    site.page("/nb/list.html", f"<ul>{items}</ul>", "政府信息公开年报", head='<base href="/content/">')
    return site.done()


def every_page_is_titled_with_the_site() -> Made:
    """Column and reports have the site's name for a title; the agency and the year stand in the rows alone."""
    site = Site("tongming", "同名县")
    site.tree("/nb/")
    items = "".join(
        f'<li><a href="{n}.html">{site.report(f"/nb/{n}.html", agency, page_title="同名县人民政府门户网站")}</a>（2023-01-1{n}）</li>'
        for n, agency in enumerate(AGENCIES)
    )
    site.page("/nb/", f'<div class="list"><ul>{items}</ul></div>', "同名县人民政府门户网站")
    return site.done()


def chinese_names_of_files_and_folders() -> Made:
    """Addresses with Chinese, escaped and not, and with spaces."""
    site = Site("hanzi", "汉字县")
    site.tree("/年报/")
    items = ""
    for n, agency in enumerate(AGENCIES):
        at = f"/年报/{agency} 2022年年报.html"
        title = site.report(at, agency)
        items += f'<li><a href="{quote(at) if n % 2 else at}">{title}</a></li>'
    site.page("/年报/", f"<ul>{items}</ul>", "政府信息公开年报")
    return site.done()


def titles_in_every_fashion() -> Made:
    """Titles as real ones are: year behind, in brackets, without the 年, without an agency, doubled, in two lines."""
    site = Site("biaoti", "标题县")
    site.tree("/nb/")
    titles = (
        "标题县公安局政府信息公开工作2022年度报告",
        "信息公开工作年度报告（2022年度）",
        "标题县民政局2022政府信息公开年报",
        "2022年标题县财政局政务信息公开年度报告",
        "标题县水利局政府信息公开年度工作报告",
        "标题县司法局二〇二二年政府信息公开工作年度报告",
        "2022年政府信息公开工作情况报告",
        "标题县信访局2022年度信息公开工作总结",
        "【城区本级】2022年政府信息公开年报（全文）",
        "标题县住建局<br/>2022年政府信息公开工作年报",
    )
    agencies = ("公安局", "档案局", "民政局", "财政局", "水利局", "司法局", "体育局", "信访局", "城管局", "住建局")
    items = ""
    for n, (title, agency) in enumerate(zip(titles, agencies, strict=True)):
        site.report(f"/nb/202301/t20230112_{n}.html", agency, title=title)
        items += f'<li><a href="./202301/t20230112_{n}.html">{title}</a><span>2023-01-12</span></li>'
    site.page("/nb/", f"<ul>{items}</ul>", "年度报告")
    return site.done()


def rows_that_are_no_reports() -> Made:
    """Notices, interpretations, guides, systems, charts, application forms and other annual things among the reports."""
    site = Site("hunza", "混杂县")
    site.tree("/nb/")
    others = (
        "混杂县2022年政府信息公开工作年度报告解读",
        "一图读懂：2022年混杂县政府信息公开工作年度报告",
        "关于编制2022年度政府信息公开工作年度报告的通知",
        "国务院办公厅政府信息与政务公开办公室关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知",
        "混杂县政府信息公开指南（2022年版）",
        "政府信息公开申请表",
        "2022年政务公开工作要点",
        "混杂县2022年政府网站与政务新媒体检查情况通报",
        "混杂县2022年法治政府建设年度报告",
        "混杂县民政局2022年度部门决算",
        "混杂县政府信息公开工作年度报告发布制度",
        "2022年度政府信息公开考核结果公示",
        "政府网站工作年度报表（2022年度）",
    )
    items = ""
    for n, agency in enumerate(AGENCIES):
        items += f'<li><a href="r{n}.html">{site.report(f"/nb/r{n}.html", agency)}</a></li>'
    for n, title in enumerate(others):
        items += f'<li><a href="n{n}.html">{title}</a></li>'
        site.page(f"/nb/n{n}.html", f"<h1>{title}</h1><p>{'现将有关事项说明如下，请遵照执行。' * 30}</p>", title)
    site.page("/nb/", f"<ul>{items}</ul>", "政府信息公开年报")
    return site.done()


def nested_menus_and_tables() -> Made:
    """A table layout of tables, the list eight deep; the menu repeats the column's name on every page."""
    site = Site("qiantao", "嵌套县")
    site.tree("/nb/", home='<table><tr><td><a href="/nb/">年报</a></td></tr></table>')
    menu = '<ul class="menu"><li><a href="/nb/">政府信息公开年报</a><ul><li><a href="/nb/">年报</a></li></ul></li><li><a href="/nav/fzzf/">法治政府建设年度报告</a></li></ul>'
    items = "".join(
        f'<tr><td><table><tr><td><font><b>·</b></font></td><td><div><p><a href="/nb/{n}.html"><font color=red>{site.report(f"/nb/{n}.html", agency)}</font></a></p></div></td><td>23-01-1{n}</td></tr></table></td></tr>'
        for n, agency in enumerate(AGENCIES)
    )
    site.page(
        "/nb/",
        f"<table><tr><td>{menu}</td><td><table><tr><td><table>{items}</table></td></tr></table></td></tr></table>",
        "年报",
    )
    return site.done()


def links_by_scripts() -> Made:
    """Rows whose address stands in onclick, or in javascript:window.open."""
    site = Site("jiaoben", "脚本县")
    site.tree("/nb/")
    items = ""
    for n, agency in enumerate(AGENCIES):
        title = site.report(f"/nb/{n}.html", agency)
        items += (
            f"""<li><a href="javascript:void(0)" onclick="window.open('/nb/{n}.html')">{title}</a></li>"""
            if n % 2
            else f"""<li><a href="javascript:window.open('/nb/{n}.html','_blank')" title="{title}">{title}</a></li>"""
        )
    site.page("/nb/", f"<ul>{items}</ul>", "政府信息公开年报")
    return site.done()


def area_maps_and_picture_links() -> Made:
    """The column is a picture with an alt text; years are buttons."""
    site = Site("tupian", "图片县")
    site.home('<a href="/zt/nb/"><img src="/images/nb.jpg" alt="政府信息公开年报"/></a>')
    site.page(
        "/zt/nb/",
        '<div><a href="2022/"><img src="2022.png" alt="2022年"></a><a href="2021/" title="2021年"><img src="2021.png"></a></div>',
        "政府信息公开年报",
    )
    for year in (2021, 2022):
        items = "".join(
            f'<li><a href="{n}.html">{site.report(f"/zt/nb/{year}/{n}.html", agency, year)}</a></li>'
            for n, agency in enumerate(AGENCIES[:3])
        )
        site.page(f"/zt/nb/{year}/", f"<ul>{items}</ul>", f"{year}年")
    return site.done()
