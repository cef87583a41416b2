"""After rows were joined: numbers in an order that every way of merging gives, and the states of all reports."""

from __future__ import annotations

import sqlite3

from govcrawl.store.merging.described import TABLES
from govcrawl.store.merging.joining import natural, quoted
from govcrawl.store.versions import settle_all

NUMBERS = "CREATE TEMP TABLE numbers (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)"

# Reports have no number of their own; where all else is equal, their rows' order tells the earlier of two.
REPORTS = """
INSERT INTO temp.numbers
SELECT r.rowid, row_number() OVER (
    ORDER BY (SELECT min(first_seen_at) FROM main.report_sources AS s WHERE s.report_id = r.id), r.id
)
FROM main.reports AS r
"""

# A report was found at the address, at the time or later.
READ_SINCE = """
DELETE FROM main.unread_reports WHERE EXISTS (
    SELECT 1 FROM main.report_sources AS s
    WHERE s.url = unread_reports.url AND s.last_seen_at >= unread_reports.last_seen_at
)
"""


def settle_corpus(connection: sqlite3.Connection) -> int:
    """Number the rows anew and settle the states; gives the number of reports whose state changed.

    Inside a transaction, with foreign keys off. What depends on the order of numbers (the last capture of an address
    has the greatest) depends on moments and contents alone then.
    """
    for table, described in TABLES.items():
        if described.numbered:
            _number(connection, table)
    _number_reports(connection)
    connection.execute(READ_SINCE)
    return settle_all(connection)


def _number(connection: sqlite3.Connection, table: str) -> None:
    described = TABLES[table]
    order = ", ".join(natural(described, term) for term in (*described.numbered, *described.key, "id"))
    _begin(connection)
    connection.execute(f"INSERT INTO temp.numbers SELECT id, row_number() OVER (ORDER BY {order}) FROM main.{table}")
    if not _moved(connection):
        return
    for other, each in TABLES.items():
        for column in (column for column, referred in each.refers.items() if referred == table):
            _renumber(connection, other, column, among=f"WHERE {column} IS NOT NULL")
        for column, (path, referred) in each.within.items():
            if referred == table:
                held = f"json_extract({quoted(column)}, '{path}')"
                connection.execute(
                    f"UPDATE main.{other} SET {quoted(column)} = json_set({quoted(column)}, '{path}', "
                    f"(SELECT new FROM temp.numbers WHERE old = {held})) WHERE {held} IS NOT NULL"
                )
    _renumber(connection, table, "id")


def _number_reports(connection: sqlite3.Connection) -> None:
    _begin(connection)
    connection.execute(REPORTS)
    if _moved(connection):
        _renumber(connection, "reports", "rowid")


def _begin(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE IF EXISTS temp.numbers")
    connection.execute(NUMBERS)


def _moved(connection: sqlite3.Connection) -> bool:
    """Whether any number changes; those that do not are left out of `temp.numbers` only where none does."""
    return connection.execute("SELECT 1 FROM temp.numbers WHERE old <> new").fetchone() is not None


def _renumber(connection: sqlite3.Connection, table: str, column: str, among: str = "") -> None:
    """By way of numbers that no row has, so that none is another's meanwhile where the column is (part of) a key."""
    connection.execute(
        f"UPDATE main.{table} SET {column} = (SELECT -new FROM temp.numbers WHERE old = {table}.{column}) {among}"
    )
    connection.execute(f"UPDATE main.{table} SET {column} = -{column} {among}")
