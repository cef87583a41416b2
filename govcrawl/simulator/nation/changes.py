"""What happens in the nation between two crawls: reports come in, are edited, vanish; columns move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from math import ceil
from random import Random
from typing import Any

from govcrawl.simulator.nation.places import Country
from govcrawl.simulator.nation.reports import Filed, file_report
from govcrawl.simulator.nation.site import Move, Site

SHARES: Mapping[str, float] = {"new": 0.01, "edited": 0.005, "moved": 0.005, "vanished": 0.002}
"""What share of the reports (of the columns, for `moved`) changes at once; at least one of each."""
_OLD_ADDRESSES = ("gone", "shell", "other")
_FIRST_NEW_YEAR = 2025


@dataclass(slots=True)
class Changes:
    """What changed: ids of reports, and the addresses of columns."""

    new: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    """Of the edited ones, those whose rows did not change."""
    vanished: list[str] = field(default_factory=list)
    moved: list[dict[str, Any]] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("new", "edited", "silent", "vanished", "moved")}


def moment(number: int) -> datetime:
    """When the number-th change of the nation happens."""
    return datetime(2026, 1, 31, 9, tzinfo=UTC) + timedelta(days=number)


def advance(country: Country, reports: list[Filed], sites: Sequence[Site], random: Random, number: int) -> Changes:
    """Let a night pass. Nothing happens twice to one report; what no crawl can come to stays as it is.

    Args:
        reports: of the nation; new ones are added.
        number: of the change, from one.
    """
    changes = Changes()
    quiet = [filed for filed in reports if filed.unreachable is None and not filed.vanished]
    random.shuffle(quiet)
    shares = {name: max(1, ceil(len(quiet) * SHARES[name])) for name in ("edited", "vanished")}
    edited = [quiet.pop() for _ in range(shares["edited"])]
    for place, filed in enumerate(edited):
        filed.revise(moment(number), silent=place % 3 == 0)
        changes.edited.append(filed.id)
        if filed.silent:
            changes.silent.append(filed.id)
    for _ in range(shares["vanished"]):
        gone = quiet.pop()
        gone.vanish()
        changes.vanished.append(gone.id)
    changes.moved = _move(sites, random, number)
    changes.new = _file_new(country, reports, sites, random, number)
    return changes


def _file_new(country: Country, reports: list[Filed], sites: Sequence[Site], random: Random, number: int) -> list[str]:
    """Let some agencies of open portals publish their next report."""
    known = {(filed.agency, filed.year) for filed in reports}
    closed = {filed.agency.portal_id for filed in reports if filed.unreachable}
    open_ = [agency for agency in country.agencies if agency.portal_id not in closed]
    wanted = max(1, ceil(len(reports) * SHARES["new"]))
    added = []
    for agency in random.sample(open_, min(wanted, len(open_))):
        year = next(year for year in count(_FIRST_NEW_YEAR) if (agency, year) not in known)
        filed = file_report(agency, year, Random(f"{agency.id}/{year}"), None)
        filed.publish(moment(number).date())
        reports.append(filed)
        added.append(filed.id)
    return sorted(added)


def _move(sites: Sequence[Site], random: Random, number: int) -> list[dict[str, Any]]:
    """Let some report columns of open portals stand elsewhere from now on."""
    open_ = [site for site in sites if not site.knobs.gate and site.entry_url in site.listed]
    columns = sum(len(site.listed) for site in sites)
    moved = []
    for place, site in enumerate(random.sample(open_, min(len(open_), max(1, ceil(columns * SHARES["moved"]))))):
        folder = f"/zwgk/xxgknb{number}/"
        move = Move(folder, _OLD_ADDRESSES[place % len(_OLD_ADDRESSES)], articles=place % 2 == 0)
        site.moves[site.entry_url] = move
        moved.append(
            {"portal": site.seat.portal_id, "from": site.entry_url, "old": move.old, "articles": move.articles}
        )
    return moved
