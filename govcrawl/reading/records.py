"""What the reading takes and gives."""

from __future__ import annotations

from dataclasses import dataclass

from govcrawl.model import Document, Link, Report


@dataclass(frozen=True, slots=True)
class Piece:
    """A page, or one file that hangs on it or lies alone."""

    documents: tuple[Document, ...]
    """What was read of it: one document; of an archive, one for each member."""
    url: str | None = None
    link: Link | None = None
    """The link that led to it: the row of a column for a page, the anchor inside the page for an attachment."""
    is_page: bool = False
    """Whether it is the page on which the other pieces hang; only HTML and plain text are taken for one."""
    name: str = ""
    """The file's name, where there is no link that tells it."""
    also: tuple[str, ...] = ()
    """Further addresses its document comes from: a report in several pictures."""


@dataclass(frozen=True, slots=True)
class Found:
    """A report, proven, and where it was found."""

    report: Report
    urls: tuple[str, ...]
    """The addresses of its sources, the main one first; empty where the pieces have none."""
