"""Which parts of a printed sheet are only there as pictures, and what recognition makes of them.

Recognition itself lies in `govcrawl.documents.picture`, and is loaded when a sheet needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from govcrawl.documents.layout import lattices
from govcrawl.documents.layout.records import Box, Rule, Sheet
from govcrawl.documents.limits import Limits
from govcrawl.model import Block, DocumentError, Grid, ProblemKind

SCAN = 0.5
"""Of the sheet: a picture that covers more of it, with hardly a word, is a scan."""
REGION = 0.04
"""Of the sheet: a smaller picture holds no table."""
NARROW = 0.3
"""Of the sheet's width: nor does a narrower one."""
FEW = 40
"""Characters: a head, a page number, a stamp."""
SPARSE = 1 / 1500
"""Characters a square point: less is no text printed upon a picture, a form's text has ten times as many."""
COARSE = 120 * 120
"""Pixels: no picture of fewer holds a table; a single one, drawn large, is a colour."""
TOUCH = 1.0
"""Points between the strips of one scan."""
TABLE = 6
"""Cells: fewer ruled boxes are no table."""

Pixels = Any
"""uint8, (height, width) or (height, width, 3)."""


class Picture(NamedTuple):
    """A picture on a sheet."""

    box: Box
    wide: int
    """Pixels."""
    high: int

    @property
    def dpi(self) -> float:
        """Pixels an inch, as printed."""
        across, down = self.box.x1 - self.box.x0, self.box.bottom - self.box.top
        return 72 * max(self.wide / max(across, 1), self.high / max(down, 1))


class Region(NamedTuple):
    """A part of a sheet that is only there as pictures."""

    box: Box
    dpi: float
    is_sheet: bool
    """It is a scan of all that is on the sheet."""


def regions_of(sheet: Sheet, pictures: Iterable[Picture]) -> list[Region]:
    """The parts of a sheet that hold type, for all we know, and no words.

    Args:
        sheet: The sheet as far as it is text.
        pictures: What is printed on it as pictures; scans are often cut into strips.
    """
    area = max(sheet.width * sheet.height, 1.0)
    found = []
    for box, parts in _joined(pictures):
        width, height = box.x1 - box.x0, box.bottom - box.top
        inside = sum(box.x0 < w.x1 and w.x0 < box.x1 and box.top < w.bottom and w.top < box.bottom for w in sheet.words)
        share = width * height / area
        if share < REGION or width < NARROW * sheet.width or sum(part.wide * part.high for part in parts) < COARSE:
            continue
        dpi = max(part.dpi for part in parts)
        if share >= SCAN and len(sheet.words) <= FEW:
            return [Region(Box(0.0, 0.0, sheet.width, sheet.height), dpi, is_sheet=True)]
        if inside <= SPARSE * width * height:
            found.append(Region(box, dpi, is_sheet=False))
    return found


def _joined(pictures: Iterable[Picture]) -> list[tuple[Box, list[Picture]]]:
    """Pictures that touch each other, as one."""
    joined: list[tuple[Box, list[Picture]]] = []
    for picture in sorted(pictures, key=lambda each: (each.box.top, each.box.x0)):
        box, parts = picture.box, [picture]
        apart = []
        for other, others in joined:
            if _touch(box, other):
                box = _around(box, other)
                parts = [*others, *parts]
            else:
                apart.append((other, others))
        joined = [*apart, (box, parts)]
    return joined


def _touch(one: Box, other: Box) -> bool:
    across = one.x0 <= other.x1 + TOUCH and other.x0 <= one.x1 + TOUCH
    return across and one.top <= other.bottom + TOUCH and other.top <= one.bottom + TOUCH


def _around(one: Box, other: Box) -> Box:
    return Box(min(one.x0, other.x0), min(one.top, other.top), max(one.x1, other.x1), max(one.bottom, other.bottom))


@dataclass(slots=True)
class Recogniser:
    """Recognises what is only there as pictures in one document, and remembers what could not be."""

    limits: Limits
    recognised: bool = False
    missing: DocumentError | None = None
    """Why some of it could not be read: what there is to install, or a broken picture."""
    notes: list[str] = field(default_factory=list)

    def read(self, sheet: Sheet, region: Region, image_of: Callable[[Region], tuple[Pixels, float]]) -> Sheet:
        """The sheet with the words of a region added to it; a whole scan takes the sheet's place.

        Args:
            sheet: The sheet as far as it is text.
            region: What to recognise.
            image_of: Gives the region's picture and its pixels an inch.

        Raises:
            DocumentError: TOO_LARGE. What is UNREADABLE for want of a tool, or broken, is kept for `refuse`.
        """
        if self.missing is not None and self.missing.kind is ProblemKind.UNREADABLE:
            return sheet
        try:
            from govcrawl.documents.picture import sheet_of

            image, dpi = image_of(region)
            read = sheet_of(image, number=sheet.number, dpi=dpi, limits=self.limits)
        except ImportError as error:
            self.missing = DocumentError(
                f"its pictures can only be read with govcrawl[ocr] installed ({error})", ProblemKind.UNREADABLE
            )
            return sheet
        except DocumentError as error:
            if error.kind not in (ProblemKind.UNREADABLE, ProblemKind.EXTRACTION_FAILED):
                raise
            self.missing = error
            return sheet
        if region.is_sheet:
            self.recognised = self.recognised or bool(read.words)
            return replace(read, pictures=sheet.pictures)
        if not _holds_table(read, self.limits):
            return sheet
        self.recognised = True
        return _with(sheet, read, region.box)

    def refuse(self, blocks: Iterable[Block]) -> None:
        """Refuse a document whose tables are only there as pictures that nobody could read here.

        Raises:
            DocumentError: UNREADABLE, naming what there is to install; or EXTRACTION_FAILED, of broken pictures.
        """
        if self.missing is None:
            return
        if not any(isinstance(block, Grid) for block in blocks):
            raise self.missing
        self.notes.append("pictures_unread")


def _holds_table(sheet: Sheet, limits: Limits) -> bool:
    return any(len(table.cells) >= TABLE for table in lattices(sheet.rules, limits=limits))


def _with(sheet: Sheet, part: Sheet, box: Box) -> Sheet:
    """A sheet with the words and rules of one of its pictures in their place."""
    right, down = box.x0, box.top
    words = [w._replace(x0=w.x0 + right, x1=w.x1 + right, top=w.top + down, bottom=w.bottom + down) for w in part.words]
    rules = [Rule(r.x0 + right, r.top + down, r.x1 + right, r.bottom + down) for r in part.rules]
    return replace(sheet, words=(*sheet.words, *words), rules=(*sheet.rules, *rules))
