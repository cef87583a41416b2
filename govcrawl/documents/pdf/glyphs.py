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
from govcrawl.documents.pdf.frame import FAR, Frame
from govcrawl.documents.pdf.library import (
    Address,
    Handle,
    code_of,
    is_unmapped,
    loose_box_of,
    object_of,
    origin_of,
)
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

FOLLOWING = 2.5
"""Of the size: sideways characters further apart belong to different words."""
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


_Glyph = tuple[str, Kind, float, float, float, float, float, float]
"""The character; its left, bottom, right and top, and where on its line it begins (x, y), in the page's space."""


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
    turns = Counter(glyph[1].turns for glyph in glyphs if not glyph[1].hidden) or Counter(
        glyph[1].turns for glyph in glyphs
    )
    found.turns = -(turns.most_common(1)[0][0] + frame.turns) % 4 if turns else 0
    _place(glyphs, frame.turned(found.turns), found)
    return found


def _printed(text: Handle, count: int, found: Glyphs) -> list[_Glyph]:
    """The characters that a document prints, without those PDFium makes up for spaces and ends of lines."""
    loose, base_x, base_y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    to_loose, to_x, to_y = (ctypes.addressof(place) for place in (loose, base_x, base_y))
    page = ctypes.cast(text, ctypes.c_void_p).value
    kinds = _Kinds(text)
    address, kind = 0, None
    printed: list[_Glyph] = []
    for index in range(count):
        thing = object_of(page, index)
        if not thing:
            continue
        code = code_of(page, index)
        if is_unmapped(page, index) or 0xE000 <= code <= 0xF8FF or code in (0, 0xFFFD):
            found.unmapped[code] += 1
            continue
        if code <= 32 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF or (character := chr(code)).isspace():
            continue
        if kind is None or address != thing:
            address, kind = thing, kinds.of(index, thing)
        if kind.turns < 0:
            found.slanted += 1
            continue
        loose_box_of(page, index, to_loose)
        origin_of(page, index, to_x, to_y)
        if 0x2E80 <= code < 0x3000 or code >= 0xF900:
            character = unified(character)
        printed.append((character, kind, loose.left, loose.bottom, loose.right, loose.top, base_x.value, base_y.value))
    return printed


class _Kinds:
    """The kinds of type on a page; every few characters ask for theirs."""

    def __init__(self, text: Handle) -> None:
        self._text = text
        self._size, self._matrix = ctypes.c_float(), pdfium.FS_MATRIX()
        self._to_size, self._to_matrix = ctypes.byref(self._size), ctypes.byref(self._matrix)
        self._known: dict[tuple[float, float, float, float, float, int], Kind] = {}

    def of(self, index: int, address: Address) -> Kind:
        thing = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
        pdfium.FPDFTextObj_GetFontSize(thing, self._to_size)
        pdfium.FPDFText_GetMatrix(self._text, index, self._to_matrix)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
        matrix = self._matrix
        key = (self._size.value, matrix.a, matrix.b, matrix.c, matrix.d, mode)
        kind = self._known.get(key)
        if kind is None:
            kind = self._known[key] = _kind(*key)
        return kind


def _kind(size: float, a: float, b: float, c: float, d: float, mode: int) -> Kind:
    # The baseline, not the stems: italics are often made by leaning upright type.
    angle = -math.atan2(b, a)
    turns = round(angle / (math.pi / 2))
    slanted = abs(angle - turns * math.pi / 2) > SLANT
    hidden = mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
    return Kind(abs(size) * math.hypot(c, d), -1 if slanted else turns % 4, hidden)


def _place(glyphs: list[_Glyph], frame: Frame, found: Glyphs) -> None:
    """Put the characters on the sheet; runs of sideways ones become one word each, for their order is theirs alone."""
    seen: dict[tuple[str, float], set[int]] = {}
    run: list[Word] = []
    last: Kind | None = None
    width, height = frame.width, frame.height
    for glyph in glyphs:
        kind = glyph[1]
        upright = (kind.turns + frame.turns) % 4 == 0
        word = _word(glyph, frame, upright)
        _, x0, top, x1, bottom, size, _ = word
        if not (0 < x1 < FAR and 0 < bottom < FAR and -FAR < x0 < width and size < FAR):
            continue
        if not (-FAR < top < height) or _is_double(word, seen):
            continue
        if run and (upright or kind is not last or not _follows(run[-1], word)):
            _end_run(run, found)
        last = kind
        if kind.hidden:
            found.hidden.append(word)
        elif upright:
            found.words.append(word)
        else:
            run.append(word)
    _end_run(run, found)


def _word(glyph: _Glyph, frame: Frame, upright: bool) -> Word:
    text, (size, _, _), left, base, right, top, base_x, base_y = glyph
    a, b, c, d, e, f = frame.matrix
    if upright and size and a == 1.0 and b == c == 0.0 and left <= right:
        # Nearly all there is: a page that is neither turned nor turned over.
        x0, x1, line = left + e, right + e, d * base_y + f
    else:
        x0, top, x1, bottom = frame.box(left, base, right, top)
        size = size or bottom - top
        if not upright:
            return Word(text, x0, top, x1, bottom, size)
        line = b * base_x + d * base_y + f
    if x1 - x0 > WIDE * size:
        # Fonts that are written downwards: PDFium forgets the scale of their boxes.
        x0 = a * base_x + c * base_y + e
        x1 = x0 + size
    return Word(text, x0, line - ASCENT * size, x1, line + DESCENT * size, size)


def _follows(last: Word, word: Word) -> bool:
    """True where a sideways character goes on behind another one."""
    near = FOLLOWING * word.size
    return abs(last.x0 + last.x1 - word.x0 - word.x1) < 2 * near and abs(last.top - word.top) < near


def _is_double(word: Word, seen: dict[tuple[str, float], set[int]]) -> bool:
    """True where the same character was printed in this very place before; remembers the place."""
    text, x0, _, _, bottom, size, _ = word
    # Halves of a mesh: two places nearer than half a mesh share one of the two meshes around each, either way.
    step = SHIFT * size if SHIFT * size > 0.1 else 0.1
    x, y = int(x0 / step), int(bottom / step)
    left, right, above, below = x & ~1, (x + 1) | 1, (y & ~1) << 32, ((y + 1) | 1) << 32
    places = (above + left, above + right, below + left, below + right)
    known = seen.get((text, step))  # a mesh for each size of type
    if known is None:
        seen[text, step] = set(places)
        return False
    double = not known.isdisjoint(places)
    known.update(places)
    return double


def _end_run(run: list[Word], found: Glyphs) -> None:
    if run:
        x0, top = min(word.x0 for word in run), min(word.top for word in run)
        x1, bottom = max(word.x1 for word in run), max(word.bottom for word in run)
        found.words.append(Word("".join(word.text for word in run), x0, top, x1, bottom, run[0].size))
        run.clear()
