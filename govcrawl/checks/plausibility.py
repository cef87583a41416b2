"""Values that no rule of sums forbids and that are still unlikely: signs, fractions, dates."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from govcrawl.forms.schema import Part, load_forms
from govcrawl.model import Finding, Report, Severity


@cache
def _signed_and_decimal() -> tuple[frozenset[str], frozenset[str]]:
    """Cells that may be negative, and cells that may have a fraction, as `part/code`."""
    signed: set[str] = set()
    decimal: set[str] = set()
    for form in load_forms():
        for table in form.tables:
            if table.part not in {Part.DISCLOSURE, Part.STATISTICS}:
                continue
            for row in table.rows:
                for column in table.columns:
                    where = f"{table.part}/{table.cell_code(row, column)}"
                    if column.signed:
                        signed.add(where)
                    if column.decimal or row.money:
                        decimal.add(where)
    return frozenset(signed), frozenset(decimal)


def check_plausibility(report: Report) -> tuple[Finding, ...]:
    """Every cell is a non-negative integer, but for changes (signed) and amounts (decimal)."""
    return (*_cells(report), *_dates(report))


def _cells(report: Report) -> Iterator[Finding]:
    signed, decimal = _signed_and_decimal()
    for where, figure in report.figures():
        value = figure.value
        if value is None:
            continue
        if value < 0 and where not in signed:
            yield Finding("negative", Severity.WARNING, where, "a count below zero", actual=value)
        if isinstance(value, float) and not value.is_integer() and where not in decimal:
            yield Finding("fraction", Severity.WARNING, where, "a count with a fraction", actual=value)


def _dates(report: Report) -> Iterator[Finding]:
    year, day = report.report_year, report.published_on
    if year is not None and day is not None and day.year < year:
        yield Finding(
            "published_early",
            Severity.WARNING,
            "published_on",
            "published before the year it reports on",
            actual=day.isoformat(),
        )
