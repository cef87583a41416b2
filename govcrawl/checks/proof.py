"""What the sums of a report prove of its sub-tables, and what single misreading would explain one that fails.

A sum that holds proves nothing of a cell that is blank, nor of one that stands in no sum. Where cells were recognised
from a picture, it proves nothing either of a digit that is misread the same way wherever it is printed, if the sums
hold with another one in its place (1 = 1 holds as 7 = 7); nor of a table in which two errors can make up for each
other (part four, whose outcomes stand in one sum each). There the recognition itself must be sure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from govcrawl.checks.sums import Cell, Cells, sums_of
from govcrawl.forms.schema import form_by_code
from govcrawl.model import Figure, Finding, Number, Proof, Report, Severity, TableFacts

SURE = 0.95
"""From this confidence on a recognised cell is believed where sums alone cannot prove it."""
UNSURE = 0.8
"""Below this confidence a recognised cell is the likely culprit."""


def proven(report: Report) -> Report:
    """The report with the proof of each sub-table it has.

    For a sub-table whose sums fail a finding proposes the one cell whose change alone makes all of them hold, if
    there is one.
    """
    tables: dict[str, TableFacts] = {}
    findings: list[Finding] = []
    for table_id, facts in report.tables.items():
        form = form_by_code(facts.form)
        table = form.table(table_id)
        proof = Proof.UNPROVEN
        if sums_of(form, table).equations:
            cells = Cells(report, form, table)
            proof = _proof(cells, recognised=facts.recognised)
            if cells.residuals:
                findings.extend(_proposals(cells, recognised=facts.recognised))
        tables[table_id] = replace(facts, proof=proof)
    return replace(report, tables=tables, findings=(*report.findings, *findings))


def _proposals(cells: Cells, *, recognised: bool) -> Iterator[Finding]:
    found = _candidates(cells)
    if len(found) > 1 and recognised:
        found = _least_sure(cells, found)
    for cell, value in found if len(found) == 1 else ():
        figure = cells.figures[cell]
        yield Finding(
            "proposed_value",
            Severity.INFO,
            cells.where(cell),
            f"with {value} here, and no other change, all sums of the table would hold",
            expected=value,
            actual=figure.value if figure else None,
        )


def _proof(cells: Cells, *, recognised: bool) -> Proof:
    if any(not cells.silent(equation) for equation in cells.residuals):
        return Proof.CONTRADICTED
    sums = cells.sums
    if cells.residuals or len(sums.above) < len(sums.cells) or not all(map(_is_count, cells.figures.values())):
        return Proof.UNPROVEN
    if recognised and not all(_is_sure(cells.figures[cell]) for cell in _beyond_sums(cells)):
        return Proof.UNPROVEN
    return Proof.PROVEN


def _is_count(figure: Figure | None) -> bool:
    return figure is not None and figure.value is not None and figure.value >= 0 and figure.value == int(figure.value)


def _is_sure(figure: Figure | None) -> bool:
    return figure is not None and figure.confidence >= SURE


def _beyond_sums(cells: Cells) -> Iterator[Cell]:
    """The cells that may be misread though all sums hold: those in one sum only, and those that share a digit.

    A misread digit makes every number that has it too small, or every one too large. So it goes unseen only where each
    sum has such numbers on both of its sides, or none.
    """
    for cell, above in cells.sums.above.items():
        if len(above) < 2:
            yield cell
    for digit in "0123456789":
        bearing = {cell for cell, number in cells.numbers.items() if digit in str(int(number))}
        yield from _balancing(cells, bearing)


def _balancing(cells: Cells, bearing: set[Cell]) -> set[Cell]:
    """What is left of some cells when those are taken out, again and again, that stand on one side of a sum alone."""
    left, before = set(bearing), set[Cell]()
    while left != before:
        before = set(left)
        for equation in cells.sums.equations:
            inside = [cell for cell in equation if cell in left]
            if len({equation[cell] > 0 for cell in inside}) == 1:
                left.difference_update(inside)
    return left


def _candidates(cells: Cells) -> list[tuple[Cell, Number]]:
    """(cell, value): each cell that could be changed alone, to a count, so that every sum holds."""
    failing = cells.residuals
    found: list[tuple[Cell, Number]] = []
    for cell, above in cells.sums.above.items():
        if set(above) != set(failing):
            continue
        changes = {-rest * cells.sums.equations[equation][cell] for equation, rest in failing.items()}
        value = cells.numbers[cell] + next(iter(changes))
        if len(changes) == 1 and value >= 0 and value == int(value):
            found.append((cell, int(value)))
    return found


def _least_sure(cells: Cells, found: list[tuple[Cell, Number]]) -> list[tuple[Cell, Number]]:
    """The one candidate whose recognition was unsure, where that of all the others was sure."""

    def confidence(cell: Cell) -> float:
        figure = cells.figures[cell]
        return figure.confidence if figure else 0.0

    unsure = [(cell, value) for cell, value in found if confidence(cell) < UNSURE]
    others = [cell for cell, _ in found if UNSURE <= confidence(cell) < SURE]
    return unsure if len(unsure) == 1 and not others else []
