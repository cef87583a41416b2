"""Words with places → lines, and lines → text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_letters, digits

from govcrawl.documents.layout.records import Word

SAME = 0.45
"""Words whose middles are no further apart than this share of their height stand on one line."""
BLANK = 0.17
"""A gap of this share of the type's height between two letters or figures is a blank."""
WIDE = 1.5
"""A gap of so many heights keeps two pieces of Chinese apart."""

_LATIN = frozenset(f"{ascii_letters}{digits}０１２３４５６７８９%+-.,")
_NUMERIC = frozenset(f"{digits}.,，．")


class Line:
    """Words side by side, from left to right, with the box around them. Middle and height are those of most words."""

    __slots__ = ("_text", "bottom", "height", "middle", "top", "words", "x0", "x1")

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        _, left, _, right, _, _, _ = zip(*words, strict=True)
        self.x0: float = left[0]
        self.x1: float = max(right)
        tops, bottoms = sorted(word[2] for word in words), sorted(word[4] for word in words)
        self.top, self.bottom = tops[0], bottoms[-1]
        half = len(words) // 2
        self.middle = (tops[half] + bottoms[half]) / 2
        self.height = bottoms[half] - tops[half]
        self._text: str | None = None

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = text_of(self.words)
        return self._text

    def raised(self, by: float) -> Line:
        """The line so many points higher."""
        return Line([word._replace(top=word.top - by, bottom=word.bottom - by) for word in self.words])


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Put words into lines, from top to bottom. Words that are printed twice on one place (false bold) count once."""
    rows: list[list[Word]] = []
    middle = height = 0.0
    placed = [((word[2] + word[4]) / 2, word[4] - word[2], word) for word in words if not word[0].isspace() and word[0]]
    placed.sort(key=_first)
    for at, high, word in placed:
        small, large = (high, height) if high < height else (height, high)
        reach = small if small > 0.6 * large else 0.6 * (large if large < 2 * small else 2 * small)
        if rows and at - middle <= SAME * reach:
            rows[-1].append(word)
            if high > height:
                middle, height = at, high
        else:
            rows.append([word])
            middle, height = at, high
    for row in rows:
        row.sort(key=_left)
    return [Line(_once(row)) for row in rows]


def _first(placed: tuple[float, float, Word]) -> float:
    return placed[0]


def _left(word: Word) -> float:
    return word[1]


def _once(words: list[Word]) -> list[Word]:
    """Leave out what is printed again on the same place."""
    if len(words) < 2:
        return words
    kept: list[Word] = []
    before = last = None
    for word in words:
        if (last is None or not _doubles(word, last)) and (before is None or not _doubles(word, before)):
            kept.append(word)
            before, last = last, word
    return kept


def _doubles(word: Word, other: Word) -> bool:
    if word[0] != other[0]:
        return False
    reach = 0.3 * (other.x1 - other.x0) / max(len(other.text), 1)
    return abs(word.x0 - other.x0) < reach and abs(word.top - other.top) < 2.0


def text_of(words: Sequence[Word]) -> str:
    """The text of words on one line: blanks only between letters or figures that stand apart, and in wide gaps."""
    parts: list[str] = []
    end = bottom = 0.0
    latin = False
    for text, x0, top, x1, low, _, _ in words:
        gap = x0 - end
        if gap > 0 and parts:
            height = min(low - top, bottom)
            if gap > WIDE * height or (latin and gap > BLANK * height and text[0] in _LATIN):
                parts.append(" ")
        parts.append(text)
        end, bottom, latin = x1, low - top, text[-1] in _LATIN
    return "".join(parts).strip()


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
    return [Line(piece) for piece in pieces] if len(pieces) > 1 else [line]


def joined(first: str, second: str, *, full: bool = False) -> str:
    """The text of two lines. Between letters or figures a blank stays, unless the first line was `full`."""
    if not first or not second:
        return first or second
    if first[-1] in _NUMERIC and second[0] in _NUMERIC:
        return first + second if full else f"{first} {second}"
    if first[-1] in _LATIN and second[0] in _LATIN:
        return f"{first} {second}"
    return first + second
