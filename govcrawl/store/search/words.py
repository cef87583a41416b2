"""What a text is made of for searching: every Chinese character is a word, so that words of two characters are found.

SQLite's own tokenizers take a run of Chinese for one word, or find nothing shorter than three characters. A text that
is written with a space around each character, and asked for as a phrase, has neither fault.
"""

from __future__ import annotations

import re
import unicodedata

CJK = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WIDE = 0xFEE0
"""How far wide letters and digits are from those of ASCII."""
_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")


def words(text: str) -> list[str]:
    """Its characters, and its runs of other letters and digits, in order: without widths, capitals and punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def spaced(text: str) -> str:
    """The text as the index has it."""
    return " ".join(words(text))


def pattern_of(asked: list[str]) -> re.Pattern[str]:
    """Where words stand behind each other in a text as it is printed, whatever marks and spaces stand between them."""
    characters = ("".join(map(_either_width, word)) for word in asked)
    return re.compile(r"[\W_]*".join(characters), re.IGNORECASE)


def _either_width(character: str) -> str:
    """ASCII as it is printed in either width."""
    return f"[{character}{chr(ord(character) + WIDE)}]" if character.isascii() else re.escape(character)
