"""A stored report as its neighbours see it, and what comparing two of them says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from govcrawl.model.kinds import Severity
from govcrawl.model.report import Number


class Verdict(StrEnum):
    """What a comparison says of a printed cell."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class HeldReport:
    """A report of the corpus, as far as others are compared with it."""

    id: str
    agency_id: int | None
    division_code: str | None
    province_code: str | None
    report_year: int | None
    scope: str
    form: str
    template_version: str | None
    title_key: str
    published_on: str | None
    """ISO 8601."""
    state: str
    """`current` or `superseded`."""
    first_seen_at: str
    """At any address; UTC, ISO 8601."""
    last_seen_at: str
    cells: Mapping[str, Number | None]
    """By `part/code` or `part/row/column`, as `Report.figures` names them."""


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """A cell of one report held against what is printed elsewhere: in another year, place, or in its own prose."""

    report_id: str
    code: str
    """Of the check: `carry_over`, `last_year`, `area_total`, …; see docs/findings.md."""
    where: str
    """The cell, as in `HeldReport.cells`."""
    verdict: Verdict
    message: str
    severity: Severity = Severity.WARNING
    """Of what contradicts; what supports is `info`."""
    expected: Number | str | None = None
    actual: Number | str | None = None
    other_report_id: str | None = None
    other_where: str | None = None
    """The cell, or the sentence, on the other side."""
    share: float | None = None
    """Of the parts of a sum that were found, 0 to 1."""
