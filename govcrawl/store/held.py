"""Stored reports as their neighbours see them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import fields

from govcrawl.model import HeldReport, Number, Section
from govcrawl.store.schema import APPLICANTS, OUTCOMES

HELD = """
SELECT r.id, r.agency_id, r.division_code, r.province_code, r.report_year, r.scope, r.form, r.template_version,
    r.title_key, r.published_on, r.state, min(s.first_seen_at), max(s.last_seen_at)
FROM reports AS r JOIN report_sources AS s ON s.report_id = r.id
WHERE (:state IS NULL OR r.state = :state) AND (:agency IS NULL OR r.agency_id = :agency)
GROUP BY r.id
ORDER BY r.agency_id, r.report_year, min(s.first_seen_at), r.id
"""

ROWS = {
    "applications": f"SELECT row_code, {', '.join(APPLICANTS)} FROM applications WHERE report_id = ?",
    "review_litigation": f"SELECT channel, {', '.join(OUTCOMES)} FROM review_litigation WHERE report_id = ?",
}
COLUMNS = {"applications": APPLICANTS, "review_litigation": OUTCOMES}


def held_reports(
    connection: sqlite3.Connection, *, state: str | None = "current", agency: int | None = None
) -> Iterator[HeldReport]:
    """Reports with their cells, by agency, year and first sight; those without an agency come first.

    Args:
        connection: is not written to.
        state: `current`, `superseded`, or None for both.
        agency: of this agency only.
    """
    found = connection.execute(HELD, {"state": state, "agency": agency}).fetchall()
    names = [field.name for field in fields(HeldReport) if field.name != "cells"]
    for row in found:
        yield HeldReport(**dict(zip(names, row, strict=True)), cells=held_cells(connection, row[0]))


def held_cells(connection: sqlite3.Connection, report_id: str) -> dict[str, Number | None]:
    """Every official cell of a report by its place."""
    cells: dict[str, Number | None] = {}
    for part in ("disclosure", "statistics"):
        for code, value in connection.execute(f"SELECT code, value FROM {part} WHERE report_id = ?", (report_id,)):
            cells[f"{part}/{code}"] = value
    for part, sql in ROWS.items():
        for row, *values in connection.execute(sql, (report_id,)):
            for column, value in zip(COLUMNS[part], values, strict=True):
                cells[f"{part}/{row}/{column}"] = value
    return cells


def held_prose(connection: sqlite3.Connection, report_id: str) -> tuple[str, tuple[Section, ...]]:
    """A report's agency as printed (empty where nobody could read it), and its sections in printed order."""
    name = connection.execute("SELECT agency_name FROM reports WHERE id = ?", (report_id,)).fetchone()
    rows = connection.execute(
        "SELECT number, heading, text FROM sections WHERE report_id = ? ORDER BY position", (report_id,)
    )
    return (name[0] or "" if name else ""), tuple(Section(*row) for row in rows)


def held_agencies(connection: sqlite3.Connection) -> list[tuple[int, str, str, str | None]]:
    """Every agency's id, name, kind and division."""
    return connection.execute("SELECT id, name, kind, division_code FROM agencies ORDER BY id").fetchall()


def held_divisions(connection: sqlite3.Connection) -> dict[str, str | None]:
    """Division → the one it lies in."""
    return dict(connection.execute("SELECT code, parent_code FROM divisions ORDER BY code").fetchall())


def held_series(connection: sqlite3.Connection) -> dict[int, int]:
    """Agency → the one it goes on as today, of those that only changed their name, and of these heirs themselves."""
    links = connection.execute("SELECT earlier_id, later_id FROM agency_links WHERE kind = 'renamed' ORDER BY 1, 2")
    later = dict(links.fetchall())
    series: dict[int, int] = {}
    for agency in {*later, *later.values()}:
        seen = {agency}
        last = agency
        while last in later and later[last] not in seen:
            last = later[last]
            seen.add(last)
        series[agency] = last
    return series
