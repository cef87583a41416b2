"""The characters of a page → words with places: what is printed, once, in characters that mean what they show."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2.raw as pdfium

from govcrawl.documents.layout.records import Word
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.pdf.frame import Frame
from govcrawl.documents.pdf.library import Handle
from govcrawl.documents.unified import unified

ASCENT = 0.86
"""Of the type's size, above the line it stands on: fonts say so differently that neighbours would not align."""
DESCENT = 0.14
WIDE = 2.5
"""Of the size: no character is wider."""
SLANT = math.radians(10)
"""Further from upright than this, text is a watermark or a stamp."""
SHIFT = 0.06
"""Of the size: the same character printed again this close is bold type the poor man's way."""

BULLETS = 3
"""Different marks without a meaning that a sheet may have."""
GARBLED = 0.1
"""Of the characters."""


class Kind(NamedTuple):
    """What all characters of one text object have in common."""

    size: float
    turns: int
    """Quarter turns clockwise on the page, -1 where it is slanted."""
    hidden: bool


@dataclass(slots=True)
class Glyphs:
    """The characters of one page."""

    words: list[Word] = field(default_factory=list)
    hidden: list[Word] = field(default_factory=list)
    """Words that are there to be searched, not seen: most often what another program recognised in a scan."""
    unmapped: Counter[int] = field(default_factory=Counter)
    """Characters whose font does not say what they are, left out: how often each code."""
    slanted: int = 0
    """Characters of watermarks and stamps, left out."""
    turns: int = 0
    """Quarter turns clockwise that most characters need to stand upright on the sheet."""

    @property
    def are_garbled(self) -> bool:
        """The fonts leave so much unsaid that only the picture of the sheet can be read; bullets alone do not."""
        missing = self.unmapped.total()
        return len(self.unmapped) > BULLETS or missing > GARBLED * (len(self.words) + missing)


class _Glyph(NamedTuple):
    text: str
    kind: Kind
    left: float
    bottom: float
    right: float
    top: float
    base_x: float
    base_y: float


def glyphs_of(text: Handle, frame: Frame, limits: Limits) -> Glyphs:
    """The characters of a page as words on its sheet.

    Args:
        text: The page's characters, as PDFium opened them.
        frame: Where the page's places lie on the sheet.
        limits: The most characters a page may have.

    Raises:
        DocumentError: TOO_LARGE.
    """
    count = pdfium.FPDFText_CountChars(text)
    if count > limits.glyphs:
        raise too_large(f"{count:,} characters on a sheet, more than the limit of {limits.glyphs:,}")
    found = Glyphs()
    glyphs = _printed(text, count, found)
    turns = Counter(glyph.kind.turns for glyph in glyphs if not glyph.kind.hidden) or Counter(
        glyph.kind.turns for glyph in glyphs
    )
    found.turns = -(turns.most_common(1)[0][0] + frame.turns) % 4 if turns else 0
    _place(glyphs, frame.turned(found.turns), found)
    return found


def _printed(text: Handle, count: int, found: Glyphs) -> list[_Glyph]:
    """The characters that a document prints, without those PDFium makes up for spaces and ends of lines."""
    loose, base_x, base_y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    to_loose, to_x, to_y = ctypes.byref(loose), ctypes.byref(base_x), ctypes.byref(base_y)
    kinds: dict[int, Kind] = {}
    printed: list[_Glyph] = []
    for index in range(count):
        thing = pdfium.FPDFText_GetTextObject(text, index)
        if not thing:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_HasUnicodeMapError(text, index) or 0xE000 <= code <= 0xF8FF or code in (0, 0xFFFD):
            found.unmapped[code] += 1
            continue
        if code <= 32 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF or (character := chr(code)).isspace():
            continue
        address = ctypes.addressof(thing.contents)
        kind = kinds.get(address)
        if kind is None:
            kind = kinds[address] = _kind_of(text, index, thing)
        if kind.turns < 0:
            found.slanted += 1
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, to_loose)
        pdfium.FPDFText_GetCharOrigin(text, index, to_x, to_y)
        printed.append(
            _Glyph(
                unified(character), kind, loose.left, loose.bottom, loose.right, loose.top, base_x.value, base_y.value
            )
        )
    return printed


def _kind_of(text: Handle, index: int, thing: Handle) -> Kind:
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(thing, ctypes.byref(size))
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
    # The baseline, not the stems: italics are often made by leaning upright type.
    angle = -math.atan2(matrix.b, matrix.a)
    turns = round(angle / (math.pi / 2))
    slanted = abs(angle - turns * math.pi / 2) > SLANT
    scale = math.hypot(matrix.c, matrix.d)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
    hidden = mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
    return Kind(abs(size.value) * scale, -1 if slanted else turns % 4, hidden)


def _place(glyphs: list[_Glyph], frame: Frame, found: Glyphs) -> None:
    """Put the characters on the sheet; runs of sideways ones become one word each, for their order is theirs alone."""
    seen: set[tuple[str, int, int]] = set()
    run: list[tuple[str, Word]] = []
    last: Kind | None = None
    for glyph in glyphs:
        upright = (glyph.kind.turns + frame.turns) % 4 == 0
        word = _word(glyph, frame, upright)
        if not (word.x1 > 0 and word.bottom > 0 and word.x0 < frame.width and word.top < frame.height):
            continue
        if _is_double(word, seen):
            continue
        if run and (upright or glyph.kind is not last):
            _end_run(run, found)
        last = glyph.kind
        if glyph.kind.hidden:
            found.hidden.append(word)
        elif upright:
            found.words.append(word)
        else:
            run.append((glyph.text, word))
    _end_run(run, found)


def _word(glyph: _Glyph, frame: Frame, upright: bool) -> Word:
    size = glyph.kind.size
    x0, top, x1, bottom = frame.box(glyph.left, glyph.bottom, glyph.right, glyph.top)
    size = size or bottom - top
    if upright:
        base_x, base_y, *_ = frame.box(glyph.base_x, glyph.base_y, glyph.base_x, glyph.base_y)
        top, bottom = base_y - ASCENT * size, base_y + DESCENT * size
        if x1 - x0 > WIDE * size:
            # Fonts that are written downwards: PDFium forgets the scale of their boxes.
            x0, x1 = base_x, base_x + size
    return Word(glyph.text, x0, top, x1, bottom, size)


def _is_double(word: Word, seen: set[tuple[str, int, int]]) -> bool:
    """True where the same character was printed in this very place before; remembers the place."""
    # Halves of a mesh: two places nearer than half a mesh share one of the two meshes around each, either way.
    step = max(SHIFT * word.size, 0.1)
    x, y = int(word.x0 / step), int(word.bottom / step)
    across, down = (x & ~1, (x + 1) | 1), (y & ~1, (y + 1) | 1)
    places = {(word.text, column, row) for column in across for row in down}
    double = not seen.isdisjoint(places)
    seen |= places
    return double


def _end_run(run: list[tuple[str, Word]], found: Glyphs) -> None:
    if run:
        words = [word for _, word in run]
        found.words.append(
            Word(
                "".join(text for text, _ in run),
                min(word.x0 for word in words),
                min(word.top for word in words),
                max(word.x1 for word in words),
                max(word.bottom for word in words),
                words[0].size,
            )
        )
        run.clear()
