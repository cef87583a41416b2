"""Put the sub-tables of a report together: parts summed, tables printed twice joined, every cell under its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from govcrawl.forms.schema import Part, Row, Table
from govcrawl.forms.tables import TableReading
from govcrawl.forms.values import MISSING
from govcrawl.model import ExtraCell, Figure, Finding, Severity


def join(first: TableReading, second: TableReading) -> None:
    """A sub-table met twice: rows the first lacks are taken over, the others are kept as extra cells."""
    rows_of_first = {row.code for row in first.rows}
    fresh = [row for row in second.rows if row.code not in rows_of_first]
    if first.form is second.form and fresh and len(fresh) == len(second.rows):
        first.figures |= {row.code: second.figures[row.code] for row in fresh}
        first.rows.extend(fresh)
        wheres = {f"{first.where}/{row.code}" for row in fresh}
        first.findings[:] = [f for f in first.findings if not (f.code == "missing_row" and f.where in wheres)]
        first.repaired = max(0, first.repaired - len(fresh) * len(first.table.columns))
        first.extras.extend(second.extras)
        first.findings.extend(f for f in second.findings if f.code != "missing_row")
        return
    for row in second.rows:
        for column, figure in zip(second.table.columns, second.figures[row.code], strict=True):
            if figure.raw:
                first.extras.append(ExtraCell(str(second.table.part), row.label, column.label, figure))
    first.extras.extend(second.extras)
    first.tell("repeated_table", Severity.WARNING, first.where, "the table is printed twice; the better print was read")


@dataclass(slots=True)
class Cells:
    disclosure: dict[str, Figure]
    applications: dict[str, dict[str, Figure]]
    review_litigation: dict[str, dict[str, Figure]]
    statistics: dict[str, Figure]
    extras: list[ExtraCell]
    findings: list[Finding]


def collect(readings: Sequence[TableReading]) -> Cells:
    cells = Cells({}, {}, {}, {}, [], [])
    for reading in readings:
        _add_parts(reading)
        table = reading.table
        for row in table.rows:
            printed = row.code in reading.figures
            if row.optional and (row.extra_code or not printed):
                if printed:
                    cells.extras.extend(_extension(reading, row.code))
                continue
            figures = reading.figures[row.code]
            if table.part is Part.APPLICATIONS:
                cells.applications[row.code] = dict(zip(_codes(table, row), figures, strict=True))
            elif table.part is Part.REVIEW_LITIGATION:
                for column, figure in zip(table.columns, figures, strict=True):
                    channel = column.group.code if column.group else ""
                    cells.review_litigation.setdefault(channel, {})[column.code] = figure
            else:
                part = cells.disclosure if table.part is Part.DISCLOSURE else cells.statistics
                part.update(zip(_codes(table, row), figures, strict=True))
        cells.extras.extend(reading.extras)
        cells.findings.extend(reading.findings)
        if reading.blanks:
            text = f"{reading.blanks} cells are blank"
            cells.findings.append(Finding("blank", Severity.INFO, reading.where, text, actual=reading.blanks))
    return cells


def _extension(reading: TableReading, row_code: str) -> list[ExtraCell]:
    """The cells of a local edition's row."""
    table = reading.table
    row = next(row for row in table.rows if row.code == row_code)
    whole = next((other.label for other in table.rows if other.code == row.part_of), "")
    label = f"{whole}/{row.label}" if whole else row.label
    return [
        ExtraCell(str(table.part), label, column.label, figure, f"{row.extra_code}_{column.code}")
        for column, figure in zip(table.columns, reading.figures[row_code], strict=True)
    ]


def _add_parts(reading: TableReading) -> None:
    """Sum the printed parts of an official row that is not printed itself; tell every local row."""
    table = reading.table
    for row in reading.rows:
        if row.replaces:
            reading.tell(
                "collapsed_row",
                Severity.INFO,
                f"{reading.where}/{row.code}",
                f"one row stands for {len(row.replaces)}",
                actual=row.label,
            )
        elif row.optional:
            reading.tell(
                "edition",
                Severity.INFO,
                f"{reading.where}/{row.code}",
                f"a row of the local edition {row.edition}",
                actual=row.label,
            )
    wholes = {row.part_of for row in reading.rows if row.part_of}
    for whole in sorted(code for code in wholes if code):
        parts = [row for row in reading.rows if row.part_of == whole]
        sums = list(reading.figures.get(whole, (MISSING,) * len(table.columns)))
        for index, column in enumerate(table.columns):
            if sums[index].raw:
                continue
            figures = [reading.figures[row.code][index] for row in parts]
            values = [figure.value for figure in figures if figure.value is not None]
            if not values:
                continue
            units = {figure.unit for figure in figures}
            total = sum(values)
            confidence = min(figure.confidence for figure in figures)
            sums[index] = Figure(total, "", units.pop() if len(units) == 1 else None, confidence)
            where = f"{table.part}/{table.cell.format(row=whole, column=column.code)}"
            reading.tell("derived", Severity.INFO, where, "the sum of the rows it is printed as", actual=total)
        reading.figures[whole] = tuple(sums)


@cache
def _codes(table: Table, row: Row) -> tuple[str, ...]:
    """The key of each of a row's cells: the column's code under the row's, or the cell's own code."""
    if table.part is Part.APPLICATIONS:
        return tuple(column.code for column in table.columns)
    return tuple(table.cell_code(row, column) for column in table.columns)
