"""How much of a nation was found, by addresses: what was missed and whether the store says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from govcrawl.demo.corpus import Holdings

FOUND, NOT_REPORTS, RIGHT = 0.995, 0.002, 0.995
"""At least this share of the reachable reports found, at most this of the stored ones none, at least this right."""
_PORTAL_WIDE = frozenset(
    {"blocked", "robots", "unreachable", "tls", "resting", "redirect_loop", "no_column", "budget", "http_error"}
)
_OF_LISTS = frozenset({"unsupported", "incomplete_list"})


@dataclass(slots=True)
class Coverage:
    """Counts, and what is wrong one by one."""

    reports: int = 0
    reachable: int = 0
    found: int = 0
    """Of the reachable ones."""
    found_beyond: int = 0
    """Of those that count as unreachable."""
    stored: int = 0
    superfluous: list[str] = field(default_factory=list)
    agency_right: int = 0
    year_right: int = 0
    division_right: int = 0
    all_right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    """Reachable, and not found."""
    unexplained: list[str] = field(default_factory=list)
    """Not found, and no problem says why."""
    unreachable: Counter[str] = field(default_factory=Counter)

    @property
    def right(self) -> bool:
        known = self.found + self.found_beyond
        return (
            self.found >= FOUND * self.reachable
            and len(self.superfluous) <= NOT_REPORTS * self.stored
            and self.all_right >= RIGHT * known
            and not self.unexplained
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "right": self.right,
            "reports": self.reports,
            "reachable": self.reachable,
            "found": self.found,
            "found_of_the_unreachable": self.found_beyond,
            "unreachable": dict(self.unreachable),
            "stored": self.stored,
            "superfluous": self.superfluous,
            "agency_right": self.agency_right,
            "year_right": self.year_right,
            "division_right": self.division_right,
            "all_right": self.all_right,
            "wrong": self.wrong,
            "missed": self.missed,
            "unexplained": self.unexplained,
        }


def cover(truth: Mapping[str, Any], held: Holdings) -> Coverage:
    """Compare the addresses, agencies, years and divisions of a nation's reports with what is stored."""
    result = Coverage(stored=len(held.reports))
    explained = _Explanations(held)
    claimed = {report_id for gone in truth["vanished"] for report_id in held.at(gone["urls"])}
    for report in truth["reports"]:
        result.reports += 1
        why = report["unreachable"]
        result.reachable += why is None
        result.unreachable.update([why] if why else [])
        ids = held.at(report["urls"])
        label = f"{report['agency']} {report['year']} ({report['urls'][0]})"
        if not ids:
            if why is None:
                result.missed.append(label)
            if not explained.of(report):
                result.unexplained.append(f"{label}: {why or 'reachable'}")
            continue
        claimed.update(ids)
        result.found += why is None
        result.found_beyond += why is not None
        _compare(report, held, ids, label, result)
    result.superfluous = [
        f"{held.reports[report_id].title} ({report_id})" for report_id in sorted(set(held.reports) - claimed)
    ]
    return result


def _compare(report: Mapping[str, Any], held: Holdings, ids: list[str], label: str, result: Coverage) -> None:
    stored = held.reports[ids[0]]
    agency = stored.agency == report["agency"]
    year = stored.year == report["year"]
    division = stored.division_code == report["division_code"]
    result.agency_right += agency
    result.year_right += year
    result.division_right += division
    result.all_right += agency and year and division
    if not (agency and year and division):
        result.wrong.append(f"{label}: stored as {stored.agency}, {stored.year}, {stored.division_code}")


class _Explanations:
    """Which reports a problem speaks of: by their own address, their file's, their list's, or their whole portal's.

    Lists are asked for at addresses of their own; a problem of such a list speaks for the lists of its host.
    """

    def __init__(self, held: Holdings) -> None:
        self.urls = {url for _, url, _ in held.problems}
        self.portals = {portal for portal, _, kind in held.problems if kind in _PORTAL_WIDE}
        self.hosts = {urlsplit(url).netloc for _, url, kind in held.problems if kind in _OF_LISTS}

    def of(self, report: Mapping[str, Any]) -> bool:
        own = {*report["urls"], *report["columns"], *report["files"]}
        hosts = {urlsplit(url).netloc for url in report["columns"]}
        return bool(own & self.urls or set(report["portals"]) & self.portals or hosts & self.hosts)
