"""The closed lists: severities, roles, scopes, kinds of agency, of document, of problem."""

from __future__ import annotations

from enum import StrEnum


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
    DOCX = "docx"
    """Word's zip of XML."""
    DOC = "doc"
    """Word's or WPS Writer's OLE file (.doc, .wps), and Word 2003's XML."""
    RTF = "rtf"
    ODT = "odt"
    XLSX = "xlsx"
    XLS = "xls"
    """Excel's or WPS Spreadsheets' OLE file (.xls, .et)."""
    ODS = "ods"
    PDF = "pdf"
    OFD = "ofd"
    """A fixed layout as a zip of XML (GB/T 33190)."""
    PICTURE = "picture"
    """A scan or a screenshot, of any format of picture."""
    ZIP = "zip"
    """An archive: never a document itself, its members are."""


class Proof(StrEnum):
    """What the sums of a sub-table say of how it was read."""

    PROVEN = "proven"
    """Every cell was read and stands in a sum, and all sums hold."""
    CONTRADICTED = "contradicted"
    """A sum does not hold: misprinted, or misread."""
    UNPROVEN = "unproven"
    """Cells are missing or blank, or stand in no sum."""


class ProblemKind(StrEnum):
    """Why a portal, a column or a URL gave us nothing. The list is fixed and documented in docs/problems.md."""

    UNREACHABLE = "unreachable"
    """No connection, no name, a timeout, or a body cut short."""
    HTTP_ERROR = "http_error"
    """An error status that is neither a block nor a missing page."""
    NOT_FOUND = "not_found"
    """404 or 410, also behind status 200."""
    TLS = "tls"
    """No encrypted connection could be agreed on, in any way that is tried, and there is none without."""
    BLOCKED = "blocked"
    """A challenge page, a firewall's refusal or a cookie gate (403, 405, 412, 468, 521): left alone."""
    RESTING = "resting"
    """The host asked for more rest than a run can wait, or failed again after a rest: the others were not asked for."""
    ROBOTS = "robots"
    """robots.txt forbids it, or asks for longer pauses than a run can keep."""
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
    UNREADABLE = "unreadable"
    """A document that needs a tool which is not installed here; the detail names it."""
    ENCRYPTED = "encrypted"
    """A document that only opens with a password."""
    NO_COLUMN = "no_column"
    """No annual-report column was found from the portal's home page."""
    NO_REPORTS = "no_reports"
    """A column that lists no report."""
    INCOMPLETE_LIST = "incomplete_list"
    """Fewer rows were listed than the platform says the list has."""
    NOT_A_REPORT = "not_a_report"
    """A page linked as a report that is none."""
    NO_TABLE = "no_table"
    """A report in which no form could be read."""
    BUDGET = "budget"
    """The portal's budget of requests or depth was used up before its end."""
    EXTRACTION_FAILED = "extraction_failed"
    """The reader itself failed; the capture is kept and can be replayed."""
    STORE_FAILED = "store_failed"
