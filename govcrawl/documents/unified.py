"""Characters of fixed layouts as they are meant: radicals, compatibility forms and ligatures as what they show."""

from __future__ import annotations

import unicodedata
from functools import cache

from govcrawl.lookups import load_lookup

_FORMS = (
    range(0x2E80, 0x2FE0),  # radicals
    range(0xF900, 0xFB07),  # compatibility ideographs, Latin ligatures
    range(0xFE10, 0xFE1A),  # punctuation written downwards
    range(0xFE30, 0xFE50),
    range(0x2F800, 0x2FA20),  # more compatibility ideographs
)
_FIRST = _FORMS[0].start


@cache
def _radicals() -> dict[str, str]:
    table = load_lookup("glyphs")["radicals"]
    return dict(zip(table["from"], table["to"], strict=True))


def unified(text: str) -> str:
    """The characters that a printed text means; all others stay as they are, full-width digits too."""
    if all(ord(character) < _FIRST or 0x3000 <= ord(character) < 0xF900 for character in text):
        return text
    return "".join(map(_meant, text))


@cache
def _meant(character: str) -> str:
    if not any(ord(character) in forms for forms in _FORMS):
        return character
    return _radicals().get(character) or unicodedata.normalize("NFKC", character)
