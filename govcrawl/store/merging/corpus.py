"""A whole database joined to another: one transaction each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass

from govcrawl.model import StoreError
from govcrawl.store.errors import explained
from govcrawl.store.merging.described import TABLES, Kind
from govcrawl.store.merging.joining import SOURCE, check_described, join_table, rename_files
from govcrawl.store.merging.settling import settle_corpus
from govcrawl.store.merging.wholes import join_reports
from govcrawl.store.writer import Store


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of one database."""

    reports: int
    """Those it holds."""
    taken: int
    """Those that were new, or read anew."""


def archived_files(connection: sqlite3.Connection) -> list[str]:
    """The names of the archive's files that a database mentions."""
    columns = [(table, column) for table, described in TABLES.items() for column in described.files]
    found: set[str] = set()
    for table, column in columns:
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
        found |= {name for (name,) in connection.execute(sql)}
    return sorted(found)


def files_of(uri: str) -> list[str]:
    """The same of a database that is to be merged."""
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        return archived_files(connection)


@contextmanager
def attached(store: Store, uri: str) -> Iterator[sqlite3.Connection]:
    """The store's connection with another database attached as `src`, foreign keys off for the time."""
    connection = store.connection
    with explained(store.path):
        connection.execute(f"ATTACH DATABASE ? AS {SOURCE}", (uri,))
        connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield connection
    finally:
        with explained(store.path):
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"DETACH DATABASE {SOURCE}")


def join_corpus(store: Store, uri: str, names: Mapping[str, str]) -> Joined:
    """Join another database's rows to a store's, in one transaction. Derived tables are left for relating.

    Args:
        store: open for writing, the only one.
        uri: as `as_input` gives it.
        names: of the archive's files, there and here.

    Raises:
        StoreError: a table is not described, or the result would have a row that refers to none.
    """
    with attached(store, uri) as connection, explained(store.path):
        check_described(connection)
        with store.atomic():
            rename_files(connection, names)
            taken = 0
            for table, described in TABLES.items():
                if described.kind is Kind.JOINED:
                    join_table(connection, table)
                elif described.kind is Kind.REPORTS:
                    taken = join_reports(connection)
            _refuse_dangling(connection)
        (held,) = connection.execute(f"SELECT count(*) FROM {SOURCE}.reports").fetchone()
        return Joined(held, taken)


def adopt_names(store: Store, names: Mapping[str, str]) -> None:
    """Call the files of a store's archive by other names, in one transaction."""
    changed = {old: new for old, new in names.items() if old != new}
    with store.atomic() as connection:
        for table, described in TABLES.items():
            for column in described.files:
                connection.executemany(
                    f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [(new, old) for old, new in changed.items()]
                )


def settle_merged(store: Store) -> int:
    """Number rows and settle states after joining, in one transaction; gives the number of states that changed."""
    connection = store.connection
    with explained(store.path):
        connection.execute("PRAGMA foreign_keys = OFF")
        try:
            with store.atomic():
                changed = settle_corpus(connection)
                _refuse_dangling(connection)
        finally:
            connection.execute("PRAGMA foreign_keys = ON")
    return changed


def _refuse_dangling(connection: sqlite3.Connection) -> None:
    row = connection.execute("PRAGMA main.foreign_key_check").fetchone()
    if row is not None:
        raise StoreError(f"after merging, a row of {row[0]} would refer to a row of {row[2]} that is not there")
