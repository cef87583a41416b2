"""Values that no rule of sums forbids and that are still unlikely: signs, fractions, dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from govcrawl.forms.schema import Part, load_forms
from govcrawl.model import Figure, Finding, Number, Report, Severity


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
    for where, value in _unlikely(report):
        signed, decimal = _signed_and_decimal()
        if value < 0 and where not in signed:
            yield Finding("negative", Severity.WARNING, where, "a count below zero", actual=value)
        if isinstance(value, float) and not value.is_integer() and where not in decimal:
            yield Finding("fraction", Severity.WARNING, where, "a count with a fraction", actual=value)


def _unlikely(report: Report) -> list[tuple[str, Number]]:
    """The cells that are below zero or printed with a fraction, the few of them."""
    rows: list[tuple[str, Mapping[str, Figure]]] = [
        ("disclosure", report.disclosure),
        ("statistics", report.statistics),
        *((f"applications/{row}", cells) for row, cells in report.applications.items()),
        *((f"review_litigation/{channel}", cells) for channel, cells in report.review_litigation.items()),
    ]
    return [
        (f"{where}/{code}", figure.value)
        for where, cells in rows
        for code, figure in cells.items()
        if figure.value and (figure.value < 0 or figure.value.__class__ is float)
    ]


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
