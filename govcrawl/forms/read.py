"""From a document to a report: the one way every format goes."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from govcrawl.divisions import Divisions, load_divisions
from govcrawl.documents.canonical import canonical_text
from govcrawl.forms.detect import candidates, decide_forms, form_code, template_version
from govcrawl.forms.facts import Facts, read_facts
from govcrawl.forms.schema import Form, Part
from govcrawl.forms.sections import Prose, prose_of, tells_prose_form
from govcrawl.forms.segments import Line, lines_of, segments_of
from govcrawl.forms.tables import TableReading, empty_table, read_table
from govcrawl.forms.title import is_report_title, squeeze
from govcrawl.model import Document, Evidence, ExtraCell, Figure, Finding, Link, Portal, Report, Section, Severity

HEADINGS_OF_A_REPORT = 3
"""A page with this many of the known section headings is a report, whatever its title."""


@dataclass(slots=True)
class _Tables:
    """The sub-tables of a document."""

    readings: list[TableReading]
    ambiguous: list[bool]
    placed: set[int]
    labels: list[str]


def read_report(
    document: Document,
    *,
    divisions: Divisions | None = None,
    portal: Portal | None = None,
    link: Link | None = None,
) -> Report:
    """Read the report a document holds.

    Args:
        document: as `govcrawl.documents.read_document` gives it.
        divisions: the gazetteer; the shipped one by default.
        portal: where the document was found; its division helps to place the agency.
        link: the list row that led to it; its title and date are two more voices.

    Returns:
        The report. A document that is none gives one with `form` `none` and a `reason`.
    """
    lines = lines_of(document)
    tables = _read_tables(lines)
    prose = prose_of(document, lines, tables.placed)
    facts = read_facts(document, prose, tables.labels, divisions or load_divisions(), portal, link)
    form, version, evidence, reason = _form(document, tables, prose, facts)
    _add_missing_tables(tables.readings, form)
    findings = _findings(tables, facts, document, form)
    cells = _collect(tables.readings)
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
        table_forms={reading.table.id: reading.form.code for reading in tables.readings if reading.rows},
        reason=reason,
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
    segments = [segment for segment in segments_of(lines) if segment.table_id is not None]
    fits = [(segment, found) for segment in segments if (found := candidates(segment))]
    chosen = decide_forms([found for _, found in fits])
    readings: list[TableReading] = []
    ambiguous: list[bool] = []
    placed: set[int] = set()
    labels: list[str] = []
    for (segment, found), fitted in zip(fits, chosen, strict=True):
        reading = read_table(fitted)
        placed.update(index_of[id(line)] for line in segment.lines)
        twin = next((known for known in readings if known.table.id == reading.table.id), None)
        if twin is not None:
            _join(twin, reading)
            continue
        readings.append(reading)
        ambiguous.append(len(found) > 1)
        labels.extend(text for line in segment.lines for text in line.labels)
    return _Tables(readings, ambiguous, placed, labels)


def _add_missing_tables(readings: list[TableReading], form: str) -> None:
    """Every code of the detected form is present; the cells of a table that is not there are null."""
    for candidate in {reading.form for reading in readings if reading.form.code == form}:
        found = {reading.table.id for reading in readings}
        for table in candidate.tables:
            if table.id not in found:
                readings.append(empty_table(candidate, table))


def _join(first: TableReading, second: TableReading) -> None:
    """A sub-table met twice: rows the first lacks are taken over, the others are kept as extra cells."""
    rows_of_first = {row.code for row in first.rows}
    fresh = [row for row in second.rows if row.code not in rows_of_first]
    if first.form is second.form and fresh and len(fresh) == len(second.rows):
        for (code, index), figure in second.figures.items():
            if code in {row.code for row in fresh}:
                first.figures[code, index] = figure
        first.rows.extend(fresh)
        wheres = {f"{first.where}/{row.code}" for row in fresh}
        first.findings[:] = [f for f in first.findings if not (f.code == "missing_row" and f.where in wheres)]
        first.repaired = max(0, first.repaired - len(fresh) * len(first.table.columns))
        first.extras.extend(second.extras)
        first.findings.extend(f for f in second.findings if f.code != "missing_row")
        return
    for row in second.rows:
        for index, column in enumerate(second.table.columns):
            figure = second.figures[row.code, index]
            if figure.raw:
                first.extras.append(ExtraCell(str(second.table.part), row.label, column.label, figure))
    first.extras.extend(second.extras)
    first.tell("repeated_table", Severity.WARNING, first.where, "the table is printed twice; the first was read")


@dataclass(slots=True)
class _Cells:
    disclosure: dict[str, Figure]
    applications: dict[str, dict[str, Figure]]
    review_litigation: dict[str, dict[str, Figure]]
    statistics: dict[str, Figure]
    extras: list[ExtraCell]
    findings: list[Finding]


def _collect(readings: Sequence[TableReading]) -> _Cells:
    cells = _Cells({}, {}, {}, {}, [], [])
    for reading in readings:
        _add_parts(reading)
        table = reading.table
        for row in table.rows:
            printed = (row.code, 0) in reading.figures
            if row.optional and (row.extra_code or not printed):
                if printed:
                    cells.extras.extend(_extension(reading, row.code))
                continue
            figures = [reading.figures[row.code, index] for index in range(len(table.columns))]
            if table.part is Part.APPLICATIONS:
                cells.applications[row.code] = {c.code: f for c, f in zip(table.columns, figures, strict=True)}
            elif table.part is Part.REVIEW_LITIGATION:
                for column, figure in zip(table.columns, figures, strict=True):
                    channel = column.group.code if column.group else ""
                    cells.review_litigation.setdefault(channel, {})[column.code] = figure
            else:
                part = cells.disclosure if table.part is Part.DISCLOSURE else cells.statistics
                for column, figure in zip(table.columns, figures, strict=True):
                    part[table.cell_code(row, column)] = figure
        cells.extras.extend(reading.extras)
        cells.findings.extend(reading.findings)
        _tell_blanks(reading, cells)
    return cells


def _extension(reading: TableReading, row_code: str) -> list[ExtraCell]:
    """The cells of a local edition's row."""
    table = reading.table
    row = next(row for row in table.rows if row.code == row_code)
    whole = next((other.label for other in table.rows if other.code == row.part_of), "")
    label = f"{whole}/{row.label}" if whole else row.label
    return [
        ExtraCell(
            str(table.part), label, column.label, reading.figures[row_code, index], f"{row.extra_code}_{column.code}"
        )
        for index, column in enumerate(table.columns)
    ]


def _add_parts(reading: TableReading) -> None:
    """Sum the printed parts of an official row that is not printed itself; tell every local row."""
    table = reading.table
    for row in reading.rows:
        if row.replaces:
            reading.tell(
                "collapsed_row",
                Severity.INFO,
                f"{reading.where}/{row.code}",
                f"one row stands for {len(row.replaces)}",
                actual=row.label,
            )
        elif row.optional:
            reading.tell(
                "edition",
                Severity.INFO,
                f"{reading.where}/{row.code}",
                f"a row of the local edition {row.edition}",
                actual=row.label,
            )
    wholes = {row.part_of for row in reading.rows if row.part_of}
    for whole in sorted(code for code in wholes if code):
        parts = [row for row in reading.rows if row.part_of == whole]
        for index, column in enumerate(table.columns):
            if reading.figures.get((whole, index), Figure(None)).raw:
                continue
            figures = [reading.figures[row.code, index] for row in parts]
            values = [figure.value for figure in figures if figure.value is not None]
            if not values:
                continue
            units = {figure.unit for figure in figures}
            total = sum(values)
            reading.figures[whole, index] = Figure(total, "", units.pop() if len(units) == 1 else None)
            where = f"{table.part}/{table.cell.format(row=whole, column=column.code)}"
            reading.tell("derived", Severity.INFO, where, "the sum of the rows it is printed as", actual=total)


def _tell_blanks(reading: TableReading, cells: _Cells) -> None:
    official = {row.code for row in reading.table.official_rows}
    printed = {row.code for row in reading.rows}
    nothing = [code for (code, _), figure in reading.figures.items() if figure.value is None and not figure.raw]
    blank = sum(code in official and code in printed for code in nothing)
    if blank:
        cells.findings.append(Finding("blank", Severity.INFO, reading.where, f"{blank} cells are blank", actual=blank))


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
    findings.extend(
        Finding(note, Severity.INFO, "document", "the reader repaired the document") for note in document.notes
    )
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
