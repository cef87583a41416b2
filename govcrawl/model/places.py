"""Where reports come from: divisions, portals, links, captures, and what went wrong there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govcrawl.model.kinds import ProblemKind, Role


@dataclass(frozen=True, slots=True)
class Heir:
    """The division that a former one became, or was merged into."""

    code: str
    renamed: bool
    """It is the former one under another name or code, and has its agencies; false: it took it over."""
    reason: str = ""
    """What happened, and which public document says so."""


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division by GB/T 2260 code."""

    code: str
    name: str
    full_name: str
    level: str
    parent_code: str | None
    province_code: str
    """The province whose spider and whose figures it belongs to: itself, for a province, the corps and the centre."""
    valid_from: date | None = None
    """A day it is known to have been in force already; None for as long as the table knows."""
    valid_to: date | None = None
    """The last day it is known to have been in force; None for a division in force."""
    former_names: tuple[str, ...] = ()
    """Names that the code was borne under before."""
    heirs: tuple[Heir, ...] = ()
    """What became of a former division."""


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
    page_url: str | None = None
    """The page it is an attachment of."""
    link: Link | None = None
    """The link that led to it, as a list or its page shows it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose report a list row says it leads to."""

    agency: str
    division_code: str | None
    province_code: str | None
    report_year: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A portal, column or URL that failed, for the `problems` table."""

    url: str
    kind: ProblemKind
    detail: str = ""
    portal_id: str | None = None
