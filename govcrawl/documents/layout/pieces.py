"""Lines cut where their words stand apart: what tables without rules are read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from govcrawl.documents.layout.lines import Line, pieces_of
from govcrawl.documents.layout.records import Word
from govcrawl.lookups import pattern

APART = 0.45
"""Words further apart than this share of their height may be of different cells."""
MOST = 200
"""Figures on one line: more are no row of a table."""
FAR = 1.5
"""A figure this many heights behind a label is surely a cell of its own."""


@dataclass(slots=True, eq=False)
class Piece:
    """Words that stand close together on one line."""

    words: list[Word]
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    is_value: bool = field(default=False)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def confidence(self) -> float:
        return min(word.confidence for word in self.words)


@dataclass(slots=True, eq=False)
class Cut:
    """A line and its pieces from left to right."""

    line: Line
    pieces: list[Piece]
    middle: float
    height: float
    mark: Piece | None = None
    """The measure word of a row without a figure."""

    @property
    def values(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.is_value]

    @property
    def is_row(self) -> bool:
        """A row of figures: they stand at its end, far behind their label, or there are several."""
        if self.mark is not None:
            return True
        if not self.pieces[-1].is_value or len(values := self.values) > MOST:
            return False
        if len(values) > 2:
            return True
        labels = [piece for piece in self.pieces if not piece.is_value]
        if not labels:
            return len(values) > 1 or any(letter.isalnum() for letter in values[0].text)
        if len(values) == len(self.pieces) - 2 and len(values) > 1 and not self.pieces[0].is_value:
            labels = labels[:1]  # a sentence stands in place of a figure among others
        before = [piece for piece in labels if piece.x1 <= values[0].x0]
        return len(before) == len(labels) and values[0].x0 - before[-1].x1 > FAR * self.height


def cut(line: Line) -> Cut:
    """A line with its pieces."""
    height = line.height
    return Cut(line, [_piece(part) for part in pieces_of(line, APART * height)], line.middle, height)


def beside(first: Piece, second: Piece) -> Piece:
    """Two pieces of one line as one."""
    return _piece(Line(sorted([*first.words, *second.words], key=lambda word: word.x0)))


def _piece(part: Line) -> Piece:
    text = part.text
    return Piece(part.words, text, part.x0, part.x1, part.top, part.bottom, _is_value(text))


@lru_cache(maxsize=4096)
def _is_value(text: str) -> bool:
    bare = "".join(letter for letter in text if letter.isprintable() and not letter.isspace())
    return len(bare) <= 16 and bool(pattern("layout", "label", "value").fullmatch(bare))


def starts_anew(text: str) -> bool:
    """Whether a text begins with a number of its own: a label, not the rest of one."""
    return bool(pattern("layout", "label", "ordinal").match(text))


def is_heading(text: str) -> bool:
    """Whether a text begins as headings of the report do."""
    return bool(pattern("layout", "label", "heading").match(text))


def ends_sentence(text: str) -> bool:
    """Whether a text ends as no label does."""
    return bool(pattern("layout", "prose", "closed").search(text))


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else."""
    return bool(pattern("layout", "prose", "date").fullmatch("".join(text.split())))


def is_note(text: str) -> bool:
    """Whether a text begins as notes below tables do."""
    return bool(pattern("layout", "prose", "note").match(text))


def stacked(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces below each other as cells: a wide gap, a new number or a change of the type's size begins another."""
    cells: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.middle, piece.x0)):
        last = cells[-1][-1] if cells else None
        if last is not None and goes_on(last, piece):
            cells[-1].append(piece)
        else:
            cells.append([piece])
    return cells


def goes_on(last: Piece, piece: Piece) -> bool:
    """Whether a piece may be the line after another in a cell."""
    return piece.middle - last.middle < 1.6 * max(last.height, piece.height) and not starts_anew(piece.text)
