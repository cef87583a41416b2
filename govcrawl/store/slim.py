"""A small database for others: chosen tables and views as plain tables, with a table that says what each column is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from govcrawl.store.errors import explained

AFFINITIES = {"text": "TEXT", "identifier": "TEXT", "date": "TEXT", "integer": "INTEGER", "number": "REAL"}
"""Kind of a column to its declared type. Figures and mixed values have none, so that each stays what it is."""

LOOKED_UP = ("report_id", "agency_id", "id", "code")
"""Columns that get an index: rows are looked up and joined by them."""

TABLES = "_tables"
VARIABLES = "_variables"
DESCRIPTIONS = {
    TABLES: (("name", "text"), ("label_zh", "text"), ("label_en", "text"), ("rows", "integer")),
    VARIABLES: (
        ("table_name", "text"),
        ("position", "integer"),
        ("name", "text"),
        ("kind", "text"),
        ("label_zh", "text"),
        ("label_en", "text"),
        ("unit", "text"),
        ("part", "text"),
        ("forms", "text"),
        ("sources", "text"),
        ("value_labels", "text"),
    ),
}
"""The tables that describe the others, with their columns."""


class SlimDatabase:
    """A new database that is filled table by table."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def write(self, table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
        """Make a table of (name, kind) columns and fill it.

        Raises:
            StoreError: it cannot be written; the message says why.
        """
        told = ", ".join(f"{_name(name)} {AFFINITIES.get(kind, '')}".strip() for name, kind in columns)
        marks = ", ".join("?" * len(columns))
        with explained(self._path):
            self._connection.execute(f"CREATE TABLE {_name(table)} ({told})")
            self._connection.executemany(f"INSERT INTO {_name(table)} VALUES ({marks})", rows)
            for name, _ in columns:
                if name in LOOKED_UP and table not in DESCRIPTIONS:
                    index = _name(f"{table}_{name}")
                    self._connection.execute(f"CREATE INDEX {index} ON {_name(table)} ({_name(name)})")


@contextmanager
def slim_database(path: Path, application: str) -> Iterator[SlimDatabase]:
    """A new database, complete when the block is over. The same tables give the same bytes.

    Args:
        path: a file that is not there yet.
        application: what is told of the whole, in the one row of `_about`.

    Raises:
        StoreError: it cannot be written; the message says why.
    """
    with explained(path):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            # Nobody reads a half-written one: it has another name until it is whole.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN")
            connection.execute("CREATE TABLE _about (text TEXT)")
            connection.execute("INSERT INTO _about VALUES (?)", [application])
            yield SlimDatabase(connection, path)
            connection.execute("COMMIT")
        finally:
            connection.close()


def _name(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
