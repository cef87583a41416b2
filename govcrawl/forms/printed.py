"""A form's tables as its notice prints them: lines of cells with their spans. Pure.

Part two is a stack of sub-tables in one grid of four columns, whose last column is widened where a sub-table has fewer.
Part three has its rows in groups over three columns of labels, and a header of three levels; part four is one row
without a label; the statistics are a list of three columns in which headings have no number.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import StrEnum

from govcrawl.forms.schema import Column, Group, Part, Row, Table

WIDTH = 4
"""Columns of the grid that the sub-tables of part two are stacked in."""
NO_NUMBER = "——"
"""What the statistics print in the cells of a heading."""


class CellKind(StrEnum):
    """What a cell of a printed table is."""

    STUB = "stub"
    """The header over the labels."""
    NOTE = "note"
    """A remark that the form prints in the corner."""
    COLUMN = "column"
    COLUMN_GROUP = "column_group"
    ROW = "row"
    ROW_GROUP = "row_group"
    UNIT = "unit"
    BLANK = "blank"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell of a printed table."""

    kind: CellKind
    text: str = ""
    """As the form prints it; of a value nothing."""
    code: str = ""
    """Of its row, column or group."""
    colspan: int = 1
    rowspan: int = 1
    where: str = ""
    """Of a value: its place, `part/code` or `part/row/column`."""
    extra_code: str = ""
    """Of a value in a row of a local edition: the code that its cell has among the extra cells."""
    over: tuple[PrintedCell, ...] = ()
    """Of a value: the labels that say what it is, of its row and then of its column, the widest first."""

    @property
    def key(self) -> str:
        """Of a value: what tells it from all others of its part."""
        return self.where or self.extra_code


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A (sub-)table as it is printed."""

    id: str
    part: Part
    title: str
    width: int
    """Columns of the grid, labels included."""
    stubs: int
    """Columns of labels."""
    head: tuple[tuple[PrintedCell, ...], ...]
    body: tuple[tuple[PrintedCell, ...], ...]

    @property
    def values(self) -> Iterator[PrintedCell]:
        """The cells that hold figures, in printed order."""
        return (cell for line in self.body for cell in line if cell.kind is CellKind.VALUE)


def print_table(table: Table, filled: Container[str] = ()) -> PrintedTable:
    """Lay a table out as it is printed.

    Args:
        table: of a form.
        filled: the codes of the rows in which a report prints anything. Of the rows of local editions only these are
            printed, and official rows that one of them stands for only if they are among these, too.
    """
    rows = printed_rows(table, filled)
    if table.part is Part.DISCLOSURE:
        return _stacked(table, rows)
    if table.part is Part.STATISTICS:
        return _list(table, rows)
    return _grouped(table, rows)


def printed_rows(table: Table, filled: Container[str]) -> list[Row]:
    """The rows of a table that a report prints; see `print_table`."""
    local = [row for row in table.rows if row.optional and row.code in filled]
    replaced = {code for row in local for code in row.replaces if code not in filled}
    return [row for row in table.rows if row in local or (not row.optional and row.code not in replaced)]


def cell_place(table: Table, row: Row, code: str, channel: str = "") -> str:
    """The place of the cell of a row in the column of that code, as `Report.figures` names it."""
    if table.part is Part.APPLICATIONS:
        return f"{table.part}/{row.code}/{code}"
    if table.part is Part.REVIEW_LITIGATION:
        return f"{table.part}/{channel}/{code}"
    return f"{table.part}/{table.cell.format(row=row.code, column=code)}"


def _stacked(table: Table, rows: list[Row]) -> PrintedTable:
    last = WIDTH - len(table.columns)
    spans = [1] * (len(table.columns) - 1) + [last]
    header = [PrintedCell(CellKind.STUB, table.stub)]
    header += [
        PrintedCell(CellKind.COLUMN, column.label, column.code, colspan=span)
        for column, span in zip(table.columns, spans, strict=True)
    ]
    body = []
    for row in rows:
        values = _values(table, row, spans)
        body.append((PrintedCell(CellKind.ROW, row.label, row.code), *values))
    return PrintedTable(table.id, table.part, table.title, WIDTH, 1, (tuple(header),), tuple(body))


def _grouped(table: Table, rows: list[Row]) -> PrintedTable:
    """Parts three and four: groups of columns above, groups of rows at the left."""
    labelled = any(row.label for row in rows)
    stubs = max(len(_path(row.group)) for row in rows) + 1 if labelled else 0
    corner = PrintedCell(CellKind.NOTE, table.note, colspan=stubs) if stubs else None
    body = []
    begun: set[Group] = set()
    for number, row in enumerate(rows):
        path = _path(row.group)
        line = []
        for group in path:
            if group not in begun:
                begun.add(group)
                size = sum(group in _path(other.group) for other in rows[number:])
                line.append(PrintedCell(CellKind.ROW_GROUP, group.label, group.code, rowspan=size))
        if labelled:
            line.append(PrintedCell(CellKind.ROW, row.label, row.code, colspan=stubs - len(path)))
        body.append((*line, *_values(table, row, [1] * len(table.columns))))
    width = stubs + len(table.columns)
    return PrintedTable(table.id, table.part, table.title, width, stubs, _header(table, corner), tuple(body))


def _header(table: Table, corner: PrintedCell | None) -> tuple[tuple[PrintedCell, ...], ...]:
    """The header over grouped columns: a banner over all, if there is one, and a line for each level of groups."""
    columns = table.columns
    levels = max(len(_path(column.group)) for column in columns) + 1
    lines: list[list[PrintedCell]] = [[] for _ in range(levels)]
    begun: set[Group] = set()
    for number, column in enumerate(columns):
        path = _path(column.group)
        for level, group in enumerate(path):
            if group not in begun:
                begun.add(group)
                size = sum(group in _path(other.group) for other in columns[number:])
                lines[level].append(PrintedCell(CellKind.COLUMN_GROUP, group.label, group.code, colspan=size))
        down = levels - len(path)
        lines[len(path)].append(PrintedCell(CellKind.COLUMN, column.label, column.code, rowspan=down))
    if table.banner:
        lines.insert(0, [PrintedCell(CellKind.COLUMN_GROUP, table.banner, "banner", colspan=len(columns))])
    if corner:
        note = PrintedCell(corner.kind, corner.text, colspan=corner.colspan, rowspan=len(lines))
        lines[0].insert(0, note)
    return tuple(map(tuple, lines))


def _list(table: Table, rows: list[Row]) -> PrintedTable:
    """The statistics: label, unit, number; a heading that is no row itself has dashes for both."""
    header = [PrintedCell(CellKind.STUB, table.stub), PrintedCell(CellKind.STUB, table.unit_stub, "unit")]
    header += [PrintedCell(CellKind.COLUMN, column.label, column.code) for column in table.columns]
    labels = {row.label for row in rows}
    begun: set[Group] = set()
    body = []
    for row in rows:
        for group in _path(row.group):
            if group not in begun and group.label not in labels:
                dashes = [PrintedCell(CellKind.BLANK, NO_NUMBER) for _ in range(1 + len(table.columns))]
                body.append((PrintedCell(CellKind.ROW_GROUP, group.label, group.code), *dashes))
            begun.add(group)
        label = PrintedCell(CellKind.ROW, row.label, row.code)
        unit = PrintedCell(CellKind.UNIT, row.unit or "", "unit")
        body.append((label, unit, *_values(table, row, [1] * len(table.columns))))
    return PrintedTable(table.id, table.part, table.title, len(header), 1, (tuple(header),), tuple(body))


def _values(table: Table, row: Row, spans: list[int]) -> Iterator[PrintedCell]:
    for column, span in zip(table.columns, spans, strict=True):
        channel = column.group.code if column.group else ""
        extra = f"{row.extra_code}_{column.code}" if row.extra_code else ""
        where = "" if extra else cell_place(table, row, column.code, channel)
        over = (*_labels(row, CellKind.ROW), *_labels(column, CellKind.COLUMN))
        yield PrintedCell(CellKind.VALUE, code=column.code, colspan=span, where=where, extra_code=extra, over=over)


def _labels(of: Row | Column, kind: CellKind) -> Iterator[PrintedCell]:
    group = CellKind.ROW_GROUP if kind is CellKind.ROW else CellKind.COLUMN_GROUP
    for each in _path(of.group):
        yield PrintedCell(group, each.label, each.code)
    if of.label:
        yield PrintedCell(kind, of.label, of.code)


def _path(group: Group | None) -> tuple[Group, ...]:
    return group.path if group else ()
