"""The equalities of a sub-table as sums over its cells: each cell with its sign, and nothing else in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from govcrawl.forms.schema import Form, Identity, Part, Table
from govcrawl.model import Figure, Number, Report

Cell = tuple[str, ...]
"""A cell's place below its part: (row, column), (channel, outcome), or (code,)."""

_StandIns = Mapping[str, frozenset[str]]
"""A collapsed row → the rows it stands for."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What a sub-table's cells must obey."""

    cells: tuple[Cell, ...]
    """The cells that must be there."""
    equations: tuple[Mapping[Cell, int], ...]
    """Cell → 1 or -1; the signed cells of each add up to nothing."""
    sides: tuple[tuple[tuple[Cell, ...], tuple[Cell, ...]], ...]
    """The same as two sides that are equal: totals, parts."""
    above: Mapping[Cell, tuple[int, ...]]
    """Cell → the equations it stands in."""


class Cells:
    """The figures of one sub-table of a report, beside its sums."""

    def __init__(self, report: Report, form: Form, table: Table) -> None:
        self.part = table.part
        rows = frozenset(report.applications) if table.part is Part.APPLICATIONS else frozenset()
        self.sums = sums_of(form, table, frozenset(row.code for row in table.rows if row.optional and row.code in rows))
        self.figures = self._figures(report)
        self.numbers: dict[Cell, Number] = {
            cell: figure.value or 0 if figure else 0 for cell, figure in self.figures.items()
        }
        """The values, a blank as 0."""

    def _figures(self, report: Report) -> dict[Cell, Figure | None]:
        """Every cell of the table; None where the report does not have it."""
        part = getattr(report, str(self.part))
        if self.part in {Part.DISCLOSURE, Part.STATISTICS}:
            return {cell: part.get(cell[0]) for cell in self.sums.cells}
        nothing: dict[str, Figure] = {}
        return {cell: part.get(cell[0], nothing).get(cell[1]) for cell in self.sums.cells}

    def where(self, cell: Cell) -> str:
        """The cell as findings name it."""
        return "/".join((str(self.part), *cell))

    @cached_property
    def residuals(self) -> dict[int, Number]:
        """Equation → by how much it fails, for those that do."""
        found: dict[int, Number] = {}
        at = self.numbers.__getitem__
        for index, (plus, minus) in enumerate(self.sums.sides):
            left, right = sum(map(at, plus)), sum(map(at, minus))
            if left != right and abs(left - right) > 1e-6 * max(abs(left), abs(right)):
                found[index] = left - right
        return found

    def silent(self, equation: int) -> bool:
        """Whether nothing but the total of an equation is printed: that proves and breaks nothing."""
        figures = [self.figures[cell] for cell in self.sums.sides[equation][1]]
        return all(figure is None or figure.value is None for figure in figures)


@cache
def sums_of(form: Form, table: Table, local: frozenset[str] = frozenset()) -> Sums:
    """The sums of a table of a form.

    Args:
        form: the form.
        table: its table.
        local: codes of the local editions' rows that are printed; one that stands for several takes their place.
    """
    stood_for = {code for row in table.rows if row.code in local for code in row.replaces}
    rows = [row for row in table.rows if row.code in local or (not row.optional and row.code not in stood_for)]
    cells: list[Cell] = []
    for row in rows:
        for column in table.columns:
            if table.part is Part.APPLICATIONS:
                cells.append((row.code, column.code))
            elif table.part is Part.REVIEW_LITIGATION:
                cells.append((column.group.code if column.group else "", column.code))
            else:
                cells.append((table.cell_code(row, column),))
    known = set(cells)
    stand_ins = {row.code: frozenset(row.replaces) for row in rows if row.replaces}
    equations = []
    for identity in form.identities:
        if identity.part is table.part and identity.relation == "=":
            for equation in _of_identity(identity, cells, stand_ins):
                if set(equation) <= known and any(sign > 0 for sign in equation.values()):
                    equations.append(equation)
    above: dict[Cell, list[int]] = {}
    for index, equation in enumerate(equations):
        for cell in equation:
            above.setdefault(cell, []).append(index)
    sides = tuple(
        (tuple(cell for cell in equation if equation[cell] > 0), tuple(cell for cell in equation if equation[cell] < 0))
        for equation in equations
    )
    return Sums(tuple(cells), tuple(equations), sides, {cell: tuple(found) for cell, found in above.items()})


def _of_identity(identity: Identity, cells: list[Cell], stand_ins: _StandIns) -> list[dict[Cell, int]]:
    """An identity written out, once for each column, row or channel it holds in."""
    at = 0 if identity.axis in {"column", "cell"} else 1
    lines = dict.fromkeys(cell[:at] + cell[at + 1 :] for cell in cells)
    known = set(cells)
    right = [*identity.right, *(code for code, replaced in stand_ins.items() if replaced <= set(identity.right))]
    found = []
    for line in lines:
        signed = [(code, 1) for code in identity.left] + [(code, -1) for code in dict.fromkeys(right)]
        placed = {(*line[:at], code, *line[at:]): sign for code, sign in signed}
        if all((*line[:at], code, *line[at:]) in known for code in identity.left):
            found.append({cell: sign for cell, sign in placed.items() if cell in known})
    return found
