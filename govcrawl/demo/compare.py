"""Compares a stored corpus with the nation's truth: reports, cells, duplicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govcrawl.simulator.truth import cell_score, differences

Truth = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExpectedReport:
    """A report the nation published."""

    urls: tuple[str, ...]
    """Every address on the nation's own hosts where it is to be found."""
    truth: Truth


@dataclass(slots=True)
class Comparison:
    """What is right and what is not."""

    expected: int = 0
    found: int = 0
    cells: int = 0
    cells_right: int = 0
    duplicates_expected: int = 0
    duplicates_merged: int = 0
    """Further addresses of a report that became sources of it, not reports of their own."""
    superfluous: int = 0
    """Stored reports that the nation never published."""
    by_version: Counter[str] = field(default_factory=Counter)
    by_year: Counter[int] = field(default_factory=Counter)
    agencies: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return (
            not self.wrong
            and self.found == self.expected
            and self.cells_right == self.cells
            and self.duplicates_merged == self.duplicates_expected
            and not self.superfluous
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "right": self.right,
            "reports": {"expected": self.expected, "found": self.found, "superfluous": self.superfluous},
            "cells": {"all": self.cells, "right": self.cells_right},
            "duplicates": {"expected": self.duplicates_expected, "merged": self.duplicates_merged},
            "agencies": len(self.agencies),
            "versions": dict(sorted(self.by_version.items())),
            "years": dict(sorted(self.by_year.items())),
            "wrong": self.wrong,
        }


def compare(
    expected: Iterable[ExpectedReport],
    sources: Mapping[str, Sequence[str]],
    reports: Mapping[str, Mapping[str, Any]],
) -> Comparison:
    """Compare what is stored with what is true.

    Args:
        expected: the reports of the nation as they now stand.
        sources: URL → ids of the current reports seen there.
        reports: id → public JSON of every current report.
    """
    result = Comparison()
    claimed: set[str] = set()
    for report in expected:
        result.expected += 1
        result.duplicates_expected += len(report.urls) - 1
        ids = [report_id for url in report.urls for report_id in sources.get(url, ())]
        found = reports.get(ids[0]) if ids else None
        right, cells = cell_score(report.truth, found)
        result.cells += cells
        result.cells_right += right
        label = f"{report.truth.get('agency')} {report.truth.get('report_year')} ({report.urls[0]})"
        if found is None:
            result.wrong.append(f"{label}: was not found")
            continue
        result.found += 1
        claimed.add(ids[0])
        result.duplicates_merged += ids.count(ids[0]) - 1
        result.by_version[str(found["template_version"])] += 1
        result.by_year[found["report_year"] or 0] += 1
        result.agencies.add(str(found["agency"]))
        result.wrong += [f"{label}: {difference}" for difference in differences(report.truth, found)]
    result.superfluous = len(set(reports) - claimed)
    result.wrong += [
        f"{reports[report_id]['title']} ({report_id}): stored beside what the nation published"
        for report_id in sorted(set(reports) - claimed)
    ]
    return result
