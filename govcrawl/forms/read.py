"""From a document that holds one report to that report: the one way every format goes."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from govcrawl.divisions import Divisions, load_divisions
from govcrawl.documents.canonical import canonical_text
from govcrawl.forms.collect import collect, join
from govcrawl.forms.detect import candidates, decide_forms, form_code, template_version
from govcrawl.forms.facts import Facts, read_facts
from govcrawl.forms.fit import Fit
from govcrawl.forms.schema import Form, Part
from govcrawl.forms.sections import Prose, prose_of, tells_prose_form
from govcrawl.forms.segments import Line, Segment, segments_of
from govcrawl.forms.tables import TableReading, empty_table, read_table
from govcrawl.forms.title import is_report_title, squeeze, title_in
from govcrawl.model import (
    Document,
    DocumentError,
    Evidence,
    Finding,
    Link,
    Portal,
    ProblemKind,
    Report,
    Section,
    Severity,
    TableFacts,
)

MAX_LINES = 1000
"""Rows of one sub-table that are aligned; the longest official one has 58, and each costs a millisecond."""
HEADINGS_OF_A_REPORT = 3
"""A page with this many of the known section headings is a report, whatever its title."""


@dataclass(slots=True)
class _Tables:
    """The sub-tables of a document."""

    readings: list[TableReading]
    ambiguous: list[bool]
    placed: set[int]
    labels: list[str]
    titled: int = 0
    """How many sub-tables have their own title printed over them."""


def read_one(
    document: Document,
    lines: Sequence[Line],
    divisions: Divisions | None = None,
    portal: Portal | None = None,
    link: Link | None = None,
) -> Report:
    """Read a document that holds one report (or none).

    Args:
        document: the document.
        lines: the rows of its grids.
        divisions: the gazetteer; the shipped one by default.
        portal: where it was found.
        link: the list row that led to it.

    Raises:
        DocumentError: TOO_LARGE for a table of more than `MAX_LINES` rows.
    """
    tables = _read_tables(lines)
    prose = prose_of(document, lines, tables.placed)
    if not _is_report(document, prose, tables, link):
        tables = _Tables([], [], set(), [])
        prose = prose_of(document, lines, tables.placed)
    facts = read_facts(document, prose, tables.labels, divisions or load_divisions(), portal, link)
    form, version, evidence, reason = _form(document, tables, prose, facts)
    _add_missing_tables(tables.readings, form)
    findings = _findings(tables, facts, document, form)
    cells = collect(tables.readings)
    return Report(
        title=facts.title,
        agency=facts.agency,
        division_code=facts.division_code,
        province_code=facts.province_code,
        report_year=facts.report_year,
        published_on=facts.published_on,
        form=form,
        template_version=version,
        template_evidence=evidence,
        content_hash=content_hash(document, facts),
        scope=facts.scope,
        period=facts.period,
        confidence=_confidence(tables.readings, form),
        disclosure=cells.disclosure,
        applications=cells.applications,
        review_litigation=cells.review_litigation,
        statistics=cells.statistics,
        extra_cells=tuple(cells.extras),
        sections=_sections(prose, facts.title),
        findings=(*findings, *cells.findings),
        tables={reading.table.id: _facts_of(reading, document) for reading in tables.readings if reading.rows},
        reason=reason,
    )


def _facts_of(reading: TableReading, document: Document) -> TableFacts:
    return TableFacts(
        reading.form.code,
        document.url,
        document.kind,
        document.recognised,
        member=document.member,
        confidence=max(0.0, 1 - reading.repaired / reading.table.size),
    )


def content_hash(document: Document, facts: Facts) -> str:
    """SHA-256 of the report's canonical content.

    The title belongs to it, since many reports differ in nothing else. The agency and the division do so only where
    the report itself does not name its agency: else two bodies that copied one text would be one report.
    """
    title = unicodedata.normalize("NFKC", squeeze(facts.title))
    body = canonical_text(document)
    while title and body.startswith(title):
        # Some portals print the title above the body, some inside it, some do both.
        body = body[len(title) :]
    outside = "" if facts.named_inside else f"{facts.division_code}\x1d{facts.agency}"
    return hashlib.sha256(f"{title}\x1d{outside}\x1d{body}".encode("utf-8", "surrogatepass")).hexdigest()


def _read_tables(lines: Sequence[Line]) -> _Tables:
    index_of = {id(line): index for index, line in enumerate(lines)}
    fits: list[tuple[Segment, list[Fit]]] = []
    goes_on = False
    for segment in segments_of(lines):
        if segment.table_id is not None and len(segment.lines) > MAX_LINES:
            message = f"a table of {len(segment.lines):,} rows is no table of a report ({MAX_LINES:,} at most)"
            raise DocumentError(message, ProblemKind.TOO_LARGE)
        found = candidates(segment, goes_on=goes_on)
        if found:
            fits.append((segment, found))
        goes_on = bool(found) and found[0].table.part is Part.DISCLOSURE
    chosen = decide_forms([found for _, found in fits])
    readings: list[TableReading] = []
    ambiguous: list[bool] = []
    placed: set[int] = set()
    labels: list[str] = []
    for fitted, both in _best_first(chosen, [len(found) > 1 for _, found in fits]):
        reading = read_table(fitted)
        placed.update(index_of[id(line)] for line in fitted.segment.lines)
        twin = next((known for known in readings if known.table.id == reading.table.id), None)
        if twin is not None:
            join(twin, reading)
            continue
        readings.append(reading)
        ambiguous.append(both)
        labels.extend(text for line in fitted.segment.lines for text in line.labels)
    return _Tables(readings, ambiguous, placed, labels, sum(fitted.titled for fitted in chosen))


def _is_report(document: Document, prose: Prose, tables: _Tables, link: Link | None) -> bool:
    """Whether the tables are a report's: other documents count licences, too, and notices come with a blank form."""
    titles = [
        title_in(prose.preamble),
        document.metadata.get("ArticleTitle", ""),
        document.title,
        link.text if link else "",
    ]
    if any(map(is_report_title, titles)) or len(prose.known) >= HEADINGS_OF_A_REPORT:
        return True
    parts = {reading.table.part for reading in tables.readings}
    filled = any(figure.value is not None for r in tables.readings for row in r.figures.values() for figure in row)
    return filled and (tables.titled > 1 or any(part is not Part.DISCLOSURE for part in parts))


def _best_first(chosen: Sequence[Fit], ambiguous: Sequence[bool]) -> list[tuple[Fit, bool]]:
    """In printed order, but of a table that is printed more than once the best print first."""
    order = list(zip(chosen, ambiguous, strict=True))
    for place, (fitted, _) in enumerate(order):
        twins = [at for at, (other, _) in enumerate(order) if at >= place and other.table.id == fitted.table.id]
        best = max(twins, key=lambda at: (order[at][0].quality, -at))
        order[place], order[best] = order[best], order[place]
    return order


def _add_missing_tables(readings: list[TableReading], form: str) -> None:
    """Every code of the detected form is present; the cells of a table that is not there are null."""
    for candidate in {reading.form for reading in readings if reading.form.code == form}:
        found = {reading.table.id for reading in readings}
        for table in candidate.tables:
            if table.id not in found:
                readings.append(empty_table(candidate, table))


def _form(
    document: Document, tables: _Tables, prose: Prose, facts: Facts
) -> tuple[str, str | None, Evidence | None, str | None]:
    readings = tables.readings
    if readings:
        forms: list[Form] = []
        for reading in readings:
            if reading.form not in forms:
                forms.append(reading.form)
        year = facts.report_year if facts.title else None
        version, evidence = template_version(
            readings, forms, facts.period, facts.period_text, facts.title, year, tables.labels
        )
        return form_code(readings, tables.ambiguous), version, evidence, None
    titled = is_report_title(facts.title)
    if (titled or len(prose.known) >= HEADINGS_OF_A_REPORT) and tells_prose_form(prose.known):
        return "prose", "2008", Evidence("form", "、".join(sorted(prose.known))), None
    if not titled and len(prose.known) < HEADINGS_OF_A_REPORT:
        return "none", None, None, "not an annual report: neither its title nor its headings are of one"
    if document.pictures:
        return "none", None, None, f"no readable table: the body holds {document.pictures} pictures"
    return "none", None, None, "no readable table"


def _findings(tables: _Tables, facts: Facts, document: Document, form: str) -> list[Finding]:
    findings = list(facts.findings)
    for note in document.notes:
        code, _, detail = note.partition(": ")
        findings.append(Finding(code, Severity.INFO, "document", detail or "the reader repaired the document"))
    year = facts.report_year
    for code in sorted({reading.form.code for reading in tables.readings}):
        first, last = next(r.form.report_years for r in tables.readings if r.form.code == code)
        if year is not None and not first <= year <= last:
            findings.append(
                Finding(
                    "form_year", Severity.WARNING, "form", f"{code} is for {first} to {last}", f"{first}–{last}", year
                )
            )
    if form == "prose" and year is not None and year > 2013:
        findings.append(Finding("form_year", Severity.WARNING, "form", "prose without a table after 2013", None, year))
    return findings


def _confidence(readings: Sequence[TableReading], form: str) -> float:
    size = sum(reading.table.size for reading in readings)
    if not size:
        return 1.0 if form == "prose" else 0.0
    return max(0.0, 1 - sum(reading.repaired for reading in readings) / size)


def _sections(prose: Prose, title: str) -> tuple[Section, ...]:
    """The sections, led by what stands before the first heading (less the title itself)."""
    lead = [text for text in prose.preamble if "".join(text.split()) not in title]
    if not lead:
        return tuple(prose.sections)
    return (Section(None, "", "\n".join(lead)), *prose.sections)
