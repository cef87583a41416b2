"""The tables of a stored report as they are printed, every figure with what is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from govcrawl.forms.printed import CellKind, PrintedCell, PrintedTable, print_table
from govcrawl.forms.schema import Form, Part, Table, load_forms
from govcrawl.store.asking.proofs import Proof
from govcrawl.store.asking.report import Cell, ExtraCell, Report

SECTIONS = {Part.DISCLOSURE: 2, Part.APPLICATIONS: 3, Part.REVIEW_LITIGATION: 4}
"""The numbers of the sections that the notices put the tables in; the statistics are an annex."""


class Mark(StrEnum):
    """What the checks say of a figure, all together; the gravest counts."""

    BROKEN = "broken"
    """A sum of the form does not hold."""
    DOUBTED = "doubted"
    """Another year, another place or the prose says otherwise."""
    UNUSUAL = "unusual"
    """A size unlike other years or other bodies."""
    PROVEN = "proven"
    """Checks agree with it, and none contradicts."""
    NONE = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a report with all that is known of it."""

    cell: Cell
    labels: tuple[PrintedCell, ...] = ()
    """The labels over it, of its row and then of its column, the widest first."""
    part: Part | None = None
    proofs: tuple[Proof, ...] = ()
    findings: tuple[dict[str, Any], ...] = ()
    correction: dict[str, Any] | None = None
    changed: bool = False
    """This version says something else there than the one before it."""
    implied: str | None = None
    """The unit that the form implies."""

    @property
    def mark(self) -> Mark:
        return mark_of(self.proofs)

    @property
    def against(self) -> tuple[Proof, ...]:
        return tuple(proof for proof in self.proofs if not proof.holds)


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A sub-table as it is printed, with its figures."""

    printed: PrintedTable
    form: str
    facts: dict[str, Any] | None
    """Its row of `report_tables`; None where the report lacks the table."""
    figures: dict[str, Figure]
    """By the `key` of the cells of `printed`."""

    @property
    def absent(self) -> bool:
        """The report lacks the table."""
        return self.facts is None and all(figure.cell.blank for figure in self.figures.values())


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sub-tables of one part of a report, and what is printed there beside them."""

    part: Part
    tables: tuple[ShownTable, ...]
    extras: tuple[tuple[ExtraCell, Figure], ...] = ()
    """Cells without a place on the form."""
    failing: tuple[Figure, ...] = field(default=())
    """The figures that anything contradicts, in printed order."""
    holding: int = 0
    """Figures that checks agree with."""


def mark_of(proofs: Sequence[Proof]) -> Mark:
    """What checks say together."""
    against = {proof.severity for proof in proofs if not proof.holds}
    for severity, mark in (("error", Mark.BROKEN), ("warning", Mark.DOUBTED), ("info", Mark.UNUSUAL)):
        if severity in against:
            return mark
    return Mark.PROVEN if proofs else Mark.NONE


def printed_tables(form: str, read: Mapping[str, str]) -> list[tuple[Table, str]]:
    """The sub-tables of a report with the form each is shown by, in printed order.

    Args:
        form: of the report; `hybrid`, `prose` or `none` stand for no tables of their own.
        read: sub-table → the form it was detected as. What the report's form has beside them is shown as missing.
    """
    order = _order()
    wanted = {table.id: form for table in (_forms()[form].tables if form in _forms() else ())}
    wanted |= {table_id: code for table_id, code in read.items() if code in _forms()}
    found = [
        (table, code) for table_id, code in wanted.items() for table in _forms()[code].tables if table.id == table_id
    ]
    return sorted(found, key=lambda each: order.index(each[0].id))


def sheets(report: Report, proofs: Mapping[str, Sequence[Proof]], changed: set[str]) -> list[Sheet]:
    """The tables of a report, part by part, in printed order.

    Args:
        report: with all it prints.
        proofs: of its cells.
        changed: places that this version changed.
    """
    known = _Known(report, proofs, changed)
    by_part: dict[Part, list[ShownTable]] = {}
    for table, code in printed_tables(report.head["form"], {key: row["form"] for key, row in report.tables.items()}):
        by_part.setdefault(table.part, []).append(known.table(table, code))
    for extra in report.extras:
        if extra.table in set(Part):
            by_part.setdefault(Part(extra.table), [])
    return [known.sheet(part, tuple(by_part[part])) for part in Part if part in by_part]


def figure_at(report: Report, where: str, proofs: Sequence[Proof]) -> Figure | None:
    """One figure of a report by its place; None where the report has no such cell."""
    known = _Known(report, {where: proofs}, set())
    for table, code in printed_tables(report.head["form"], {key: row["form"] for key, row in report.tables.items()}):
        for figure in known.table(table, code).figures.values():
            if figure.cell.where == where:
                return figure
    for extra in report.extras:
        if extra.cell.where == where:
            return known.extra(extra)
    stored = report.cells.get(where)
    return known.figure(stored) if stored else None


def cell_of_form(form: str, where: str) -> Figure:
    """A cell of a form without a value, by its printed labels; by its place alone where no form has it.

    Args:
        form: that is looked at first; the newest other one that has the cell is taken where it has not.
        where: the cell.
    """
    for code in (form, *reversed(_forms())):
        figure = _cells_of(code).get(where)
        if figure is not None:
            return figure
    return Figure(Cell(where, None))


class _Known:
    """What is known of a report's cells."""

    def __init__(self, report: Report, proofs: Mapping[str, Sequence[Proof]], changed: set[str]) -> None:
        self.report = report
        self.proofs = proofs
        self.changed = changed
        self.extras = {extra.code: extra.cell for extra in report.extras if extra.code}
        self.placed: set[str] = set()

    def table(self, table: Table, form: str) -> ShownTable:
        printed = _printed(table, frozenset(self._filled(table)))
        units = {row.code: row.unit for row in table.rows}, {column.code: column.unit for column in table.columns}
        figures = {}
        for cell in printed.values:
            stored = self.extras.get(cell.extra_code) if cell.extra_code else self.report.cells.get(cell.where)
            row = next((label.code for label in cell.over if label.kind is CellKind.ROW), "")
            implied = units[0].get(row) or units[1].get(cell.code)
            made = self.figure(stored or Cell(cell.where, None), cell.over, table.part, implied)
            self.placed.add(made.cell.where)
            figures[cell.key] = made
        return ShownTable(printed, form, self.report.tables.get(table.id), figures)

    def figure(
        self,
        cell: Cell,
        labels: tuple[PrintedCell, ...] = (),
        part: Part | None = None,
        implied: str | None = None,
    ) -> Figure:
        where = cell.where
        return Figure(
            cell,
            labels,
            part or (Part(where.partition("/")[0]) if where.partition("/")[0] in set(Part) else None),
            tuple(self.proofs.get(where, ())),
            tuple(finding for finding in self.report.findings if finding["where"] == where),
            self.report.corrections.get(where),
            where in self.changed,
            implied,
        )

    def extra(self, extra: ExtraCell) -> Figure:
        """An extra cell, by the labels that are printed over it."""
        row = (PrintedCell(CellKind.ROW, extra.row),) if extra.row else ()
        column = (PrintedCell(CellKind.COLUMN, extra.column),) if extra.column else ()
        return self.figure(extra.cell, (*row, *column), Part(extra.table) if extra.table in set(Part) else None)

    def sheet(self, part: Part, tables: tuple[ShownTable, ...]) -> Sheet:
        figures = [figure for table in tables for figure in table.figures.values()]
        loose = [extra for extra in self.report.extras if extra.table == part and extra.cell.where not in self.placed]
        return Sheet(
            part,
            tables,
            tuple((extra, self.extra(extra)) for extra in loose),
            tuple(figure for figure in figures if figure.against),
            sum(figure.mark is Mark.PROVEN for figure in figures),
        )

    def _filled(self, table: Table) -> Iterator[str]:
        """The codes of the rows in which the report prints anything."""
        for cell in _printed(table, frozenset(row.code for row in table.rows)).values:
            stored = self.extras.get(cell.extra_code) if cell.extra_code else self.report.cells.get(cell.where)
            if stored is not None and (cell.extra_code or not stored.blank):
                yield from (label.code for label in cell.over if label.kind is CellKind.ROW)


@cache
def _cells_of(form: str) -> Mapping[str, Figure]:
    tables = _forms()[form].tables if form in _forms() else ()
    return {
        cell.where: Figure(Cell(cell.where, None), cell.over, table.part)
        for table in tables
        for cell in _printed(table, frozenset(row.code for row in table.rows)).values
        if cell.where
    }


@lru_cache(256)
def _printed(table: Table, filled: frozenset[str]) -> PrintedTable:
    return print_table(table, filled)


@cache
def _forms() -> dict[str, Form]:
    return {form.code: form for form in load_forms()}


@cache
def _order() -> list[str]:
    """The ids of sub-tables as forms print them, the newest form's last."""
    return list(
        dict.fromkeys(table.id for part in Part for form in load_forms() for table in form.tables if table.part is part)
    )
