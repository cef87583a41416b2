"""What a spider hands to the pipelines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from govcrawl.model import Capture, Document, Link, Portal, ProblemKind, Report
from govcrawl.reading import Found

MOST_BYTES = 100_000_000
"""Of the attachments of one page that are held in memory until all of them are there."""


@dataclass(slots=True, eq=False)
class Fetched:
    """A fetched body on its way through the pipelines, a page with its attachments; each fills in what it is for."""

    capture: Capture
    portal: Portal | None
    """None for what was archived by somebody else."""
    link: Link | None = None
    """The link by which the page was found: its title and date are one source of the report's."""
    headers: tuple[tuple[str, str], ...] = ()
    """The response's headers, for the archive."""
    expects_report: bool = False
    """Whether the page was linked as a report; columns and home pages are kept, not read."""
    asked_url: str | None = None
    """What was asked for, where a redirect led to the capture's address."""
    seems: str = ""
    """What a page without a form looks like: a notice, an interpretation, a column."""
    attachments: list[Fetched] = field(default_factory=list)
    """The files that the page holds, as far as they could be had."""
    incomplete: bool = False
    """An attachment could not be had for now: where nothing gave a report, the page is asked for again."""
    capture_id: int | None = None
    """The row of `captures`, once it has one (with what was read from it)."""
    same_body: bool = False
    """The body is the one fetched last time, and its report is stored (archive)."""
    known_report: bool = False
    """The address gave a report before (archive)."""
    documents: tuple[Document, ...] = ()
    """What the reader made of it (read)."""
    seen_at: datetime | None = None
    """When all of it had been seen at its addresses, where an archive tells (replay)."""
    failure: tuple[ProblemKind, str] | None = None
    """Why the reader made nothing of it (read)."""
    found: tuple[Found, ...] = ()
    """The reports of the page and its attachments, proven (extract)."""
    duplicates: int = 0
    """How many of them are stored already from elsewhere (deduplicate)."""

    @property
    def pieces(self) -> list[Fetched]:
        """The body itself, and those attached to it."""
        return [self, *self.attachments]

    @property
    def reports(self) -> Iterator[Report]:
        """What was found, without where."""
        return (found.report for found in self.found)

    @property
    def portal_id(self) -> str | None:
        return self.portal.id if self.portal else None

    def __repr__(self) -> str:
        return f"Fetched({self.capture.url}, {self.capture.role}, {len(self.capture.body)} bytes)"


@dataclass(slots=True, eq=False)
class Bundle:
    """A page that waits for its attachments."""

    item: Fetched
    waiting: int = 0
    """Attachments asked for and not answered."""
    size: int = 0
    """Bytes of those that were had."""

    def takes(self, attachment: Fetched) -> bool:
        """Add an attachment. False where the bundle is full: it is read alone then."""
        size = len(attachment.capture.body)
        if self.size + size > MOST_BYTES:
            return False
        self.size += size
        self.item.attachments.append(attachment)
        return True


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page the portal says has not changed since its last capture (304)."""

    url: str
    portal: Portal
    asked_url: str | None = None
    """What was asked for, where a redirect led to `url`."""
