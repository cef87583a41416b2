"""A page and its attachments to reports."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.checks import prove
from govcrawl.divisions import Divisions
from govcrawl.forms import read_reports
from govcrawl.model import Portal
from govcrawl.reading.records import Found, Piece


def read_pieces(
    pieces: Sequence[Piece], *, divisions: Divisions | None = None, portal: Portal | None = None
) -> tuple[Found, ...]:
    """Read every report that a page and its attachments, or files alone, hold together.

    Args:
        pieces: the page, where there is one, and its attachments in any order.
        divisions: the gazetteer; the shipped one by default.
        portal: where they were found.

    Returns:
        The reports, proven, those of the page first. Sources of one report (same agency, same year) are joined; what
        is no report is left out. Where nothing is one, the page's reading alone, with `form` = `none` and a `reason`.

    Raises:
        DocumentError: nothing is a report, and a document broke a limit.
    """
    found = []
    for piece in pieces:
        for document in piece.documents:
            for report in read_reports(document, divisions=divisions, portal=portal, link=piece.link):
                found.append(Found(prove(report), (piece.url,) if piece.url else ()))
    return tuple(found)
