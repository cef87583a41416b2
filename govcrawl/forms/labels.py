"""Normalised labels and their likeness. Pure and cached: the same few hundred labels come by all day."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

CACHE = 1 << 16
"""Labels and cells that are remembered."""
ROW_CACHE = 1 << 13
"""Rows that are remembered: most reports print most rows alike, as zeros."""

_DROPPED = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff\x00-\x1f\"'“”‘’「」*#]+")
_ITEM_NUMBER = re.compile(r"^(\d{1,2})[.、:。](?=\D)|^(\d{1,2})(?=[^\d.、:。年月%])")
_GROUP_NUMBER = re.compile(r"^\(?([一二三四五六七八九十]+)(\)、?|[、.])")
_NOTE = re.compile(r"\([^()]*\)?$|^\([^()]{6,}\)")
_NUMBERING = re.compile(r"^(?:\d{1,2}\.|[(]?[一二三四五六七八九十]{1,3}[)、.]+)")


@lru_cache(maxsize=CACHE)
def normalise(label: str) -> str:
    """NFKC, without white space, quotation marks and invisible characters; numbering in one spelling.

    >>> normalise("2、 就法制 行政禁止公开")
    '2.就法制行政禁止公开'
    >>> normalise("㈠予以公开")
    '(一)予以公开'
    """
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", label)).replace("\\", "/").replace(";", ",")
    # What stood on either side of a dropped space may now compose.
    text = unicodedata.normalize("NFKC", text)
    text = _ITEM_NUMBER.sub(lambda found: f"{found[1] or found[2]}.", text)
    return _GROUP_NUMBER.sub(lambda f: f"({f[1]})" if ")" in f[2] else f"{f[1]}、", text)


@lru_cache(maxsize=CACHE)
def without_note(label: str) -> str:
    """A normalised label without the bracketed note behind (or the long one before) it.

    >>> without_note("规章(县级无此项)")
    '规章'
    """
    previous = ""
    while label != previous:
        previous = label
        label = _NOTE.sub("", label) or label
    return label


@lru_cache(maxsize=CACHE)
def without_number(label: str) -> str:
    """A normalised label without its leading numbering."""
    return _NUMBERING.sub("", label) or label


@lru_cache(maxsize=CACHE)
def likeness(printed: str, official: str) -> float:
    """How alike two normalised labels are, 0 to 1; 1 only for equal ones."""
    if printed == official:
        return 1.0
    if not printed or not official:
        return 0.0
    bare, wanted = without_note(printed), without_note(official)
    whole = fuzz.ratio(printed, official)
    part = fuzz.ratio(bare, wanted)
    unnumbered = fuzz.ratio(without_number(bare), without_number(wanted))
    return min(0.99, max(whole, part, 0.97 * unnumbered) / 100)


def one_line(text: str) -> str:
    """A printed text for a message: line breaks and runs of white space are one space."""
    return " ".join(text.split())
