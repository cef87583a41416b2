"""Words with places → lines, and lines → text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from govcrawl.documents.layout.records import Box, Word

SAME = 0.45
"""Words whose middles are no further apart than this share of their height stand on one line."""
BLANK = 0.17
"""A gap of this share of the type's height between two letters or figures is a blank."""
WIDE = 1.5
"""A gap of so many heights keeps two pieces of Chinese apart."""

_LATIN = re.compile(r"[0-9A-Za-z０-９%+\-.,]")
_NUMERIC = re.compile(r"[0-9.,，．]")


@dataclass(slots=True)
class Line:
    """Words side by side, from left to right."""

    words: list[Word]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def middle(self) -> float:
        return median((word.top + word.bottom) / 2 for word in self.words)

    @property
    def height(self) -> float:
        return median(word.bottom - word.top for word in self.words)

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)

    def raised(self, by: float) -> Line:
        """The line so many points higher."""
        return Line([word._replace(top=word.top - by, bottom=word.bottom - by) for word in self.words])

    @property
    def text(self) -> str:
        return text_of(self.words)

    @property
    def confidence(self) -> float:
        return min(word.confidence for word in self.words)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Put words into lines, from top to bottom. Words that are printed twice on one place (false bold) count once."""
    rows: list[list[Word]] = []
    middle = height = 0.0
    for word in sorted(words, key=_middle):
        if not word.text.strip():
            continue
        at, high = _middle(word), word.bottom - word.top
        if rows and at - middle <= SAME * max(min(high, height), 0.6 * min(max(high, height), 2 * min(high, height))):
            rows[-1].append(word)
            if high > height:
                middle, height = at, high
        else:
            rows.append([word])
            middle, height = at, high
    return [Line(_once(sorted(row, key=_left))) for row in rows]


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _left(word: Word) -> tuple[float, float]:
    return word.x0, word.x1


def _once(words: list[Word]) -> list[Word]:
    """Leave out what is printed again on the same place."""
    kept: list[Word] = []
    for word in words:
        if not any(_doubles(word, other) for other in kept[-2:]):
            kept.append(word)
    return kept


def _doubles(word: Word, other: Word) -> bool:
    reach = 0.3 * (other.x1 - other.x0) / max(len(other.text), 1)
    return word.text == other.text and abs(word.x0 - other.x0) < reach and abs(word.top - other.top) < 2.0


def text_of(words: Sequence[Word]) -> str:
    """The text of words on one line: blanks only between letters or figures that stand apart, and in wide gaps."""
    parts: list[str] = []
    previous: Word | None = None
    for word in words:
        if previous is not None and _apart(previous, word):
            parts.append(" ")
        parts.append(word.text.strip())
        previous = word
    return "".join(parts)


def _apart(first: Word, second: Word) -> bool:
    gap = second.x0 - first.x1
    if gap <= 0:
        return False
    height = min(first.bottom - first.top, second.bottom - second.top)
    if _LATIN.match(first.text[-1]) and _LATIN.match(second.text[0]):
        return gap > BLANK * height
    return gap > WIDE * height


def pieces_of(line: Line, gap: float) -> list[Line]:
    """Cut a line where words stand further apart than `gap` points."""
    pieces: list[list[Word]] = []
    end = 0.0
    for word in line.words:
        if pieces and word.x0 - end <= gap:
            pieces[-1].append(word)
            end = max(end, word.x1)
        else:
            pieces.append([word])
            end = word.x1
    return [Line(piece) for piece in pieces]


def joined(first: str, second: str, *, full: bool = False) -> str:
    """The text of two lines. Between letters or figures a blank stays, unless the first line was `full`."""
    if not first or not second:
        return first or second
    if _NUMERIC.match(first[-1]) and _NUMERIC.match(second[0]):
        return first + second if full else f"{first} {second}"
    if _LATIN.match(first[-1]) and _LATIN.match(second[0]):
        return f"{first} {second}"
    return first + second
