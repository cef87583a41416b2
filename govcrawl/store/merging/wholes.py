"""Reports joined whole: of two readings of one content the newer counts, with every part of it."""

from __future__ import annotations

import hashlib
import sqlite3

from govcrawl.store.merging.described import TABLES, Kind
from govcrawl.store.merging.joining import SOURCE, columns_of, incoming, quoted
from govcrawl.store.rows import to_json

PARTS = tuple(name for name, described in TABLES.items() if described.kind is Kind.PART)
NOT_READ = ("agency_id", "state")
"""Columns of a report that are found by comparing it with others."""

NEWER = """
INSERT INTO temp.taken
SELECT s.id FROM src.reports AS s LEFT JOIN main.reports AS m ON m.id = s.id
WHERE m.id IS NULL
    OR (release(s.extractor_version), s.extracted_at) > (release(m.extractor_version), m.extracted_at)
"""

TIES = """
INSERT INTO temp.ties
SELECT s.id FROM src.reports AS s JOIN main.reports AS m ON m.id = s.id
WHERE s.extractor_version = m.extractor_version AND s.extracted_at = m.extracted_at
"""


def join_reports(connection: sqlite3.Connection) -> int:
    """Take the reports that are new here, or that were read anew there; gives their number.

    The newer reading is that of the later release, then the later one; of two made in the same second one is taken by
    what it says, so that the order of the databases does not matter.
    """
    connection.create_function("release", 1, release, deterministic=True)
    connection.execute("DROP TABLE IF EXISTS temp.taken")
    connection.execute("CREATE TEMP TABLE taken (id TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute(NEWER)
    for report_id in _read_otherwise(connection):
        if _digest(connection, SOURCE, report_id) > _digest(connection, "main", report_id):
            connection.execute("INSERT INTO temp.taken VALUES (?)", (report_id,))
    for part in PARTS:
        connection.execute(f"DELETE FROM main.{part} WHERE report_id IN (SELECT id FROM temp.taken)")
    connection.execute("UPDATE main.indicators SET stale = 1 WHERE report_id IN (SELECT id FROM temp.taken)")
    for table, key in (("reports", "id"), *((part, "report_id") for part in PARTS)):
        columns = columns_of(connection, table)
        names = ", ".join(map(quoted, columns))
        connection.execute(
            f"""INSERT OR REPLACE INTO main.{table} ({names})
            {incoming(table, columns)} WHERE s.{key} IN (SELECT id FROM temp.taken)"""
        )
    (taken,) = connection.execute("SELECT count(*) FROM temp.taken").fetchone()
    connection.execute("DROP TABLE temp.taken")
    return int(taken)


def _read_otherwise(connection: sqlite3.Connection) -> list[str]:
    """Reports that both databases read by one release in one second, and not alike."""
    connection.execute("DROP TABLE IF EXISTS temp.ties")
    connection.execute("CREATE TEMP TABLE ties (id TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute(TIES)
    found: set[str] = set()
    for table, keys in (("reports", ("id",)), *((part, TABLES[part].key) for part in PARTS)):
        columns = [quoted(name) for name in columns_of(connection, table) if name not in NOT_READ]
        alike = " AND ".join(f"a.{name} IS b.{name} AND typeof(a.{name}) = typeof(b.{name})" for name in columns)
        same = " AND ".join(f"a.{quoted(key)} = b.{quoted(key)}" for key in keys)
        for one, other in ((SOURCE, "main"), ("main", SOURCE)):
            sql = f"""SELECT DISTINCT a.{keys[0]} FROM temp.ties AS t JOIN {one}.{table} AS a ON a.{keys[0]} = t.id
                LEFT JOIN {other}.{table} AS b ON {same} WHERE NOT ({alike})"""
            found |= {row[0] for row in connection.execute(sql)}
    connection.execute("DROP TABLE temp.ties")
    return sorted(found)


def release(version: str) -> str:
    """A version as text that sorts as versions do: the figures in it, each at the same width."""
    return ".".join(part.rjust(8, "0") for part in version.split("."))


def _digest(connection: sqlite3.Connection, schema: str, report_id: str) -> str:
    """A digest of all that was read of a report."""
    columns = [quoted(name) for name in columns_of(connection, "reports") if name not in NOT_READ]
    selects = [f"SELECT {', '.join(columns)} FROM {schema}.reports WHERE id = ?"]
    for part in PARTS:
        keys = ", ".join(map(quoted, TABLES[part].key))
        names = ", ".join(map(quoted, columns_of(connection, part)))
        selects.append(f"SELECT {names} FROM {schema}.{part} WHERE report_id = ? ORDER BY {keys}")
    rows = [connection.execute(select, (report_id,)).fetchall() for select in selects]
    return hashlib.sha256(to_json(rows).encode()).hexdigest()
