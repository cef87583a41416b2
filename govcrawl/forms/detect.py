"""Which form each sub-table is, from its labels alone, and which edition and version that makes the report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache

from govcrawl.forms.fit import Fit, fit
from govcrawl.forms.labels import CACHE, normalise
from govcrawl.forms.lexicon import tables_by_id, vocabulary
from govcrawl.forms.schema import Form, Part, Table
from govcrawl.forms.segments import Segment
from govcrawl.forms.tables import TableReading
from govcrawl.model import Evidence

_YEAR = re.compile(r"(20[0-3]\d)年")


def candidates(segment: Segment, *, goes_on: bool = False) -> list[Fit]:
    """The forms whose labels fit a segment best; more than one where the labels are the same in both.

    Args:
        segment: the printed rows.
        goes_on: they follow a sub-table of part two without a break.
    """
    if segment.table_id is None:
        return []
    fits: list[Fit] = []
    twins: dict[tuple[object, ...], Fit] = {}
    for form, table in _speaking(segment, tables_by_id()[segment.table_id]):
        columns, rows = shape(table)
        fitted = fit(segment, form, table, twins.get(columns), same_rows=(*columns, *rows) in twins)
        twins.setdefault(columns, fitted)
        twins.setdefault((*columns, *rows), fitted)
        if fitted.solid or (goes_on and fitted.bare):
            fits.append(fitted)
    if len(fits) < 2:
        return fits
    scores = [fitted.score for fitted in fits]
    best = max(scores)
    return [fitted for fitted, score in zip(fits, scores, strict=True) if score >= best - 0.01]


def _speaking(segment: Segment, tables: Sequence[tuple[Form, Table]]) -> Sequence[tuple[Form, Table]]:
    """The tables that know every printed label, where there are any; the others cannot fit better."""
    printed = {normalise(label) for line in segment.lines for label in line.labels}
    complete = [pair for pair in tables if printed <= vocabulary(pair[1])]
    return complete or tables


@cache
def shape(table: Table) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """What two forms must share for the columns, and for the rows, to need fitting only once."""
    return (
        tuple((column.code, column.label, column.group.code if column.group else "") for column in table.columns),
        tuple((row.code, row.label) for row in table.rows),
    )


def decide_forms(found: Sequence[list[Fit]]) -> list[Fit]:
    """One fit per segment. Where the labels are common to two forms, the other sub-tables decide."""
    votes: Counter[str] = Counter()
    for fits in found:
        if len(fits) == 1:
            votes[fits[0].form.code] += fits[0].table.size
    chosen: list[Fit] = []
    for fits in found:
        chosen.append(max(fits, key=lambda fitted: (votes[fitted.form.code], -fitted.form.report_years[0])))
    return chosen


def form_code(readings: Sequence[TableReading], ambiguous: Sequence[bool]) -> str:
    """The report's form: that of all its sub-tables, or `hybrid`."""
    codes = {reading.form.code for reading, both in zip(readings, ambiguous, strict=True) if not both}
    if not codes:
        codes = {reading.form.code for reading in readings}
    return codes.pop() if len(codes) == 1 else "hybrid"


def template_version(
    readings: Sequence[TableReading],
    forms: Sequence[Form],
    period: tuple[date, date] | None,
    period_text: str,
    title: str,
    title_year: int | None,
    labels: Sequence[str],
) -> tuple[str, Evidence]:
    """The version users filter on, and what decided it.

    In this order: an edition-only row or a year inside the tables; the stated statistics period; the year in the
    title; else the form alone.
    """
    form = max(
        forms,
        key=lambda candidate: (sum(r.table.size for r in readings if r.form is candidate), candidate.report_years),
    )
    years = sorted(year for year in form.versions if year)
    if not years:
        return form.versions[0], Evidence("form", _deciding_label(readings, form))
    for reading in readings:
        for row in reading.rows:
            if row.decides and reading.form is form:
                return row.decides, Evidence("table", row.label)
    in_tables = [(int(year), label) for label in labels for year in _years_in(label)]
    if in_tables:
        year, label = max(in_tables, key=lambda pair: pair[0])
        return _edition(form, year), Evidence("table", " ".join(label.split()))
    if period:
        return _edition(form, period[0].year), Evidence("period", period_text)
    if title_year:
        return _edition(form, title_year), Evidence("title", title)
    return form.versions.get(0, form.versions[years[0]]), Evidence("form", form.code)


@lru_cache(maxsize=CACHE)
def _years_in(label: str) -> tuple[str, ...]:
    return tuple(_YEAR.findall(normalise(label)))


def _edition(form: Form, year: int) -> str:
    """The edition of a year; outside the form's own years, the nearest."""
    years = sorted(known for known in form.versions if known)
    return form.versions[min(years, key=lambda known: abs(known - year))]


def _deciding_label(readings: Sequence[TableReading], form: Form) -> str:
    """What the tables of a form are known by: a list by its name, a table by its first column."""
    for reading in readings:
        if reading.form is form and reading.table.part is not Part.REVIEW_LITIGATION:
            return reading.table.title if reading.table.part is Part.STATISTICS else reading.table.columns[0].label
    return form.code
