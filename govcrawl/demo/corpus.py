"""What a demo's database holds, as the comparisons need it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from govcrawl.store import open_corpus

_REPORTS = "select id, agency_name, division_code, report_year, title from reports where state = 'current'"
_SOURCES = """
select s.url, s.report_id from report_sources s join reports r on r.id = s.report_id where r.state = 'current'
"""
_SUPERSEDED = "select agency_name, report_year from reports where state = 'superseded'"


@dataclass(frozen=True, slots=True)
class Stored:
    """A current report."""

    id: str
    agency: str
    division_code: str | None
    year: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """A database, read once."""

    reports: dict[str, Stored]
    sources: dict[str, list[str]]
    """URL → current reports seen there."""
    problems: list[tuple[str, str, str]]
    """(portal, URL, kind)."""
    superseded: list[tuple[str, int | None]]
    """Agency and year of every superseded version."""
    vanished: set[str]
    """URLs that were noted as gone."""

    def at(self, urls: Iterable[str]) -> list[str]:
        """The ids of the current reports seen at any of these addresses, in their order."""
        return [report_id for url in urls for report_id in self.sources.get(url, ())]


def read_holdings(db: Path) -> Holdings:
    """Everything a comparison asks of a database."""
    with open_corpus(db) as corpus:
        rows = corpus.connection.execute
        reports = {row[0]: Stored(*row) for row in rows(_REPORTS)}
        sources: dict[str, list[str]] = {}
        for url, report_id in rows(_SOURCES):
            sources.setdefault(url, []).append(report_id)
        problems = [
            (portal or "", url, kind) for portal, url, kind in rows("select portal_id, url, kind from problems")
        ]
        superseded = [(agency, year) for agency, year in rows(_SUPERSEDED)]
        vanished = {url for (url,) in rows("select url from report_sources where vanished_at is not null")}
    return Holdings(reports, sources, problems, superseded, vanished)
