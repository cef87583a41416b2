"""The nouns of the corpus, as frozen records. Standard library only; everything else imports from here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Number = int | float


class GovcrawlError(Exception):
    """Base of every error the project raises on purpose; raised itself by nobody."""


class FormError(GovcrawlError):
    """A form file breaks the schema; raised by `govcrawl.forms.load`."""


class DocumentError(GovcrawlError):
    """Bytes that cannot be read as a document; raised by `govcrawl.documents`. `kind` is a `ProblemKind`."""

    def __init__(self, message: str, kind: ProblemKind) -> None:
        super().__init__(message)
        self.kind = kind


class RegistryError(GovcrawlError):
    """A curated table (divisions, portals, lookups) is broken; raised by its loader."""


class SpiderError(GovcrawlError):
    """A spider is half configured, or an argument of it cannot be understood; raised when it is built."""


class StoreError(GovcrawlError):
    """The database cannot be used as asked; raised by `govcrawl.store`."""


class ArchiveError(GovcrawlError):
    """A raw capture cannot be written or read back; raised by `govcrawl.archive`."""


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """Arithmetic broken as printed."""
    WARNING = "warning"
    """Likely misfilling, or sources that disagree."""
    INFO = "info"
    """Label variant, derived value, blank."""


class Role(StrEnum):
    """What a captured page is to us."""

    HOME = "home"
    COLUMN = "column"
    PAGE = "page"
    ATTACHMENT = "attachment"


class Scope(StrEnum):
    """For whom a report counts (whole area, or the own office only)."""

    WHOLE_AREA = "whole_area"
    GOVERNMENT_OFFICE = "government_office"
    DEPARTMENT = "department"
    TOWNSHIP = "township"
    OTHER = "other"
    UNKNOWN = "unknown"


class AgencyKind(StrEnum):
    """What sort of body reports."""

    GOVERNMENT = "government"
    OFFICE = "office"
    DEPARTMENT = "department"
    TOWNSHIP = "township"
    PARTY = "party"
    INSTITUTION = "institution"
    OTHER = "other"


class DocumentKind(StrEnum):
    """What the bytes of a document are, by content."""

    HTML = "html"
    TEXT = "text"


class ProblemKind(StrEnum):
    """Why a portal, a column or a URL gave us nothing. The list is fixed and documented in docs/problems.md."""

    UNREACHABLE = "unreachable"
    """No connection, no name, a timeout, or a body cut short."""
    HTTP_ERROR = "http_error"
    """An error status that is neither a block nor a missing page."""
    NOT_FOUND = "not_found"
    """404 or 410, also behind status 200."""
    BLOCKED = "blocked"
    """A challenge page or a firewall's refusal (403, 412, 468, 521): left alone."""
    ROBOTS = "robots"
    """robots.txt forbids it."""
    FOREIGN_HOST = "foreign_host"
    """A page, or a redirect, that leads off the government's hosts: a mirror or a hijacked address."""
    UNSUPPORTED = "unsupported"
    """The page's list is served by a platform's own protocol that no module speaks yet."""
    REDIRECT_LOOP = "redirect_loop"
    TOO_LARGE = "too_large"
    """More bytes, cells or depth than the limits allow."""
    EMPTY = "empty"
    """A body without a byte, or without a readable character."""
    WRONG_TYPE = "wrong_type"
    """The bytes are not what a reader exists for (a picture named .html)."""
    NO_COLUMN = "no_column"
    """No annual-report column was found from the portal's home page."""
    NO_REPORTS = "no_reports"
    """A column that lists no report."""
    NOT_A_REPORT = "not_a_report"
    """A page linked as a report that is none."""
    NO_TABLE = "no_table"
    """A report in which no form could be read."""
    BUDGET = "budget"
    """The portal's budget of requests or depth was used up before its end."""
    EXTRACTION_FAILED = "extraction_failed"
    """The reader itself failed; the capture is kept and can be replayed."""
    STORE_FAILED = "store_failed"


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division by GB/T 2260 code."""

    code: str
    name: str
    full_name: str
    level: str
    parent_code: str | None
    province_code: str


@dataclass(frozen=True, slots=True)
class Portal:
    """A government portal of the registry."""

    id: str
    name: str
    division_code: str
    homepage: str
    platform: str | None = None
    columns: tuple[str, ...] = ()
    """Known report columns (absolute URLs)."""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink as a list page shows it."""

    url: str
    text: str
    """The full title: the `title` attribute when it is longer than the anchor text."""
    published_on: date | None = None
    """The date of the row, when one is printed."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetched body with its provenance."""

    url: str
    body: bytes
    status: int = 200
    content_type: str | None = None
    fetched_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    role: Role = Role.PAGE
    portal_id: str | None = None
    body_sha256: str = ""
    warc_file: str | None = None
    warc_offset: int | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid, placed after its spans were expanded."""

    text: str
    origin: bool = True
    """False where a rowspan or colspan repeats a cell that starts elsewhere."""


BLANK = GridCell("", origin=False)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table after span expansion.

    `rows` need not be rectangular: where `aligned` is false (flattened text) the column a cell stands in
    proves nothing, only the order within its row does.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    aligned: bool = True
    caption: str = ""

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or heading of prose. `level` is 1 to 6 for a marked-up heading, else 0."""

    text: str
    level: int = 0


Block = Text | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader made of the bytes: prose and grids in reading order, without the site's frame."""

    kind: DocumentKind
    blocks: tuple[Block, ...]
    title: str = ""
    """The page's own title (metadata, or the heading above the body), not the site's name."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Page metadata under the names of the national standard: ArticleTitle, PubDate, ContentSource, SiteName,
    ColumnName, SiteIDCode, Url … as printed."""
    url: str | None = None
    encoding: str = ""
    body_source: str = ""
    """How the main body was told from the frame: `container`, `tables`, `trafilatura`, `whole`."""
    pictures: int = 0
    """Pictures inside the main body."""
    notes: tuple[str, ...] = ()
    """Repairs the reader made (`span_clamped`, `charset_relabelled`, `rows_cut`), for findings."""

    def texts(self) -> Iterator[str]:
        """Yield the prose of the document, paragraph by paragraph."""
        for block in self.blocks:
            if isinstance(block, Text):
                yield block.text

    def grids(self) -> Iterator[Grid]:
        """Yield the grids in reading order."""
        for block in self.blocks:
            if isinstance(block, Grid):
                yield block


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of a report. `raw` is as printed; a blank, `/`, `—` or `无` is None, never 0."""

    value: Number | None
    raw: str = ""
    unit: str | None = None
    """The unit somebody printed (in the cell, the header or the form), normalised; None where nobody did."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader or a check has to say about a report."""

    code: str
    severity: Severity
    where: str
    """`applications/natural_person`, `disclosure/rules_made`, `title`, …"""
    message: str
    expected: Number | str | None = None
    actual: Number | str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": str(self.severity),
            "where": self.where,
            "expected": self.expected,
            "actual": self.actual,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class ExtraCell:
    """A printed cell that has no place on the official form."""

    table: str
    row: str
    column: str
    figure: Figure
    code: str | None = None
    """The code of a known local extension."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report's prose. `number` is None where none is printed."""

    number: int | None
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What decided the template version: `table`, `period`, `title`, `form`; and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report, read. Mappings go from code to `Figure` and hold every code of the detected form."""

    title: str
    agency: str | None
    division_code: str | None
    province_code: str | None
    report_year: int | None
    published_on: date | None
    form: str
    template_version: str | None
    template_evidence: Evidence | None
    content_hash: str
    scope: Scope = Scope.UNKNOWN
    period: tuple[date, date] | None = None
    """First and last day of the stated statistics period."""
    confidence: float = 0.0
    """Share of the detected form's cells that were placed without a repair, 0 to 1."""
    disclosure: Mapping[str, Figure] = field(default_factory=dict)
    applications: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    """Row code → applicant column code → figure."""
    review_litigation: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    """Channel → outcome → figure."""
    statistics: Mapping[str, Figure] = field(default_factory=dict)
    """The cells of `stat2014`."""
    extra_cells: tuple[ExtraCell, ...] = ()
    sections: tuple[Section, ...] = ()
    findings: tuple[Finding, ...] = ()
    table_forms: Mapping[str, str] = field(default_factory=dict)
    """Sub-table id → the form it was detected as."""
    reason: str | None = None
    """Why `form` is `none`."""

    @property
    def id(self) -> str:
        """First 20 hex digits of the content hash: the key of `reports`."""
        return self.content_hash[:20]

    def with_findings(self, findings: tuple[Finding, ...]) -> Report:
        """A copy with further findings appended."""
        return replace(self, findings=self.findings + findings)

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Yield every official cell as (`part/code` or `part/row/column`, figure)."""
        for part, cells in (("disclosure", self.disclosure), ("statistics", self.statistics)):
            for code, figure in cells.items():
                yield f"{part}/{code}", figure
        for part, rows in (("applications", self.applications), ("review_litigation", self.review_litigation)):
            for row, columns in rows.items():
                for column, figure in columns.items():
                    yield f"{part}/{row}/{column}", figure

    def to_dict(self) -> dict[str, Any]:
        """The public JSON of a report (docs/json.md)."""
        return {
            "title": self.title,
            "agency": self.agency,
            "division_code": self.division_code,
            "province_code": self.province_code,
            "report_year": self.report_year,
            "published_on": self.published_on.isoformat() if self.published_on else None,
            "period": [day.isoformat() for day in self.period] if self.period else None,
            "scope": str(self.scope),
            "form": self.form,
            "template_version": self.template_version,
            "template_evidence": (
                {"kind": self.template_evidence.kind, "text": self.template_evidence.text}
                if self.template_evidence
                else None
            ),
            "table_forms": dict(self.table_forms),
            "content_hash": self.content_hash,
            "confidence": round(self.confidence, 4),
            "reason": self.reason,
            "disclosure": {code: figure.value for code, figure in self.disclosure.items()},
            "statistics": {code: figure.value for code, figure in self.statistics.items()},
            "applications": _nested_values(self.applications),
            "review_litigation": _nested_values(self.review_litigation),
            "units": {where.split("/", 1)[1]: f.unit for where, f in self.figures() if f.unit},
            "raw": {where: f.raw for where, f in self.figures() if f.raw != ("" if f.value is None else str(f.value))},
            "extra_cells": [
                {
                    "table": cell.table,
                    "row": cell.row,
                    "column": cell.column,
                    "value": cell.figure.value,
                    "raw": cell.figure.raw,
                    "unit": cell.figure.unit,
                    "code": cell.code,
                }
                for cell in self.extra_cells
            ],
            "sections": [{"number": s.number, "heading": s.heading, "text": s.text} for s in self.sections],
            "findings": [finding.to_dict() for finding in self.findings],
        }


def _nested_values(rows: Mapping[str, Mapping[str, Figure]]) -> dict[str, dict[str, Number | None]]:
    return {row: {column: figure.value for column, figure in columns.items()} for row, columns in rows.items()}


@dataclass(frozen=True, slots=True)
class Problem:
    """A portal, column or URL that failed, for the `problems` table."""

    url: str
    kind: ProblemKind
    detail: str = ""
    portal_id: str | None = None


