"""Lines → paragraphs in reading order, across sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from govcrawl.documents.layout.lines import Line, joined
from govcrawl.documents.layout.pieces import is_date
from govcrawl.lookups import pattern

INDENT = 1.2
"""A line that begins this many heights of type to the right of the margin opens a paragraph."""
SHORT = 2.2
"""A line that ends this many heights before the margin closes one."""
LEADING = 1.6
"""Lines further apart than this many usual distances belong to different paragraphs."""
FEW = 3
"""Lines of a sheet that tell too little of its margins."""
ALIGNED = 4
"""Lines that end at the same place tell the margin."""
OTHER_SIZE = 0.08
OTHER_HEIGHT = 0.25
"""Shares by which the type of two paragraphs differs: of text, and of lines recognised in a picture."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Where the lines of prose of a sheet begin and end, and how far they are apart (points)."""

    left: float
    right: float
    pitch: float
    filled: bool = True
    """Several lines end at the right: one that ends before it is short."""

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


def measure(lines: Sequence[Line], before: Measure | None = None) -> Measure | None:
    """The measure of the lines of a sheet; None where there is none. Few lines keep to that of the sheet before."""
    if not lines:
        return before
    lefts = [round(line.x0) for line in lines]
    rights = sorted(line.x1 for line in lines)
    common = Counter(lefts).most_common(1)[0]
    left = float(common[0]) if common[1] > 2 else float(min(lefts))
    width = rights[-1] - min(lefts)
    wide = [line for line in lines if line.x1 - line.x0 > 0.6 * width]
    if wide:
        left = min(left, min(line.x0 for line in wide))
    pitches = Counter(
        round(second.middle - first.middle)
        for first, second in pairwise(lines)
        if second.middle - first.middle < 4 * first.height
    )
    pitch = float(pitches.most_common(1)[0][0]) if pitches else 1.5 * lines[0].height
    filled = sum(right > rights[-1] - 1.5 * lines[0].height for right in rights) > 1
    if before is not None and len(lines) <= FEW:
        return Measure(min(left, before.left), max(rights[-1], before.right), max(pitch, 1.0), before.filled or filled)
    return Measure(left, _right(rights, 1.5 * lines[0].height), max(pitch, 1.0), filled)


def _right(rights: Sequence[float], reach: float) -> float:
    """Where most of those lines end that end near the right; a few hang over."""
    near = [right for right in rights if right > rights[-1] - reach]
    place, count = Counter(map(round, near)).most_common(1)[0]
    return max(right for right in near if right < place + 1.0) if count >= ALIGNED else rights[-1]


def same_type(one: Line, other: Line) -> bool:
    """Whether two lines are set in type of one size."""
    exact = one.words[0].confidence == other.words[0].confidence == 1.0
    return abs(one.height - other.height) <= (OTHER_SIZE if exact else OTHER_HEIGHT) * max(one.height, other.height)


class Paragraphs:
    """Builds paragraphs of lines that come in reading order. A table between them is told by `close`."""

    def __init__(self) -> None:
        self._text = ""
        self._last: Line | None = None
        self._measure: Measure | None = None
        self._centred = False

    def add(self, line: Line, of: Measure, *, new_sheet: bool = False) -> str | None:
        """Add a line; returns the paragraph that it closed, if it closed one."""
        closed = None
        centred = _is_centred(line, of)
        if self._last is not None and self._begins(line, of, centred, new_sheet):
            closed = self.close()
        self._text = joined(self._text, line.text)
        self._last, self._measure, self._centred = line, of, centred
        return closed

    def close(self) -> str | None:
        """End the paragraph at hand, and return it."""
        text, self._text, self._last = self._text, "", None
        return text or None

    def _begins(self, line: Line, of: Measure, centred: bool, new_sheet: bool) -> bool:
        """Whether a line begins a paragraph of its own."""
        last, before = self._last, self._measure
        if last is None or before is None:
            return True
        height = max(line.height, last.height)
        if not same_type(line, last):
            return True
        if not new_sheet and line.middle - last.middle > max(LEADING * of.pitch, LEADING * height):
            return True
        if line.x0 - min(of.left, before.left) > INDENT * height and is_date(line.text):
            return True
        if self._centred and centred:
            return new_sheet or line.middle - last.middle > 2.2 * height
        if self._centred != centred and (self._centred or line.x0 - of.left > INDENT * height):
            return True
        if before.right - last.x1 > SHORT * height or (not before.filled and _ends(last)):
            return True
        indented = line.x0 - of.left > INDENT * height
        if indented and line.x0 - of.left < 6 * height:
            return not self._hangs(line, before, of)
        if indented:
            return True
        return bool(pattern("layout", "label", "heading").match(line.text)) and _ends(last)

    def _hangs(self, line: Line, before: Measure, of: Measure) -> bool:
        """Whether a line is indented just as the one before it, and that one goes on: a block set in."""
        last = self._last
        if last is None or _ends(last) or pattern("layout", "label", "ordinal").match(line.text):
            return False
        if pattern("layout", "label", "heading").match(last.text):  # what it goes on with stands at the margin
            return False
        return abs((line.x0 - of.left) - (last.x0 - before.left)) < 0.5 * line.height


def _ends(line: Line) -> bool:
    return bool(pattern("layout", "prose", "end").search(line.text))


def _is_centred(line: Line, of: Measure) -> bool:
    """Whether a line is set in the middle: as far from the left margin as from the right one."""
    left, right = line.x0 - of.left, of.right - line.x1
    return min(left, right) > 0.6 * line.height and abs(left - right) < 1.5 * line.height
