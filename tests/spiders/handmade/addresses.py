"""Addresses of articles and columns as each province writes them, in lists that tell nothing else."""

from __future__ import annotations

from .kit import Made, Site

ARTICLES = (
    "/zt/xxgkzl/gknbxq/pnidpv170pntypepvnbpnnfpv2022.html",
    "/zfxxgk/gknb/4028805a9ba62cae019bc0704cc111b0.html",
    "/contents/9746/253174.html",
    "/single/29/71869.html",
    "/zwgkcontent-888888040-56270.html",
    "/news/15591.html",
    "/col/1640833208130/2022/01/11/1641882598186.html",
    "/doc/2022/01/30/197504.shtml",
    "/wlht/2022-01/25/article_2024041410512289318.html",
    "/zwgk/nb/zlqrmzfbj/a45bd6ae777e43d98b8903d4b139de03/index.shtml",
    "/sites/wltqq/zwinfo.jsp?id=15652",
    "/html/CYSTQ/202101/0163350250579547.html",
    "/web/shk/information/detail?id=63c785838a9945a284d117c4a223862d",
    "/nazwgk/view.php?id=4689",
    "/News_showNews.action?messagekey=135014",
    "/e/action/ShowInfo.php?classid=174&id=7841&tempid=14",
    "/govinfo/contents/1287/5261.html",
    "/article.html?infoid=e6d6f112-81bf-4553-bb42-8556aeafb9d1",
    "/zfxxgknb/20200130/0022-34190.html",
    "/lygslyqrmzfldjdbsc/zfxxgknb/content/c0d73b29-85df-4f2c-aeea-7c1999f239ec.html",
    "/html/czwj/2023/NHOAQCNK_0110/72665.html",
    "/gknb_show.php?id=4333",
    "/UserData/DocHtml/731/2018/3/26/3618558579887.html",
    "/cms/html/zzsjjhxxhwyh/2021-01-13/1191623928.html",
    "/portal/zfxxgk/zfxxgknb/news/webinfo/2022/01/1647029629624552.htm",
    "/html/site_gov/articles/202001/99844.html",
    "/2021/0130/81457.html",
    "/D42Y/6229783.jhtml",
    "/Item/75160.aspx",
    "/c23796/20200218/i1454209.html",
    "/35048/35049/34997/35158/35159/content_1782796.html",
    "/gongkai/show/4af1c0de4af1c0de4af1c0de4af1c0de.html",
    "/zfxxgk/GovOpenShow.aspx?id=77411",
    "/year_details.aspx?dept=206&id=4571",
    "/c/2023-01-05/6431967.shtml",
    "/gov/pub/description/73519.html",
    "/Pages_183_59307.aspx",
    "/zfxxgk_gmx_sfj/artview/195/172227.html?nbYear=2022&orgCode=A01A07A02A08",
    "/Content-2219040.html",
    "/resources/site/153/html/yzgk/zfxxgknb/202101/459854.html",
    "/zwgk/xxgknb/jbxxgknb/63ae9ee5f8fd1c4c2133970d.html",
    "/html/5973/610465.html",
    "/zwgk/zfxxgknb/2022/zzfxxgknb/content_1903590",
    "/index.php?s=news&c=show&id=8440",
    "/html/2022/2021n_0220/9556.html",
    "/zfxxgk/zfxxgknb/qzfxxgknb/content_1067",
    "/public/column/24601?type=3&action=detail&nav=3&title=2022",
    "/public/column/12651?type=3&nav=5&sub=4&timeFrame=2022&hasContent=true",
)
"""Shapes of real addresses, as each province's sites write them."""


def articles_named_in_full() -> Made:
    """Every shape of address, with full titles and without dates."""
    site = Site("dizhi", "地址县")
    site.tree("/zfxxgk/nblist/")
    items = ""
    for n, at in enumerate(ARTICLES):
        items += f'<li><a href="{at.replace("&", "&amp;")}">{site.report(at, f"第{n}中心小学")}</a></li>'
    site.page("/zfxxgk/nblist/", f"<ul>{items}</ul>", "政府信息公开年报")
    return site.done()


def articles_named_by_agency_alone() -> Made:
    """Every shape of address under the agency's name alone, without dates."""
    site = Site("danming", "单名县")
    site.tree("/zfxxgk/nblist/")
    items = ""
    for n, at in enumerate(ARTICLES):
        agency = f"{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'山水火木金土'[n // 10]}镇人民政府"
        site.report(at, agency)
        items += f'<li><a href="{at.replace("&", "&amp;")}">{agency}</a></li>'
    site.page("/zfxxgk/nblist/", f"<ul>{items}</ul>", "政府信息公开年报")
    return site.done()


def tabs_by_parameter() -> Made:
    """One page whose tabs are its own address with another parameter: ?gk=1 to ?gk=4."""
    site = Site("caoyuan", "草原旗")
    tabs = "".join(
        f'<li><a href="/zwgk/zfxxgk/zfxxgkml/?gk={n}">{name}</a></li>'
        for n, name in enumerate(("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报"), 1)
    )
    site.home('<a href="/zwgk/zfxxgk/zfxxgkml/?gk=1">政府信息公开</a>')
    items = "".join(
        f'<li><a href="/zwgk/nb/2023{n}/index.html">{site.report(f"/zwgk/nb/2023{n}/index.html", agency)}</a></li>'
        for n, agency in enumerate(("公安局", "教育局"))
    )
    for n in range(1, 5):
        site.page(
            f"/zwgk/zfxxgk/zfxxgkml/?gk={n}",
            f"<ul>{tabs}</ul>" + (f"<ul>{items}</ul>" if n == 4 else "<p>内容</p>"),
            "政府信息公开",
        )
    return site.done()


def years_by_parameter() -> Made:
    """The years are parameters of the column's own address."""
    site = Site("nianfen", "年份县")
    site.tree("/nb.aspx?pid=971")
    years = "".join(f'<a href="/nb.aspx?pid=971&amp;year={year}">{year}年</a>' for year in (2020, 2021, 2022))
    site.page("/nb.aspx?pid=971", f"<div>{years}</div>", "政府信息公开年报")
    for year in (2020, 2021, 2022):
        items = "".join(
            f'<li><a href="/show.aspx?id={year}{n}">{site.report(f"/show.aspx?id={year}{n}", agency, year)}</a></li>'
            for n, agency in enumerate(("公安局", "教育局"))
        )
        site.page(f"/nb.aspx?pid=971&year={year}", f"<div>{years}</div><ul>{items}</ul>", "政府信息公开年报")
    return site.done()
