"""The title of a report, and the agency a title names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from govcrawl.discovery.links import LinkKind, classify_title
from govcrawl.discovery.years import in_arabic, year_of_title
from govcrawl.lookups import load_lookup, pattern

_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９（）〔〕", "0123456789()[]")
LONGEST_TITLE = 90


def squeeze(text: str) -> str:
    """A text without any white space."""
    return _SPACE.sub("", text)


@lru_cache(maxsize=8192)
def is_report_title(title: str) -> bool:
    """Whether a title names an annual report, and not something about one."""
    text = unicodedata.normalize("NFKC", squeeze(title))
    if not text or len(text) > LONGEST_TITLE or pattern("reports", "title", "refused").search(text):
        return False
    return classify_title(text) is LinkKind.REPORT


LEAD = 6
"""Paragraphs among which a title stands, unless the page around the report was printed with it."""
PAGE = 40
"""Paragraphs among which it stands then."""


def title_in(paragraphs: Sequence[str], within: int = LEAD) -> str:
    """The report's title among the first paragraphs; a title broken over lines is joined. Empty if there is none."""
    lines = [squeeze(text) for text in paragraphs[:within]]
    lines = [text for text in lines if text and not pattern("reports", "title", "beside").search(text)]
    for start in range(len(lines)):
        joined = ""
        for stop in range(start, min(start + 3, len(lines))):
            if len(lines[stop]) > LONGEST_TITLE:
                break
            joined += lines[stop]
            if is_report_title(joined):
                return _undouble(_without_head(lines[start : stop + 1]))
    return ""


def _without_head(lines: Sequence[str]) -> str:
    """The lines joined, without those before one that is a title by itself and names an agency with its place."""
    for start in range(len(lines) - 1, 0, -1):
        title = "".join(lines[start:])
        if is_report_title(title) and pattern("reports", "title", "placed").match(agency_in_title(title) or ""):
            return title
    return "".join(lines)


def _undouble(title: str) -> str:
    half = len(title) // 2
    return title[:half] if len(title) % 2 == 0 and title[:half] == title[half:] else title


@cache
def _trimmed() -> str:
    return str(load_lookup("reports")["title"]["trimmed"])


@lru_cache(maxsize=8192)
def agency_in_title(title: str) -> str | None:
    """The agency a report's title names, as printed; None where it names none.

    >>> agency_in_title("关于秦川县教育局2020年度政府信息公开工作年度报告")
    '秦川县教育局'
    """
    printed = _undouble(squeeze(title)).strip(_trimmed())
    text = in_arabic(printed.translate(_WIDE_DIGITS))
    lead = pattern("reports", "title", "leading").match(text)
    if lead:
        text, printed = text[lead.end() :], printed[lead.end() :]
    year = pattern("reports", "title", "year").search(text)
    before = _name_before(text[: year.start()], printed) if year else ""
    if year and before:
        keyword = pattern("reports", "title", "keyword").search(text, year.end())
        name = before + printed[year.end() : keyword.start() if keyword else year.end()].strip(_trimmed())
    else:
        # The last time the subject is named: offices of 政务公开 bear it in their own names.
        start = year.end() if year else 0
        subjects = list(pattern("reports", "title", "keyword").finditer(text, start))
        if not subjects:
            return None
        stop = next((found for found in reversed(subjects) if not found[0].startswith("年")), subjects[0])
        name = printed[start : stop.start()]
    name = pattern("reports", "title", "trailing").sub("", name.strip(_trimmed())).strip(_trimmed())
    return name or _behind(printed)


def _name_before(text: str, printed: str) -> str:
    """The agency before the year, without the report's own name where that stands there, too."""
    for found in reversed(list(pattern("reports", "title", "keyword").finditer(text))):
        if pattern("reports", "title", "rest").fullmatch(text[found.end() :]):
            text = text[: found.start()]
    return printed[: len(text)].strip(_trimmed())


def _behind(title: str) -> str | None:
    """The agency behind the report's name: `2022年政府信息公开工作年度报告——云州市水利局`."""
    found = pattern("reports", "title", "behind").search(title)
    return found[1] if found and pattern("reports", "signature", "agency").search(found[1]) else None


def title_year(title: str) -> int | None:
    """The year a title names."""
    return year_of_title(title) if title else None
