"""`open_corpus`: the corpus for readers. Nothing here can write."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from govcrawl.model import StoreError
from govcrawl.store.connection import open_for_reading
from govcrawl.store.coverage import Only
from govcrawl.store.errors import explained
from govcrawl.store.identities import reviews
from govcrawl.store.rows import PARTS
from govcrawl.store.schema import APPLICANTS, OUTCOMES
from govcrawl.store.status import status
from govcrawl.store.tables import public_confidences, public_tables

WIDE = {"applications": ("row_code", APPLICANTS), "review_litigation": ("channel", OUTCOMES)}

FILTERS = {
    "province": "province_code = ?",
    "division": "division_code = ?",
    "agency": "agency_name = ?",
    "year": "report_year = ?",
    "form": "form = ?",
    "state": "state = ?",
}


def open_corpus(path: Path | str) -> Corpus:
    """Open a corpus for reading.

    Raises:
        StoreError: there is no such file, or it is no database of this project.
    """
    return Corpus(open_for_reading(Path(path)), Path(path))


class Corpus:
    """A corpus, open for reading; a context manager. `connection` takes any SQL that reads."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    def __enter__(self) -> Corpus:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.connection.close()

    @contextmanager
    def unchanging(self) -> Iterator[None]:
        """Read one state of the corpus for the length of the block, whatever a crawl writes meanwhile.

        The write-ahead log grows as long as that takes: not for blocks that wait for somebody.
        """
        with explained(self.path):
            self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.rollback()

    def reports(self, *, state: str | None = "current", **where: str | int) -> Iterator[dict[str, Any]]:
        """The rows of `reports`, by year and agency.

        Args:
            state: `current`, `superseded`, or None for both.
            where: `province`, `division`, `agency`, `year`, `form`.
        """
        if state is not None:
            where["state"] = state
        return self._select("reports", where, "report_year, division_code, agency_name, id")

    def panel(self, **where: str | int) -> Iterator[dict[str, Any]]:
        """The wide rows of `panel`: one per agency and year. Filters as in `reports`, without `state`."""
        return self._select("panel", where, "report_year, division_code, agency_name")

    def report(self, report_id: str) -> dict[str, Any]:
        """One report in the public JSON shape (`Report.to_dict`).

        Raises:
            StoreError: there is no report of that id.
        """
        found = list(self._rows("SELECT * FROM reports WHERE id = ?", [report_id]))
        if not found:
            raise StoreError(f"{self.path}: there is no report {report_id!r}")
        parts = {
            table: list(self._rows(f"SELECT {columns} FROM {table} WHERE report_id = ?", [report_id]))
            for table, columns in PARTS.items()
        }
        return _public(found[0], parts)

    def status(self, only: Only | None = None) -> dict[str, Any]:
        """Coverage, freshness and problems, as `govcrawl status --json` prints them."""
        with explained(self.path):
            return status(self.connection, only)

    def reviews(self, only: Only | None = None) -> list[dict[str, Any]]:
        """Agencies that may be one body and wait for a decision, as `govcrawl status --review --json` prints them."""
        with explained(self.path):
            return reviews(self.connection, only or Only())

    def provinces(self) -> dict[str, str]:
        """Code and name of every province that has portals."""
        rows = self.connection.execute(
            """SELECT DISTINCT d.province_code, coalesce(n.name, d.province_code)
            FROM portals AS p JOIN divisions AS d ON d.code = p.division_code
            LEFT JOIN divisions AS n ON n.code = d.province_code ORDER BY 1"""
        )
        return dict(rows.fetchall())

    def _select(self, table: str, where: dict[str, Any], order: str) -> Iterator[dict[str, Any]]:
        unknown = sorted(set(where) - set(FILTERS))
        if unknown:
            raise StoreError(f"unknown filter {', '.join(unknown)} (known: {', '.join(FILTERS)})")
        tests = " AND ".join(FILTERS[name] for name in where) or "1"
        return self._rows(f"SELECT * FROM {table} WHERE {tests} ORDER BY {order}", list(where.values()))

    def _rows(self, sql: str, values: list[Any]) -> Iterator[dict[str, Any]]:
        with explained(self.path):
            cursor = self.connection.execute(sql, values)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                yield dict(zip(names, row, strict=True))


def _public(report: dict[str, Any], parts: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    cells = list(_figures(parts))
    period = [report["period_start"], report["period_end"]]
    evidence = report["template_evidence"]
    return {
        "title": report["title"],
        "agency": report["agency_name"],
        "division_code": report["division_code"],
        "province_code": report["province_code"],
        "report_year": report["report_year"],
        "published_on": report["published_on"],
        "period": period if all(period) else None,
        "scope": report["scope"],
        "form": report["form"],
        "template_version": report["template_version"],
        "template_evidence": json.loads(evidence) if evidence else None,
        "table_forms": json.loads(report["table_forms"] or "{}"),
        "tables": public_tables(parts["report_tables"]),
        "content_hash": report["content_hash"],
        "confidence": round(report["confidence"], 4),
        "reason": report["reason"],
        "disclosure": {row["code"]: row["value"] for row in parts["disclosure"]},
        "statistics": {row["code"]: row["value"] for row in parts["statistics"]},
        **{
            part: {row[key]: {column: row[column] for column in columns} for row in parts[part]}
            for part, (key, columns) in WIDE.items()
        },
        "units": {where.split("/", 1)[1]: unit for where, _, unit in cells if unit},
        "raw": {where: raw for where, raw, _ in cells if raw is not None},
        "confidences": public_confidences(parts, WIDE),
        "extra_cells": [_without(row, "report_id", "position") for row in parts["extra_cells"]],
        "sections": [_without(row, "report_id", "position") for row in parts["sections"]],
        "findings": [_without(row, "report_id", "position") for row in parts["findings"]],
    }


def _figures(parts: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, str | None, str | None]]:
    """Every cell as (where, raw where it differs from the value, unit)."""
    for part in ("disclosure", "statistics"):
        for row in parts[part]:
            yield f"{part}/{row['code']}", row["raw"], row["unit"]
    for part, (key, columns) in WIDE.items():
        for row in parts[part]:
            raw = json.loads(row["raw"] or "{}")
            units = json.loads(row["units"] or "{}")
            for column in columns:
                unit = units if isinstance(units, str) else units.get(column)
                yield f"{part}/{row[key]}/{column}", raw.get(column), unit


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
