"""The report year a title names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from govcrawl.lookups import load_lookup, pattern

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_OUTER = re.compile(r"\s+")
FIRST_YEAR, LAST_YEAR = 2003, 2099
"""Guangzhou reported first; a later year than the second is a misprint."""


@lru_cache(maxsize=8192)
def year_of_title(title: str) -> int | None:
    """The year a report's title says it is about, None where it says none or names a span of years.

    Years in Chinese figures count (二〇二〇年); the number of a notice (〔2019〕60号) and a date of printing
    (2022年1月) do not. Where several years are left the one that stands at the report's name decides.
    """
    text = _arabic(_OUTER.sub("", unicodedata.normalize("NFKC", title)))
    text = pattern("discovery", "year", "citations").sub("", text)
    if pattern("discovery", "year", "ranges").search(text):
        return None
    text = pattern("discovery", "year", "dates").sub("", text)
    years = [int(match[1]) for match in _YEAR.finditer(text) if FIRST_YEAR <= int(match[1]) <= LAST_YEAR]
    if len(set(years)) <= 1:
        return years[0] if years else None
    named = _named().search(text)
    return int(named[1]) if named else years[0]


@cache
def _named() -> re.Pattern[str]:
    subject = pattern("discovery", "report", "subject").pattern
    noun = pattern("discovery", "report", "noun").pattern
    return re.compile(rf"((?:19|20)\d\d)年?度?(?:{subject}|{noun})")


@cache
def _figures() -> tuple[re.Pattern[str], dict[int, str]]:
    digits = load_lookup("discovery")["year"]["digits"]
    zeros, rest = digits[:-9], digits[-9:]
    table = {ord(zero): "0" for zero in zeros} | {ord(figure): str(n) for n, figure in enumerate(rest, 1)}
    two, one, nine = rest[1], rest[0], rest[8]
    return re.compile(rf"(?:{two}[{zeros}]|{one}{nine})[{digits}]{{2}}(?=年)"), table


def _arabic(text: str) -> str:
    figures, table = _figures()
    return figures.sub(lambda match: match[0].translate(table), text)
