"""Draws the tables of a form as sheets of cells, with the spans the official annex has."""

from __future__ import annotations

from itertools import groupby

from govcrawl.forms.schema import Column, Form, Group, Part, Row, Table
from govcrawl.model import Number
from govcrawl.simulator.figures import Figures, cell_path, value_columns
from govcrawl.simulator.report.draft import Cell, Line, Sheet


def draw_sheets(form: Form, figures: Figures) -> list[Sheet]:
    """Draw every sheet of a form: the stacked sub-tables of part two are one."""
    sheets: list[Sheet] = []
    for part, tables in groupby(form.tables, key=lambda table: table.part):
        if part is Part.DISCLOSURE:
            sheets.append(Sheet(str(part), [line for t in tables for line in draw_subtable(t, figures)]))
        else:
            draw = {Part.APPLICATIONS: _applications, Part.REVIEW_LITIGATION: _channels, Part.STATISTICS: _statistics}
            sheets.extend(Sheet(str(part), draw[part](table, figures)) for table in tables)
    return sheets


def draw_subtable(table: Table, figures: Figures, width: int = 4) -> list[Line]:
    """Draw a sub-table of part two: title row, header row, value rows, in a grid of `width` columns."""
    lines = [Line("title", [Cell(table.title, "title", colspan=width, code=table.id)], table.id)]
    spans = _spread(width - 1, len(table.columns))
    header = [Cell(table.stub, "stub")]
    header += [Cell(c.label, "header", colspan=s, code=c.code) for c, s in zip(table.columns, spans, strict=True)]
    lines.append(Line("header", header, table.id))
    for row in table.official_rows:
        cells = [Cell(row.label, "label", code=row.code)]
        for column, span in zip(table.columns, spans, strict=True):
            cells.append(value_cell(table, row, column, figures, span))
        lines.append(Line("row", cells, table.id, row.code))
    return lines


def value_cell(table: Table, row: Row, column: Column, figures: Figures, span: int = 1) -> Cell:
    """Print a figure the plain way."""
    where = cell_path(table, row, column)
    value = figures.get(where)
    unit = "万元" if column.money and "万元" in column.label else None
    return Cell(plain(value), colspan=span, code=column.code, where=where, value=value, unit=unit)


def plain(value: Number | None) -> str:
    """A number as a typist writes it."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else str(value)


def _spread(width: int, count: int) -> list[int]:
    """Columns of a narrower sub-table: the last one is widened."""
    return [1] * (count - 1) + [width - count + 1]


def header_lines(table: Table, corner: Cell | None) -> list[Line]:
    """Draw a header over grouped columns; `corner` stands over the stub and spans all of it."""
    columns = table.columns
    depth = max(len(c.group.path) if c.group else 0 for c in columns) + 1
    lines = [Line("header", [], table.id) for _ in range(depth + bool(table.banner))]
    if corner:
        corner.rowspan = len(lines)
        lines[0].cells.append(corner)
    if table.banner:
        lines[0].cells.append(Cell(table.banner, "group", colspan=len(columns)))
    levels = lines[bool(table.banner) :]
    open_groups: list[Group] = []
    for index, column in enumerate(columns):
        path = column.group.path if column.group else ()
        for level, group in enumerate(path):
            if group not in open_groups:
                size = sum(group in c.group.path for c in columns[index:] if c.group)
                levels[level].cells.append(Cell(group.label, "group", colspan=size, code=group.code))
                open_groups.append(group)
        levels[len(path)].cells.append(Cell(column.label, "header", rowspan=len(levels) - len(path), code=column.code))
    return lines


def _applications(table: Table, figures: Figures) -> list[Line]:
    rows = table.official_rows
    width = max(len(row.group.path) if row.group else 0 for row in rows) + 1
    lines = header_lines(table, Cell(table.note, "corner", colspan=width))
    seen: list[Group] = []
    for index, row in enumerate(rows):
        path = row.group.path if row.group else ()
        cells = []
        for group in path:
            if group not in seen:
                seen.append(group)
                size = sum(group in r.group.path for r in rows[index:] if r.group)
                cells.append(Cell(group.label, "group", rowspan=size, code=group.code))
        cells.append(Cell(row.label, "label", colspan=width - len(path), code=row.code))
        cells += [value_cell(table, row, column, figures) for column in table.columns]
        lines.append(Line("row", cells, table.id, row.code))
    return lines


def _channels(table: Table, figures: Figures) -> list[Line]:
    row = table.official_rows[0]
    values = [value_cell(table, row, column, figures) for column in table.columns]
    return [*header_lines(table, None), Line("row", values, table.id, row.code)]


def _statistics(table: Table, figures: Figures) -> list[Line]:
    columns = value_columns(table)
    header = [Cell(table.stub, "stub"), Cell("单位", "header")]
    header += [Cell(column.label, "header", code=column.code) for column in columns]
    lines = [Line("header", header, table.id)]
    seen: list[Group] = []
    labels = {row.label for row in table.official_rows}
    for row in table.official_rows:
        for group in row.group.path if row.group else ():
            if group not in seen and group.label not in labels:
                cells = [Cell(group.label, "group", code=group.code)]
                lines.append(Line("group", cells + [Cell("——", "blank") for _ in range(1 + len(columns))], table.id))
            seen.append(group)
        unit = row.unit or ""
        cells = [Cell(row.label, "label", code=row.code), Cell(unit, "blank")]
        for column in columns:
            cell = value_cell(table, row, column, figures)
            cell.unit = row.unit
            cells.append(cell)
        lines.append(Line("row", cells, table.id, row.code))
    return lines
