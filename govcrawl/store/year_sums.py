"""The figures of the whole corpus by year, added once: the home page has them, and 200,000 rows take half a second."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from govcrawl.store.asking.amounts import AMOUNTS, BY_YEAR

CELLS = tuple(cell for name in AMOUNTS for cell in (name, f"{name}_of"))
COLUMNS = ("report_year", "who", "reports", *CELLS)

YEAR_SUMS = """
CREATE TABLE year_sums (
    report_year INTEGER NOT NULL,
    who TEXT NOT NULL,  -- 'bodies', or the level of the governments
    reports INTEGER NOT NULL,
    received, received_of INTEGER NOT NULL,
    handled, handled_of INTEGER NOT NULL,
    granted, granted_of INTEGER NOT NULL,
    denied, denied_of INTEGER NOT NULL,
    reviews, reviews_of INTEGER NOT NULL,
    lawsuits, lawsuits_of INTEGER NOT NULL,
    PRIMARY KEY (report_year, who)
) WITHOUT ROWID;
"""


def collect_year_sums(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """The rows as they should be, in the order of `COLUMNS`."""
    cursor = connection.execute(BY_YEAR)
    places = [[each[0] for each in cursor.description].index(column) for column in COLUMNS]
    return [tuple(row[place] for place in places) for row in cursor]


def replace_year_sums(connection: sqlite3.Connection, rows: list[tuple[object, ...]]) -> Mapping[str, int]:
    """Write the rows in place of those there are, inside a transaction; nothing where they are the same."""
    names = ", ".join(COLUMNS)
    if sorted(rows, key=repr) != sorted(connection.execute(f"SELECT {names} FROM year_sums").fetchall(), key=repr):
        connection.execute("DELETE FROM year_sums")
        marks = ", ".join("?" * len(COLUMNS))
        connection.executemany(f"INSERT INTO year_sums ({names}) VALUES ({marks})", rows)
    return {"rows": len(rows)}
