"""The run report as a page of text, for a terminal, a log and a mail, in the language of the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govcrawl.locale import marked
from govcrawl.locale.terminal import _, named, retold, worded
from govcrawl.locale.terms import PORTALS, PROBLEMS
from govcrawl.refresh.report import Coverage, RefreshReport, RunFigures

MOST_LINES = 10
"""Lines of one list; what is left out is counted."""
GONE = {"page": marked("page"), "row": marked("row")}
"""What of a report vanished."""
COLUMNS = {"broken": marked("gave nothing"), "moved": marked("moved")}
"""How a column stopped working."""


def subject(report: RefreshReport) -> str:
    """One line: how it went."""
    figures = report.figures
    return _(
        "govcrawl {name}: {how}; {new} new, {changed} changed, {vanished} vanished, {problems} new problems",
        name=f"refresh {report.plan}" if report.plan else "refresh",
        how=_("fine") if report.is_fine else _("exit code {code}", code=report.exit_code),
        new=figures.new,
        changed=figures.changed,
        vanished=figures.vanished_count,
        problems=sum(figures.problems_new.values()),
    )


def page(report: RefreshReport) -> Iterator[str]:
    """The lines of the page."""
    figures = report.figures
    yield subject(report)
    yield _(
        "started {when}, {duration}, {requests} requests",
        when=f"{report.started_at:%Y-%m-%d %H:%M:%S %Z}",
        duration=_duration(figures.seconds),
        requests=figures.requests,
    )
    for line in report.trouble:
        yield _("TROUBLE    {line}", line=retold(line))
    for line in report.thresholds_broken:
        yield _("THRESHOLD  {line}", line=retold(line))
    yield from _reports(figures)
    yield from _portals(figures)
    yield from _problems(figures)
    yield from _coverage(figures.coverage)
    if report.budget:
        rest = retold(report.budget_left) if report.budget_left else _("nothing")
        yield _("budget     {budget}, {rest} left over", budget=report.budget, rest=rest)
    if figures.portals_left:
        yield _(
            "left       {number} portals not finished; the next run begins with them", number=len(figures.portals_left)
        )
        yield from _listed([{"id": each} for each in figures.portals_left], "{id}")


def _reports(figures: RunFigures) -> Iterator[str]:
    yield _(
        "reports    {new} new, {changed} changed, {duplicate} at a further address, {unchanged} confirmed unchanged",
        new=figures.new,
        changed=figures.changed,
        duplicate=figures.duplicate,
        unchanged=figures.unchanged,
    )
    yield _("           {listed} rows were listed, {due} of them asked for", listed=figures.listed, due=figures.due)
    if figures.vanished_count:
        yield _("vanished   {number}", number=figures.vanished_count)
        gone = [{**row, "vanished": _(GONE.get(row["vanished"], row["vanished"]))} for row in figures.vanished]
        yield from _listed(gone, _("{title} ({vanished} gone) {url}"), figures.vanished_count)


def _portals(figures: RunFigures) -> Iterator[str]:
    states = {worded(state, PORTALS): number for state, number in figures.portals.items()}
    yield _("portals    {listed}", listed=_counts(states) or _("none visited to the end"))
    told = [{**each, "state": worded(str(each["state"]), PORTALS)} for each in figures.portals_in_trouble]
    yield from _listed(told, "{id} {state}: {reason}")
    if figures.columns:
        yield _("columns    {number} stopped working", number=len(figures.columns))
        stopped = [{**each, **_stopped(each)} for each in figures.columns]
        yield from _listed(stopped, "{portal_id} {state}: {url}{to}")


def _stopped(column: Mapping[str, Any]) -> dict[str, str]:
    """What became of a column, in words, and where it stands now if that is known."""
    to = column["moved_to"]
    return {"state": worded(str(column["state"]), COLUMNS), "to": f" -> {to}" if to else ""}


def _problems(figures: RunFigures) -> Iterator[str]:
    new, mended = (
        _counts({named(kind, PROBLEMS): number for kind, number in counts.items()})
        for counts in (figures.problems_new, figures.problems_mended)
    )
    still = sum(figures.problems_open.values())
    yield _(
        "problems   new: {new}; mended: {mended}; open: {still}",
        new=new or _("none"),
        mended=mended or _("none"),
        still=still,
    )
    told = [{**each, "kind": named(str(each["kind"]), PROBLEMS)} for each in figures.problems_named]
    yield from _listed(told, "{kind}: {url} ({detail})", sum(figures.problems_new.values()))


def _coverage(provinces: Sequence[Coverage]) -> Iterator[str]:
    for index, each in enumerate(provinces):
        share = "-" if each.share is None else f"{each.share:.1%}"
        if each.before is not None:
            share = _("{share}, {before} last time", share=share, before=f"{each.before:.1%}")
        line = _(
            "{province}: {found} of {expected} ({share})",
            province=each.name,
            found=each.found,
            expected=each.expected,
            share=share,
        )
        yield _("coverage   {line}", line=line) if index == 0 else f"           {line}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(_("{number} {what}", number=number, what=name) for name, number in counts.items())


def _listed(rows: Sequence[Mapping[str, Any]], form: str, total: int | None = None) -> Iterator[str]:
    for row in rows[:MOST_LINES]:
        yield f"           - {form.format(**row)}"
    rest = (len(rows) if total is None else total) - min(len(rows), MOST_LINES)
    if rest > 0:
        yield "           - " + _("and {number} more", number=rest)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return _("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
    return _("{seconds} s", seconds=rest)
