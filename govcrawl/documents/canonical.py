"""The canonical content of a document: what its hash is taken over."""

from __future__ import annotations

import re
from unicodedata import normalize

from govcrawl.model import Document, Text

_CELL, _ROW = "\x1f", "\x1e"
_UNPRINTED = re.compile(
    r"[\x00-\x1d\x20\x7f-\xa0\xad\u034f\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+"
)


_COMMON = tuple((wide, normalize("NFKC", wide)) for wide in "，（）：；！？％＋－．／　\xa0")
"""Replaced beforehand with what NFKC makes of them: text that holds no other such character skips its slow path."""


def canonical_text(document: Document) -> str:
    """Main text and cells in reading order, NFKC, without white space and control characters.

    Prose runs on; the cells that begin in a row are joined by U+001F without the blanks at its end, each row ends
    with U+001E, rows of blanks are left out. Layout, spans, the frame of the site and the address do not enter.
    """
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Text):
            parts.append(block.text)
            continue
        for row in block.rows:
            line = _CELL.join([cell.text for cell in row if cell.origin]).rstrip(_CELL)
            if line:
                parts.append(line + _ROW)
    text = "".join(parts)
    for wide, narrow in _COMMON:
        text = text.replace(wide, narrow)
    return _UNPRINTED.sub("", normalize("NFKC", text))
