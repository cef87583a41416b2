"""Value cells: from the printed text to a number, its sign and its unit. What is not understood stays null."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from govcrawl.forms.labels import CACHE
from govcrawl.lookups import load_lookup
from govcrawl.model import Figure, Number

MAX_DIGITS = 15
"""Longer runs of digits are no counts but codes or garbage; SQLite's integers end soon after."""

_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\x00-\x1f]+")
_PLAIN = re.compile(r"[0-9]{1,15}", re.ASCII)
_MINUS = str.maketrans({"−": "-", "﹣": "-", "‐": "-", "‑": "-", "–": "-", "﹢": "+", "٫": "."})
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?", re.ASCII)
_NOTE = re.compile(r"\(([^()]*)\)?$")
_MARKS = re.compile("[\u00b9\u00b2\u00b3\u2070-\u2079\u2460-\u2473]")
"""Marks of footnotes: what stands raised behind a number is no digit of it."""
_TWO_LINES = re.compile(r"\d[^\S\n]*\n\s*\d")
"""Two numbers under one another."""
_APART = re.compile(r"\d[^\S\n]+\d(?!\d\d(?:\D|$))")
"""Digits apart by a space that parts no thousands."""
_BOTH_SIGNS = re.compile(r"[+]?\(?0*\)?[/、,]?[-+]?\(?0*\)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a value cell says.

    `note` names what was done beyond reading digits: `zero_in_words`, `sign_in_words`, `approximate`,
    `note_in_cell`, `spaces_in_number`, `unreadable`; empty for a plain number, a blank, or a printed "nothing".
    """

    value: Number | None
    unit: str | None = None
    note: str = ""

    @property
    def is_value(self) -> bool:
        return self.note != "unreadable"


_BLANK = Reading(None)
_UNREADABLE = Reading(None, note="unreadable")


@cache
def _words() -> tuple[frozenset[str], frozenset[str], re.Pattern[str], re.Pattern[str], dict[str, str]]:
    lookup = load_lookup("values")
    signs = "|".join(map(re.escape, sorted(lookup["plus_words"] + lookup["minus_words"], key=len, reverse=True)))
    about = "|".join(map(re.escape, sorted(lookup["about_words"], key=len, reverse=True)))
    nothing = frozenset(_squeeze(word) for word in lookup["nothing"])
    return (
        nothing,
        frozenset(lookup["zero_words"]),
        re.compile(f"(?P<word>{signs})(?:了)?"),
        re.compile(about),
        dict(lookup["units"]),
    )


def _squeeze(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_MINUS)


@lru_cache(maxsize=CACHE)
def read_value(raw: str) -> Reading:
    """Read a value cell.

    >>> read_value("+23"), read_value("减2").value, read_value("24575.93万")
    (Reading(value=23, unit=None, note=''), -2, Reading(value=24575.93, unit='万元', note=''))
    """
    if _PLAIN.fullmatch(raw):
        return Reading(int(raw))
    if _TWO_LINES.search(raw):
        return _UNREADABLE
    text = _squeeze(_MARKS.sub("", raw))
    if not text:
        return _UNREADABLE if _MARKS.search(raw) else _BLANK
    nothing, zero_words, sign_word, about_word, units = _words()
    if text in nothing:
        return _BLANK
    if text in zero_words:
        return Reading(0, note="zero_in_words")
    note = "note_in_cell" if _MARKS.search(raw) else "spaces_in_number" if _APART.search(raw.strip()) else ""
    found = about_word.match(text)
    if found:
        text, note = text[found.end() :], "approximate"
    negative = False
    found = sign_word.match(text)
    if found:
        negative = found["word"] in load_lookup("values")["minus_words"]
        text, note = text[found.end() :].lstrip(":+"), note or "sign_in_words"
        if text.startswith("-"):
            return _UNREADABLE
    bracket = _NOTE.search(text)
    if bracket and bracket.start() and text[0] not in "+-(":
        inside = bracket[1]
        text = text[: bracket.start()] + (inside if inside in units else "")
        note = note or ("" if inside in units else "note_in_cell")
    number = _NUMBER.match(text)
    if number is None or len(number["digits"].replace(",", "")) > MAX_DIGITS:
        return _two_signs(text)
    unit_text = text[number.end() :]
    if unit_text and unit_text not in units:
        return _two_signs(text)
    digits = number["digits"].replace(",", "")
    value: Number = float(digits + number["fraction"]) if number["fraction"] else int(digits)
    if number["sign"] == "-" or negative:
        value = -value
    return Reading(value, units.get(unit_text) if unit_text else None, note)


def _two_signs(text: str) -> Reading:
    """`+(0) -(0)` and `0/0`: an increase and a decrease of nothing."""
    if "0" in text and _BOTH_SIGNS.fullmatch(text):
        return Reading(0, note="zero_in_words")
    return _UNREADABLE


class CellKind(IntEnum):
    """What a cell's text is, before anybody asks what it means."""

    LABEL = 0
    NOTHING = 1
    """A blank, a printed "nothing", or signs that nobody can read; no word in any case."""
    NUMBER = 2


@lru_cache(maxsize=CACHE)
def cell_kind(text: str) -> CellKind:
    """Tell a label from a number from nothing."""
    reading = read_value(text)
    if reading.value is not None:
        return CellKind.NUMBER
    spoken = any(map(str.isalpha, text))
    return CellKind.LABEL if spoken and not reading.is_value else CellKind.NOTHING


def is_value(text: str) -> bool:
    """Whether a cell's text is a number, a blank or a printed "nothing", rather than a label."""
    return cell_kind(text) is not CellKind.LABEL


def is_number(text: str) -> bool:
    """Whether a cell's text is a number."""
    return cell_kind(text) is CellKind.NUMBER


MISSING = Figure(None, "")
"""A cell that is not there."""


@lru_cache(maxsize=CACHE)
def figure_of(raw: str, unit: str | None) -> tuple[Figure, Reading | None]:
    """The figure of a cell under a column or row that prints `unit`; the reading where there is more to tell."""
    reading = read_value(raw)
    return Figure(reading.value, raw, reading.unit or unit), reading if reading.note or reading.unit else None


@cache
def _unit_in_bracket() -> re.Pattern[str]:
    """A unit that stands alone in its bracket, or behind 单位, at the end of a label."""
    units = "|".join(map(re.escape, sorted(_words()[4], key=len, reverse=True)))
    return re.compile(rf"(?:\((?:单位:?)?|单位:?)({units})\)?$")


@lru_cache(maxsize=CACHE)
def unit_in_label(label: str) -> str | None:
    """The unit that a header or row label prints: `采购总金额（单位：万元）` → `万元`."""
    text = _squeeze(label)
    if "(" not in text and "单位" not in text:
        return None
    found = _unit_in_bracket().search(text)
    return _words()[4][found[1]] if found else None


@lru_cache(maxsize=CACHE)
def unit_word(text: str) -> str | None:
    """The unit a cell consists of (`条`, `万元`), else None."""
    return _words()[4].get(_squeeze(text))
