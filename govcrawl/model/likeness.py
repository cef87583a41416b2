"""Reports that are alike: whose they are, and what they share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LinkKind(StrEnum):
    """How two reports are alike."""

    NEAR_DUPLICATE = "near_duplicate"
    """Of one agency and year, at different addresses, with nearly the same content."""
    COPIED_PROSE = "copied_prose"
    """Of different agencies or years, with a passage in common."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who reported on which year."""

    agency: int | str
    """A key of the agency."""
    year: int | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two reports that are alike, and where."""

    report_id: str
    """The later one."""
    other_id: str
    kind: LinkKind
    score: float
    """0 to 1."""
    section: str = ""
    """Heading."""
    passage: str = ""
    """As printed."""
    other_section: str = ""
    other_passage: str = ""
    length: int = 0
    """Comparable characters of the passage that few agencies write."""
