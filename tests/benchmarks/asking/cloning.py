"""A corpus of many reports, from copies of one of few: every table by one `INSERT … SELECT` over all copies.

What a column holds follows from its name. Rows keyed by a report are written in the order of their key, others copy by
copy; indexes are made again at the end. What relating derives is copied as well where `COPIED` says so; the rest is
left to the steps, so that their cost on a large corpus is known.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from govcrawl.store import Store
from govcrawl.store.merging.described import TABLES, Kind
from tests.benchmarks.asking.places import Places, hosted, places_of, tagged

REPORT = frozenset({"report_id", "other_report_id", "content_hash", "body_sha256"})
AGENCY = frozenset({"agency_id"})
URLS = frozenset(
    [
        "url",
        "asked_url",
        "earlier_url",
        "source_url",
        "page_url",
        "column_url",
        "parent_url",
        "homepage",
        "moved_to",
    ]
)
DIVISIONS = frozenset({"division_code", "successor_code"})
TEXTS = frozenset(
    [
        "title",
        "title_key",
        "agency_name",
        "name",
        "text",
        "old",
        "new",
        "passage",
        "other_passage",
        "message",
        "evidence",
        "reason",
        "link_text",
    ]
)
OF_TABLE = {
    ("reports", "id"): "tagged({}, k)",
    ("portals", "id"): "portal({}, k)",
    ("agencies", "id"): "{} + k * {agencies}",
    ("captures", "id"): "{} + k * {captures}",
    ("problems", "id"): "{} + k * {problems}",
    ("agencies", "level"): "level({}, t.division_code, k)",
    ("agency_links", "earlier_id"): "{} + k * {agencies}",
    ("agency_links", "later_id"): "{} + k * {agencies}",
    ("agency_reviews", "other_id"): "{} + k * {agencies}",
    ("report_links", "other_id"): "tagged({}, k)",
    ("report_versions", "earlier_id"): "tagged({}, k)",
    ("report_changes", "earlier_id"): "tagged({}, k)",
    ("division_successions", "code"): "place({}, k)",
    ("cross_checks", "other_where"): "within({}, k)",
}
"""(table, column) → what it holds in copy `k`, where the column's name alone does not say."""

COPIED = frozenset(
    [
        "agency_names",
        "agency_links",
        "agency_reviews",
        "report_versions",
        "report_changes",
        "report_links",
        "cross_checks",
    ]
)
"""Derived tables whose rows are copied: their steps are measured elsewhere, on corpora that differ throughout."""
APART = frozenset({"divisions", "crawl_runs"})
"""Tables that are written row by row, or once."""
CACHE_KIB = 1 << 20


def clone(base: Path, target: Path, reports: int, told: Callable[[str, float], None] = lambda what, s: None) -> int:
    """Write `target` with at least as many reports as are asked for; gives how many copies that took.

    Args:
        base: a related corpus, of the schema of this program.
        target: is written anew.
        reports: how many.
        told: is given each table with the seconds it took.
    """
    shutil.rmtree(target.parent / (target.name + "-wal"), ignore_errors=True)
    target.unlink(missing_ok=True)
    Store.open(target).close()
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        return _clone(connection, base, reports, told)
    finally:
        connection.close()


def _clone(connection: sqlite3.Connection, base: Path, reports: int, told: Callable[[str, float], None]) -> int:
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", f"cache_size = -{CACHE_KIB}"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("ATTACH ? AS base", (str(base),))
    (there,) = connection.execute("SELECT count(*) FROM base.reports").fetchone()
    copies = -(-reports // int(there))
    with sqlite3.connect(f"file:{base}?mode=ro", uri=True) as reading:
        places = places_of(reading, copies)
        _functions(connection, places)
        connection.execute("BEGIN")
        connection.execute("DELETE FROM divisions")
        for copy in range(copies):
            connection.executemany(f"INSERT INTO divisions VALUES ({', '.join('?' * 9)})", places.rows(reading, copy))
    connection.execute("CREATE TEMP TABLE copies (k INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO copies VALUES (?)", [(copy,) for copy in range(copies)])
    indexes = connection.execute("SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    stored = [(name, sql) for name, sql in indexes.fetchall() if "UNIQUE" not in sql]
    for name, _ in stored:
        connection.execute(f"DROP INDEX main.{name}")
    for table in cloned_tables():
        started = monotonic()
        _fill(connection, table)
        told(table, monotonic() - started)
    _once(connection)
    started = monotonic()
    for _, sql in stored:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA main.optimize")
    told("indexes", monotonic() - started)
    return copies


def cloned_tables() -> list[str]:
    """The tables that are copied, what others refer to first."""
    return [
        name
        for name, table in TABLES.items()
        if name not in APART and (table.kind is not Kind.DERIVED or name in COPIED)
    ]


def _functions(connection: sqlite3.Connection, places: Places) -> None:
    functions: dict[str, tuple[int, Callable[..., Any]]] = {
        "tagged": (2, tagged),
        "place": (2, places.code),
        "province": (2, places.province),
        "level": (3, places.level),
        "portal": (2, places.portal),
        "hosted": (2, hosted),
        "renamed": (2, places.text),
        "within": (2, places.within),
    }
    for name, (arguments, function) in functions.items():
        connection.create_function(name, arguments, function, deterministic=True)


def _fill(connection: sqlite3.Connection, table: str) -> None:
    columns = [str(row[1]) for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
    numbers = {
        each: int(connection.execute(f"SELECT coalesce(max(id), 0) FROM base.{each}").fetchone()[0])
        for each in ("agencies", "captures", "problems")
    }
    values = [expression(table, column).replace("{}", f't."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    (ddl,) = connection.execute("SELECT sql FROM main.sqlite_master WHERE name = ?", (table,)).fetchone()
    keyed = "WITHOUT ROWID" in ddl and columns[0] == "report_id"
    source = f'base."{table}" AS t, copies' if keyed else f'copies CROSS JOIN base."{table}" AS t'
    order = "ORDER BY t.report_id, k" if keyed else ""
    chosen = ", ".join(values).format(**numbers)
    connection.execute(f'INSERT INTO main."{table}" ({names}) SELECT {chosen} FROM {source} {order}')


def expression(table: str, column: str) -> str:
    """What a column of a copy holds, as SQL in which `{}` stands for the column."""
    if (table, column) in OF_TABLE:
        return OF_TABLE[table, column]
    if column in REPORT:
        return "tagged({}, k)"
    if column in AGENCY:
        return "{} + k * {agencies}"
    if column == "capture_id":
        return "{} + k * {captures}"
    if column == "portal_id":
        return "portal({}, k)"
    if column == "province_code":
        return "province({}, k)"
    if column in DIVISIONS:
        return "place({}, k)"
    if column in URLS:
        return "hosted({}, k)"
    if column in TEXTS:
        return "renamed({}, k)"
    return "{}"


def _once(connection: sqlite3.Connection) -> None:
    """What one run over all portals would have left."""
    connection.execute(
        """INSERT INTO crawl_runs (command, started_at, finished_at, exit_code, report)
        SELECT 'crawl', max(extracted_at), max(extracted_at), 0, '{}' FROM reports"""
    )
    connection.execute(
        """UPDATE portals SET visited_at = m.at, last_success_at = m.at,
            state = CASE rowid_of % 50 WHEN 0 THEN 'blocked' WHEN 1 THEN 'failing' ELSE 'working' END
        FROM (SELECT id AS portal, row_number() OVER (ORDER BY id) AS rowid_of,
            (SELECT max(extracted_at) FROM reports) AS at FROM portals) AS m WHERE m.portal = portals.id"""
    )
