"""Reports as JSON between a worker and its parent: nothing but text comes from a process that reads anybody's files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from govcrawl.model import (
    DocumentKind,
    Evidence,
    ExtraCell,
    Figure,
    Finding,
    Link,
    Portal,
    Proof,
    Report,
    Scope,
    Section,
    Severity,
    TableFacts,
)
from govcrawl.reading import Found

Json = dict[str, Any]


def found_json(found: Found) -> Json:
    """A report and its addresses as JSON; `found_of` reads them back."""
    report = found.report
    return {
        "urls": found.urls,
        "title": report.title,
        "agency": report.agency,
        "division_code": report.division_code,
        "province_code": report.province_code,
        "report_year": report.report_year,
        "published_on": _day(report.published_on),
        "form": report.form,
        "template_version": report.template_version,
        "template_evidence": report.template_evidence
        and [report.template_evidence.kind, report.template_evidence.text],
        "content_hash": report.content_hash,
        "scope": report.scope,
        "period": report.period and [_day(day) for day in report.period],
        "confidence": report.confidence,
        "disclosure": _cells(report.disclosure),
        "applications": {row: _cells(cells) for row, cells in report.applications.items()},
        "review_litigation": {row: _cells(cells) for row, cells in report.review_litigation.items()},
        "statistics": _cells(report.statistics),
        "extra_cells": [[c.table, c.row, c.column, _figure(c.figure), c.code] for c in report.extra_cells],
        "sections": [[section.number, section.heading, section.text] for section in report.sections],
        "findings": [[f.code, f.severity, f.where, f.message, f.expected, f.actual] for f in report.findings],
        "tables": {
            key: [t.form, t.source, t.kind, t.recognised, t.proof, t.member, t.confidence]
            for key, t in report.tables.items()
        },
        "reason": report.reason,
    }


def found_of(told: Json) -> Found:
    """What `found_json` wrote down."""
    told = dict(told)
    urls = tuple(told.pop("urls"))
    evidence, period = told["template_evidence"], told["period"]
    told |= {
        "published_on": day_of(told["published_on"]),
        "template_evidence": Evidence(*evidence) if evidence else None,
        "scope": Scope(told["scope"]),
        "period": (date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None,
        "disclosure": _cells_of(told["disclosure"]),
        "applications": {row: _cells_of(cells) for row, cells in told["applications"].items()},
        "review_litigation": {row: _cells_of(cells) for row, cells in told["review_litigation"].items()},
        "statistics": _cells_of(told["statistics"]),
        "extra_cells": tuple(
            ExtraCell(t, r, c, Figure(*figure), code) for t, r, c, figure, code in told["extra_cells"]
        ),
        "sections": tuple(Section(*section) for section in told["sections"]),
        "findings": tuple(Finding(code, Severity(grade), *rest) for code, grade, *rest in told["findings"]),
        "tables": {key: _table_of(*facts) for key, facts in told["tables"].items()},
    }
    return Found(Report(**told), urls)


def link_json(link: Link | None) -> list[Any] | None:
    """A link as JSON."""
    return [link.url, link.text, _day(link.published_on)] if link else None


def link_of(told: list[Any] | None) -> Link | None:
    """What `link_json` wrote down."""
    return Link(told[0], told[1], day_of(told[2])) if told else None


def portal_json(portal: Portal | None) -> list[Any] | None:
    """A portal as JSON."""
    if portal is None:
        return None
    return [
        portal.id,
        portal.name,
        portal.division_code,
        portal.homepage,
        portal.platform,
        list(portal.columns),
        portal.notes,
    ]


def portal_of(told: list[Any] | None) -> Portal | None:
    """What `portal_json` wrote down."""
    if told is None:
        return None
    key, name, code, homepage, platform, columns, notes = told
    return Portal(key, name, code, homepage, platform, tuple(columns), notes)


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _figure(figure: Figure) -> list[Any]:
    return [figure.value, figure.raw, figure.unit, figure.confidence]


def _cells(cells: Mapping[str, Figure]) -> dict[str, list[Any]]:
    return {code: _figure(figure) for code, figure in cells.items()}


def _cells_of(told: dict[str, list[Any]]) -> dict[str, Figure]:
    return {code: Figure(*figure) for code, figure in told.items()}


def _table_of(form: str, source: str | None, kind: str, recognised: bool, proof: str, *rest: Any) -> TableFacts:
    return TableFacts(form, source, DocumentKind(kind), recognised, Proof(proof), *rest)
