"""The portals of the nation as hosts of pages: home page, disclosure page with its sidebar, columns, articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from govcrawl.simulator.answers import Answer, Page
from govcrawl.simulator.nation.lists import Row, static_pages, trs_pages
from govcrawl.simulator.nation.noise import SIDEBAR, guide, near_title, news_title, paragraphs
from govcrawl.simulator.nation.places import Country
from govcrawl.simulator.nation.reports import Filed
from govcrawl.simulator.nation.site import DISCLOSURE, Site
from govcrawl.simulator.page import MENUS, article, page

_SOFT_404 = (
    "<html><head><meta charset='utf-8'><title>提示信息</title></head>"
    "<body><p>您访问的页面不存在或已删除！</p></body></html>"
)
_SHELL = '<html><head><meta charset="utf-8"></head><body><script>window.location.href="{0}";</script></body></html>'


class SiteWriter:
    """Fills a portal's host with its pages; reports learn their addresses on the way."""

    def __init__(self, site: Site, country: Country, seed: int) -> None:
        self.site = site
        self.country = country
        self.random = Random(f"{seed}/{site.seat.portal_id}")
        self.number = 10_000 * (site.index + 1)

    def write(self, own: Sequence[Filed], below: Sequence[Filed]) -> None:
        """Write the whole portal: its own agencies' reports, and again those of the governments below it."""
        self._home()
        self._news()
        self._disclosure()
        self._sidebar_columns()
        column = self.site.column
        groups: list[tuple[str, str]] = []
        if below:
            groups.append(("县（市、区）年报", "xqnb/"))
            rows = [self._report(f"{column}xqnb/", filed) for filed in below]
            self._list(f"{column}xqnb/", "县（市、区）年报", rows)
        if self.site.structure == "by_agency":
            self._by_agency(own, groups)
        elif self.site.structure == "by_year":
            self._by_year(own, groups)
        else:
            rows = [self._report(column, filed) for filed in own] + self._near_rows(column)
            self._list(column, self.site.column_name, rows, groups)

    def _by_agency(self, own: Sequence[Filed], groups: list[tuple[str, str]]) -> None:
        """The column lists agencies; each has a disclosure page of its own, with a column of its own."""
        for agency in self.country.agencies_of(self.site.seat):
            folder = f"/bm/{agency.slug}/zwgk/"
            rows = [self._report(f"{folder}zfxxgknb/", filed) for filed in own if filed.agency is agency]
            self._list(f"{folder}zfxxgknb/", f"{agency.short}{self.site.column_name}", rows)
            self._put(
                folder, f"{agency.short}政府信息公开", self._sidebar(folder) + paragraphs("机构职能", self.random, 2)
            )
            groups.append((agency.name, folder if self.site.index % 2 else f"{folder}zfxxgknb/"))
        self._list(self.site.column, self.site.column_name, self._near_rows(self.site.column), groups)

    def _by_year(self, own: Sequence[Filed], groups: list[tuple[str, str]]) -> None:
        column = self.site.column
        for year in sorted({filed.year for filed in own}, reverse=True):
            rows = [self._report(f"{column}{year}n/", filed) for filed in own if filed.year == year]
            self._list(f"{column}{year}n/", f"{year}年", rows)
            groups.append((f"{year}年", f"{year}n/"))
        self._list(column, self.site.column_name, self._near_rows(column), groups)

    def _report(self, folder: str, filed: Filed) -> Row:
        """Publish a report in a column; the row's date moves with a revision where pages have no validators."""
        path = self._path(folder, filed.published_on)
        filed.urls.append((self.site.seat.portal_id, self.site.url(path)))
        title = filed.built.title
        frame, crumbs = self.site.frame, self._crumbs(self.site.column_name, self.site.column)

        def render() -> bytes:
            built = filed.built
            metadata = built.metadata | {"Url": self.site.url(path), "ColumnName": self.site.column_name}
            container = "TRS_Editor" if self.site.platform == "trs" else "article-content"
            main = article(built.title, built.body, metadata, container)
            return self.site.encode(page(frame, built.title, main, metadata=metadata, crumbs=crumbs))

        self.site.host.add(path, Page(render, modified=filed.modified, validators=self.site.validators))
        shown = filed.published_on
        if filed.revision and not self.site.validators:
            shown = filed.modified.date()
        return Row(self._href(folder, path), title, shown)

    def _near_rows(self, folder: str) -> list[Row]:
        """Rows that look like reports: a notice, an interpretation, dead pages, a copy on a foreign host."""
        site, place = self.site, self.site.seat.division.name
        rows = []
        for offset in range(3):
            title = near_title(site.index + 2 * offset, place, 2021)
            day = date(2022, 1, 5 + offset)
            path = self._article(folder, title, paragraphs(title, self.random), day)
            site.not_reports.append(site.url(path))
            rows.append(Row(self._href(folder, path), title, day))
        report = f"{place}{_LOST[site.index % len(_LOST)]}2011年政府信息公开工作年度报告"
        path = self._path(folder, date(2012, 2, 1))
        kind = site.index % 4
        if kind == 1:
            site.host.add(path, Answer(200, _SOFT_404.encode()))
            site.problems.append((site.url(path), "not_found"))
        elif kind == 2:
            site.problems.append((site.url(path), "not_found"))
        if kind in {1, 2}:
            rows.append(Row(self._href(folder, path), report, date(2012, 2, 1)))
        elif kind == 3:
            url = f"http://{MIRROR}{path}"
            site.problems.append((url, "foreign_host"))
            rows.append(Row(url, report, date(2012, 2, 1)))
        return rows

    def _home(self) -> None:
        site = self.site
        news = [(news_title(site.seat.division.name, self.random), f"/xwdt/{n}.html") for n in range(1, 9)]
        items = "".join(
            f'<li><a href="{href}">{title}</a> <span>01-{n + 10}</span></li>' for n, (title, href) in enumerate(news)
        )
        more = "".join(f'<li><a href="/zwfw/{n}.html">{name}</a></li>' for n, name in enumerate(_SERVICES))
        main = f'<div class="news"><h2>要闻动态</h2><ul>{items}</ul></div>'
        main += f'<div class="service"><h2>办事服务</h2><ul>{more}</ul></div>'
        main += f'<div class="gk"><h2><a href="{DISCLOSURE}">政府信息公开</a></h2>'
        main += f'<a href="{DISCLOSURE}fdzdgknr/">法定主动公开内容</a></div>'
        if site.index % 5 == 4:
            site.host.add("/", Answer(200, _SHELL.format("/home/index.html").encode()))
            self._put("/home/", site.frame.site, main)
        else:
            self._put("/", site.frame.site, main)

    def _news(self) -> None:
        place = self.site.seat.division.name
        rows = []
        for number in range(1, 25):
            title = news_title(place, self.random)
            self._put(
                f"/xwdt/{number}.html", title, article(title, paragraphs(title, self.random), {"PubDate": "2023-02-01"})
            )
            rows.append(Row(f"{number}.html", title, date(2023, 2, 1) - timedelta(days=number)))
        self._list("/xwdt/", "新闻动态", rows)
        for menu, (name, entries) in enumerate(MENUS):
            for number, entry in enumerate(entries):
                self._put(f"/fw/{menu}/{number}.html", entry, f"<p>{name}：{entry}</p>")
        self._put("/zcjd/1.html", "政策问答", paragraphs("政策问答", self.random))
        for number, entry in enumerate(_SERVICES):
            self._put(f"/zwfw/{number}.html", entry, f"<p>{entry}办事指南</p>")
        self._put("/zwfw/", "政务服务", "<p>政务服务事项目录</p>")
        self._put("/hdjl/", "互动交流", "<p>领导信箱</p>")

    def _disclosure(self) -> None:
        main = self._sidebar(DISCLOSURE) + guide(self.site.seat.division.name)
        if self.site.index % 7 == 3:
            self.site.host.add(DISCLOSURE, Answer(200, _SHELL.format("zfxxgkzn/index.html").encode()))
        else:
            self._put(DISCLOSURE, "政府信息公开", main)
        self._put(f"{DISCLOSURE}zfxxgkzn/", "政府信息公开指南", main)

    def _sidebar_columns(self) -> None:
        place = self.site.seat.division.name
        for name, folder in (("政府信息公开制度", "zfxxgkzd"), ("法定主动公开内容", "fdzdgknr")):
            path = f"{DISCLOSURE}{folder}/"
            rows = []
            for number in range(6):
                title = f"{place}{name}之{number + 1}"
                day = date(2021, 6, 1 + number)
                rows.append(
                    Row(self._href(path, self._article(path, title, paragraphs(title, self.random), day)), title, day)
                )
            self._list(path, name, rows)
        self._put(
            f"{DISCLOSURE}ysqgk/", "依申请公开", self._sidebar(DISCLOSURE) + "<form action='/search'>申请表</form>"
        )

    def _sidebar(self, base: str) -> str:
        items = []
        for name, folder in SIDEBAR:
            shown = name.format(reports=self.site.column_name)
            root = base if folder == "zfxxgknb" else DISCLOSURE
            items.append(f'<li><a href="{root}{folder}/">{shown}</a></li>')
        return f'<div class="gk-left"><ul class="menu">{"".join(items)}</ul></div>\n'

    def _article(self, folder: str, title: str, body: str, day: date) -> str:
        path = self._path(folder, day)
        metadata = {"ArticleTitle": title, "PubDate": day.isoformat(), "ContentSource": self.site.frame.site}
        self._put(path, title, article(title, body, metadata), metadata)
        return path

    def _list(self, folder: str, name: str, rows: list[Row], groups: Sequence[tuple[str, str]] = ()) -> None:
        """Write a column: links to the columns inside it, then its rows over as many pages as it takes."""
        rows = sorted(rows, key=lambda row: row.day or date.min, reverse=True)
        inside = "".join(f'<li><a href="{href}">{text}</a></li>' for text, href in groups)
        menu = f'<div class="sub-columns"><ul>{inside}</ul></div>' if inside else ""
        per_page = 8 if self.site.index % 2 else 12
        pages = (
            trs_pages(rows, self.site.pager, per_page, self.site.rows)
            if self.site.platform == "trs"
            else static_pages(rows, per_page, self.site.rows)
        )
        for each in pages:
            if each.stub:
                self.site.host.add(f"{folder}{each.file}", Answer(200, each.markup.encode()))
                continue
            main = f'{self._sidebar(DISCLOSURE)}<div class="list">{menu if not each.file else ""}{each.markup}</div>'
            self._put(f"{folder}{each.file}", name, main, {"ColumnName": name, "ColumnType": name})

    def _put(self, path: str, title: str, main: str, metadata: dict[str, str] | None = None) -> None:
        data = metadata if metadata is not None else {"ColumnName": title}
        self.site.host.add(path, Page(_rendered(self.site, title, main, data, self._crumbs(title, path))))

    def _crumbs(self, title: str, path: str) -> tuple[tuple[str, str], ...]:
        return (("首页", "/"), ("政府信息公开", DISCLOSURE), (title, path))

    def _path(self, folder: str, day: date) -> str:
        """The next article's address, as the platform names articles."""
        self.number += 1
        if self.site.platform == "trs":
            return f"{folder}{day:%Y%m}/t{day:%Y%m%d}_{self.number}.html"
        return f"{folder}content_{self.number}.html"

    def _href(self, folder: str, path: str) -> str:
        """An address as a list writes it: relative on TRS, from the root elsewhere, or without its scheme."""
        if self.site.rows == "host":
            return f"//{self.site.seat.host}{path}"
        return f"./{path.removeprefix(folder)}" if self.site.platform == "trs" else path


MIRROR = "www.travel-lanhai.test"
"""A foreign host that holds copies of government pages, at their own paths."""
_LOST = ("统计局", "审计局", "民政局", "司法局")
_SERVICES = ("社会保障", "户籍办理", "出入境", "婚姻登记", "不动产", "公积金")


def _rendered(
    site: Site, title: str, main: str, metadata: dict[str, str], crumbs: Sequence[tuple[str, str]]
) -> Callable[[], bytes]:
    return lambda: site.encode(page(site.frame, title, main, metadata=metadata, crumbs=crumbs))
