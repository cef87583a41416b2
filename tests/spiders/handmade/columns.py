"""Groups of columns: by agency on hosts of their own, by year in a select box, by year in a script, by type in tabs."""

from __future__ import annotations

from .kit import Made, Site


def agencies_on_hosts_of_their_own() -> Made:
    """The city's page of agencies leads to each agency's own host, whose column is named in its own way."""
    site = Site("yunzhou", "云洲市")
    site.tree("/bmnb/", name="部门年报")
    names, others = (
        (
            ("gaj", "公安局", "公开年报"),
            ("jyj", "教育局", "信息公开工作年度报告"),
            ("mzj", "民政局", "政府信息公开年报"),
        ),
        [],
    )
    links = ""
    for host, agency, column in names:
        other = Site(f"{host}.yunzhou", "云洲市")
        links += f'<li><a href="http://{other.name}/zwgk/nb/" target="_blank">云洲市{agency}</a></li>'
        items = "".join(
            f'<li><a href="./{year}.html">{other.report(f"/zwgk/nb/{year}.html", agency, year)}</a></li>'
            for year in (2020, 2021, 2022)
        )
        other.page("/", f'<a href="/zwgk/nb/">{column}</a>')
        other.page("/zwgk/nb/", f"<ul>{items}</ul>", column)
        others.append(other)
    site.page("/bmnb/", f"<ul>{links}</ul>", "部门年报")
    return site.done(*others)


def years_in_a_select_box() -> Made:
    """The years are options of a select box whose values are addresses."""
    site = Site("xuanze", "选择县")
    site.tree("/nb/2022/")
    for year in (2020, 2021, 2022):
        options = "".join(
            f'<option value="/nb/{other}/"{" selected" if other == year else ""}>{other}年</option>'
            for other in (2022, 2021, 2020)
        )
        items = "".join(
            f'<li><a href="{n}.html">{site.report(f"/nb/{year}/{n}.html", agency, year)}</a></li>'
            for n, agency in enumerate(("公安局", "教育局"))
        )
        site.page(
            f"/nb/{year}/",
            f'<select onchange="location.href=this.value">{options}</select><ul>{items}</ul>',
            "政府信息公开年报",
        )
    return site.done()


def types_in_tabs_of_one_page() -> Made:
    """Lists under tabs on one page, each with 更多 to the whole list."""
    site = Site("yeqian", "页签县")
    site.tree("/nb/")
    boxes = ""
    for kind, word, agencies in (
        ("zf", "县政府", ("人民政府",)),
        ("bm", "县直部门", ("公安局", "教育局", "民政局")),
        ("xz", "乡镇", ("东镇人民政府", "西乡人民政府")),
    ):
        rows = [
            f'<li><a href="/nb/{kind}/{n}.html">{site.report(f"/nb/{kind}/{n}.html", agency)}</a></li>'
            for n, agency in enumerate(agencies)
        ]
        boxes += (
            f'<div class="tab"><h3>{word}<a class="more" href="{kind}/">更多&gt;&gt;</a></h3><ul>{rows[0]}</ul></div>'
        )
        site.page(f"/nb/{kind}/", f"<ul>{''.join(rows)}</ul>", word)
    site.page("/nb/", boxes, "政府信息公开年报")
    return site.done()


def each_agency_has_a_disclosure_page() -> Made:
    """The list of agencies leads to disclosure pages, and those to reports: two steps from the column's name."""
    site = Site("jigou", "机构县")
    site.home('<a href="/zfxxgk/">政府信息公开</a>')
    side, items = "", ""
    for n, agency in enumerate(("公安局", "城关镇人民政府", "教育局")):
        base = f"/zfxxgk/jg{n}/"
        side += f'<li><a href="{base}">{agency}</a></li>'
        site.page(
            base,
            f'<ul><li><a href="{base}zn.html">公开指南</a></li><li><a href="{base}nb/">公开年报</a></li></ul>',
            f"{agency}信息公开",
        )
        site.page(f"{base}zn.html", "<p>公开指南。</p>", "公开指南")
        rows = "".join(
            f'<li><a href="{year}.html">{year}年年报</a></li>'
            for year in (2021, 2022)
            if site.report(f"{base}nb/{year}.html", agency, year)
        )
        site.page(f"{base}nb/", f"<ul>{rows}</ul>", "公开年报")
    items = f'<li><a href="/zfxxgk/nb/1.html">{site.report("/zfxxgk/nb/1.html", "人民政府")}</a></li>'
    site.page("/zfxxgk/nb/", f"<ul>{items}</ul>", "政府信息公开年报")
    site.page(
        "/zfxxgk/",
        f'<div><a href="/zfxxgk/nb/">政府信息公开年报</a></div><h3>部门、乡镇信息公开</h3><ul>{side}</ul>',
        "政府信息公开",
    )
    return site.done()


def years_by_folder_names_alone() -> Made:
    """The sidebar repeats all years on every page; one year is 〇."""
    site = Site("niandu", "年度县")
    years = (("2019nian", "2019年"), ("2020year", "二〇二〇年"), ("elnnb", "二〇二一年"), ("nb_2022", "2022"))
    site.tree("/nb/")
    side = "".join(f'<li><a href="/nb/{folder}/">{name}</a></li>' for folder, name in years)
    site.page("/nb/", f'<ul class="side">{side}</ul>', "政府信息公开年报")
    for n, (folder, name) in enumerate(years):
        items = "".join(
            f'<li><a href="{m}.html">{agency}政府信息公开工作年度报告</a></li>'
            for m, agency in enumerate(("公安局", "教育局"))
            if site.report(f"/nb/{folder}/{m}.html", agency, 2019 + n)
        )
        site.page(f"/nb/{folder}/", f'<ul class="side">{side}</ul><ul class="list">{items}</ul>', name)
    return site.done()
