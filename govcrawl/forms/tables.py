"""Read the values of a fitted sub-table."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from govcrawl.forms.columns import ColumnMap
from govcrawl.forms.fit import Fit
from govcrawl.forms.labels import ROW_CACHE, normalise, one_line
from govcrawl.forms.lexicon import anchors_of
from govcrawl.forms.recognised import plain, sure_as
from govcrawl.forms.rows import Printed
from govcrawl.forms.schema import Form, Part, Row, Table
from govcrawl.forms.values import MISSING, Reading, figure_of, read_value, unit_in_label
from govcrawl.model import ExtraCell, Figure, Finding, Severity

MONEY = frozenset({"元", "万元", "亿元"})


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
        return _where(self.table)

    def take(self, row: Row, read: _RowReading) -> None:
        """Take over what a row gives."""
        self.rows.append(row)
        self.figures[row.code] = read.figures
        self.blanks += read.blanks
        self.repaired += read.repaired
        self.extras.extend(read.extras)
        self.findings.extend(read.findings)

    def tell(self, code: str, severity: Severity, where: str, message: str, **more: str | int | float | None) -> None:
        self.findings.append(Finding(code, severity, where, message, more.get("expected"), more.get("actual")))


def read_table(fitted: Fit) -> TableReading:
    """Read the values of a fitted segment. Every printed cell ends in `figures`, or in `extras` with a finding."""
    table = fitted.table
    reading = TableReading(fitted.form, table)
    _tell_header(reading, fitted.columns)
    seen: set[str] = set()
    for item, match in zip(fitted.printed, fitted.matches, strict=True):
        row = table.rows[match] if match is not None else None
        if row is None or row.code in seen:
            _keep_extra(reading, fitted, item, repeated=row is not None)
            continue
        seen.add(row.code)
        reading.take(row, _read_row(item, row, fitted.columns, table))
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
    for index, column in enumerate(reading.table.columns):
        if index not in columns.order:
            where = f"{reading.where}/{column.code}"
            reading.tell("missing_column", Severity.WARNING, where, "the column is not there", expected=column.label)
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


@dataclass(slots=True)
class _RowReading:
    """What one row gives to its table."""

    figures: tuple[Figure, ...]
    blanks: int = 0
    repaired: int = 0
    extras: list[ExtraCell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def tell(self, code: str, severity: Severity, where: str, message: str, **more: str | int | float | None) -> None:
        self.findings.append(Finding(code, severity, where, message, more.get("expected"), more.get("actual")))


@lru_cache(maxsize=ROW_CACHE)
def _read_row(item: Printed, row: Row, columns: ColumnMap, table: Table) -> _RowReading:
    """Read one row. Remembered with the printed row, and never changed after."""
    units = columns.units()
    row_unit = item.unit or unit_in_label(item.leaf)
    figures = [MISSING] * len(table.columns)
    reading = _RowReading((), blanks=0 if row.optional else sum(text == "" for text in item.cells))
    _tell_row(reading, item, row, table)
    for index, text in zip(columns.order, item.cells, strict=True):
        if text is None:
            reading.repaired += 1
            if not item.ambiguous:
                where = _where_cell(table, row, index)
                reading.tell("missing_cell", Severity.INFO, where, "the cell is not there")
            continue
        figures[index], more = figure_of(plain(text), units.get(index, row_unit))
        if more is not None and more.unit in MONEY and not (row.money or table.columns[index].money):
            # 1.2万 of licences is a rounded count, and 1.2万元 of them is nothing at all.
            figures[index], more = Figure(None, plain(text)), Reading(None, note="unreadable")
        if more is not None:
            _tell_cell(reading, _where_cell(table, row, index), one_line(text), more)
        figures[index] = sure_as(figures[index], text)
    reading.figures = tuple(figures)
    for number, text in enumerate(item.surplus):
        header = columns.strange[number][1] if number < len(columns.strange) else ""
        reading.extras.append(_extra(table, "/".join(map(one_line, item.labels)), one_line(header), text))
    return reading


def _where(table: Table) -> str:
    part = str(table.part)
    return part if table.id == part else f"{part}/{table.id}"


def _where_cell(table: Table, row: Row, column_index: int) -> str:
    column = table.columns[column_index]
    if table.part is Part.REVIEW_LITIGATION:
        return f"{table.part}/{column.group.code if column.group else ''}/{column.code}"
    return f"{table.part}/{table.cell_code(row, column)}"


def _tell_row(reading: _RowReading, item: Printed, row: Row, table: Table) -> None:
    """Say what is odd about a row as a whole."""
    place = f"{_where(table)}/{row.code}" if row.code else _where(table)
    leaf = one_line(item.leaf)
    if row.code and not leaf:
        message = "the row has no readable label; its place names it"
        reading.tell("positional_row", Severity.INFO, place, message, expected=row.label)
    elif row.code and normalise(leaf) != normalise(row.label):
        message = f"the row is printed as {leaf!r}"
        reading.tell("label_variant", Severity.INFO, place, message, expected=row.label, actual=leaf)
    if item.shifted:
        reading.tell("shifted_row", Severity.INFO, place, "the row lost a label cell; its values were read in order")
    printed = " | ".join(map(one_line, item.surplus))
    if item.ambiguous:
        message = "its cells are not as many as the columns, and nothing says which is which"
        reading.tell("ambiguous_row", Severity.WARNING, place, message, expected=len(table.columns), actual=printed)
    elif item.surplus:
        reading.tell("extra_column", Severity.INFO, place, "cells that the form does not have", actual=printed)


def _tell_cell(reading: _RowReading, where: str, printed: str, value: Reading) -> None:
    """Say what was done to read a cell beyond reading its digits."""
    if value.unit:
        reading.tell("unit_in_cell", Severity.INFO, where, f"a unit stands in the cell: {printed}", actual=printed)
    if value.note == "unreadable":
        reading.repaired += 1
        reading.tell("unreadable_cell", Severity.WARNING, where, f"printed as {printed!r}", actual=printed)
    elif value.note:
        reading.tell(value.note, Severity.INFO, where, f"printed as {printed!r}", actual=printed)


def _extra(table: Table, row: str, column: str, text: str) -> ExtraCell:
    value = read_value(text)
    return ExtraCell(str(table.part), row, column, sure_as(Figure(value.value, plain(text), value.unit), text))


def _keep_extra(reading: TableReading, fitted: Fit, item: Printed, *, repeated: bool) -> None:
    """Keep a row that the form does not have, or has once only; a group's own row holds nothing to keep."""
    if not item.has_numbers and item.leaf and anchors_of(item.leaf).group:
        return
    label = "/".join(map(one_line, item.labels))
    for index, text in zip(fitted.columns.order, item.cells, strict=True):
        if text:
            reading.extras.append(_extra(reading.table, label, reading.table.columns[index].label, text))
    reading.extras.extend(_extra(reading.table, label, "", text) for text in item.surplus)
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
