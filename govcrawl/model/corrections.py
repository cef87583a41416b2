"""What a reviewer says stands in a cell where the printed figure is known to be wrong."""

from __future__ import annotations

from dataclasses import dataclass

from govcrawl.model.report import Number


@dataclass(frozen=True, slots=True)
class Correction:
    """A reviewed figure; it stands beside the printed one and never in its place."""

    report_id: str
    where: str
    """The cell: `disclosure/rules_made`, `applications/new_received/total`."""
    value: Number | None
    """What should be printed; None for a blank."""
    reason: str
    evidence: str
    """The address of what shows it."""
    reviewer: str
