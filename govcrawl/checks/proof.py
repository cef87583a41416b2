"""What the sums of a report prove of its sub-tables, and what single misreading would explain one that fails.

A sum that holds proves nothing of a cell that is blank, nor of one that stands in no sum. Where cells were recognised
from a picture, it proves nothing either of a shape that is misread the same way wherever it is printed, if the sums
hold with another number in its place (1 = 1 holds as 7 = 7); nor of a table in which two errors can make up for each
other (part four, whose outcomes stand in one sum each). There the recognition itself must be sure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from govcrawl.checks.sums import Cell, Cells
from govcrawl.forms.schema import Form, Table, form_by_code
from govcrawl.model import Figure, Finding, Number, Proof, Report, Severity

SURE = 0.95
"""From this confidence on a recognised cell is believed where sums alone cannot prove it."""
UNSURE = 0.8
"""Below this confidence a recognised cell is the likely culprit."""


def proofs(report: Report) -> Report:
    """The report with the proof of each sub-table it has."""
    tables = {
        table_id: replace(facts, proof=_proof(Cells(report, form, table), recognised=facts.recognised))
        for (table_id, facts), (form, table) in zip(report.tables.items(), _tables(report), strict=True)
    }
    return replace(report, tables=tables)


def proposals(report: Report) -> Iterator[Finding]:
    """For each sub-table whose sums fail: the one cell whose change alone makes all of them hold, if there is one."""
    for form, table in _tables(report):
        cells = Cells(report, form, table)
        if not cells.residuals:
            continue
        found = _candidates(cells)
        if len(found) > 1 and report.tables[table.id].recognised:
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


def _tables(report: Report) -> list[tuple[Form, Table]]:
    forms = [(form_by_code(facts.form), table_id) for table_id, facts in report.tables.items()]
    return [(form, form.table(table_id)) for form, table_id in forms]


def _proof(cells: Cells, *, recognised: bool) -> Proof:
    if any(not cells.silent(equation) for equation in cells.residuals):
        return Proof.CONTRADICTED
    sums = cells.sums
    if cells.residuals or not all(cell in sums.above and _is_count(cells.figures[cell]) for cell in sums.cells):
        return Proof.UNPROVEN
    if recognised and not all(_is_sure(cells.figures[cell]) for cell in _beyond_sums(cells)):
        return Proof.UNPROVEN
    return Proof.PROVEN


def _is_count(figure: Figure | None) -> bool:
    return figure is not None and figure.value is not None and figure.value >= 0 and figure.value == int(figure.value)


def _is_sure(figure: Figure | None) -> bool:
    return figure is not None and figure.confidence >= SURE


def _beyond_sums(cells: Cells) -> Iterator[Cell]:
    """The cells that may be misread though all sums hold."""
    sums = cells.sums
    values = {cell: int(cells.value(cell)) for cell in sums.cells}
    for cell, above in sums.above.items():
        if len(above) < 2:
            yield cell
    for number in set(values.values()):
        same = {cell: 1 for cell, value in values.items() if value == number}
        if _cancels(cells, same):
            yield from same
    for digit in "0123456789":
        weights = {cell: _weight(digit, value) for cell, value in values.items()}
        bearing = {cell: weight for cell, weight in weights.items() if weight}
        if bearing and _cancels(cells, bearing):
            yield from bearing


def _weight(digit: str, value: int) -> int:
    """By how much a number grows where each such digit is read as the next one."""
    return sum(10**place for place, printed in enumerate(reversed(str(value))) if printed == digit)


def _cancels(cells: Cells, change: dict[Cell, int]) -> bool:
    """Whether all sums hold as well with so much more in each cell."""
    return not any(
        sum(sign * change.get(cell, 0) for cell, sign in equation.items()) for equation in cells.sums.equations
    )


def _candidates(cells: Cells) -> list[tuple[Cell, Number]]:
    """(cell, value): each cell that could be changed alone, to a count, so that every sum holds."""
    failing = cells.residuals
    found: list[tuple[Cell, Number]] = []
    for cell, above in cells.sums.above.items():
        if set(above) != set(failing):
            continue
        changes = {-rest * cells.sums.equations[equation][cell] for equation, rest in failing.items()}
        value = cells.value(cell) + next(iter(changes))
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
