"""What a document may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from govcrawl.model import DocumentError, ProblemKind


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one document; a report has some 30 KB, 1,000 tags and 400 cells."""

    bytes: int = 20_000_000
    tags: int = 100_000
    """Markup characters `<`: what the parser's time and memory grow with."""
    attributes: int = 2_000
    """Attributes of one tag: the parser compares each with all before it."""
    lines: int = 50_000
    """Lines of flattened text."""
    cells: int = 100_000
    """Grid cells of the whole document, repeats by spans included."""
    sheets: int = 200
    """Sheets of paper of a PDF or OFD document; the longest reports have some 60."""
    glyphs: int = 500_000
    """Printed characters of a document in a fixed layout."""
    matches: int = 150_000
    """Labels times rows of figures in tables without rules; the largest report has some 4,000."""
    rules: int = 50_000
    """Lines drawn on one sheet."""
    pixels: int = 60_000_000
    """Pixels of one picture: an A3 sheet at 400 dots an inch has 31 million."""
    members: int = 200
    """Files in an archive, archives inside it included."""
    unpacked: int = 200_000_000
    """Bytes that an archive, or a document that is one (docx, xlsx, ofd), may unpack to."""
    depth: int = 3
    """Archives inside archives."""


def too_large(message: str) -> DocumentError:
    return DocumentError(message, ProblemKind.TOO_LARGE)
