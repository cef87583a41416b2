"""The report year a title names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from urllib.parse import parse_qsl, urlsplit

from govcrawl.lookups import load_lookup, pattern

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_WHOLE_YEAR = re.compile(r"(20\d\d)$")
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])$")
_CENTURY_TWICE = re.compile(r"(?<!\d)20(?=20\d\d(?!\d))")
_OUTER = re.compile(r"\s+")
FIRST_YEAR, LAST_YEAR = 2003, 2099
"""Guangzhou reported first; a later year than the second is a misprint."""


@lru_cache(maxsize=8192)
def year_of_title(title: str) -> int | None:
    """The year a report's title says it is about, None where it says none or names a span of years.

    Years in Chinese figures count (二〇二〇年), and those with a letter for a zero (2O20年) or the century twice
    (202020年); the number of a notice (〔2019〕60号) and a date of printing (2022年1月) do not. Where several years are
    left the one that stands at the report's name decides. A misprint with several readings (20120年) is no year.
    """
    text = in_arabic(_OUTER.sub("", unicodedata.normalize("NFKC", title)))
    text = _CENTURY_TWICE.sub("", text)
    text = pattern("discovery", "year", "citations").sub("", text)
    if pattern("discovery", "year", "ranges").search(text):
        return None
    text = pattern("discovery", "year", "dates").sub("", text)
    years = [int(match[1]) for match in _YEAR.finditer(text) if FIRST_YEAR <= int(match[1]) <= LAST_YEAR]
    if len(set(years)) <= 1:
        return years[0] if years else None
    named = _named().search(text)
    return int(named[1]) if named else years[0]


@lru_cache(maxsize=8192)
def year_hint(url: str) -> int | None:
    """The report year an address hints at: a parameter (`fbtime=2020`), or the folder of a year (`2020n`, `nb_2022`).

    A hint only, for where no title says it: folders are named by the year of publication too, and reports are filed
    in the wrong ones. Dates in an address say nothing: portals that move date everything anew.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    for name, value in parse_qsl(parts.query):
        if pattern("discovery", "year", "parameters").search(name.lower()) and _WHOLE_YEAR.match(value):
            return _plausible(int(value))
    folders = parts.path.lower().split("/")[:-1]
    for before, folder, after in reversed(list(zip(["", *folders], folders, [*folders[1:], ""], strict=False))):
        found = pattern("discovery", "year", "folders").search(folder)
        if found is None and _WHOLE_YEAR.match(folder) and not _MONTH.match(after):
            found = _WHOLE_YEAR.match(folder) if pattern("discovery", "year", "below").search(before) else None
        if found is not None:
            return _plausible(int(next(filter(None, found.groups()))))
    return None


def _plausible(year: int) -> int | None:
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


@cache
def _named() -> re.Pattern[str]:
    subject = pattern("discovery", "report", "subject").pattern
    noun = pattern("discovery", "report", "noun").pattern
    return re.compile(rf"((?:19|20)\d\d)年?度?(?:{subject}|{noun})")


def in_arabic(text: str) -> str:
    """A text in NFKC with its years in Arabic figures: 二〇二〇年 and 2O20年 become 2020年."""
    figures, table, needed = _figures()
    if needed.isdisjoint(text):
        return text
    return figures.sub(lambda match: match[0].translate(table), text)


@cache
def _figures() -> tuple[re.Pattern[str], dict[int, str], frozenset[str]]:
    """A year of this century in other figures, what each of them stands for, and those that every such year has."""
    digits = load_lookup("discovery")["year"]["digits"]
    zeros, rest = digits[:-9], digits[-9:]
    table = {ord(zero): "0" for zero in zeros} | {ord(figure): str(n) for n, figure in enumerate(rest, 1)}
    figure = rf"[{digits}\d]"
    century = re.compile(rf"(?<!{figure})[{rest[1]}2][{zeros}0]{figure}{{2}}(?!{figure})")
    return century, table, frozenset(zeros + rest[1])
