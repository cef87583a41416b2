"""Judges a refresh after a night in which the nation changed: whether it found everything that did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from govcrawl.demo.corpus import Holdings
from govcrawl.demo.traffic import Traffic

KINDS = ("new", "edited", "moved", "vanished")


@dataclass(slots=True)
class Night:
    """What changed, and what of it was found."""

    changed: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return self.changed == self.found

    def note(self, kind: str, what: str, found: bool) -> None:
        self.changed[kind] = self.changed.get(kind, 0) + 1
        self.found[kind] = self.found.get(kind, 0) + found
        if not found:
            self.missed.append(f"{kind}: {what}")

    def to_dict(self) -> dict[str, Any]:
        return {"right": self.right, "changed": self.changed, "found": self.found, "missed": self.missed}


def judge_night(
    changes: Mapping[str, Any], truth: Mapping[str, Any], before: Holdings, held: Holdings, traffic: Traffic
) -> Night:
    """Compare what changed with what a refresh made of it.

    Args:
        changes: what the nation said it changed.
        truth: the nation as it is now.
        before: the database as it was before the refresh.
        held: the database now.
        traffic: the refresh's requests.
    """
    night = Night()
    reports = {report["id"]: report for report in truth["reports"]}
    gone = {report["id"]: report for report in truth["vanished"]}
    new_versions = Counter(held.superseded) - Counter(before.superseded)
    seen = set(traffic.urls(200, 304))
    for report_id in changes["new"]:
        night.note("new", report_id, bool(held.at(reports[report_id]["urls"])))
    for report_id in changes["edited"]:
        report = reports[report_id]
        how = "silently" if report_id in changes["silent"] else "visibly"
        key = (report["agency"], report["year"])
        night.note("edited", f"{report_id} ({how}; {report['urls'][0]})", new_versions[key] > 0)
    for move in changes["moved"]:
        night.note("moved", f"{move['from']} to {move['to']} ({move['old']})", move["to"] in seen)
    for report_id in changes["vanished"]:
        urls = [url for url in gone[report_id]["urls"] if url in before.sources]
        night.note("vanished", report_id, set(urls) <= held.vanished)
    return night
