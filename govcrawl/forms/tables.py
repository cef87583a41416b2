"""Read one printed sub-table by one table of a form."""

from __future__ import annotations

from dataclasses import dataclass, field

from govcrawl.forms.columns import ColumnMap, columns_of
from govcrawl.forms.labels import normalise
from govcrawl.forms.padding import Padding
from govcrawl.forms.rows import Printed, match_rows, take_apart
from govcrawl.forms.schema import Form, Part, Row, Table
from govcrawl.forms.segments import Line, Segment
from govcrawl.forms.values import Reading, figure_of, read_value, unit_in_label
from govcrawl.model import ExtraCell, Figure, Finding, Severity

MISSING = Figure(None, "")


@dataclass(slots=True)
class Fit:
    """A segment laid over a table of a form: what matches, before any value is read."""

    form: Form
    table: Table
    segment: Segment
    columns: ColumnMap
    printed: list[Printed]
    matches: list[int | None]
    strays: list[str] = field(default_factory=list)
    """Rows below the first value row that hold a text and no cell."""

    @property
    def matched_rows(self) -> int:
        return sum(match is not None for match in self.matches)

    @property
    def score(self) -> float:
        """Labels found, less labels missing and labels too many."""
        table = self.table
        rows = [table.rows[match] for match in self.matches if match is not None]
        replaced = {code for row in rows for code in row.replaces}
        found = {row.code for row in rows}
        missing = sum(row.code not in found | replaced for row in table.official_rows)
        columns = self.columns
        if columns.matched or columns.unmatched:
            header = columns.matched - 0.5 * columns.unmatched - 0.5 * (len(table.columns) - columns.matched)
        else:
            header = -0.5 * sum(item.ambiguous or bool(item.surplus) for item in self.printed)
        unknown = len(self.matches) - self.matched_rows
        return header + self.matched_rows - 0.5 * missing - 0.5 * unknown

    @property
    def solid(self) -> bool:
        """Whether enough labels match for the rows to be this table at all."""
        if self.table.part is Part.REVIEW_LITIGATION:
            return self.matched_rows > 0 and self.columns.matched >= 3
        if self.table.part is Part.STATISTICS:
            return self.matched_rows >= 5
        return self.matched_rows > 0 and (self.columns.matched > 0 or any(item.has_numbers for item in self.printed))


@dataclass(slots=True)
class TableReading:
    """The figures of one sub-table. `figures` is keyed by (row code, index of the form's column)."""

    form: Form
    table: Table
    figures: dict[tuple[str, int], Figure] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    extras: list[ExtraCell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    repaired: int = 0
    """Official cells read from a repaired or guessed-at place, or not read at all."""

    @property
    def where(self) -> str:
        part = str(self.table.part)
        return part if self.table.id == part else f"{part}/{self.table.id}"

    def tell(self, code: str, severity: Severity, where: str, message: str, **more: str | int | float | None) -> None:
        self.findings.append(Finding(code, severity, where, message, more.get("expected"), more.get("actual")))


def fit(segment: Segment, form: Form, table: Table, twin: Fit | None = None, *, same_rows: bool = False) -> Fit:
    """Lay a segment over a table.

    Args:
        segment: the printed rows.
        form: the form.
        table: its table.
        twin: a fit of the same segment to a table with the same columns, whose work need not be done again.
        same_rows: the twin's table has the same rows, too.
    """
    if twin is not None:
        matches: list[int | None] = twin.matches if same_rows else match_rows(twin.printed, table)
        return Fit(form, table, segment, twin.columns, twin.printed, matches, twin.strays)
    headers, body, strays = _split(segment, table)
    columns = columns_of(headers, table)
    if not columns.order:
        columns = ColumnMap(order=tuple(range(len(table.columns))))
    elif len(columns.order) < len(table.columns):
        columns = _complete(columns, table)
    padding = Padding(body, len(columns.order), table)
    printed = [take_apart(line, columns, table, padding) for line in body]
    if table.part is Part.REVIEW_LITIGATION:
        filled = [sum(bool(text) for text in item.cells) for item in printed]
        best = filled.index(max(filled)) if filled else -1
        matches = [0 if index == best else None for index in range(len(printed))]
    else:
        matches = match_rows(printed, table)
    return Fit(form, table, segment, columns, printed, matches, strays)


def _split(segment: Segment, table: Table) -> tuple[list[Line], list[Line], list[str]]:
    """Header rows, value rows, and texts that are neither; titles, spacers and bare group rows are left out."""
    headers: list[Line] = []
    body: list[Line] = []
    strays: list[str] = []
    for line in segment.lines:
        if line.speech.title and not line.numbers:
            continue
        if line.is_header:
            if not body:
                headers.append(line)
        elif _is_value_row(line, table):
            body.append(line)
        elif line.labels and not line.speech.known:
            strays.append(" ".join(map(_one_line, line.labels)))
    return headers, body, strays


def _is_value_row(line: Line, table: Table) -> bool:
    if line.numbers or line.speech.row:
        return True
    if not line.labels:
        return table.part is Part.REVIEW_LITIGATION and line.values * 2 > len(table.columns)
    return line.values > 0 and not line.speech.anchors[-1].known


def _complete(columns: ColumnMap, table: Table) -> ColumnMap:
    """Columns whose header label is missing keep the form's order; positions no longer prove anything."""
    wanted = len(table.columns)
    missing = [index for index in range(wanted) if index not in columns.order]
    if len(columns.strange) or not missing:
        return columns
    return ColumnMap(
        order=tuple(range(wanted)), printed=columns.printed, matched=columns.matched, unmatched=columns.unmatched
    )


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
        for index in range(len(table.columns)):
            reading.figures[row.code, index] = MISSING
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
                f"the column is printed as {_one_line(printed)!r}",
                expected=column.label,
                actual=_one_line(printed),
            )


def _one_line(text: str) -> str:
    return " ".join(text.split())


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
            f"the row is printed as {_one_line(item.leaf)!r}"
            if item.leaf
            else "the row has no readable label; its place names it",
            expected=row.label,
            actual=_one_line(item.leaf),
        )
    if item.shifted:
        reading.tell("shifted_row", Severity.INFO, place, "the row lost a label cell; its values were read in order")
    if item.ambiguous:
        printed = " | ".join(_one_line(text) for text in item.surplus)
        reading.tell(
            "ambiguous_row",
            Severity.WARNING,
            place,
            "its cells are not as many as the columns, and nothing says which is which",
            expected=len(table.columns),
            actual=printed,
        )
    row_unit = item.unit or unit_in_label(item.leaf)
    for index, text in zip(fitted.columns.order, item.cells, strict=True):
        if text is None:
            reading.figures[row.code, index] = MISSING
            reading.repaired += 1
            if not item.ambiguous:
                reading.tell("missing_cell", Severity.INFO, _where(reading, row, index), "the cell is not there")
            continue
        figure, more = figure_of(text, units.get(index, row_unit))
        reading.figures[row.code, index] = figure
        if more is not None:
            _tell_cell(reading, _where(reading, row, index), _one_line(text), more)
    for number, text in enumerate(item.surplus):
        header = fitted.columns.strange[number][1] if number < len(fitted.columns.strange) else ""
        _extra(reading, "/".join(map(_one_line, item.labels)), _one_line(header), text)
    if item.surplus and not item.ambiguous:
        reading.tell(
            "extra_column", Severity.INFO, place, "cells that the form does not have", actual=" | ".join(item.surplus)
        )


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
    label = "/".join(map(_one_line, item.labels))
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
        for index in range(len(table.columns)):
            reading.figures[row.code, index] = MISSING
        if row.code not in stood_for:
            reading.repaired += len(table.columns)
            where = f"{reading.where}/{row.code}" if row.code else reading.where
            reading.tell("missing_row", Severity.WARNING, where, "the row is not there", expected=row.label)
