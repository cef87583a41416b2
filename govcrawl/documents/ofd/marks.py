"""The objects of an OFD page → words, rules and pictures."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from govcrawl.documents.layout.records import Box, Rule, Word
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.matrices import IDENTITY, Matrix, around, product
from govcrawl.documents.ofd.package import Element, child, children, name_of, numbers
from govcrawl.documents.ofd.paths import outlines_of
from govcrawl.documents.outlines import line_of, rules_of
from govcrawl.documents.unified import unified

POINTS = 72 / 25.4
"""Places in an OFD document are in millimetres."""
PAGE: Matrix = (POINTS, 0.0, 0.0, POINTS, 0.0, 0.0)
ASCENT = 0.86
"""Of the type's size, above the line it stands on."""
DEPTH = 12
"""Drawings inside drawings."""
PALE = 250
"""Of 255: what is filled lighter than this is an eraser, not a line."""
SLANT = math.radians(10)
"""Further from upright than this, text is a watermark or a stamp."""


@dataclass(slots=True)
class Budget:
    """How many objects a document may still print, those of templates and drawings counted each time."""

    left: int

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise too_large("more objects in the OFD document than the limits allow")


@dataclass(slots=True)
class Marks:
    """What is printed on one page."""

    limits: Limits
    budget: Budget
    drawing: Callable[[str], Element | None]
    """The content of a drawing that is kept among the resources, by its number."""
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[tuple[Box, str]] = field(default_factory=list)
    """Places, and the numbers of the resources that lie there."""
    slanted: int = 0
    turns: dict[int, int] = field(default_factory=dict)
    """Characters by the quarter turns clockwise they are printed in."""

    def add(self, container: Element, matrix: Matrix, depth: int = 0) -> None:
        """Add the objects of a page, a layer or a block, in their order.

        Raises:
            DocumentError: TOO_LARGE, more characters or lines than the limits allow.
        """
        for element in container:
            name = name_of(element)
            self.budget.spend()
            if not name or element.get("Visible") == "false" or element.get("Alpha") == "0":
                continue
            if name in ("Content", "Layer", "PageBlock") and depth < DEPTH:
                self.add(element, matrix, depth + 1)
            elif name == "TextObject":
                self._add_text(element, _placed(element, matrix))
            elif name == "PathObject":
                self._add_path(element, _placed(element, matrix))
            elif name == "ImageObject":
                self._add_picture(element, _placed(element, matrix), matrix)
            elif name == "CompositeObject" and depth < DEPTH:
                content = self.drawing(element.get("ResourceID", ""))
                if content is not None:
                    self.add(content, _placed(element, matrix), depth + 1)

    def _add_text(self, element: Element, matrix: Matrix) -> None:
        size = (numbers(element.get("Size")) or [0.0])[0]
        stretch = (numbers(element.get("HScale")) or [1.0])[0] or 1.0
        a, b, c, d, *_ = matrix
        angle = math.atan2(b, a)
        turns = round(angle / (math.pi / 2))
        slanted = abs(angle - turns * math.pi / 2) > SLANT
        x = y = 0.0
        for code in children(element, "TextCode"):
            x = (numbers(code.get("X")) or [x])[0]
            y = (numbers(code.get("Y")) or [y])[0]
            text = code.text or ""
            if slanted:
                self.slanted += len(text.strip())
                continue
            run = _run(text, x, y, code, size * stretch)
            self.turns[turns % 4] = self.turns.get(turns % 4, 0) + len(run)
            words = [
                Word(
                    unified(character),
                    *around(matrix, left, base - ASCENT * size, left + width, base + (1 - ASCENT) * size),
                    size * math.hypot(c, d),
                )
                for character, left, base, width in run
                if not character.isspace() and character.isprintable()
            ]
            self.words += words if turns % 4 == 0 else _joined(words)
            if len(self.words) > self.limits.glyphs:
                raise too_large(f"more than {self.limits.glyphs:,} characters")

    def _add_path(self, element: Element, matrix: Matrix) -> None:
        stroked = element.get("Stroke") != "false" and _is_seen(child(element, "StrokeColor"))
        filled = element.get("Fill") == "true" and _is_seen(child(element, "FillColor"))
        data = child(element, "AbbreviatedData")
        if data is not None and (stroked or filled):
            self.rules += rules_of(outlines_of(data.text or "", matrix), filled=filled, stroked=stroked)
            if len(self.rules) > self.limits.rules:
                raise too_large(f"more than {self.limits.rules:,} lines on a sheet")

    def _add_picture(self, element: Element, matrix: Matrix, outer: Matrix) -> None:
        if element.get("CTM"):
            box = around(matrix, 0, 0, 1, 1)
        else:
            _, _, width, height = _boundary(element)
            box = around(matrix, 0, 0, width, height)
        if line := line_of(box):
            self.rules.append(line)
        else:
            self.pictures.append((box, element.get("ResourceID", "")))


def _joined(words: list[Word]) -> list[Word]:
    """A run of sideways characters as one word, for their order is theirs alone."""
    if not words:
        return []
    text = "".join(word.text for word in words)
    x0, top = min(word.x0 for word in words), min(word.top for word in words)
    x1, bottom = max(word.x1 for word in words), max(word.bottom for word in words)
    return [Word(text, x0, top, x1, bottom, words[0].size)]


def _boundary(element: Element) -> tuple[float, float, float, float]:
    box = numbers(element.get("Boundary"))
    return (box[0], box[1], box[2], box[3]) if len(box) == 4 else (0.0, 0.0, 0.0, 0.0)


def _placed(element: Element, matrix: Matrix) -> Matrix:
    """From the places inside an object to the sheet: its own matrix first, then the corner of its boundary."""
    own = numbers(element.get("CTM"))
    x, y, *_ = _boundary(element)
    a, b, c, d, e, f = own if len(own) == 6 else IDENTITY
    return product((a, b, c, d, e + x, f + y), matrix)


def _run(text: str, x: float, y: float, code: Element, size: float) -> list[tuple[str, float, float, float]]:
    """(character, left end, base line, width) of a run of text."""
    across, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
    run = []
    for character in text:
        width = _width(character) * size
        step = next(across, None) if across else None
        fall = next(down, None) if down else None
        if step is None:
            # Nothing said: a run across the sheet goes on by its characters' widths, a run downwards does not.
            step = 0.0 if fall else width
        run.append((character, x, y, min(width, step) if 0.3 * width < step else width))
        x, y = x + step, y + (fall or 0.0)
    return run


def _steps(text: str | None) -> Iterator[float] | None:
    """The distances of an array in which `g 3 5.0` stands for `5.0 5.0 5.0`; the last one goes on for ever."""
    parts = (text or "").split()
    return _unfold(parts) if parts else None


def _unfold(parts: list[str]) -> Iterator[float]:
    rest = iter(parts)
    last = 0.0
    for part in rest:
        count = 1.0
        if part == "g":
            count, part = (numbers(next(rest, "")) or [0.0])[0], next(rest, "")
        last = (numbers(part) or [last])[0]
        yield from islice(_forever(last), max(int(count), 0))
    yield from _forever(last)


def _forever(value: float) -> Iterator[float]:
    while True:
        yield value


def _width(character: str) -> float:
    """Of the size: fonts are not looked into, and the type of these documents is full or half."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def _is_seen(color: Element | None) -> bool:
    """False where a colour is transparent or as white as the paper."""
    if color is None:
        return True
    value = numbers(color.get("Value"))
    if color.get("Alpha") == "0":
        return False
    return not (len(value) in (1, 3) and min(value) >= PALE)
