"""Read the values of a fitted sub-table."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from operator import eq

from govcrawl.forms.columns import ColumnMap
from govcrawl.forms.fit import Fit
from govcrawl.forms.labels import normalise, one_line
from govcrawl.forms.rows import Printed
from govcrawl.forms.schema import Form, Part, Row, Table
from govcrawl.forms.values import MISSING, Reading, read_row, read_value, unit_in_label
from govcrawl.model import ExtraCell, Figure, Finding, Severity


@dataclass(slots=True)
class TableReading:
    """The figures of one sub-table. `figures` holds, by row code, one figure for each column of the form."""

    form: Form
    table: Table
    figures: dict[str, tuple[Figure, ...]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    extras: list[ExtraCell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    blanks: int = 0
    """Cells of official rows that are there and empty."""
    repaired: int = 0
    """Official cells read from a repaired or guessed-at place, or not read at all."""

    @property
    def where(self) -> str:
        part = str(self.table.part)
        return part if self.table.id == part else f"{part}/{self.table.id}"

    def tell(self, code: str, severity: Severity, where: str, message: str, **more: str | int | float | None) -> None:
        self.findings.append(Finding(code, severity, where, message, more.get("expected"), more.get("actual")))


def read_table(fitted: Fit) -> TableReading:
    """Read the values of a fitted segment. Every printed cell ends in `figures`, or in `extras` with a finding."""
    table = fitted.table
    reading = TableReading(fitted.form, table)
    units = fitted.columns.units()
    _tell_header(reading, fitted.columns)
    seen: set[str] = set()
    for item, match in zip(fitted.printed, fitted.matches, strict=True):
        row = table.rows[match] if match is not None else None
        if row is None or row.code in seen:
            _keep_extra(reading, fitted, item, repeated=row is not None)
            continue
        seen.add(row.code)
        _read_row(reading, fitted, item, row, units)
    for text in fitted.strays:
        reading.extras.append(ExtraCell(str(table.part), text, "", Figure(None, text)))
        reading.tell("extra_row", Severity.INFO, reading.where, f"the form has no row {text!r}", actual=text)
    _tell_missing(reading, seen)
    return reading


def empty_table(form: Form, table: Table) -> TableReading:
    """The reading of a table that the document does not have."""
    reading = TableReading(form, table)
    for row in table.official_rows:
        reading.figures[row.code] = (MISSING,) * len(table.columns)
    reading.repaired = table.size
    reading.tell(
        "missing_table", Severity.WARNING, reading.where, "the table is not there", expected=table.title or table.id
    )
    return reading


def _tell_header(reading: TableReading, columns: ColumnMap) -> None:
    for index, printed in columns.printed.items():
        column = reading.table.columns[index]
        if normalise(printed) != normalise(column.label):
            reading.tell(
                "label_variant",
                Severity.INFO,
                f"{reading.where}/{column.code}",
                f"the column is printed as {one_line(printed)!r}",
                expected=column.label,
                actual=one_line(printed),
            )


def _where(reading: TableReading, row: Row, column_index: int) -> str:
    table = reading.table
    column = table.columns[column_index]
    if table.part is Part.REVIEW_LITIGATION:
        return f"{table.part}/{column.group.code if column.group else ''}/{column.code}"
    return f"{table.part}/{table.cell_code(row, column)}"


def _read_row(reading: TableReading, fitted: Fit, item: Printed, row: Row, units: dict[int, str]) -> None:
    table = reading.table
    reading.rows.append(row)
    place = f"{reading.where}/{row.code}" if row.code else reading.where
    if row.code and normalise(item.leaf) != normalise(row.label):
        reading.tell(
            "label_variant" if item.leaf else "positional_row",
            Severity.INFO,
            place,
            f"the row is printed as {one_line(item.leaf)!r}"
            if item.leaf
            else "the row has no readable label; its place names it",
            expected=row.label,
            actual=one_line(item.leaf),
        )
    if item.shifted:
        reading.tell("shifted_row", Severity.INFO, place, "the row lost a label cell; its values were read in order")
    if item.ambiguous:
        printed = " | ".join(one_line(text) for text in item.surplus)
        reading.tell(
            "ambiguous_row",
            Severity.WARNING,
            place,
            "its cells are not as many as the columns, and nothing says which is which",
            expected=len(table.columns),
            actual=printed,
        )
    order = fitted.columns.order
    row_unit = item.unit or unit_in_label(item.leaf)
    printed_units = tuple(units.get(index, row_unit) for index in order) if units else (row_unit,) * len(order)
    read = read_row(item.cells, printed_units)
    reading.figures[row.code] = _in_order(read.figures, order, len(table.columns))
    reading.blanks += 0 if row.optional else read.blanks
    reading.repaired += len(read.missing)
    if not item.ambiguous:
        for at in read.missing:
            reading.tell("missing_cell", Severity.INFO, _where(reading, row, order[at]), "the cell is not there")
    for at, value in read.told:
        _tell_cell(reading, _where(reading, row, order[at]), one_line(item.cells[at] or ""), value)
    for number, text in enumerate(item.surplus):
        header = fitted.columns.strange[number][1] if number < len(fitted.columns.strange) else ""
        _extra(reading, "/".join(map(one_line, item.labels)), one_line(header), text)
    if item.surplus and not item.ambiguous:
        reading.tell(
            "extra_column", Severity.INFO, place, "cells that the form does not have", actual=" | ".join(item.surplus)
        )


def _in_order(figures: tuple[Figure, ...], order: tuple[int, ...], wanted: int) -> tuple[Figure, ...]:
    """The figures in the form's order; a column that is not printed has none."""
    if len(figures) == wanted and all(map(eq, order, count())):
        return figures
    placed = dict(zip(order, figures, strict=True))
    return tuple(placed.get(index, MISSING) for index in range(wanted))


def _tell_cell(reading: TableReading, where: str, printed: str, value: Reading) -> None:
    """Say what was done to read a cell beyond reading its digits."""
    if value.unit:
        reading.tell("unit_in_cell", Severity.INFO, where, f"a unit stands in the cell: {printed}", actual=printed)
    if value.note == "unreadable":
        reading.repaired += 1
        reading.tell("unreadable_cell", Severity.WARNING, where, f"printed as {printed!r}", actual=printed)
    elif value.note:
        reading.tell(value.note, Severity.INFO, where, f"printed as {printed!r}", actual=printed)


def _extra(reading: TableReading, row: str, column: str, text: str, code: str | None = None) -> None:
    value = read_value(text)
    figure = Figure(value.value, text, value.unit)
    reading.extras.append(ExtraCell(str(reading.table.part), row, column, figure, code))


def _keep_extra(reading: TableReading, fitted: Fit, item: Printed, *, repeated: bool) -> None:
    """Keep a row that the form does not have, or has once only."""
    label = "/".join(map(one_line, item.labels))
    for index, text in zip(fitted.columns.order, item.cells, strict=True):
        if text:
            _extra(reading, label, reading.table.columns[index].label, text)
    for text in item.surplus:
        _extra(reading, label, "", text)
    reading.tell(
        "repeated_row" if repeated else "extra_row",
        Severity.WARNING if repeated else Severity.INFO,
        reading.where,
        f"the row {label!r} is printed twice" if repeated else f"the form has no row {label!r}",
        actual=label,
    )


def _tell_missing(reading: TableReading, seen: set[str]) -> None:
    table = reading.table
    stood_for = {code for row in reading.rows for code in row.replaces}
    stood_for |= {row.part_of for row in reading.rows if row.part_of}
    for row in table.official_rows:
        if row.code in seen:
            continue
        reading.figures[row.code] = (MISSING,) * len(table.columns)
        if row.code not in stood_for:
            reading.repaired += len(table.columns)
            where = f"{reading.where}/{row.code}" if row.code else reading.where
            reading.tell("missing_row", Severity.WARNING, where, "the row is not there", expected=row.label)
