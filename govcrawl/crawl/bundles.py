"""A page and its attachments on their way to reports: read, joined, judged. Writes nothing."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Iterable

from govcrawl.crawl.items import Fetched
from govcrawl.discovery import LinkKind, classify_link
from govcrawl.divisions import Divisions
from govcrawl.documents import read_documents
from govcrawl.model import DocumentError, GovcrawlError, Link, ProblemKind, Report, Role
from govcrawl.reading import Piece, read_pieces
from govcrawl.workers import Workers, is_heavy

_LIKELIEST = (
    ProblemKind.UNREADABLE,
    ProblemKind.ENCRYPTED,
    ProblemKind.EXTRACTION_FAILED,
    ProblemKind.TOO_LARGE,
)
"""Of several files that could not be read, those that may well be the report come first."""
log = logging.getLogger(__name__)


class NoReportError(GovcrawlError):
    """A page and its attachments gave no report; `kind` and `url` say why and where."""

    def __init__(self, kind: ProblemKind, detail: str, url: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.url = url


async def read_bodies(item: Fetched, workers: Workers, heavy: int) -> None:
    """Fill in the documents of a page and its attachments, or why there are none. The reader's failures end nothing."""
    await asyncio.gather(*(_read(piece, workers, heavy) for piece in item.pieces))


async def _read(piece: Fetched, workers: Workers, heavy: int) -> None:
    capture = piece.capture
    try:
        if is_heavy(capture.body, heavy):
            documents = await workers.read(capture.body, url=capture.url, content_type=capture.content_type)
        else:
            documents = read_documents(capture.body, url=capture.url, content_type=capture.content_type)
    except DocumentError as error:
        piece.failure = error.kind, str(error)
    except Exception as error:
        log.exception("reading %s", capture.url)
        piece.failure = ProblemKind.EXTRACTION_FAILED, last_line(error)
    else:
        piece.documents = documents


def extract(item: Fetched, divisions: Divisions) -> None:
    """Fill in the reports that a page and its attachments hold together.

    Raises:
        NoReportError: there is none.
    """
    pieces = [
        Piece(
            piece.documents,
            piece.capture.url,
            piece.link,
            is_page=piece.capture.role is not Role.ATTACHMENT,
            name=piece.link.text if piece.link and piece is not item else "",
        )
        for piece in item.pieces
        if piece.documents
    ]
    if not pieces:
        raise _unread(item.pieces)
    try:
        found = read_pieces(pieces, divisions=divisions, portal=item.portal)
    except DocumentError as error:
        raise NoReportError(error.kind, str(error), item.capture.url) from error
    if not found:
        raise NoReportError(ProblemKind.NOT_A_REPORT, "neither a page nor a file of it is a report", item.capture.url)
    if all(map(_is_none, (each.report for each in found))):
        if any(piece.failure for piece in item.pieces):
            raise _unread(item.pieces)
        raise _none(item, found[0].report)
    item.found = tuple(each for each in found if not _is_none(each.report))


def _is_none(report: Report) -> bool:
    return report.form == "none" and not any(section.heading for section in report.sections)


def _none(item: Fetched, report: Report) -> NoReportError:
    named = classify_link(Link(item.capture.url, report.title)) is LinkKind.REPORT
    reason = report.reason or "neither a form nor the sections of a report"
    return NoReportError(
        ProblemKind.NO_TABLE if named else ProblemKind.NOT_A_REPORT,
        f"{reason}; it looks like: {item.seems}" if item.seems else reason,
        item.capture.url,
    )


def _unread(pieces: Iterable[Fetched]) -> NoReportError:
    """The failure of the piece that most likely is the report."""
    failed = [(piece.failure, piece.capture.url) for piece in pieces if piece.failure]
    (kind, detail), url = min(
        failed, key=lambda each: _LIKELIEST.index(each[0][0]) if each[0][0] in _LIKELIEST else len(_LIKELIEST)
    )
    return NoReportError(kind, detail, url)


def last_line(error: BaseException) -> str:
    """The last line of a traceback, with the place it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno})" if frames else ""
    return traceback.format_exception_only(error)[-1].strip() + where
