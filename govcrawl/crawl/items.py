"""What a spider hands to the pipelines."""

from __future__ import annotations

from dataclasses import dataclass

from govcrawl.model import Capture, Document, Link, Portal, Report


@dataclass(slots=True, eq=False)
class Fetched:
    """A fetched body on its way through the pipelines; each fills in what it is there for."""

    capture: Capture
    portal: Portal
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
    capture_id: int | None = None
    """The row of `captures`, once it has one (with what was read from it)."""
    same_body: bool = False
    """The body is the one fetched last time, and its report is stored (archive)."""
    known_report: bool = False
    """The address gave a report before (archive)."""
    document: Document | None = None
    """What the reader made of it (read)."""
    report: Report | None = None
    """What the forms made of it (extract, check)."""
    duplicate: bool = False
    """The same content is stored already, from here or elsewhere (deduplicate)."""

    def __repr__(self) -> str:
        return f"Fetched({self.capture.url}, {self.capture.role}, {len(self.capture.body)} bytes)"


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page the portal says has not changed since its last capture (304)."""

    url: str
    portal: Portal
    asked_url: str | None = None
    """What was asked for, where a redirect led to `url`."""
