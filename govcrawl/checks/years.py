"""A report held against the same agency's report of the year before: what was carried over, stocks, last year's counts.

The rules are in `data/forms` (`[[across]]`). A cell that is blank, or not there, on either side is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from govcrawl.forms.schema import Across, load_forms
from govcrawl.model import CrossCheck, HeldReport, Number, Scope, Severity, Verdict

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule of the forms, written out for one cell."""

    code: str
    where: str
    last: tuple[str, ...]
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    severity: Severity
    source: str


def check_years(reports: Sequence[HeldReport]) -> Iterator[CrossCheck]:
    """What last year's report says of each cell that repeats it.

    Where several reports of last year count (two portals, two titles), a cell is contradicted only if it is none of
    theirs.

    Args:
        reports: the current ones of one agency, of any years.
    """
    for report in reports:
        earlier = comparable(report, reports)
        for rule in _rules() if earlier else ():
            actual = report.cells.get(rule.where)
            change = _change(rule, report)
            if actual is not None and change is not None:
                yield from _held_against(rule, report, actual, change, earlier)


def comparable(report: HeldReport, reports: Sequence[HeldReport]) -> list[HeldReport]:
    """The reports of the year before with the same scope, the latest first.

    Where nobody knows a scope, both years must have one report alone: else they may count for different bodies.
    """
    if report.report_year is None:
        return []
    this = [other for other in reports if other.report_year == report.report_year]
    last = [other for other in reports if other.report_year == report.report_year - 1]
    if report.scope == Scope.UNKNOWN and (len(this) > 1 or len(last) > 1):
        return []
    found = [other for other in last if other.scope == report.scope]
    return sorted(found, key=lambda other: (other.published_on or "", other.id), reverse=True)


def _held_against(
    rule: _Rule, report: HeldReport, actual: Number, change: Number, earlier: Sequence[HeldReport]
) -> Iterator[CrossCheck]:
    """One check at most: of the report that agrees, or else of the latest that has the cells."""
    told: list[tuple[HeldReport, Number]] = []
    for other in earlier:
        last = _sum(rule.last, other)
        if last is not None:
            told.append((other, last + change))
    for other, expected in told:
        if _equal(expected, actual):
            yield _check(rule, report, Verdict.SUPPORTS, other, expected, actual)
            return
    for other, expected in told[:1]:
        yield _check(rule, report, Verdict.CONTRADICTS, other, expected, actual)


def _check(
    rule: _Rule, report: HeldReport, verdict: Verdict, other: HeldReport, expected: Number, actual: Number
) -> CrossCheck:
    return CrossCheck(
        report_id=report.id,
        code=rule.code,
        where=rule.where,
        verdict=verdict,
        message=rule.source,
        severity=rule.severity,
        expected=expected,
        actual=actual,
        other_report_id=other.id,
        other_where=" + ".join(rule.last),
    )


def _change(rule: _Rule, report: HeldReport) -> Number | None:
    """What this year's own cells add to last year's; None where one of them is blank."""
    plus, minus = _sum(rule.plus, report), _sum(rule.minus, report)
    return None if plus is None or minus is None else plus - minus


def _sum(cells: tuple[str, ...], report: HeldReport) -> Number | None:
    total: Number = 0
    for cell in cells:
        value = report.cells.get(cell)
        if value is None:
            return None
        total += value
    return total


def _equal(left: Number, right: Number) -> bool:
    return left == right or abs(left - right) <= _TOLERANCE * max(abs(left), abs(right))


@cache
def _rules() -> tuple[_Rule, ...]:
    """Every rule of every form, once for each of its cells; forms that share the cells share the rule."""
    found: dict[tuple[object, ...], _Rule] = {}
    for form in load_forms():
        for across in form.across:
            columns = [column.code for table in form.tables if table.part is across.part for column in table.columns]
            for column in columns if across.axis == "column" else [""]:
                rule = _written_out(across, column)
                found.setdefault((rule.code, rule.where, rule.last, rule.plus, rule.minus), rule)
    return tuple(found.values())


def _written_out(across: Across, column: str) -> _Rule:
    def places(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple("/".join(filter(None, (str(across.part), code, column))) for code in codes)

    return _Rule(
        across.code,
        places((across.cell,))[0],
        places(across.last),
        places(across.plus),
        places(across.minus),
        across.severity,
        across.source,
    )


def codes() -> frozenset[str]:
    """The codes of all these checks."""
    return frozenset(rule.code for rule in _rules())
