"""The statistics period, the report year and the day of publication."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from dateutil.parser import ParserError, parse

from govcrawl.forms.facts.record import Facts
from govcrawl.forms.sections import Prose
from govcrawl.forms.title import is_report_title, squeeze, title_year
from govcrawl.lookups import pattern
from govcrawl.model import Document, Link, Severity

_URL_DATE = re.compile(r"/t?(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])_|/(20[0-3]\d)/(\d{1,2})/(\d{1,2})/")
_ISO_DATE = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
FIRST_DAY, LAST_YEAR = date(2008, 5, 1), 2099
"""No report is older than the Regulation of 2007, in force from that day."""


def read_period(facts: Facts, document: Document) -> None:
    stated = pattern("reports", "period", "stated")
    for text in document.texts():
        if "20" not in text:
            continue
        found = stated.search(unicodedata.normalize("NFKC", squeeze(text)))
        if found is None:
            continue
        first, last_year, month, day = found.groups()
        try:
            facts.period = (date(int(first), 1, 1), date(int(last_year or first), int(month), int(day)))
        except ValueError:
            continue
        facts.period_text = found[0]
        return


def read_year(facts: Facts, document: Document, labels: Sequence[str], link: Link | None) -> None:
    votes: list[tuple[str, int]] = []

    def vote(source: str, year: int | None) -> None:
        if year is not None and FIRST_DAY.year <= year <= LAST_YEAR:
            votes.append((source, year))

    vote("title", title_year(facts.title))
    for source, title in (
        ("metadata", document.metadata.get("ArticleTitle", "")),
        ("page_title", document.title),
        ("link", link.text if link else ""),
    ):
        if is_report_title(title):
            vote(source, title_year(title))
    vote("period", facts.period[0].year if facts.period else None)
    if not votes:
        for text in (document.metadata.get("ColumnName", ""), link.text if link else ""):
            vote("column", title_year(text))
    if not votes:
        years = [int(year) for label in labels for year in re.findall(r"(20[0-3]\d)年", label)]
        vote("tables", max(years, default=None))
    if not votes:
        return
    facts.report_year = votes[0][1]
    others = {year: source for source, year in reversed(votes[1:]) if year != facts.report_year}
    for year, source in sorted(others.items()):
        facts.tell(
            "year_disagreement",
            Severity.WARNING,
            source,
            f"the {votes[0][0]} says {facts.report_year}, the {source} says {year}",
            facts.report_year,
            year,
        )


def read_publication(facts: Facts, document: Document, prose: Prose, link: Link | None) -> None:
    signed = [signed_date(line) for line in prose.closing]
    votes: list[tuple[str, date]] = []
    for source, day in (
        ("metadata", parse_date(document.metadata.get("PubDate", ""))),
        ("link", link.published_on if link else None),
        ("signature", next((day for day in reversed(signed) if day), None)),
        ("url", _url_date(document.url or "")),
    ):
        if day is not None and day >= FIRST_DAY and day.year <= LAST_YEAR:
            votes.append((source, day))
    if votes:
        facts.published_on = votes[0][1]
        for source, day in votes[1:]:
            if day != facts.published_on and source == "link":
                facts.tell(
                    "date_disagreement",
                    Severity.INFO,
                    source,
                    f"the {votes[0][0]} says {facts.published_on}, the {source} says {day}",
                    facts.published_on,
                    day,
                )
    if facts.report_year is None and facts.published_on is not None:
        facts.report_year = facts.published_on.year - 1
        facts.tell(
            "derived",
            Severity.WARNING,
            "report_year",
            "no source names the year; taken from the date of publication",
            None,
            facts.report_year,
        )


def parse_date(text: str) -> date | None:
    """The day in a metadata value (`2026-04-09 09:39:08`, `2026年4月9日`); None where there is none."""
    found = _ISO_DATE.search(text)
    if found:
        return _date(*found.groups())
    if not any(character.isdigit() for character in text):
        return None
    try:
        return parse(text, default=datetime(1, 1, 1)).date() if len(text) < 40 else None
    except (ParserError, OverflowError):
        return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def signed_date(line: str) -> date | None:
    text = squeeze(line)
    if len(text) > 40:
        return None
    found = pattern("reports", "signature", "date").search(unicodedata.normalize("NFKC", text))
    return _date(*found.groups()) if found else None


def _url_date(url: str) -> date | None:
    found = _URL_DATE.search(url)
    return _date(*(part for part in found.groups() if part)) if found else None
