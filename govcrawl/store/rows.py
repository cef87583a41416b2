"""A `Report` as the rows of its tables. Pure."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from govcrawl.agencies import plain_name
from govcrawl.forms.title import agency_in_title
from govcrawl.model import Figure, Number, Report, Severity, StoreError
from govcrawl.store import tables
from govcrawl.store.schema import APPLICANTS, OUTCOMES

Row = tuple[Any, ...]
INT64 = 2**63

PARTS = {
    "report_tables": tables.COLUMNS,
    "disclosure": "report_id, code, value, unit, raw, confidence",
    "statistics": "report_id, code, value, unit, raw, confidence",
    "applications": f"report_id, row_code, {', '.join(APPLICANTS)}, raw, units, confidences",
    "review_litigation": f"report_id, channel, {', '.join(OUTCOMES)}, raw, units, confidences",
    "extra_cells": 'report_id, position, "table", "row", "column", value, raw, unit, code',
    "sections": "report_id, position, number, heading, text",
    "findings": 'report_id, position, code, severity, "where", expected, actual, message',
}
"""Table to the columns of the rows that `part_rows` gives for it."""


def part_rows(report: Report) -> dict[str, list[Row]]:
    """Every row a report has beside its own, by table.

    Raises:
        StoreError: a row has a column that its table does not have.
    """
    key = report.id
    return {
        "report_tables": tables.table_rows(report),
        "disclosure": _cells(key, report.disclosure),
        "statistics": _cells(key, report.statistics),
        "applications": [_wide(key, code, cells, APPLICANTS) for code, cells in report.applications.items()],
        "review_litigation": [_wide(key, code, cells, OUTCOMES) for code, cells in report.review_litigation.items()],
        "extra_cells": [
            (key, n, c.table, c.row, c.column, storable(c.figure.value), c.figure.raw, c.figure.unit, c.code)
            for n, c in enumerate(report.extra_cells, 1)
        ],
        "sections": [(key, n, s.number, s.heading, s.text) for n, s in enumerate(report.sections, 1)],
        "findings": [
            (key, n, f.code, f.severity, f.where, storable(f.expected), storable(f.actual), f.message)
            for n, f in enumerate(report.findings, 1)
        ],
    }


def report_row(report: Report, agency_id: int | None, extracted_at: str, extractor_version: str) -> dict[str, Any]:
    """The row of `reports`, but for `id` and `state`."""
    evidence = report.template_evidence
    start, end = report.period or (None, None)
    return {
        "content_hash": report.content_hash,
        "agency_id": agency_id,
        "agency_name": report.agency,
        "division_code": report.division_code,
        "province_code": report.province_code,
        "report_year": report.report_year,
        "title": report.title,
        "title_key": title_key(report.title, report.agency),
        "form": report.form,
        "template_version": report.template_version,
        "template_evidence": to_json({"kind": evidence.kind, "text": evidence.text}) if evidence else None,
        "table_forms": to_json(dict(report.table_forms)) if report.table_forms else None,
        "scope": str(report.scope),
        "period_start": start.isoformat() if start else None,
        "period_end": end.isoformat() if end else None,
        "published_on": report.published_on.isoformat() if report.published_on else None,
        "confidence": report.confidence,
        "findings_count": len(report.findings),
        "errors_count": sum(finding.severity is Severity.ERROR for finding in report.findings),
        "reason": report.reason,
        "extracted_at": extracted_at,
        "extractor_version": extractor_version,
    }


def title_key(title: str, agency: str | None = None) -> str:
    """A title as versions compare it: NFKC, letters and digits only, lower case, and without the agency's name.

    An agency writes its name in many ways, and its report is the same one; but what a bracket behind the name says of
    the report (本级, 汇总) stays.

    >>> title_key("云山市教育局（本级）2020年报告", "云山市教育局（本级）")
    '本级2020年报告'
    """
    key = _letters(title)
    named = agency_in_title(title) if agency else None
    if not named or not agency:
        return key
    plain = plain_name(named)
    one, other = _letters(plain.text), _letters(plain_name(agency).text)
    if one and (one in other or other in one):
        key = key.replace(_letters(named), "".join(map(_letters, plain.qualifiers)), 1)
    return key


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def stamp(moment: datetime) -> str:
    """A moment as the database keeps it: UTC, `2021-01-29T08:00:00Z`.

    Raises:
        StoreError: the moment has no time zone, so nobody can tell when it was.
    """
    if moment.tzinfo is None:
        raise StoreError(f"{moment.isoformat()} has no time zone; give the store aware datetimes")
    return f"{moment.astimezone(UTC).isoformat(timespec='seconds')[:19]}Z"


def to_json(value: Any) -> str:
    """Compact JSON with the characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def storable(value: Any) -> Any:
    """A value as SQLite can hold it: an integer beyond 64 bits becomes a float, one beyond all floats null."""
    if type(value) is int and not -INT64 <= value < INT64:
        try:
            return float(value)
        except OverflowError:
            return None
    return value


def without_surrogates(value: Any) -> Any:
    """A record or a collection with lone surrogates, which UTF-8 cannot hold, replaced by U+FFFD all through."""
    if isinstance(value, str):
        mended = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return type(value)(mended) if isinstance(value, StrEnum) else mended
    if isinstance(value, Mapping):
        return {without_surrogates(key): without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_surrogates(item) for item in value]
    if isinstance(value, tuple):
        return tuple(without_surrogates(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: without_surrogates(getattr(value, f.name)) for f in fields(value)})
    return value


def _cells(key: str, cells: Mapping[str, Figure]) -> list[Row]:
    rows = []
    for code, figure in cells.items():
        value, raw = _cell(figure)
        rows.append((key, code, value, figure.unit, raw, _confidence(figure)))
    return rows


def _wide(key: str, code: str, cells: Mapping[str, Figure], columns: tuple[str, ...]) -> Row:
    values: list[Any] = [key, code]
    raws: dict[str, str] = {}
    units: dict[str, str] = {}
    unsure: dict[str, float | None] = {}
    found = 0
    for column in columns:
        figure = cells.get(column)
        if figure is None:
            values.append(None)
            continue
        found += 1
        value, raw = _cell(figure)
        values.append(value)
        if raw is not None:
            raws[column] = raw
        if figure.unit is not None:
            units[column] = figure.unit
        if figure.confidence < 1:
            unsure[column] = _confidence(figure)
    if found != len(cells):
        unknown = ", ".join(sorted(set(cells) - set(columns)))
        raise StoreError(f"row {code!r} has columns that the database has not: {unknown}")
    values.append(to_json(raws) if raws else None)
    values.append(_units(units, found))
    values.append(to_json(unsure) if unsure else None)
    return tuple(values)


def _units(units: dict[str, str], cells: int) -> str | None:
    if not units:
        return None
    one = next(iter(units.values()))
    same = len(units) == cells == len(APPLICANTS) and all(unit == one for unit in units.values())
    return to_json(one if same else units)


def _confidence(figure: Figure) -> float | None:
    """How sure a recognised cell is; null for text that is text."""
    return round(figure.confidence, 4) if figure.confidence < 1 else None


def _cell(figure: Figure) -> tuple[Number | None, str | None]:
    """The value as it is stored; and what is printed, or None where the value says the same."""
    value, raw = figure.value, figure.raw
    if value is None:
        return None, raw or None
    stored = value if -INT64 <= value < INT64 else storable(value)
    return stored, None if stored is value and raw == str(value) else raw
