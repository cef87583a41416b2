"""A report as it was read: figures under their codes, sections, findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from govcrawl.model.kinds import DocumentKind, Proof, Scope, Severity

Number = int | float


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of a report. `raw` is as printed; a blank, `/`, `—` or `无` is None, never 0."""

    value: Number | None
    raw: str = ""
    unit: str | None = None
    """The unit somebody printed (in the cell, the header or the form), normalised; None where nobody did."""
    confidence: float = 1.0
    """How sure the recognition of a picture is of the printed text, 0 to 1; of text that is text, 1."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader or a check has to say about a report."""

    code: str
    severity: Severity
    where: str
    """`applications/natural_person`, `disclosure/rules_made`, `title`, …"""
    message: str
    expected: Number | str | None = None
    actual: Number | str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": str(self.severity),
            "where": self.where,
            "expected": self.expected,
            "actual": self.actual,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class ExtraCell:
    """A printed cell that has no place on the official form."""

    table: str
    row: str
    column: str
    figure: Figure
    code: str | None = None
    """The code of a known local extension."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report's prose. `number` is None where none is printed."""

    number: int | None
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What decided the template version: `table`, `period`, `title`, `form`; and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class TableFacts:
    """Where a sub-table was read, and how sure its figures are."""

    form: str
    """The form it was detected as."""
    source: str | None = None
    """The address of the document it was read from, or the file's name; None where neither is known."""
    kind: DocumentKind = DocumentKind.HTML
    """What that document is."""
    recognised: bool = False
    """Words of that document were recognised from pictures."""
    proof: Proof = Proof.UNPROVEN
    member: str = ""
    """The name inside the archive it came in."""
    confidence: float = 1.0
    """Share of its cells that were placed without a repair, 0 to 1."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "form": self.form,
            "source": self.source,
            "member": self.member or None,
            "kind": str(self.kind),
            "recognised": self.recognised,
            "proof": str(self.proof),
            "confidence": round(self.confidence, 4),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report, read. Mappings go from code to `Figure` and hold every code of the detected form."""

    title: str
    agency: str | None
    division_code: str | None
    province_code: str | None
    report_year: int | None
    published_on: date | None
    form: str
    template_version: str | None
    template_evidence: Evidence | None
    content_hash: str
    scope: Scope = Scope.UNKNOWN
    period: tuple[date, date] | None = None
    """First and last day of the stated statistics period."""
    confidence: float = 0.0
    """Share of the detected form's cells that were placed without a repair, 0 to 1."""
    disclosure: Mapping[str, Figure] = field(default_factory=dict)
    applications: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    """Row code → applicant column code → figure."""
    review_litigation: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    """Channel → outcome → figure."""
    statistics: Mapping[str, Figure] = field(default_factory=dict)
    """The cells of `stat2014`."""
    extra_cells: tuple[ExtraCell, ...] = ()
    sections: tuple[Section, ...] = ()
    findings: tuple[Finding, ...] = ()
    tables: Mapping[str, TableFacts] = field(default_factory=dict)
    """Sub-table id → where it was read; only those that are there."""
    reason: str | None = None
    """Why `form` is `none`."""

    @property
    def id(self) -> str:
        """First 20 hex digits of the content hash: the key of `reports`."""
        return self.content_hash[:20]

    @property
    def table_forms(self) -> dict[str, str]:
        """Sub-table id → the form it was detected as."""
        return {table_id: facts.form for table_id, facts in self.tables.items()}

    def with_findings(self, findings: tuple[Finding, ...]) -> Report:
        """A copy with further findings appended."""
        return replace(self, findings=self.findings + findings)

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Yield every official cell as (`part/code` or `part/row/column`, figure)."""
        for part, cells in (("disclosure", self.disclosure), ("statistics", self.statistics)):
            for code, figure in cells.items():
                yield f"{part}/{code}", figure
        for part, rows in (("applications", self.applications), ("review_litigation", self.review_litigation)):
            for row, columns in rows.items():
                for column, figure in columns.items():
                    yield f"{part}/{row}/{column}", figure

    def to_dict(self) -> dict[str, Any]:
        """The public JSON of a report (docs/json.md)."""
        return {
            "title": self.title,
            "agency": self.agency,
            "division_code": self.division_code,
            "province_code": self.province_code,
            "report_year": self.report_year,
            "published_on": self.published_on.isoformat() if self.published_on else None,
            "period": [day.isoformat() for day in self.period] if self.period else None,
            "scope": str(self.scope),
            "form": self.form,
            "template_version": self.template_version,
            "template_evidence": (
                {"kind": self.template_evidence.kind, "text": self.template_evidence.text}
                if self.template_evidence
                else None
            ),
            "table_forms": self.table_forms,
            "tables": {table_id: facts.to_dict() for table_id, facts in self.tables.items()},
            "content_hash": self.content_hash,
            "confidence": round(self.confidence, 4),
            "reason": self.reason,
            "disclosure": {code: figure.value for code, figure in self.disclosure.items()},
            "statistics": {code: figure.value for code, figure in self.statistics.items()},
            "applications": _nested_values(self.applications),
            "review_litigation": _nested_values(self.review_litigation),
            "units": {where.split("/", 1)[1]: f.unit for where, f in self.figures() if f.unit},
            "raw": {where: f.raw for where, f in self.figures() if f.raw != ("" if f.value is None else str(f.value))},
            "confidences": {where: round(f.confidence, 4) for where, f in self.figures() if f.confidence < 1},
            "extra_cells": [
                {
                    "table": cell.table,
                    "row": cell.row,
                    "column": cell.column,
                    "value": cell.figure.value,
                    "raw": cell.figure.raw,
                    "unit": cell.figure.unit,
                    "code": cell.code,
                }
                for cell in self.extra_cells
            ],
            "sections": [{"number": s.number, "heading": s.heading, "text": s.text} for s in self.sections],
            "findings": [finding.to_dict() for finding in self.findings],
        }


def _nested_values(rows: Mapping[str, Mapping[str, Figure]]) -> dict[str, dict[str, Number | None]]:
    return {row: {column: figure.value for column, figure in columns.items()} for row, columns in rows.items()}
