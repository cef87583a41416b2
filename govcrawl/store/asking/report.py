"""One report: who printed it, its figures as printed, its prose, and what readers had to say of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govcrawl.store.asking.rows import row, rows
from govcrawl.store.reading import Corpus
from govcrawl.store.schema import APPLICANTS, OUTCOMES

HEAD = """
SELECT r.*, a.name AS agency_now, a.key AS agency_key, a.division_code AS agency_division, a.kind AS agency_kind
FROM reports AS r LEFT JOIN agencies AS a ON a.id = r.agency_id WHERE r.id = ?
"""

BESIDE = """
SELECT report_id, reports_of_year FROM panel_reports WHERE agency_id = ? AND report_year = ?
"""

YEARS = """
SELECT p.report_year, p.report_id FROM panel_reports AS p WHERE p.agency_id = ? ORDER BY p.report_year
"""

LYING_IN = """
WITH RECURSIVE up (code, depth) AS (
    SELECT ?, 0 UNION SELECT d.parent_code, depth + 1 FROM up JOIN divisions AS d ON d.code = up.code WHERE depth < 5
)
SELECT d.code, d.name FROM up JOIN divisions AS d ON d.code = up.code WHERE d.level <> 'state' ORDER BY up.depth DESC
"""

WIDE = {"applications": ("row_code", APPLICANTS), "review_litigation": ("channel", OUTCOMES)}
EXTRA = 'SELECT position, "table", "row", "column", value, raw, unit, code FROM extra_cells WHERE report_id = ?'


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed figure."""

    where: str
    """`part/code`, `part/row/column`, or `extra_cells/<position>`."""
    value: float | int | None
    raw: str | None = None
    """What is printed, where the value does not say it."""
    unit: str | None = None
    """The unit that somebody printed."""
    confidence: float | None = None
    """Of a figure that was recognised from a picture, 0 to 1."""

    @property
    def blank(self) -> bool:
        """Nothing is printed there."""
        return self.value is None and not self.raw

    @property
    def derived(self) -> bool:
        """The value follows from other cells, and is not printed itself."""
        return self.value is not None and self.raw == ""


@dataclass(frozen=True, slots=True)
class ExtraCell:
    """A printed figure without a place on the official form."""

    cell: Cell
    table: str
    row: str
    column: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """All that one report prints, and what reading it brought."""

    head: dict[str, Any]
    """The row of `reports`, with `agency_now`, `agency_key`, `agency_division` and `agency_kind`."""
    lying_in: list[dict[str, Any]]
    """The divisions its own one lies in, the largest first, and that one last: `code`, `name`."""
    tables: dict[str, dict[str, Any]]
    """Sub-table → its row of `report_tables`."""
    cells: dict[str, Cell]
    extras: list[ExtraCell]
    sections: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    corrections: dict[str, dict[str, Any]]
    """Cell → its row of `corrections`."""
    years: dict[int, str]
    """Report year → the report of the same agency that stands in the panel."""
    in_panel: str | None
    """The report that stands in the panel for this agency and year."""
    beside: int
    """Current reports of this agency and year."""

    @property
    def id(self) -> str:
        return str(self.head["id"])


def report(connection: sqlite3.Connection, report_id: str) -> Report | None:
    """A report by its id; None where there is none."""
    head = row(connection, HEAD, report_id)
    if head is None:
        return None
    agency, year = head["agency_id"], head["report_year"]
    beside = row(connection, BESIDE, agency, year)
    return Report(
        head=head,
        lying_in=rows(connection, LYING_IN, head["agency_division"] or head["division_code"]),
        tables={each["table_id"]: each for each in _of(connection, "report_tables", report_id)},
        cells={cell.where: cell for cell in _cells(connection, report_id)},
        extras=extra_cells(connection, report_id),
        sections=_of(connection, "sections", report_id),
        findings=_of(connection, "findings", report_id),
        corrections={each["where"]: each for each in _of(connection, "corrections", report_id)},
        years=dict(connection.execute(YEARS, [agency]).fetchall()),
        in_panel=beside["report_id"] if beside else None,
        beside=beside["reports_of_year"] if beside else 0,
    )


def public(connection: sqlite3.Connection, report_id: str) -> dict[str, Any] | None:
    """A report in the public JSON shape; None where there is none."""
    if row(connection, "SELECT 1 FROM reports WHERE id = ?", report_id) is None:
        return None
    return Corpus(connection, Path("corpus")).report(report_id)


def same_cell(connection: sqlite3.Connection, years: Mapping[int, str], where: str) -> list[dict[str, Any]]:
    """The same cell in the reports of other years: `report_year`, `report_id`, `value`; None where it is not printed.

    Args:
        years: report year → report.
        where: an official cell.
    """
    part, _, place = where.partition("/")
    code, _, column = place.partition("/")
    if part in WIDE and column in WIDE[part][1]:
        sql = f"SELECT {column} AS value FROM {part} WHERE report_id = ? AND {WIDE[part][0]} = ?"
    elif part in ("disclosure", "statistics") and not column:
        sql = f"SELECT value FROM {part} WHERE report_id = ? AND code = ?"
    else:
        return []
    found = {year: row(connection, sql, key, code) for year, key in years.items()}
    return [
        {"report_year": year, "report_id": years[year], "value": each["value"]} for year, each in found.items() if each
    ]


def extra_cells(connection: sqlite3.Connection, report_id: str) -> list[ExtraCell]:
    """The printed cells of a report that have no place on the form, in printed order."""
    return [
        ExtraCell(
            Cell(f"extra_cells/{each['position']}", each["value"], _told(each["raw"], each["value"]), each["unit"]),
            each["table"],
            each["row"],
            each["column"],
            each["code"],
        )
        for each in rows(connection, f"{EXTRA} ORDER BY position", report_id)
    ]


def _of(connection: sqlite3.Connection, table: str, report_id: str) -> list[dict[str, Any]]:
    """The rows a table has for a report, in the order of its key."""
    return rows(connection, f"SELECT * FROM {table} WHERE report_id = ? ORDER BY 1, 2", report_id)


def _told(raw: str, value: float | int | None) -> str | None:
    """The printed text, unless the value says the same."""
    return None if raw == ("" if value is None else str(value)) else raw


def _cells(connection: sqlite3.Connection, report_id: str) -> Iterator[Cell]:
    for part in ("disclosure", "statistics"):
        for line in _of(connection, part, report_id):
            yield Cell(f"{part}/{line['code']}", line["value"], line["raw"], line["unit"], line["confidence"])
    for part, (key, columns) in WIDE.items():
        for line in _of(connection, part, report_id):
            raw, units, unsure = (json.loads(line[name] or "{}") for name in ("raw", "units", "confidences"))
            for column in columns:
                unit = units if isinstance(units, str) else units.get(column)
                where = f"{part}/{line[key]}/{column}"
                yield Cell(where, line[column], raw.get(column), unit, unsure.get(column))
