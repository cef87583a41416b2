"""Holds the classifier against a table of real pages: report or not, report year, mirror or not, agency, division.

    python -m tests.benchmarks.classifier report_pages.csv

The table has the columns url, province, place, agency, title, report_year and kind (report, mirror, repost, about,
list, notice, other). Nothing is fetched: what is judged is what a crawl knows before it asks for a page. Empty titles
are not judged as titles; a remark of the table's makers at the end of a title is no part of it.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from govcrawl.discovery import HostPolicy, LinkKind, classify_link, host_of, registrable, year_hint, year_of_title
from govcrawl.divisions import Divisions, load_divisions
from govcrawl.forms.facts.record import Facts
from govcrawl.forms.facts.who import read_division
from govcrawl.forms.title import agency_in_title
from govcrawl.lookups import load_lookup
from govcrawl.model import Link, Portal
from govcrawl.portals import load_portals, registry_folder
from tests.benchmarks.figures import Figure, Target

_REMARK = re.compile(r"[（(][^（()）]*(?:标题|页题|元数据|正文)[^（()）]*[)）](?:/.*)?$")
_ANY_YEAR = re.compile(r"20\d\d|二[〇○零]")
_COPIES = frozenset({"mirror", "repost"})
_ENOUGH = 0.97
Judgement = tuple[object, object, str] | None
"""What is expected, what was found, and why the two may differ; None where there is nothing to judge."""


@dataclass(frozen=True)
class Row:
    """A page of the table."""

    url: str
    province: str
    place: str
    agency: str
    printed: str
    year: int | None
    kind: str

    @cached_property
    def title(self) -> str:
        """The title without the remark behind it."""
        return _REMARK.sub("", self.printed).strip()

    @property
    def is_copy(self) -> bool:
        return self.kind in _COPIES

    @property
    def is_report(self) -> bool:
        return self.kind == "report"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that was judged wrongly."""

    row: Row
    expected: object
    found: object
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """One measure over the whole table."""

    name: str
    judged: int
    wrong: tuple[Wrong, ...]

    @property
    def share(self) -> float:
        return (self.judged - len(self.wrong)) / self.judged if self.judged else 0.0


def read_rows(path: Path) -> list[Row]:
    """The pages of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Row(
                each["url"],
                each["province"],
                each["place"],
                each["agency"],
                each["title"],
                int(each["report_year"]) if each["report_year"] else None,
                each["kind"],
            )
            for each in csv.DictReader(file)
        ]


class Classifier:
    """What the crawl would say of a row, and what the table says."""

    def __init__(self, portals: Sequence[Portal], divisions: Divisions) -> None:
        self.divisions = divisions
        self.hosts = HostPolicy(portals)
        self.by_host: dict[str, Portal] = {}
        for portal in sorted(portals, key=lambda portal: portal.division_code):
            for name in (host_of(portal.homepage), registrable(host_of(portal.homepage))):
                self.by_host.setdefault(name, portal)

    def measures(self) -> dict[str, Callable[[Row], Judgement]]:
        """Name of a measure → its judge."""
        return {
            "report or not, as a row of a report column": self.in_column,
            "report or not, as a link anywhere": self.anywhere,
            "taken by the crawl: named a report, on an allowed host": self.taken,
            "report year, from the title": self.year_in_title,
            "report year, hinted at by the address where no title says it": self.year_in_address,
            "mirror or repost: refused by the host": self.host,
            "agency, from the title": self.agency,
            "division, from the agency and the portal": self.division,
        }

    def in_column(self, row: Row) -> Judgement:
        """An untitled row is called by its agency, as many columns do."""
        text = row.title or row.agency
        if row.is_copy or not text:
            return None
        found = classify_link(Link(row.url, text), inside=LinkKind.COLUMN)
        return row.is_report, found is LinkKind.REPORT, f"{text!r} is taken for {found}"

    def anywhere(self, row: Row) -> Judgement:
        if row.is_copy or not row.title:
            return None
        found = classify_link(Link(row.url, row.title))
        return row.is_report, found is LinkKind.REPORT, f"{row.title!r} is taken for {found}"

    def taken(self, row: Row) -> Judgement:
        if not row.title:
            return None
        found = classify_link(Link(row.url, row.title))
        allowed = self.hosts.allows(row.url, self.portal(row))
        reason = f"{row.title!r} is taken for {found}, its host is {'allowed' if allowed else 'refused'}"
        return row.is_report, found is LinkKind.REPORT and allowed, reason

    def year_in_title(self, row: Row) -> Judgement:
        if row.year is None or not (row.is_report or row.is_copy) or not _ANY_YEAR.search(row.title):
            return None
        return row.year, year_of_title(row.title), row.title

    def year_in_address(self, row: Row) -> Judgement:
        if row.year is None or not (row.is_report or row.is_copy) or year_of_title(row.title) is not None:
            return None
        hint = year_hint(row.url)
        return (row.year, hint, "the address names another year") if hint else None

    def host(self, row: Row) -> Judgement:
        allowed = self.hosts.allows(row.url, self.portal(row))
        state = "allowed" if allowed else "neither *.gov.cn nor in the registry"
        return row.is_copy, not allowed, f"{host_of(row.url)} is {state}"

    def agency(self, row: Row) -> Judgement:
        if not row.is_report or not row.title or not row.agency:
            return None
        found = agency_in_title(row.title)
        if found is None:
            return None
        same = self._same(found, row)
        return True, same, f"{row.title!r} names {found!r}, the table says {row.agency!r}"

    def division(self, row: Row) -> Judgement:
        expected = self.divisions.find(row.place, self._province(row))
        if not row.is_report or expected is None or expected.division is None or expected.rest or not row.agency:
            return None
        facts = Facts(agency=agency_in_title(row.title) or row.agency)
        read_division(facts, self.divisions, self.portal(row))
        return expected.division.code, facts.division_code, f"{facts.agency!r} of {row.place}"

    def portal(self, row: Row) -> Portal:
        """The portal the page would be found from: by host, by domain, else one of the province."""
        host = host_of(row.url)
        known = self.by_host.get(host) or self.by_host.get(registrable(host))
        return known or Portal("unknown", row.place, self._province(row) or "000000", "http://unknown.invalid/")

    def _province(self, row: Row) -> str | None:
        found = self.divisions.find(row.province)
        return found.division.code if found and found.division else None

    def _same(self, found: str, row: Row) -> bool:
        """Whether two names are of one body, one of them perhaps shortened: 人社局 is 人力资源和社会保障局."""
        one, two = self._own_part(found, row), self._own_part(row.agency, row)
        return _shortens(one, two) or _shortens(two, one)

    def _own_part(self, name: str, row: Row) -> str:
        within = self.divisions.find(row.place, self._province(row))
        match = self.divisions.find(name, within.division.code if within and within.division else None)
        rest = "".join((match.rest if match else name).split())
        for word in load_lookup("reports")["agency"]["dropped"]:
            rest = rest.replace(word, "")
        return re.sub(r"[（(][^()（）]*[)）]", "", rest)


def _shortens(short: str, full: str) -> bool:
    """Whether the characters of one stand in the other, in order."""
    left = iter(full)
    return all(character in left for character in short)


def run(rows: Iterable[Row], classifier: Classifier) -> Iterator[Result]:
    """Judge every row by every measure."""
    rows = list(rows)
    for name, judge in classifier.measures().items():
        judged = [(row, judge(row)) for row in rows]
        told = [(row, verdict) for row, verdict in judged if verdict is not None]
        wrong = tuple(Wrong(row, *verdict) for row, verdict in told if verdict[0] != verdict[1])
        yield Result(name, len(told), wrong)


def load_classifier(registry: Path | None = None) -> Classifier:
    """With the registry (the project's own where none is given) and the divisions of the project."""
    registered = [load_portals(path) for path in sorted((registry or registry_folder()).glob("*.csv"))]
    return Classifier([portal for portals in registered for portal in portals], load_divisions())


def figures(path: Path) -> Iterator[Figure]:
    """The measures as figures of the benchmarks."""
    for result in run(read_rows(path), load_classifier()):
        detail = {"judged": result.judged, "wrong": len(result.wrong)}
        yield Figure(f"classifier: {result.name}", result.share, "right", path.name, Target(">=", _ENOUGH), detail)


def main(arguments: list[str] | None = None) -> int:
    """Print the table, then every wrong row with its reason."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.classifier", description=__doc__)
    parser.add_argument("pages", type=Path, help="a CSV of real pages")
    parser.add_argument("--registry", type=Path, help="a folder of portals by province, in place of the project's own")
    asked = parser.parse_args(arguments)
    results = list(run(read_rows(asked.pages), load_classifier(asked.registry)))
    print(f"{'judged':>6} {'right':>6} {'wrong':>6} {'right %':>8}  measure")
    for result in results:
        right = result.judged - len(result.wrong)
        print(f"{result.judged:6} {right:6} {len(result.wrong):6} {result.share:8.1%}  {result.name}")
    for result in results:
        print(f"\n{result.name}: {len(result.wrong)} wrong")
        for wrong in result.wrong:
            print(f"  {wrong.row.kind}: expected {wrong.expected}, found {wrong.found}: {wrong.reason}")
            print(f"    {wrong.row.url}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
