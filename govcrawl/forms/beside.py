"""Years printed beside each other: a table of a form whose every column comes once for each year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from govcrawl.forms.columns import columns_of
from govcrawl.forms.lexicon import tables_by_id
from govcrawl.forms.segments import Line, Segment, lines_of, segments_of, speech_of
from govcrawl.model import Block, Document, DocumentKind, Grid, GridCell

_YEAR = re.compile(r"^(20[0-3]\d)年?度?$")
_HEADER = 6
"""Rows of a grid among which its header is."""


def years_beside(document: Document) -> tuple[dict[int, Document], bool]:
    """Year → the document with that year's columns alone; and whether all its tables of a form are printed so.

    Only where the columns of each year are, without the line of years, those of a form is it sure whose they are;
    empty where no table prints several years, or one of those that do is not sure.
    """
    cut: dict[int, dict[int, Grid]] = {}
    complete = True
    for place, block in enumerate(document.blocks):
        if not isinstance(block, Grid):
            continue
        grids = _cut(block) if block.aligned else {}
        if not grids and _tables_in(block):
            complete = False
            if _line_of_years(block) is not None:
                return {}, False
        for year, grid in grids.items():
            cut.setdefault(year, {})[place] = grid
    if len({tuple(sorted(grids)) for grids in cut.values()}) > 1:
        return {}, False
    years = {year: replace(document, blocks=_with(document.blocks, grids)) for year, grids in sorted(cut.items())}
    return years, complete


def without_years(document: Document, lines: Sequence[Line]) -> list[Line]:
    """The rows, those of tables with a line of years as if they spoke for no form: they are read as prose."""
    doubtful = {
        number for number, grid in enumerate(document.grids()) if _line_of_years(grid) is not None and _tables_in(grid)
    }
    silent = speech_of(())
    return [replace(line, speech=silent) if line.grid in doubtful else line for line in lines]


def names_years(document: Document) -> bool:
    """Whether any table has a line of years in its header."""
    return any(_line_of_years(grid) is not None for grid in document.grids())


def has_years(document: Document) -> bool:
    """Whether a table of a form has one."""
    return any(_line_of_years(grid) is not None and _tables_in(grid) for grid in document.grids())


def _with(blocks: Sequence[Block], grids: dict[int, Grid]) -> tuple[Block, ...]:
    return tuple(grids.get(place, block) for place, block in enumerate(blocks))


def _cut(grid: Grid) -> dict[int, Grid]:
    """Year → the grid without the columns of the other years; empty where it is not sure."""
    found = _line_of_years(grid)
    if found is None:
        return {}
    line, positions = found
    if len({len(places) for places in positions.values()}) > 1:
        return {}
    first = min(min(places) for places in positions.values())
    grids = {
        year: replace(grid, rows=tuple(_pick(row, first, places) for n, row in enumerate(grid.rows) if n != line))
        for year, places in positions.items()
    }
    return grids if all(map(_has_columns_of_a_form, grids.values())) else {}


def _line_of_years(grid: Grid) -> tuple[int, dict[int, list[int]]] | None:
    """(row, year → its positions): the header row that names years and, from the first of them on, nothing else."""
    for number, row in enumerate(grid.rows[:_HEADER]):
        positions: dict[int, list[int]] = {}
        others = 0
        for place, cell in enumerate(row):
            year = _YEAR.match("".join(cell.text.split())) if "20" in cell.text else None
            if year:
                positions.setdefault(int(year[1]), []).append(place)
            elif positions:
                others += 1
        if len(positions) > 1 and not others:
            return number, positions
    return None


def _pick(row: tuple[GridCell, ...], first: int, places: Sequence[int]) -> tuple[GridCell, ...]:
    """The labels of a row and the cells of one year. A cell that spans the years begins where this year's begin."""
    picked = list(row[:first])
    begun: set[int] = set()
    for place in places:
        if place < len(row):
            start = _start(row, place)
            picked.append(row[place]._replace(origin=True) if start >= first and start not in begun else row[place])
            begun.add(start)
    return tuple(picked)


def _start(row: tuple[GridCell, ...], place: int) -> int:
    """Where the cell begins that reaches a place; -1 for one that comes down from the row above."""
    while place and not row[place].origin and row[place - 1].text == row[place].text:
        place -= 1
    return place if row[place].origin else -1


def _tables_in(grid: Grid) -> list[Segment]:
    """The tables of the forms that a grid holds: rows with numbers under a header that names a column (or a year)."""
    line = _line_of_years(grid)
    if line is not None:
        grid = replace(grid, rows=tuple(row for number, row in enumerate(grid.rows) if number != line[0]))
    lines = lines_of(Document(DocumentKind.HTML, (grid,)))
    return [s for s in segments_of(lines) if s.table_id is not None and s.has_values and any(_matched(s))]


def _has_columns_of_a_form(grid: Grid) -> bool:
    """Whether the header names every column of the tables that the rows speak for."""
    segments = _tables_in(grid)
    return bool(segments) and all(1.0 in _matched(segment) for segment in segments)


def _matched(segment: Segment) -> list[float]:
    """The share of the columns that the header names, in each form that has such a table."""
    header = [line for line in segment.lines if line.is_header]
    tables = [table for _, table in tables_by_id()[segment.table_id or ""]]
    return [columns_of(header, table).matched / len(table.columns) for table in tables]
