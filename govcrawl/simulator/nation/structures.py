"""The ways a report column is divided: what stands in the column, and what in columns below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from govcrawl.model import AgencyKind
from govcrawl.simulator.nation.noise import paragraphs
from govcrawl.simulator.nation.places import Agency
from govcrawl.simulator.nation.reports import Filed
from govcrawl.simulator.nation.shelf import Shelf, put_report
from govcrawl.simulator.nation.site import DISCLOSURE, Site, sidebar

TOPIC = "/zt/zfxxgknbzt/"
_TYPES = (
    ("区政府", "qzf", {AgencyKind.GOVERNMENT, AgencyKind.OFFICE}),
    ("委办局", "wbj", {AgencyKind.DEPARTMENT}),
    ("街镇", "jz", {AgencyKind.TOWNSHIP}),
)


class Layout:
    """Puts a portal's own reports on shelves. `shelves` are all but the report column itself, which is `column`."""

    def __init__(self, site: Site, column: Shelf, entry: str, agencies: Sequence[Agency]) -> None:
        self.site = site
        self.column = column
        self.entry = entry
        self.agencies = agencies
        self.shelves: list[Shelf] = []
        self.hidden: list[Shelf] = []
        """Shelves whose rows stand on a page that is no list of the platform."""
        self.random = Random(f"{site.seat.portal_id}/layout")

    def arrange(self, own: Sequence[Filed]) -> None:
        """Put the reports where the portal's structure wants them."""
        ways: Mapping[str, Callable[[Sequence[Filed]], None]] = {
            "flat": self._flat,
            "by_agency": self._by_agency,
            "by_year": self._by_year,
            "by_year_type": self._by_year_type,
            "by_type": self._by_type,
            "sub_domains": self._sub_domains,
            "topic": self._topic,
        }
        ways[self.site.knobs.structure](own)

    def shelf(self, folder: str, name: str, reports: Sequence[Filed], parent: Shelf | None = None) -> Shelf:
        """A column below another (the report column, where nothing else is said) with reports in it."""
        made = Shelf(self.column.channel, folder, name, sidebar({"zfxxgknb": self.entry}, self.site.knobs.column_name))
        for filed in reports:
            put_report(made, filed)
        (parent or self.column).groups.append((name, made.path))
        self.shelves.append(made)
        return made

    def _flat(self, own: Sequence[Filed]) -> None:
        for filed in own:
            put_report(self.column, filed)

    def _by_agency(self, own: Sequence[Filed]) -> None:
        """The column lists agencies; each has a disclosure page of its own, with a column of its own."""
        name = self.site.knobs.column_name
        for agency in self.agencies:
            folder = f"/bm/{agency.slug}/zwgk/"
            reports = [filed for filed in own if filed.agency is agency]
            shelf = self.shelf(f"{folder}zfxxgknb/", f"{agency.short}{name}", reports)
            side = sidebar({"zfxxgknb": shelf.path}, name)
            shelf.side = side
            body = side + paragraphs("机构职能", self.random, 2)
            self.column.channel.put(folder, f"{agency.short}政府信息公开", body)
            self.column.groups[-1] = (agency.name, shelf.path if self.site.knobs.agencies_direct else folder)

    def _by_year(self, own: Sequence[Filed]) -> None:
        for year, reports in _years(own):
            self.shelf(f"{self.column.folder}{year}n/", f"{year}年", reports)

    def _by_year_type(self, own: Sequence[Filed]) -> None:
        for year, reports in _years(own):
            folder = f"{self.column.folder}{year}nb/"
            of_year = self.shelf(folder, f"{year}年", ())
            self._types(folder, reports, of_year)

    def _by_type(self, own: Sequence[Filed]) -> None:
        self._types(self.column.folder, own, self.column)

    def _types(self, folder: str, own: Sequence[Filed], parent: Shelf) -> None:
        for name, slug, kinds in _TYPES:
            reports = [filed for filed in own if filed.agency.kind in kinds]
            if reports:
                self.shelf(f"{folder}{slug}/", name, reports, parent)

    def _sub_domains(self, own: Sequence[Filed]) -> None:
        """Each agency has a host of its own; the government itself publishes in the column."""
        name = self.site.knobs.column_name
        for agency in self.agencies:
            reports = [filed for filed in own if filed.agency is agency]
            if agency.kind in (AgencyKind.GOVERNMENT, AgencyKind.OFFICE):
                for filed in reports:
                    put_report(self.column, filed)
                continue
            channel = self.site.channel(agency.slug.replace("_", ""))
            folder = f"{DISCLOSURE}zfxxgknb/"
            shelf = Shelf(channel, folder, name)
            for filed in reports:
                put_report(shelf, filed)
            side = sidebar({"zfxxgknb": shelf.path}, name)
            shelf.side = side
            intro = f'{side}<div class="intro">{paragraphs(agency.name, self.random, 3)}</div>'
            channel.put_home("/", intro)
            channel.put(DISCLOSURE, "政府信息公开", intro)
            self.shelves.append(shelf)
            self.column.groups.append((agency.name, channel.url("/")))

    def _topic(self, own: Sequence[Filed]) -> None:
        """One page lists everything, under a heading for each year; the articles stand in the column's folder."""
        blocks = []
        for year, reports in _years(own):
            hidden = Shelf(self.column.channel, self.column.folder, self.column.name)
            self.hidden.append(hidden)
            for filed in reports:
                put_report(hidden, filed)
            rows = [(row, filed, url) for row, filed, url in hidden.rows if filed is not None]
            items = "".join(f'<li><a href="{url}">{row.title}</a><span>{row.day}</span></li>' for row, _, url in rows)
            blocks.append(f"<h3>{year}年</h3><ul>{items}</ul>")
            for _, filed, _ in rows:
                filed.columns[-1] = self.column.channel.url(TOPIC)
        title = "政府信息公开年报专题"
        self.column.channel.put(TOPIC, title, f'<div class="topic">{"".join(blocks)}</div>')
        self.column.groups.append((title, TOPIC))


def _years(own: Sequence[Filed]) -> list[tuple[int, list[Filed]]]:
    """The reports of each year, the latest year first."""
    years = sorted({filed.year for filed in own}, reverse=True)
    return [(year, [filed for filed in own if filed.year == year]) for year in years]
