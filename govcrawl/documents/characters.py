"""White space and invisible characters: what is printed stays, what nobody sees goes."""

from __future__ import annotations

import re
from functools import lru_cache

from govcrawl.model import GridCell

BREAK = "\u2028"
"""Marks a line break of the layout (`<br>`, `</p>`) in text collected from markup; a newline there is only a space."""

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufdd0-\ufdef\ufeff\ufffe\uffff]+"
)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")

SHORT = 80
"""Texts up to this length are remembered: the labels and figures of the forms repeat from page to page."""
KNOWN = 8192
"""So many of them."""


def clean(raw: str) -> str:
    """Printed text of a piece of markup: its layout breaks as newlines, its runs of space as one space."""
    if BREAK in raw:
        return "\n".join(line for line in map(one_line, raw.split(BREAK)) if line)
    return one_line(raw)


def settable(text: str) -> str:
    """Text of a tree as the tree takes it back: its parser lets control characters through, its setter does not."""
    return _NOT_XML.sub("", text)


def one_line(raw: str) -> str:
    """As `clean`, for text whose breaks mean nothing."""
    text = " ".join(raw.split())
    return text if text.isprintable() else " ".join(_INVISIBLE.sub("", text).split())


class _ShortCells(dict[str, GridCell]):
    """Raw text → the cell that begins here; a dictionary, for it is asked once for every cell of every report."""

    def __missing__(self, raw: str) -> GridCell:
        if len(self) >= KNOWN:
            self.clear()
        cell = self[raw] = GridCell(clean(raw))
        return cell


SHORT_CELLS = _ShortCells()
"""To be asked for texts of at most `SHORT` characters."""


def grid_cell(raw: str) -> GridCell:
    """The cell that begins here, from a raw text of any length."""
    return SHORT_CELLS[raw] if len(raw) <= SHORT else GridCell(clean(raw))


@lru_cache(maxsize=2048)
def _short_repeat(text: str) -> GridCell:
    return GridCell(text, False)


def repeat_of(cell: GridCell) -> GridCell:
    """The same cell where a span repeats it."""
    return _short_repeat(cell.text) if len(cell.text) <= SHORT else GridCell(cell.text, False)
