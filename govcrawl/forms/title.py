"""The title of a report, and the agency a title names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from govcrawl.discovery.years import year_of_title
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
    if not text or len(text) > LONGEST_TITLE:
        return False
    return bool(pattern("reports", "title", "name").search(text)) and not pattern("reports", "title", "refused").search(
        text
    )


def title_in(paragraphs: Sequence[str], within: int = 6) -> str:
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
                return _undouble(joined)
    return ""


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
    text = printed.translate(_WIDE_DIGITS)
    lead = pattern("reports", "title", "leading").match(text)
    if lead:
        text, printed = text[lead.end() :], printed[lead.end() :]
    keyword = pattern("reports", "title", "keyword").search(text)
    if keyword is None:
        return None
    year = pattern("reports", "title", "year").search(text)
    stop = keyword.start()
    if year and year.start() < stop:
        name = printed[: year.start()].rstrip(_trimmed()) + printed[year.end() : stop]
    else:
        name = printed[:stop]
    name = pattern("reports", "title", "trailing").sub("", name.strip(_trimmed()))
    return name.strip(_trimmed()) or None


def title_year(title: str) -> int | None:
    """The year a title names."""
    return year_of_title(title) if title else None
