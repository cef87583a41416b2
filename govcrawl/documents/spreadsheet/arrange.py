"""A sheet's rows → blocks. On a sheet everything stands in cells: titles, headings and whole paragraphs, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govcrawl.documents.characters import BREAK, clean, grid_cell, repeat_of
from govcrawl.documents.grids import Budget
from govcrawl.documents.html.tables import LONG_CELL
from govcrawl.documents.spreadsheet.records import Merge, Sheet
from govcrawl.documents.text.cells import is_heading, is_label, is_lower, is_value
from govcrawl.model import BLANK, Block, Grid, GridCell, Text

_EMPTY = GridCell("")


class _Row(NamedTuple):
    """A row of a sheet, its merged cells repeated."""

    cells: tuple[GridCell, ...] = ()
    begins: tuple[int, ...] = ()
    """Columns in which a cell with a text begins."""
    width: int = 0
    """Columns up to the last with a text; 0 for a blank row."""
    lone: str = ""
    """The text of a row that says one thing only, and no figure; else nothing."""

    @property
    def texts(self) -> list[str]:
        return [self.cells[column].text for column in self.begins]


_BLANK_ROW = _Row()


def _row(cells: Sequence[GridCell]) -> _Row:
    filled = [column for column, cell in enumerate(cells) if cell.text]
    if not filled:
        return _BLANK_ROW
    begins = tuple(column for column in filled if cells[column].origin)
    text = cells[filled[0]].text
    is_lone = len(begins) == 1 and all(cells[column].text == text for column in filled) and not is_value(text)
    return _Row(tuple(cells), begins, filled[-1] + 1, text if is_lone else "")


def arrange(sheet: Sheet, budget: Budget) -> list[Block]:
    """Tell the prose of a sheet from its tables.

    A row with a single text is prose if it is a sentence, a paragraph or a heading, or if no row of several cells
    stands beside it; another one right above or inside a table is a row of the table. A row in which a merged cell
    only goes on is none.

    Raises:
        DocumentError: TOO_LARGE for more cells than the limits allow.
    """
    rows = [row for row in _rows(sheet, budget) if row.begins or not row.width]
    blocks: list[Block] = []
    table: list[_Row] = []

    def close() -> None:
        while table and not table[-1].width:
            table.pop()
        if table:
            blocks.append(_grid(table, sheet.name))
            table.clear()

    above = _beside(rows)
    below = [None if at is None else len(rows) - 1 - at for at in _beside(rows[::-1])][::-1]
    for number, (row, before, after) in enumerate(zip(rows, above, below, strict=True)):
        if not row.width:
            if table:
                table.append(row)
        elif _is_prose(rows, number, above=before is not None, below=after):
            close()
            blocks += [Text(line) for text in row.texts for line in text.split("\n")]
        else:
            table.append(row)
    close()
    return blocks


def _rows(sheet: Sheet, budget: Budget) -> Iterator[_Row]:
    """Rows with their merged cells repeated; a cell that is covered says nothing of its own."""
    covered: dict[int, dict[int, GridCell]] = {}
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    for merge in sheet.merges:
        _cover(covered, sheet, _within(merge, height, width), budget)
    for number, values in enumerate(sheet.rows):
        over = covered.get(number)
        if not values and not over:
            yield _BLANK_ROW
            continue
        line = [grid_cell(value.replace("\n", BREAK)) for value in values]
        if over:
            line += [_EMPTY] * (width - len(line))
            for column, cell in over.items():
                line[column] = cell
        row = _row(line)
        budget.spend(row.width)
        yield row


def _within(merge: Merge, height: int, width: int) -> Merge:
    return Merge(max(merge.top, 0), max(merge.left, 0), min(merge.bottom, height - 1), min(merge.right, width - 1))


def _cover(covered: dict[int, dict[int, GridCell]], sheet: Sheet, merge: Merge, budget: Budget) -> None:
    """Repeat a merged cell over its range. Where ranges overlap, the earlier keeps its cells."""
    top, left, bottom, right = merge
    if bottom < top or right < left or left in covered.get(top, ()):
        return
    row = sheet.rows[top]
    text = clean(row[left].replace("\n", BREAK)) if left < len(row) else ""
    first = GridCell(text)
    # A merged cell without a text is blank in its first place, and was never anything in the others.
    repeat = repeat_of(first) if text else BLANK
    budget.spend((bottom - top + 1) * (right - left + 1))
    for number in range(top, bottom + 1):
        line = covered.setdefault(number, {})
        for column in range(left, right + 1):
            line.setdefault(column, repeat)
    covered[top][left] = first


def _is_prose(rows: Sequence[_Row], number: int, *, above: bool, below: int | None) -> bool:
    """Whether a row is prose.

    Args:
        rows: all rows.
        number: the row's, which is not blank.
        above: a table goes before it, without a blank row between.
        below: the number of the next row of several cells, if no blank row parts them.
    """
    row = rows[number]
    text = row.lone
    if not text:
        return max(map(len, row.texts)) > LONG_CELL and not any(map(is_value, row.texts))
    if not is_label(text):
        return True
    if not above:
        # Right above a table stands the table's own title; what stands higher is the sheet's.
        return below != number + 1 or is_heading(text)
    return is_heading(text) and number + 1 < len(rows) and _opens(rows[number + 1])


def _opens(row: _Row) -> bool:
    """Whether a row under a numbered line makes that a heading: a paragraph, or the head of a table.

    Under the label of a row whose figures are blank another such label stands.
    """
    if row.lone and not is_label(row.lone):
        return True
    return bool(row.width) and not any(is_heading(text) or is_lower(text) or is_value(text) for text in row.texts)


def _beside(rows: Sequence[_Row]) -> list[int | None]:
    """For each row the number of the last row of several cells before it that no blank row parts from it."""
    beside: list[int | None] = []
    last: int | None = None
    for number, row in enumerate(rows):
        beside.append(last)
        last = None if not row.width else last if row.lone else number
    return beside


def _grid(table: Sequence[_Row], name: str) -> Grid:
    """The rows of a table without the blank columns at its sides."""
    left = min(row.begins[0] for row in table if row.width)
    right = max(row.width for row in table)
    lines = (row.cells[left:right] for row in table)
    return Grid(tuple((*line, *[_EMPTY] * (right - left - len(line))) for line in lines), caption=name)
