"""What a demo says, line by line, in the language of the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from govcrawl.demo.compare import Comparison
from govcrawl.demo.coverage import Coverage
from govcrawl.demo.night import Night
from govcrawl.demo.processes import Run
from govcrawl.locale import marked
from govcrawl.locale.terminal import _, named
from govcrawl.locale.terms import PROBLEMS

MAX_TOLD = 20
"""Differences told one by one; the rest is counted."""
Say = Callable[[str], None]
WRONG = marked("WRONG")
NIGHT = {
    "new": marked("  new         {found} found of {number}"),
    "edited": marked("  edited      {found} found of {number}"),
    "moved": marked("  moved       {found} found of {number}"),
    "vanished": marked("  vanished    {found} found of {number}"),
}
"""What changes in a night."""


def describe_nation(truth: Mapping[str, Any]) -> str:
    """What will be crawled, in one line."""
    reports = truth["reports"]
    years = sorted({report["year"] for report in reports})
    platforms = len({site["platform"] for site in truth["sites"]})
    files = sum(report["published_as"] != "page" for report in reports)
    return _(
        "A nation of {provinces} provinces, {portals} portals of {platforms} platforms and {agencies} agencies "
        "published {reports} reports of {first} to {last}, {files} of them as files",
        provinces=len({each["division_code"][:2] for each in reports}),
        portals=len({each["portal"] for each in reports}),
        platforms=platforms,
        agencies=len({each["agency"] for each in reports}),
        reports=len(reports),
        first=years[0],
        last=years[-1],
        files=files,
    )


def tell_all(lines: Iterable[str], say: Say, mark: str = WRONG) -> None:
    """The first lines one by one, and the number of the others."""
    known = list(lines)
    for line in known[:MAX_TOLD]:
        say(f"    {_(mark)} {line}")
    if len(known) > MAX_TOLD:
        say("    … " + _("and {number} more", number=len(known) - MAX_TOLD))


def tell(result: Comparison, say: Say, *, sample: bool = False) -> None:
    """The comparison of cells in a few lines."""
    if sample:
        say(_("  sample      {number} reports in every cell", number=result.expected))
    else:
        say(
            _(
                "  reports     {found} found of {expected} expected, {superfluous} nobody published",
                found=result.found,
                expected=result.expected,
                superfluous=result.superfluous,
            )
        )
    share = 100 * result.cells_right / result.cells if result.cells else 0
    say(
        _(
            "  cells       {right} right of {cells} ({share} %)",
            right=result.cells_right,
            cells=result.cells,
            share=f"{share:.2f}",
        )
    )
    say(
        _(
            "  duplicates  {merged} merged of {expected} further addresses",
            merged=result.duplicates_merged,
            expected=result.duplicates_expected,
        )
    )
    say(
        _(
            "  agencies    {agencies}; reports by template version: {versions}",
            agencies=len(result.agencies),
            versions=", ".join(f"{version}: {number}" for version, number in sorted(result.by_version.items())),
        )
    )
    tell_all(result.wrong, say)


def tell_coverage(result: Coverage, say: Say) -> None:
    """What was found by address."""
    say(
        _(
            "  reports     {found} found of {reachable} that can be reached ({share})",
            found=result.found,
            reachable=result.reachable,
            share=percent(result.found, result.reachable),
        )
    )
    say(
        _(
            "  stored      {stored}, of which no report {superfluous}",
            stored=result.stored,
            superfluous=len(result.superfluous),
        )
    )
    known = result.found + result.found_beyond
    say(
        _(
            "  right       agency {agency}, year {year}, division {division}, all three {all}",
            agency=percent(result.agency_right, known),
            year=percent(result.year_right, known),
            division=percent(result.division_right, known),
            all=percent(result.all_right, known),
        )
    )
    say(
        _(
            "  unreachable {number} ({listed}), {beyond} of them found all the same; "
            "not found and unexplained {unexplained}",
            number=sum(result.unreachable.values()),
            listed=listed(result.unreachable),
            beyond=result.found_beyond,
            unexplained=len(result.unexplained),
        )
    )
    tell_all(result.missed, say, marked("MISSED"))
    tell_all(result.unexplained, say, marked("UNEXPLAINED"))
    tell_all(result.superfluous, say, marked("NO REPORT"))
    tell_all(result.wrong, say)


def tell_problems(problems: Mapping[str, Any], say: Say) -> None:
    """What could not be had, by kind, and whether every trouble the nation makes was told."""
    told = problems["expected"] - len(problems["missing"])
    say(
        _(
            "  problems    {listed}; {told} of the {expected} that must be told are",
            listed=", ".join(
                _("{number} {what}", number=number, what=named(kind, PROBLEMS))
                for kind, number in sorted(problems["kinds"].items())
            ),
            told=told,
            expected=problems["expected"],
        )
    )
    for line in problems["missing"]:
        say(_("    WRONG not told: {line}", line=line))


def tell_night(night: Night, say: Say) -> None:
    """What changed in a night, and what of it was found."""
    for kind, number in night.changed.items():
        say(_(NIGHT[kind], found=night.found[kind], number=number))
    tell_all(night.missed, say)


def cost_of(run: Run) -> str:
    """What a run cost, in one line."""
    return _(
        "{requests} requests in {seconds} s, {speed} a second; {cpu} % of a core, at most {memory} MB",
        requests=run.requests,
        seconds=f"{run.wall:.0f}",
        speed=f"{run.requests / run.wall:.0f}",
        cpu=f"{100 * run.cpu / run.wall:.0f}",
        memory=f"{run.peak / 1e6:.0f}",
    )


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else _("none")


def listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
