"""What was read of each document of a bundle: a report, or its blank form, or nothing of the kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from govcrawl.checks import prove
from govcrawl.divisions import Divisions
from govcrawl.forms import is_report, read_reports
from govcrawl.forms.title import agency_in_title, is_report_title, title_year
from govcrawl.model import Document, DocumentError, DocumentKind, Link, Portal, Report
from govcrawl.reading.records import Piece

_PAGE, _EXACT, _PRINTED, _RECOGNISED = range(4)
"""How far a source is from the report as it was written."""
_PAGES = frozenset({DocumentKind.HTML, DocumentKind.TEXT})
PRINTED = frozenset({DocumentKind.PDF, DocumentKind.OFD})
_SUFFIX = re.compile(r"\.[A-Za-z]{2,4}$")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One report as one document has it."""

    report: Report
    rank: int
    """0 for the page, 1 for a file that keeps its cells, 2 for a printed sheet, 3 where words were recognised."""
    url: str | None = None
    name: str = ""
    """How people call it: its address, or the name of its file."""
    also: tuple[str, ...] = ()
    """Further addresses it comes from."""

    @property
    def order(self) -> tuple[int, str, str]:
        """The better source first; no two alike, so that it does not matter in which order they came."""
        return self.rank, self.report.content_hash, self.url or self.name

    @property
    def is_page(self) -> bool:
        return self.rank == _PAGE

    @property
    def agency(self) -> str | None:
        """The agency, where its own title names one."""
        title = self.report.title
        named = is_report_title(title) and agency_in_title(title)
        return self.report.agency if named else None

    @property
    def signed(self) -> str | None:
        """The agency, where its own text names one, be it only under it."""
        derived = any((f.code, f.where) == ("derived", "agency") for f in self.report.findings)
        return None if derived else self.report.agency

    @property
    def year(self) -> int | None:
        """The year, where it is not derived from the date of publication."""
        derived = any((f.code, f.where) == ("derived", "report_year") for f in self.report.findings)
        return None if derived else self.report.report_year

    @property
    def has_values(self) -> bool:
        """Whether a cell holds a number."""
        report = self.report
        rows = [report.disclosure, report.statistics, *report.applications.values(), *report.review_litigation.values()]
        return any(figure.value is not None for cells in rows for figure in cells.values())

    @property
    def prose(self) -> int:
        """Characters of its sections."""
        return sum(len(section.text) for section in self.report.sections if section.heading)

    @property
    def tells(self) -> bool:
        """Whether it is a report with something in it, and neither its blank form nor a letter about it."""
        named = self.report.form != "none" or is_report_title(self.report.title)
        return named and is_report(self.report) and (self.has_values or self.prose > 0)


@dataclass(slots=True)
class Read:
    """What a bundle gave."""

    sources: list[Source] = field(default_factory=list)
    failed: list[tuple[str, DocumentError]] = field(default_factory=list)
    """(name, why) of documents that broke a limit."""


def read_sources(pieces: Sequence[Piece], divisions: Divisions | None, portal: Portal | None) -> Read:
    """Read every document of every piece by itself."""
    read = Read()
    for piece in _pictures_together(pieces):
        for document in piece.documents:
            name = document.member or piece.url or piece.name
            try:
                found = read_reports(document, divisions=divisions, portal=portal, link=voice(piece, document))
            except DocumentError as error:
                read.failed.append((name, error))
                continue
            for report in found:
                named = _with_source(prove(report), piece.url or piece.name or None)
                read.sources.append(Source(named, _rank(piece, document), piece.url, name, piece.also))
    return read


def _pictures_together(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, the pictures that hang on a page as one document: a scan has a picture for each sheet."""
    pictures = [piece for piece in pieces if [d.kind for d in piece.documents] == [DocumentKind.PICTURE]]
    others = [piece for piece in pieces if all(piece is not picture for picture in pictures)]
    if len(pictures) < 2 or not any(piece.is_page for piece in others):
        return list(pieces)
    sheets = [piece.documents[0] for piece in pictures]
    whole = replace(
        sheets[0],
        blocks=tuple(block for sheet in sheets for block in sheet.blocks),
        recognised=any(sheet.recognised for sheet in sheets),
        notes=tuple(dict.fromkeys(note for sheet in sheets for note in sheet.notes)),
    )
    also = tuple(piece.url for piece in pictures[1:] if piece.url)
    return [*others, replace(pictures[0], documents=(whole,), also=also)]


def voice(piece: Piece, document: Document) -> Link | None:
    """What leads to a document, as a link: the anchor, or the file's own name where that says more."""
    link = piece.link
    if _is_page(piece, document):
        return link
    path = unquote(urlsplit(piece.url).path) if piece.url else ""
    files = [stem(document.member), stem(piece.name), stem(path)]
    names = [files[0], _SUFFIX.sub("", link.text).strip() if link else "", *files[1:]]
    text = next((name for name in names if is_report_title(name) and title_year(name)), None)
    text = text or next((name for name in names if is_report_title(name)), None)
    if text is None:
        return replace(link, text=names[1]) if link else None
    return replace(link, text=text) if link else Link(piece.url or "", text)


def stem(name: str) -> str:
    """The name of a file without its folders and its ending."""
    return _SUFFIX.sub("", PurePosixPath(name.replace("\\", "/")).name).strip()


def _is_page(piece: Piece, document: Document) -> bool:
    """Whether a document is a page: a file is none, also where the address of a page gave it."""
    return piece.is_page and document.kind in _PAGES and not document.member


def _rank(piece: Piece, document: Document) -> int:
    if document.recognised:
        return _RECOGNISED
    if _is_page(piece, document):
        return _PAGE
    return _PRINTED if document.kind in PRINTED else _EXACT


def _with_source(report: Report, source: str | None) -> Report:
    tables = {table_id: replace(facts, source=source) for table_id, facts in report.tables.items()}
    return replace(report, tables=tables)
