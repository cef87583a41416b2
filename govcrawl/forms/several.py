"""Every report that a document holds, each read by itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from govcrawl.divisions import Divisions, load_divisions
from govcrawl.forms.beside import has_years, names_years, without_years, years_beside
from govcrawl.forms.facts.when import parse_date
from govcrawl.forms.parts import parts_of
from govcrawl.forms.read import read_one
from govcrawl.forms.schema import form_by_code, load_forms
from govcrawl.forms.segments import Line, lines_of
from govcrawl.forms.title import is_report_title, title_year
from govcrawl.model import Document, Finding, Link, Portal, Report, Severity


def read_report(
    document: Document,
    *,
    divisions: Divisions | None = None,
    portal: Portal | None = None,
    link: Link | None = None,
) -> Report:
    """Read the report a document holds; of several, the first. Arguments and errors are those of `read_reports`.

    Returns:
        The report. A document that is none gives one with `form` `none` and a `reason`.
    """
    return read_reports(document, divisions=divisions, portal=portal, link=link)[0]


def read_reports(
    document: Document,
    *,
    divisions: Divisions | None = None,
    portal: Portal | None = None,
    link: Link | None = None,
) -> tuple[Report, ...]:
    """Read every report a document holds: one, the years one after another, the collection of a county.

    Args:
        document: as `govcrawl.documents.read_documents` gives it.
        divisions: the gazetteer; the shipped one by default.
        portal: where the document was found; its division helps to place the agency.
        link: the list row that led to it; its title and date are two more voices, where it holds one report.

    Returns:
        At least one report, in printed order. A document that is none gives one with `form` `none` and a `reason`.

    Raises:
        DocumentError: TOO_LARGE for a table of more rows than any form has.
    """
    divisions = divisions or load_divisions()
    lines = lines_of(document)
    parts = parts_of(document, lines)
    if len(parts) == 1:
        return _read(document, lines, divisions, portal, link)
    whole = _Whole(document, link)
    found: list[Report] = []
    for part in parts:
        for report in _read(part, lines_of(part), divisions, portal, None):
            found.append(whole.complete(report, found[0] if found and not part.title else report))
    return tuple(_without_doubles([report for report in found if is_report(report)] or found[:1]))


def _read(
    document: Document, lines: Sequence[Line], divisions: Divisions, portal: Portal | None, link: Link | None
) -> tuple[Report, ...]:
    """The report of a part; where its tables print several years beside each other, that of the year its title names.

    Where the title names none of them, or several, each year is a report.
    """
    if not names_years(document):
        return (read_one(document, lines, divisions, portal, link),)
    years, complete = years_beside(document)
    read = {year: read_one(part, lines_of(part), divisions, portal, link) for year, part in years.items()}
    titled = {int(year) for report in read.values() for year in re.findall(r"20[0-3]\d", report.title)}
    wanted = titled & set(years) if len(titled) == 1 else set(years) if complete else set()
    if wanted:
        return tuple(_of_year(read[year], year, years) for year in sorted(wanted, reverse=True))
    if not has_years(document):
        return (read_one(document, lines, divisions, portal, link),)
    message = (
        "a table prints several years beside each other; nothing says for sure which column is whose, none was read"
    )
    report = read_one(document, without_years(document, lines), divisions, portal, link)
    return (report.with_findings((Finding("years_beside", Severity.WARNING, "document", message),)),)


def _of_year(report: Report, year: int, years: Iterable[int]) -> Report:
    """The report of one of the years that are printed beside each other."""
    message = f"the tables print {', '.join(map(str, years))} beside each other; the columns of {year} were read"
    findings = [f for f in report.findings if f.code not in {"year_disagreement", "form_year"}]
    own = report.period if report.period and report.period[0].year == year else None
    digest = hashlib.sha256(f"{report.content_hash}\x1d{year}".encode()).hexdigest()
    known = form_by_code(report.form) if report.form in {form.code for form in load_forms()} else None
    version = known.versions.get(year, report.template_version) if known else report.template_version
    return replace(
        report,
        report_year=year,
        period=own,
        template_version=version,
        content_hash=digest,
        findings=(*findings, Finding("years_beside", Severity.INFO, "document", message, None, year)),
    )


def is_report(report: Report) -> bool:
    """Whether a form, or at least the sections of a report, were found."""
    return report.form != "none" or any(section.heading for section in report.sections)


class _Whole:
    """What a page of several reports says of all of them."""

    def __init__(self, document: Document, link: Link | None) -> None:
        titles = [document.metadata.get("ArticleTitle", ""), document.title, link.text if link else ""]
        self.title = next((title for title in titles if is_report_title(title)), "")
        self.year = title_year(self.title)
        days = [parse_date(document.metadata.get("PubDate", "")), link.published_on if link else None]
        self.published_on: date | None = next((day for day in days if day), None)

    def complete(self, report: Report, first: Report) -> Report:
        """The report with what it does not say itself, as far as the page can know."""
        told = {finding.where for finding in report.findings if finding.code == "derived"}
        findings = list(report.findings)
        year = report.report_year
        if (year is None or "report_year" in told) and self.year is not None:
            findings = [f for f in findings if (f.code, f.where) != ("derived", "report_year")]
            year = self.year
            message = "the report names no year; the page does"
            findings.append(Finding("derived", Severity.INFO, "report_year", message, None, year))
        day = report.published_on
        if day is None and self.published_on and year is not None and self.published_on.year == year + 1:
            day = self.published_on
        who = first if report.agency is None or ("agency" in told and first.agency) else report
        return replace(
            report,
            title=report.title or self.title,
            agency=who.agency,
            division_code=who.division_code,
            province_code=who.province_code,
            scope=who.scope,
            report_year=year,
            published_on=day,
            findings=tuple(findings),
        )


def _without_doubles(reports: Sequence[Report]) -> list[Report]:
    """Each report once: of two of one agency, year and title the first, which says so."""
    kept: dict[tuple[str | None, int | None, str], Report] = {}
    for report in reports:
        key = (report.agency, report.report_year, report.title)
        if key not in kept:
            kept[key] = report
        elif kept[key].content_hash != report.content_hash:
            message = "the document prints a further report of this agency, year and title, which was not read"
            kept[key] = kept[key].with_findings((Finding("further_report", Severity.WARNING, "document", message),))
    return list(kept.values())
