"""The words of one cell → its text, in whatever direction it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median

from govcrawl.documents.layout.lines import Line, joined, lines_of
from govcrawl.documents.layout.records import Box, Word
from govcrawl.lookups import pattern

PADDING = 5.5
"""Points that word processors keep free at the sides of a cell."""
REACHED = 0.6
"""A line that ends this share of its height before the side of its cell ends at it."""


@dataclass(frozen=True, slots=True)
class CellText:
    """What a cell says."""

    text: str = ""
    confidence: float = 1.0
    full: bool = False
    """The last line reaches the end of the cell: its text may go on elsewhere."""
    lines: tuple[Line, ...] = ()
    room: float = inf
    """Points that a line has between the sides of the cell."""

    def no_room_for(self, other: CellText) -> bool:
        """Whether the first line of another text would not have fitted behind the last of this one."""
        if not self.lines or not other.lines:
            return False
        last, first = self.lines[-1], other.lines[0]
        return last.x1 - last.x0 + first.x1 - first.x0 > self.room


EMPTY = CellText()


def cell_text(words: Sequence[Word], box: Box) -> CellText:
    """The text of the words of a cell, its lines joined as they were before the cell broke them."""
    if not words:
        return EMPTY
    confidence = min(word.confidence for word in words)
    lines = lines_of(words)
    if not lines:
        return EMPTY
    columns = _upright(lines)
    if columns:
        text = "".join(word.text.strip() for column in columns for word in column)
        height = lines[0].height
        full = box.bottom - columns[-1][-1].bottom < 1.5 * height
        return CellText(text, confidence, full, tuple(lines))
    room = box.x1 - box.x0 - 2 * PADDING
    text = ""
    filled = at_end = False
    for line in lines:
        ends = box.x1 - PADDING - line.x1 < REACHED * line.height
        # Blanks before a number push it to the end of the cell; what does not fit stands elsewhere on the next line.
        text = joined(text, line.text, full=filled or (at_end and not ends))
        filled = room - (line.x1 - line.x0) < REACHED * line.height
        at_end = ends
    last = lines[-1]
    full = filled or box.x1 - PADDING - last.x1 < 1.1 * last.height
    return CellText(text, confidence, full, tuple(lines), room)


def _upright(lines: Sequence[Line]) -> list[list[Word]]:
    """The columns of vertical writing in reading order; none where the writing is horizontal."""
    if len(lines) < 3 or any(len(word.text) != 1 for line in lines for word in line.words):
        return []
    widest = max(len(line.words) for line in lines)
    if widest == 1:
        return [[line.words[0] for line in lines]] if _single(lines) else []
    if not 1 < widest <= 4 or len(lines) < 4:
        return []
    columns = _columns(lines)
    if len(columns) != widest or any(len(column) < 2 for column in columns) or not _downwards(columns):
        return []
    starts = pattern("layout", "label", "ordinal")
    first, last = columns[0], columns[-1]
    if starts.match("".join(line.text for line in lines)) and not starts.match("".join(word.text for word in first)):
        return []
    rightwards = len(last) < len(first) or bool(starts.match("".join(word.text for word in first)))
    return columns if rightwards and not len(first) < len(last) else columns[::-1]


def _single(lines: Sequence[Line]) -> bool:
    """One letter a line, one below the other: nothing to reorder, but figures among them are no number of their own."""
    return not all(line.words[0].text.isdigit() for line in lines)


def _downwards(columns: Sequence[Sequence[Word]]) -> bool:
    """Whether letters stand closer to the next below than to the next beside: the writing runs downwards."""
    down = median(second.top - first.top for column in columns for first, second in pairwise(column))
    beside = min(second[0].x0 - first[0].x0 for first, second in pairwise(columns))
    return beside > max(1.1 * down, 1.2 * max(word.x1 - word.x0 for column in columns for word in column))


def _columns(lines: Sequence[Line]) -> list[list[Word]]:
    """Letters below each other, from left to right."""
    columns: list[list[Word]] = []
    for word in sorted((word for line in lines for word in line.words), key=lambda word: word.x0):
        middle = (word.x0 + word.x1) / 2
        if columns and middle <= max(other.x1 for other in columns[-1][:1]):
            columns[-1].append(word)
        else:
            columns.append([word])
    for column in columns:
        column.sort(key=lambda word: word.top)
    return columns
