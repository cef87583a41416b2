"""What the store answers with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What a report turned out to be when it was stored."""

    NEW = "new"
    REVISED = "revised"
    """Another version of a report that was known, or a version that counts again."""
    DUPLICATE = "duplicate"
    """A known report at a further address."""
    UNCHANGED = "unchanged"
    """A known report at a known address."""


class PortalState(StrEnum):
    """How a portal did when it was last visited."""

    UNVISITED = "unvisited"
    WORKING = "working"
    FAILING = "failing"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Saved:
    """A report as it was stored."""

    report_id: str
    outcome: Outcome
    reread: bool = False
    """A known report whose rows were written anew: another extractor had read it, or an attachment came to it."""
    changed: tuple[str, ...] = ()
    """Other reports whose state changed with it."""
    rereadings: tuple[tuple[str, Any, Any], ...] = ()
    """(place, old, new) of what another extractor had read otherwise."""


@dataclass(frozen=True, slots=True)
class KnownUrl:
    """The last capture of an address, and how a list last showed it."""

    url: str
    capture_id: int
    body_sha256: str
    etag: str | None
    last_modified: str | None
    checked_at: datetime | None
    """When it was fetched, or confirmed since by the server."""
    read: bool
    """Whether its reading was stored. False after a kill between fetching and reading: read the capture again."""
    report_id: str | None
    """The report last seen at the address; of several, one whose main address it is, the latest year's."""
    listed_title: str | None
    listed_on: date | None
    listing_changed: bool
    """Its list row changed since the body was fetched or confirmed: fetch it again."""
    published_on: date | None = None
    """When the report says that it was published."""
    report_year: int | None = None
    first_seen_at: datetime | None = None
    """When a list first showed it."""
    fetched_at: datetime | None = None
    """When its last capture was fetched."""
