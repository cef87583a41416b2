"""Numbers in a report's own prose against its tables: requests received, answered, carried over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from govcrawl.checks.stated import Statement, Teller, statements
from govcrawl.forms.schema import Stated, load_forms
from govcrawl.model import CrossCheck, HeldReport, Number, Section, Severity, Verdict

CODE = "narrative"


def check_narrative(report: HeldReport, sections: Sequence[Section], agency: str = "") -> Iterator[CrossCheck]:
    """What the prose says of the cells it repeats; at most one check a cell.

    A number that agrees supports the cell, whatever others are stated. The cell is contradicted where all numbers that
    must mean it are the same other one, and none of the sums that the words may mean as well (`[[stated]]` in
    `data/forms`).

    Args:
        report: whose cells are compared. Blank ones are not.
        sections: its prose.
        agency: its name as printed, by which the prose may speak of it.
    """
    rules = [rule for rule in _rules() if report.cells.get(rule.cell) is not None]
    if report.report_year is None or not rules:
        return
    told = statements(sections, Teller(report.report_year, report.scope, agency))
    for rule in rules:
        actual = report.cells[rule.cell]
        about = [statement for statement in told if statement.kind == rule.kind]
        agreeing = [statement for statement in about if statement.number == actual]
        if agreeing:
            yield _check(rule, report, Verdict.SUPPORTS, agreeing[0])
            continue
        against = [statement for statement in about if statement.firm]
        if len({statement.number for statement in against}) == 1 and against[0].number not in _excused(rule, report):
            yield _check(rule, report, Verdict.CONTRADICTS, against[0])


def _check(rule: Stated, report: HeldReport, verdict: Verdict, statement: Statement) -> CrossCheck:
    return CrossCheck(
        report_id=report.id,
        code=CODE,
        where=rule.cell,
        verdict=verdict,
        message=f"the prose states {statement.number} ({rule.kind})",
        severity=Severity.WARNING,
        expected=statement.number,
        actual=report.cells[rule.cell],
        other_where=f"sections/{statement.section}: {statement.sentence}",
    )


def _excused(rule: Stated, report: HeldReport) -> set[Number]:
    """What else the words may mean, as far as the cells are there; a blank counts as nothing."""
    sums: set[Number] = set()
    for cells in rule.excused:
        values = [(-1 if cell[0] == "-" else 1) * (report.cells.get(cell.lstrip("-")) or 0) for cell in cells]
        sums.add(sum(values))
    return sums


@cache
def _rules() -> tuple[Stated, ...]:
    """The rules of every form; forms that share a cell excuse what any of them does."""
    found: dict[tuple[str, str], Stated] = {}
    for form in load_forms():
        for rule in form.stated:
            known = found.get((rule.kind, rule.cell))
            excused = dict.fromkeys((*(known.excused if known else ()), *rule.excused))
            found[rule.kind, rule.cell] = Stated(rule.kind, rule.cell, tuple(excused))
    return tuple(found.values())
