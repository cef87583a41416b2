"""A row that the end of a sheet cuts in two → one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govcrawl.documents.layout.celltext import CellText
from govcrawl.documents.layout.lines import joined
from govcrawl.documents.layout.printed import PrintedCell, PrintedTable
from govcrawl.lookups import pattern

Pair = tuple[PrintedCell, PrintedCell]
"""Cells of one column above and below the cut."""


def join_row(above: PrintedTable, below: PrintedTable) -> tuple[PrintedTable, bool]:
    """Put the second half of a row that was cut into the first half; `above` is changed.

    Returns:
        What is left of the lower part, and whether a row was joined.
    """
    last, first = above.table()[-1], below.table()[0]
    if any(one.column != other.column or one.columns != other.columns for one, other in zip(last, first, strict=True)):
        return below, False
    pairs = [(one, other) for at, (one, other) in enumerate(zip(last, first, strict=True)) if one.column == at]
    if all(other.rows > 1 for _, other in pairs) or not _is_cut(pairs):
        return below, False
    below = _shortened(below).without(1)
    for one, other in pairs:
        whole = replace(one, said=both(one.said, other.said))
        above.cells[above.cells.index(one)] = whole
        if other.rows > 1:
            rest = next(cell for cell in below.cells if (cell.row, cell.column) == (0, other.column))
            below.cells[below.cells.index(rest)] = replace(rest, said=whole.said)
            below.carried.add((0, other.column))
    return below, True


def is_value(text: str) -> bool:
    """Whether a cell shows a figure or a word for none."""
    return bool(pattern("layout", "label", "value").fullmatch("".join(text.split())))


def _shortened(table: PrintedTable) -> PrintedTable:
    """Cells that reach down from the first row begin in the second."""
    cells = [
        replace(cell, row=1, rows=cell.rows - 1) if cell.row == 0 and cell.rows > 1 else cell for cell in table.cells
    ]
    return replace(table, cells=cells, carried=set())


def _is_cut(pairs: Sequence[Pair]) -> bool:
    """Whether two rows are the halves of one.

    Either no value of its own stands in one of them and a label goes on, or whatever the lower one says had no room
    left in the cell above it.
    """
    upper = [one.text for one, _ in pairs]
    lower = [other.text for _, other in pairs]
    if not any(lower):
        return True
    both = [(one, other) for one, other in pairs if one.text and other.text]
    goes_on = all(_goes_on(one.said, other.text) for one, other in both)
    values = (any(map(is_value, upper)), any(map(is_value, lower)))
    if all(values):
        return len(both) == sum(map(bool, lower)) < sum(map(bool, upper)) and all(map(_wraps, both))
    if not any(values):
        return len(both) == sum(map(bool, lower)) > 1 and goes_on
    if values[0]:
        return bool(both) and (goes_on or _number_goes_on(pairs))
    labelled = any(upper)
    return labelled and goes_on and (bool(both) or not any(text and not is_value(text) for text in lower))


def _goes_on(first: CellText, second: str) -> bool:
    """Whether a text goes on with another: it ends at the side of its cell or within brackets."""
    if pattern("layout", "label", "ordinal").match(second) or is_value(second):
        return False
    mark = pattern("layout", "label", "mark")
    if mark.fullmatch(first.text) and mark.fullmatch(second):
        return False
    if pattern("layout", "label", "ordinal").fullmatch(first.text):
        return True
    return first.full or _open_bracket(first.text)


def _wraps(pair: Pair) -> bool:
    """Whether a value goes on below the cut because its cell is too narrow for it; or a label goes on."""
    first, second = (cell.said for cell in pair)
    if not is_value(second.text):
        return _goes_on(first, second.text)
    return first.no_room_for(second) and is_value(first.text + second.text)


def _number_goes_on(pairs: Sequence[Pair]) -> bool:
    """Whether all that the lower row says is a text without a number below a numbered label."""
    said = [(one.text, other.text) for one, other in pairs if other.text]
    ordinal = pattern("layout", "label", "ordinal")
    return len(said) == 1 and bool(ordinal.match(said[0][0])) and not ordinal.match(said[0][1])


def _open_bracket(text: str) -> bool:
    return sum(text.count(mark) for mark in "（(“《") > sum(text.count(mark) for mark in "）)”》")


def group_goes_on(first: PrintedCell, second: PrintedCell, behind: Sequence[PrintedCell]) -> bool:
    """Whether a cell above the cut is the number and beginning of a group's label that ends in the one below it.

    Behind it, a numbered label of the group's next row begins.
    """
    ordinal = pattern("layout", "label", "ordinal")
    if not behind or not ordinal.match(behind[0].text) or ordinal.match(second.text) or is_value(second.text):
        return False
    return bool(ordinal.match(first.text))


def both(first: CellText, second: CellText) -> CellText:
    """The text of a cell in two parts."""
    text = joined(first.text, second.text, full=first.full or first.no_room_for(second))
    confidence = min(first.confidence, second.confidence)
    return CellText(text, confidence, second.full, first.lines + second.lines, first.room)
