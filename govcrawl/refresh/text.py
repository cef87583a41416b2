"""The run report as a page of text, for a terminal, a log and a mail. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govcrawl.refresh.report import Coverage, RefreshReport, RunFigures

MOST_LINES = 10
"""Lines of one list; what is left out is counted."""


def subject(report: RefreshReport) -> str:
    """One line: how it went."""
    figures = report.figures
    name = f"refresh {report.plan}" if report.plan else "refresh"
    how = "fine" if report.is_fine else f"exit code {report.exit_code}"
    return (
        f"govcrawl {name}: {how}; {figures.new} new, {figures.changed} changed, {figures.vanished_count} vanished, "
        f"{sum(figures.problems_new.values())} new problems"
    )


def page(report: RefreshReport) -> Iterator[str]:
    """The lines of the page."""
    figures = report.figures
    yield subject(report)
    yield f"started {report.started_at:%Y-%m-%d %H:%M:%S %Z}, {_duration(figures.seconds)}, {figures.requests} requests"
    for line in report.trouble:
        yield f"TROUBLE    {line}"
    for line in report.thresholds_broken:
        yield f"THRESHOLD  {line}"
    yield from _reports(figures)
    yield from _portals(figures)
    yield from _problems(figures)
    yield from _coverage(figures.coverage)
    if report.budget:
        yield f"budget     {report.budget}, {report.budget_left or 'nothing'} left over"
    if figures.portals_left:
        yield f"left       {len(figures.portals_left)} portals not finished; the next run begins with them"
        yield from _listed([{"id": each} for each in figures.portals_left], "{id}")


def _reports(figures: RunFigures) -> Iterator[str]:
    yield (
        f"reports    {figures.new} new, {figures.changed} changed, {figures.duplicate} at a further address, "
        f"{figures.unchanged} confirmed unchanged"
    )
    yield f"           {figures.listed} rows were listed, {figures.due} of them asked for"
    if figures.vanished_count:
        yield f"vanished   {figures.vanished_count}"
        yield from _listed(figures.vanished, "{title} ({vanished} gone) {url}", figures.vanished_count)


def _portals(figures: RunFigures) -> Iterator[str]:
    yield f"portals    {_counts(figures.portals) or 'none visited to the end'}"
    yield from _listed(figures.portals_in_trouble, "{id} {state}: {reason}")
    if figures.columns:
        yield f"columns    {len(figures.columns)} stopped working"
        yield from _listed(figures.columns, "{portal_id} {state}: {url} -> {moved_to}")


def _problems(figures: RunFigures) -> Iterator[str]:
    new, mended = _counts(figures.problems_new), _counts(figures.problems_mended)
    still = sum(figures.problems_open.values())
    yield f"problems   new: {new or 'none'}; mended: {mended or 'none'}; open: {still}"
    yield from _listed(figures.problems_named, "{kind}: {url} ({detail})", sum(figures.problems_new.values()))


def _coverage(provinces: Sequence[Coverage]) -> Iterator[str]:
    for index, each in enumerate(provinces):
        share = "-" if each.share is None else f"{each.share:.1%}"
        was = "" if each.before is None else f", {each.before:.1%} last time"
        head = "coverage" if index == 0 else ""
        yield f"{head:<10} {each.name}: {each.found} of {each.expected} ({share}{was})"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())


def _listed(rows: Sequence[Mapping[str, Any]], form: str, total: int | None = None) -> Iterator[str]:
    for row in rows[:MOST_LINES]:
        yield f"           - {form.format(**row)}"
    rest = (len(rows) if total is None else total) - min(len(rows), MOST_LINES)
    if rest > 0:
        yield f"           - and {rest} more"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
