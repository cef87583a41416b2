"""Words of a sheet into the cells of its ruled tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from govcrawl.documents.layout.celltext import CellText, cell_text
from govcrawl.documents.layout.halves import is_value
from govcrawl.documents.layout.lattice import Lattice, LatticeCell
from govcrawl.documents.layout.printed import PrintedCell, PrintedTable
from govcrawl.documents.layout.records import Word
from govcrawl.lookups import pattern

TOUCHING = 0.12
"""Figures closer than this share of their height are one number, wherever it reaches."""
APART = 0.02
"""Figures farther apart than this share of their height, with a line between them, are two numbers."""
CENTRED = 0.06
"""Text whose middle lies within this share of its cell's width from the cell's middle is centred."""
FILLED = 0.85
"""Text over this share of a cell as wide as the table is a line of prose."""


def fill(lattice: Lattice, words: Sequence[Word]) -> list[list[Word]]:
    """For each cell its words: those whose middle lies in it. A number is never torn apart."""
    slots = lattice.slots()
    found: list[list[Word]] = [[] for _ in lattice.cells]
    xs, ys = lattice.xs, lattice.ys
    rows, columns = len(ys) - 2, len(xs) - 2
    for run in _runs(words, xs):
        first, last = run[0], run[-1]
        row = bisect_right(ys, (first.top + first.bottom) / 2) - 1
        column = bisect_right(xs, (first.x0 + last.x1) / 2) - 1
        found[slots[min(max(row, 0), rows)][min(max(column, 0), columns)]].extend(run)
    _take_back(lattice, words, found)
    return found


def _take_back(lattice: Lattice, words: Sequence[Word], found: list[list[Word]]) -> None:
    """Letters that stick out of a label's cell into a cell of figures go back to the label.

    They are printed right behind the label's line and before its next one, and nothing else stands on their line.
    """
    owner = {id(word): number for number, inside in enumerate(found) for word in inside}
    for before, word, behind in zip(words, words[1:], words[2:], strict=False):
        home, cell = owner[id(before)], owner[id(word)]
        if cell == home or owner[id(behind)] != home or not word.text.isalpha() or before.bottom > behind.bottom - 1.0:
            continue
        height = word.bottom - word.top
        others = [other for other in found[cell] if other is not word]
        border = lattice.cells[cell].box.x0
        if (
            abs(before.bottom - word.bottom) < 0.25 * height
            and word.x0 - border < 0.5 * height
            and (not others or is_value("".join(other.text for other in others)))
            and all(_clear_of(word, other, height) for other in others)
        ):
            found[cell].remove(word)
            found[home].append(word)


def _clear_of(word: Word, other: Word, height: float) -> bool:
    return abs(other.top - word.top) > 0.3 * height or other.x0 - word.x1 > 0.4 * height


def _runs(words: Sequence[Word], xs: Sequence[float]) -> list[list[Word]]:
    """Words one by one, but figures that touch each other together."""
    runs: list[list[Word]] = []
    previous: Word | None = None
    for word in words:
        if previous is not None and word.text.isdigit() and previous.text.isdigit() and _touch(previous, word, xs):
            runs[-1].append(word)
        else:
            runs.append([word])
        previous = word
    return runs


def _touch(first: Word, second: Word, xs: Sequence[float]) -> bool:
    height = first.bottom - first.top
    gap = second.x0 - first.x1
    if abs(first.top - second.top) >= 0.2 * height or abs(gap) >= TOUCHING * height:
        return False
    return gap <= APART * height or bisect_right(xs, second.x0) == bisect_right(xs, first.x1)


def parted(lattice: Lattice, words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """Words whose middle lies in a table, and the others."""
    left, top, right, bottom = (2 * side for side in lattice.box)
    inside: list[Word] = []
    outside: list[Word] = []
    for word in words:
        _, x0, upper, x1, lower, _, _ = word
        within = left <= x0 + x1 <= right and top <= upper + lower <= bottom
        (inside if within else outside).append(word)
    return inside, outside


def printed_table(lattice: Lattice, words: Sequence[Word]) -> tuple[PrintedTable, list[Word]]:
    """A ruled table with its text, and the words above and below it that only a background joined to it."""
    found = fill(lattice, words)
    said = [cell_text(inside, cell.box) for inside, cell in zip(found, lattice.cells, strict=True)]
    first, last = _table_rows(lattice, said)
    cells: list[PrintedCell] = []
    loose: list[Word] = []
    for cell, text, inside in zip(lattice.cells, said, found, strict=True):
        if first <= cell.row < last:
            cells.append(PrintedCell(text, cell.row - first, cell.column, cell.rows, cell.columns))
        else:
            loose.extend(inside)
    return PrintedTable(list(lattice.xs), last - first, cells, lattice.ys[first]), loose


def _table_rows(lattice: Lattice, said: Sequence[CellText]) -> tuple[int, int]:
    """The rows between lines of prose that are boxed like rows."""
    width = len(lattice.xs) - 1
    alone = [(cell, text) for cell, text in zip(lattice.cells, said, strict=True) if cell.columns == width]
    first = _prose(alone)
    rows = len(lattice.ys) - 1
    upwards = [(cell._replace(row=rows - cell.row - cell.rows), text) for cell, text in reversed(alone)]
    return first, max(first, rows - _prose(upwards))


def _prose(alone: Sequence[tuple[LatticeCell, CellText]]) -> int:
    """How many rows at the beginning are prose, of the rows that are one cell."""
    run: list[tuple[LatticeCell, CellText]] = []
    end = 0
    for cell, text in alone:
        if cell.row != end:
            break
        end += cell.rows
        run.append((cell, text))
    prose = [cell.row + cell.rows for cell, text in run if _is_prose(cell, text, among=len(run) > 1)]
    return max(prose, default=0)


def _is_prose(cell: LatticeCell, text: CellText, *, among: bool) -> bool:
    """A line of prose or a heading on a background of its own, not the title of a table or a note in its last row.

    A line that is no whole sentence is prose `among` others.
    """
    if not text.lines:
        return False
    width = cell.box.x1 - cell.box.x0
    line = text.lines[0]
    if pattern("layout", "prose", "end").search(text.text) or (among and line.x1 - line.x0 > FILLED * width):
        return True
    off = abs((line.x0 + line.x1) / 2 - (cell.box.x0 + cell.box.x1) / 2)
    return off > CENTRED * width and bool(pattern("layout", "label", "heading").match(text.text))
