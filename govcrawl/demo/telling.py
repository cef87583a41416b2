"""What a demo says, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from govcrawl.demo.compare import Comparison
from govcrawl.demo.coverage import Coverage
from govcrawl.demo.night import Night
from govcrawl.demo.processes import Run

MAX_TOLD = 20
"""Differences told one by one; the rest is counted."""
Say = Callable[[str], None]


def describe_nation(truth: Mapping[str, Any]) -> str:
    """What will be crawled, in one line."""
    reports = truth["reports"]
    years = sorted({report["year"] for report in reports})
    platforms = len({site["platform"] for site in truth["sites"]})
    files = sum(report["published_as"] != "page" for report in reports)
    return (
        f"A nation of {len({r['division_code'][:2] for r in reports})} provinces, "
        f"{len({r['portal'] for r in reports})} portals of {platforms} platforms and "
        f"{len({r['agency'] for r in reports})} agencies published {len(reports)} reports of "
        f"{years[0]} to {years[-1]}, {files} of them as files"
    )


def tell_all(lines: Iterable[str], say: Say, mark: str = "WRONG") -> None:
    """The first lines one by one, and the number of the others."""
    known = list(lines)
    for line in known[:MAX_TOLD]:
        say(f"    {mark} {line}")
    if len(known) > MAX_TOLD:
        say(f"    … and {len(known) - MAX_TOLD} more")


def tell(result: Comparison, say: Say, *, sample: bool = False) -> None:
    """The comparison of cells in a few lines."""
    if sample:
        say(f"  sample      {result.expected} reports in every cell")
    else:
        say(f"  reports     {result.found} found of {result.expected} expected, {result.superfluous} nobody published")
    share = 100 * result.cells_right / result.cells if result.cells else 0
    say(f"  cells       {result.cells_right} right of {result.cells} ({share:.2f} %)")
    say(f"  duplicates  {result.duplicates_merged} merged of {result.duplicates_expected} further addresses")
    say(f"  agencies    {len(result.agencies)}; versions {listed(result.by_version)}")
    tell_all(result.wrong, say)


def tell_coverage(result: Coverage, say: Say) -> None:
    """What was found by address."""
    say(
        f"  reports     {result.found} found of {result.reachable} that can be reached "
        f"({percent(result.found, result.reachable)})"
    )
    say(f"  stored      {result.stored}, of which no report {len(result.superfluous)}")
    known = result.found + result.found_beyond
    say(
        f"  right       agency {percent(result.agency_right, known)}, year {percent(result.year_right, known)}, "
        f"division {percent(result.division_right, known)}, all three {percent(result.all_right, known)}"
    )
    say(
        f"  unreachable {sum(result.unreachable.values())} ({listed(result.unreachable)}), "
        f"{result.found_beyond} of them found all the same; not found and unexplained {len(result.unexplained)}"
    )
    tell_all(result.missed, say, "MISSED")
    tell_all(result.unexplained, say, "UNEXPLAINED")
    tell_all(result.superfluous, say, "NO REPORT")
    tell_all(result.wrong, say)


def tell_problems(problems: Mapping[str, Any], say: Say) -> None:
    """What could not be had, by kind, and whether every trouble the nation makes was told."""
    told = problems["expected"] - len(problems["missing"])
    say(f"  problems    {listed(problems['kinds'])}; {told} of the {problems['expected']} that must be told are")
    for line in problems["missing"]:
        say(f"    WRONG not told: {line}")


def tell_night(night: Night, say: Say) -> None:
    """What changed in a night, and what of it was found."""
    for kind, number in night.changed.items():
        say(f"  {kind:<11} {night.found[kind]} found of {number}")
    tell_all(night.missed, say)


def cost_of(run: Run) -> str:
    """What a run cost, in one line."""
    return (
        f"{run.requests} requests in {run.wall:.0f} s, {run.requests / run.wall:.0f} a second; "
        f"{100 * run.cpu / run.wall:.0f} % of a core, at most {run.peak / 1e6:.0f} MB"
    )


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "none"


def listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
