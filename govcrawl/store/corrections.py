"""Reviewed corrections: a layer over the printed figures, which stay as they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from govcrawl.model import Correction
from govcrawl.store.held import held_cells
from govcrawl.store.rows import storable
from govcrawl.store.schema import APPLICANTS, OUTCOMES

LAYER = "corrected_"
"""How the tables begin that have the rows of corrected reports."""

CORRECTIONS = f"""
CREATE TABLE corrections (
    report_id TEXT NOT NULL REFERENCES reports (id),
    "where" TEXT NOT NULL,    -- the cell, part/row/column
    value CHECK (typeof(value) <> 'text'),
    reason TEXT NOT NULL,
    evidence TEXT NOT NULL,   -- an address
    reviewer TEXT NOT NULL,
    PRIMARY KEY (report_id, "where")
) WITHOUT ROWID;
CREATE TABLE {LAYER}disclosure (
    report_id TEXT NOT NULL REFERENCES reports (id), code TEXT NOT NULL, value, PRIMARY KEY (report_id, code)
) WITHOUT ROWID;
CREATE TABLE {LAYER}statistics (
    report_id TEXT NOT NULL REFERENCES reports (id), code TEXT NOT NULL, value, PRIMARY KEY (report_id, code)
) WITHOUT ROWID;
CREATE TABLE {LAYER}applications (
    report_id TEXT NOT NULL REFERENCES reports (id), row_code TEXT NOT NULL, {", ".join(APPLICANTS)},
    PRIMARY KEY (report_id, row_code)
) WITHOUT ROWID;
CREATE TABLE {LAYER}review_litigation (
    report_id TEXT NOT NULL REFERENCES reports (id), channel TEXT NOT NULL, {", ".join(OUTCOMES)},
    PRIMARY KEY (report_id, channel)
) WITHOUT ROWID;
"""
"""The corrections; and every cell of the few reports that have one, as it should be."""

PARTS = {
    "disclosure": ("code", ("value",)),
    "statistics": ("code", ("value",)),
    "applications": ("row_code", APPLICANTS),
    "review_litigation": ("channel", OUTCOMES),
}
"""Part → the column that names its rows, and those of its cells."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the corrections."""

    applied: int
    absent: int
    """Of reports that the corpus does not hold."""
    lost: tuple[Correction, ...]
    """Of cells that the report does not have."""


def replace_corrections(connection: sqlite3.Connection, corrections: Iterable[Correction]) -> Written:
    """Write corrections in place of all that were there. Inside a transaction."""
    for table in ("corrections", *(f"{LAYER}{part}" for part in PARTS)):
        connection.execute(f"DELETE FROM {table}")
    applied, absent, lost = 0, 0, []
    for each in corrections:
        if connection.execute("SELECT 1 FROM reports WHERE id = ?", (each.report_id,)).fetchone() is None:
            absent += 1
        elif each.where not in held_cells(connection, each.report_id):
            lost.append(each)
        else:
            row = (each.report_id, each.where, storable(each.value), each.reason, each.evidence, each.reviewer)
            connection.execute("INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?)", row)
            applied += 1
    for part, (key, columns) in PARTS.items():
        names = ", ".join(("report_id", key, *columns))
        mine = "report_id IN (SELECT report_id FROM corrections)"
        connection.execute(f"INSERT INTO {LAYER}{part} ({names}) SELECT {names} FROM {part} WHERE {mine}")
        for column in columns:
            _correct(connection, part, key, column)
    return Written(applied, absent, tuple(lost))


def _correct(connection: sqlite3.Connection, part: str, key: str, column: str) -> None:
    table = f"{LAYER}{part}"
    mine = f'k.report_id = {table}.report_id AND k."where" = {_where(part, table, key, column)}'
    connection.execute(
        f"""UPDATE {table} SET {column} = (SELECT k.value FROM corrections AS k WHERE {mine})
        WHERE EXISTS (SELECT 1 FROM corrections AS k WHERE {mine})"""
    )


def _where(part: str, table: str, key: str, column: str) -> str:
    """SQL for the place of a cell."""
    return f"'{part}/' || {table}.{key}" + ("" if column == "value" else f" || '/{column}'")


def corrected_cells_sql() -> str:
    """`corrected_cells`: a row for each corrected cell, with what is printed there and what should be.

    The joins are made in the order they stand in: there are few corrections, and many cells.
    """
    selects = [_cell(part, key, column) for part, (key, columns) in PARTS.items() for column in columns]
    return "CREATE VIEW corrected_cells AS\n" + "\nUNION ALL\n".join(selects)


def _cell(part: str, key: str, column: str) -> str:
    return f"""SELECT
    k.report_id,
    r.agency_id,
    r.agency_name,
    r.report_year,
    k."where",
    x.{column} AS printed,
    k.value AS corrected,
    k.reason,
    k.evidence,
    k.reviewer
FROM corrections AS k
CROSS JOIN reports AS r ON r.id = k.report_id
CROSS JOIN {part} AS x ON x.report_id = k.report_id AND k."where" = {_where(part, "x", key, column)}"""
