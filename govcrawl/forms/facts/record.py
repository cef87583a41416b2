"""What a report says of itself, with a finding for every disagreement of its sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from govcrawl.model import Finding, Scope, Severity


@dataclass(slots=True)
class Facts:
    """What a report says of itself, with a finding for every disagreement."""

    title: str = ""
    agency: str | None = None
    division_code: str | None = None
    province_code: str | None = None
    report_year: int | None = None
    period: tuple[date, date] | None = None
    period_text: str = ""
    published_on: date | None = None
    scope: Scope = Scope.UNKNOWN
    named_inside: bool = True
    """Whether the report itself names its agency with its place, so that no other body can be meant."""
    findings: list[Finding] = field(default_factory=list)

    def tell(
        self, code: str, severity: Severity, where: str, message: str, expected: object = None, actual: object = None
    ) -> None:
        self.findings.append(
            Finding(
                code,
                severity,
                where,
                message,
                expected if expected is None or isinstance(expected, int) else str(expected),
                actual if actual is None or isinstance(actual, int) else str(actual),
            )
        )
