"""Versions of a report: where each was seen, what it prints, and what one changed of the one before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from govcrawl.model.report import Number


class Place(StrEnum):
    """Where a version stands, seen from the one before it."""

    SAME = "same"
    """At the same address: it took its place."""
    OTHER = "other"
    """At another address, beside the earlier one or after it."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A version at one address. Moments are UTC, days ISO 8601."""

    url: str
    first_seen_at: str
    last_seen_at: str
    link_date: str | None = None
    """The day that the list printed beside the link, when this version was last fetched."""
    position: int = 0
    """0 for a main address, more for a file that hangs on that page."""


@dataclass(frozen=True, slots=True)
class Version:
    """One content of a report, and where it was seen."""

    id: str
    agency_id: int | None
    report_year: int | None
    scope: str
    title_key: str
    published_on: str | None
    sightings: tuple[Sighting, ...]
    """By position and address; at least one."""

    @property
    def first_seen_at(self) -> str:
        """At any address."""
        return min(sighting.first_seen_at for sighting in self.sightings)


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell: its value, the printed text, and the unit where one is printed."""

    value: Number | None
    raw: str = ""
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a report says, as versions are compared."""

    facts: Mapping[str, str | None]
    """`title`, `agency_name`, `published_on`, `period`."""
    cells: Mapping[str, Printed]
    """By `part/code`, `part/row/column`, and `extra_cells/table/row/column`."""
    sections: tuple[tuple[str, str], ...]
    """Heading and text, in printed order."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one place of a report says in two versions. A place that one of them lacks is None there."""

    where: str
    """A cell as in `Contents.cells`, a fact by its name, or `sections/` and the heading."""
    old: Number | str | None
    new: Number | str | None
    old_raw: str | None = None
    new_raw: str | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """A version and the one before it."""

    report_id: str
    earlier_id: str
    place: Place
    old: Sighting
    new: Sighting
    silent: bool
    """It says something else at the same address, and neither its own date nor that of its list row moved."""
    changes: tuple[Change, ...]
