"""Who reports, about which year, for whom, since when: read from several sources that vote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from dateutil.parser import ParserError, parse

from govcrawl.agencies import agency_kind
from govcrawl.divisions import Divisions
from govcrawl.forms.sections import Prose
from govcrawl.forms.title import agency_in_title, is_report_title, squeeze, title_in, title_year
from govcrawl.lookups import load_lookup, pattern
from govcrawl.model import AgencyKind, Document, Finding, Link, Portal, Scope, Severity

_URL_DATE = re.compile(r"/t?(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])_|/(20[0-3]\d)/(\d{1,2})/(\d{1,2})/")
_ISO_DATE = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
FIRST_DAY, LAST_YEAR = date(2008, 5, 1), 2099
"""No report is older than the Regulation of 2007, in force from that day."""


@dataclass(slots=True)
class Facts:
    """What a report says of itself, with a finding for every disagreement."""

    title: str = ""
    agency: str | None = None
    division_code: str | None = None
    province_code: str | None = None
    report_year: int | None = None
    period: tuple[date, date] | None = None
    period_text: str = ""
    published_on: date | None = None
    scope: Scope = Scope.UNKNOWN
    named_inside: bool = True
    """Whether the report's own text or title names its agency."""
    findings: list[Finding] = field(default_factory=list)

    def tell(
        self, code: str, severity: Severity, where: str, message: str, expected: object = None, actual: object = None
    ) -> None:
        self.findings.append(
            Finding(
                code,
                severity,
                where,
                message,
                expected if expected is None or isinstance(expected, int) else str(expected),
                actual if actual is None or isinstance(actual, int) else str(actual),
            )
        )


def read_facts(
    document: Document,
    prose: Prose,
    labels: Sequence[str],
    divisions: Divisions,
    portal: Portal | None,
    link: Link | None,
) -> Facts:
    """Read the facts of a report.

    Args:
        document: the document, for its title and metadata.
        prose: its prose.
        labels: the labels of its tables, which may name the year.
        divisions: the gazetteer.
        portal: where it was found.
        link: the list row that led to it.
    """
    facts = Facts()
    facts.title = _title(document, prose, link)
    _period(facts, document)
    _year(facts, document, labels, link)
    _published(facts, document, prose, link)
    _agency(facts, document, prose, link, divisions, portal)
    _division(facts, divisions, portal)
    facts.scope = _scope(facts.agency, document)
    return facts


def _title(document: Document, prose: Prose, link: Link | None) -> str:
    inside = title_in(prose.preamble)
    offered = [inside, squeeze(document.metadata.get("ArticleTitle", "")), squeeze(document.title)]
    if link is not None:
        offered.append(squeeze(link.text))
    for title in offered:
        if title and is_report_title(title):
            richer = [other for other in offered if other and title in other and is_report_title(other)]
            return max(richer, key=len, default=title) if agency_in_title(title) is None else title
    return next((title for title in offered[1:] if title), "")


def _period(facts: Facts, document: Document) -> None:
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


def _year(facts: Facts, document: Document, labels: Sequence[str], link: Link | None) -> None:
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
    vote("period", facts.period[1].year if facts.period else None)
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


def _published(facts: Facts, document: Document, prose: Prose, link: Link | None) -> None:
    signed = [_signed_date(line) for line in prose.closing]
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


def _signed_date(line: str) -> date | None:
    text = squeeze(line)
    if len(text) > 40:
        return None
    found = pattern("reports", "signature", "date").search(unicodedata.normalize("NFKC", text))
    return _date(*found.groups()) if found else None


def _url_date(url: str) -> date | None:
    found = _URL_DATE.search(url)
    return _date(*(part for part in found.groups() if part)) if found else None


def _agency(
    facts: Facts, document: Document, prose: Prose, link: Link | None, divisions: Divisions, portal: Portal | None
) -> None:
    votes: list[tuple[str, str]] = []
    for source, title in (
        ("title", facts.title),
        ("metadata", document.metadata.get("ArticleTitle", "")),
        ("page_title", document.title),
        ("link", link.text if link else ""),
    ):
        name = agency_in_title(title) if title and is_report_title(title) else None
        if name:
            votes.append((source, name))
    signature = _signature(prose)
    if signature:
        votes.append(("signature", signature))
    within = portal.division_code if portal else None
    if not votes:
        _agency_from_outside(facts, document, link, divisions, portal)
        return
    source, name = _fullest(votes, divisions)
    facts.agency = _complete(name, divisions, within)
    for other_source, other in votes[1:]:
        if other_source in {"signature", "link"} and not _same_body(facts.agency, other, divisions, within):
            facts.tell(
                "agency_disagreement",
                Severity.WARNING,
                other_source,
                f"the {source} names {facts.agency}, the {other_source} names {other}",
                facts.agency,
                other,
            )


def _fullest(votes: Sequence[tuple[str, str]], divisions: Divisions) -> tuple[str, str]:
    """The first voice; where it leaves the place away, the one that says the same name with its place."""
    source, name = votes[0]
    if divisions.find(name) is None:
        for other_source, other in votes[1:]:
            if other != name and other.endswith(name):
                return other_source, other
    return source, name


def _agency_from_outside(
    facts: Facts, document: Document, link: Link | None, divisions: Divisions, portal: Portal | None
) -> None:
    """A report that names nobody: the page's metadata, the list row, and last the portal."""
    facts.named_inside = False
    offered = [
        ("link", link.text if link and not is_report_title(link.text) else ""),
        ("ContentSource", document.metadata.get("ContentSource", "")),
        ("Author", document.metadata.get("Author", "")),
        ("SiteName", document.metadata.get("SiteName", "")),
        ("portal", portal.name if portal else ""),
    ]
    signature = pattern("reports", "signature", "agency")
    for source, name in offered:
        name = squeeze(name)
        if name and signature.search(name):
            within = portal.division_code if portal else None
            facts.agency = _complete(name, divisions, within)
            facts.tell("derived", Severity.INFO, "agency", f"the report names no agency; {source} does", None, name)
            return


def _signature(prose: Prose) -> str | None:
    """Who signs: the line before (or holding) the last date."""
    lines = [squeeze(line) for line in prose.closing]
    dated = [index for index, line in enumerate(lines) if _signed_date(line)]
    if not dated:
        return None
    agency = pattern("reports", "signature", "agency")
    for line in reversed(lines[: dated[-1]]):
        if agency.search(unicodedata.normalize("NFKC", line)):
            return line
    return None


def _complete(name: str, divisions: Divisions, within: str | None) -> str:
    """A bare place name stands for its government."""
    words = load_lookup("reports")["agency"]
    match = divisions.find(name, within)
    if (match is not None and not match.rest) or name.endswith(tuple(words["townships"])):
        ending = max((key for key in words["government"] if name.endswith(key)), key=len, default=None)
        if ending:
            return f"{name}{words['government'][ending]}"
    return name


def _same_body(name: str, other: str, divisions: Divisions, within: str | None) -> bool:
    """Whether two names are of one body, or too short to tell."""

    def own_part(text: str) -> str:
        match = divisions.find(text, within)
        rest = match.rest if match else text
        rest = squeeze(unicodedata.normalize("NFKC", rest))
        for word in load_lookup("reports")["agency"]["dropped"]:
            rest = rest.replace(word, "")
        return rest

    one, two = own_part(name), own_part(other)
    return (
        not one
        or not two
        or one in two
        or two in one
        or len(set(one) & set(two)) * 2 >= min(len(set(one)), len(set(two)))
    )


def _division(facts: Facts, divisions: Divisions, portal: Portal | None) -> None:
    """The agency's own name and the portal decide together."""
    within = portal.division_code if portal else None
    match = divisions.find(facts.agency, within) if facts.agency else None
    division = match.division if match else None
    home = divisions.get(within) if within else None
    if match is not None and match.ambiguous:
        facts.tell(
            "division_ambiguous",
            Severity.WARNING,
            "division_code",
            f"several divisions are called {match.matched}",
            None,
            " ".join(match.ambiguous),
        )
    if division is not None and home is not None:
        related = divisions.contains(home.code, division.code) or divisions.contains(division.code, home.code)
        if not related:
            facts.tell(
                "division_disagreement",
                Severity.WARNING,
                "division_code",
                f"the name says {division.full_name}, the portal is of {home.full_name}",
                division.code,
                home.code,
            )
        elif match is not None and match.bare and not divisions.contains(home.code, division.code):
            division = home
    chosen = division or home
    if chosen is not None:
        facts.division_code = chosen.code
        facts.province_code = chosen.province_code


def _scope(agency: str | None, document: Document) -> Scope:
    if agency is None:
        return Scope.UNKNOWN
    kind = agency_kind(agency)
    if kind is AgencyKind.TOWNSHIP:
        return Scope.TOWNSHIP
    if kind is AgencyKind.DEPARTMENT:
        return Scope.DEPARTMENT
    if kind in {AgencyKind.GOVERNMENT, AgencyKind.OFFICE}:
        text = unicodedata.normalize("NFKC", squeeze("".join(list(document.texts())[:12])))
        if pattern("reports", "scope", "whole_area").search(text):
            return Scope.WHOLE_AREA
        if kind is AgencyKind.OFFICE or pattern("reports", "scope", "office").search(text):
            return Scope.GOVERNMENT_OFFICE
        return Scope.UNKNOWN
    return Scope.OTHER
