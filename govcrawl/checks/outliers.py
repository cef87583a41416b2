"""Sizes that are unlike the agency's other years, or unlike its peers' and its own: worth a look, no more.

Robust statistics on the scale of log(1 + n): medians, and the median of the absolute deviations from them (MAD). A
year in which everybody's figures move is no outlier: what an agency's own years expect is moved by its peers' change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import expm1, log, log1p
from statistics import median

from govcrawl.forms.schema import load_forms, matching
from govcrawl.model import CrossCheck, HeldReport, Number, Severity, Verdict

OWN, PEERS = "unlike_years", "unlike_peers"

MAD_TO_DEVIATION = 1.4826
"""Of a normal distribution."""
FEWEST_YEARS = 3
"""Other years of the agency that an expectation needs."""
FEWEST_PEERS = 30
LEAST_SPREAD = 0.25
"""Figures of public bodies wander by a quarter from year to year without any reason."""
TIMES = log(5)
"""A figure must be this far from what is expected, whatever the spread."""
DEVIATIONS = 5.0
LEAST_COUNT = 20
"""Below it nothing is large: 0 and 12 requests are as good as the same."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The sizes of a report."""

    report_id: str
    series: tuple[int, str]
    """Agency and scope."""
    group: str
    """Whose peer it is: scope and level of the division."""
    year: int
    sizes: Mapping[str, Number]
    """By cell; none below zero."""


Point = tuple[Measured, float]
"""A report and the logarithm of one of its sizes."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What other figures let expect of one, on the scale of logarithms."""

    middle: float
    spread: float
    least: float
    most: float

    def moved(self, change: float, spread: float) -> Expected:
        """The same in a year in which everybody's figures moved."""
        return Expected(self.middle + change, max(self.spread, spread), self.least + change, self.most + change)

    def excludes(self, size: float) -> bool:
        """Whether a size is far from the middle, and far from each of the others."""
        outside = max(size - self.most, self.least - size)
        far = abs(size - self.middle) >= DEVIATIONS * self.spread
        return far and outside >= TIMES and max(size, self.middle) >= log1p(LEAST_COUNT)


def measured(report: HeldReport) -> Measured | None:
    """A report as it is compared with others; None where it has nothing to compare."""
    if report.agency_id is None or report.report_year is None:
        return None
    sizes = {where: value for where in _cells() if (value := report.cells.get(where)) is not None and value >= 0}
    series = (report.agency_id, report.scope)
    group = f"{report.scope}/{_level(report.division_code)}"
    return Measured(report.id, series, group, report.report_year, sizes) if sizes else None


def check_outliers(reports: Iterable[Measured]) -> Iterator[CrossCheck]:
    """The sizes that are like no other: at most one check a cell, each a hint (`info`).

    Args:
        reports: all current ones.
    """
    by_cell: dict[str, list[Point]] = defaultdict(list)
    for report in reports:
        for where, value in report.sizes.items():
            by_cell[where].append((report, log1p(value)))
    for where in sorted(by_cell):
        yield from _of_cell(where, by_cell[where])


def _of_cell(where: str, points: list[Point]) -> Iterator[CrossCheck]:
    series: dict[tuple[int, str], list[Point]] = defaultdict(list)
    peers: dict[tuple[str, int], list[float]] = defaultdict(list)
    for report, size in points:
        series[report.series].append((report, size))
        peers[report.group, report.year].append(size)
    own = {report.report_id: _own_years(report, series[report.series]) for report, _ in points}
    moved = _common_changes(points, own)
    levels = {key: _expected(sizes) for key, sizes in peers.items() if len(sizes) >= FEWEST_PEERS}
    for report, size in points:
        key, expected = (report.group, report.year), own[report.report_id]
        if expected is not None:
            expected = expected.moved(*moved.get(key, (0.0, 0.0)))
            if expected.excludes(size):
                yield _check(OWN, report, where, expected, "what its other years expect")
        elif key in levels and _above(size, levels[key]):
            yield _check(PEERS, report, where, levels[key], "the median of its peers")


def _own_years(report: Measured, points: list[Point]) -> Expected | None:
    """What the agency's other years let expect; None where they are too few."""
    others = [(other.year, size) for other, size in points if other.year != report.year]
    enough = len({year for year, _ in others}) >= FEWEST_YEARS
    return _expected([size for _, size in others]) if enough else None


def _common_changes(
    points: list[Point], own: Mapping[str, Expected | None]
) -> dict[tuple[str, int], tuple[float, float]]:
    """How far the peers of a year are from what their own years expect, and how differently."""
    changes: dict[tuple[str, int], list[float]] = defaultdict(list)
    for report, size in points:
        expected = own[report.report_id]
        if expected is not None:
            changes[report.group, report.year].append(size - expected.middle)
    centres = {key: _expected(found) for key, found in changes.items() if len(found) >= FEWEST_PEERS}
    return {key: (centre.middle, centre.spread) for key, centre in centres.items()}


def _expected(sizes: list[float]) -> Expected:
    middle = median(sizes)
    spread = MAD_TO_DEVIATION * median(abs(size - middle) for size in sizes)
    return Expected(middle, max(LEAST_SPREAD, spread), min(sizes), max(sizes))


def _above(size: float, peers: Expected) -> bool:
    """Whether a size is far above the middle of its peers, whatever single others are."""
    distance = size - peers.middle
    return distance >= max(TIMES, DEVIATIONS * peers.spread) and size >= log1p(LEAST_COUNT)


def _check(code: str, report: Measured, where: str, expected: Expected, what: str) -> CrossCheck:
    return CrossCheck(
        report_id=report.report_id,
        code=code,
        where=where,
        verdict=Verdict.CONTRADICTS,
        message=f"far from {what}",
        severity=Severity.INFO,
        expected=round(max(0.0, expm1(expected.middle)), 1),
        actual=report.sizes[where],
    )


def _level(division: str | None) -> str:
    """Province, prefecture or county, by the zeros of the code (GB/T 2260)."""
    if division is None:
        return ""
    return "province" if division.endswith("0000") else "prefecture" if division.endswith("00") else "county"


@cache
def _cells() -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell for form in load_forms() for cell in matching(form, form.measured)))
