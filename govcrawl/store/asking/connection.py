"""Connections for whoever is on the other side of the site: they read, within limits, and can do nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from govcrawl.model import SlowQuestionError
from govcrawl.store.connection import open_for_reading

T = TypeVar("T")

STEPS = 1000
"""Instructions of SQLite's machine between two looks at the clock: about 0.1 ms."""
CACHE_KIB = 32_768
MAX_RESULT_BYTES = 32 << 20
"""Characters and bytes in the rows of one answer: within the time limit, rows of megabytes could fill the memory."""

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 4 << 20,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 100,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 500,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 500,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
"""What one statement may be: bytes of a value, selects joined by union, … (sqlite.org/limits.html)."""
MAX_SQL_BYTES = 100_000
"""Not a limit of SQLite's: that would go for the schema's views too, which are longer, and are read again whenever a
writer changed the schema. A connection with that limit could be asked nothing more from then on."""

PRAGMAS = {
    "compile_options",
    "data_version",
    "foreign_key_list",
    "function_list",
    "index_info",
    "index_list",
    "index_xinfo",
    "page_count",
    "page_size",
    "schema_version",
    "table_info",
    "table_list",
    "table_xinfo",
}
"""The pragmas that describe the database; the others change something, or tell of the machine."""
READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
DENIED_FUNCTIONS = {"load_extension", "fts3_tokenizer"}


def refuse_unfit(db: Path) -> None:
    """Raise where a database cannot be served as it is.

    Raises:
        StoreError: there is no such file, or it is no database of this version of the program.
    """
    open_for_reading(db).close()


def connect_for_asking(db: Path) -> sqlite3.Connection:
    """A connection for SQL of strangers: it reads, and what it reads at once is bounded.

    Raises:
        StoreError: there is no such file, or it is no database of this version of the program.
    """
    connection = open_for_reading(db, any_thread=True, factory=_Bounded)
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    for limit, most in LIMITS.items():
        connection.setlimit(limit, most)
    connection.set_authorizer(_allowed)
    return connection


def within(connection: sqlite3.Connection, seconds: float, question: Callable[[sqlite3.Connection], T]) -> T:
    """Ask a question that is broken off when it takes too long.

    All its statements see the database in one state, whatever is written meanwhile.

    Raises:
        SlowQuestionError: it was.
    """
    with _limit(connection, seconds):
        try:
            with _one_state(connection):
                return question(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_INTERRUPT":
                raise
            raise SlowQuestionError(f"the question took longer than {seconds:g} seconds") from error


def table_names(connection: sqlite3.Connection) -> list[str]:
    """The tables that hold rows themselves: no virtual ones, and not what those keep."""
    kept = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
    return sorted(name for (name,) in connection.execute(kept))


@contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold a statement that is not done: until it is closed the connection sees what it saw at its first row.

    BEGIN would do the same, and is refused here to whoever asks.
    """
    held = connection.execute("SELECT name FROM sqlite_master")
    try:
        yield
    finally:
        held.close()


@contextmanager
def _limit(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    end = perf_counter() + seconds
    connection.set_progress_handler(lambda: perf_counter() > end, STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def _allowed(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
    """SQLite's question whether a statement may do something, when it is prepared.

    A full-text index is asked for as an update of the schema when it is first used. Real updates of that fail:
    the file is open for reading.
    """
    if action == sqlite3.SQLITE_PRAGMA:
        allowed = str(first).lower() in PRAGMAS
    elif action == sqlite3.SQLITE_FUNCTION:
        allowed = str(second).lower() not in DENIED_FUNCTIONS
    else:
        declares = action == sqlite3.SQLITE_UPDATE and first == "sqlite_master"
        allowed = action in READS or declares
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


class _Cursor(sqlite3.Cursor):
    """Refuses statements that are too long, and counts what is in its rows, one by one, before there are too many."""

    taken = 0

    def execute(self, sql: str, parameters: Any = (), /) -> _Cursor:
        if len(sql.encode("utf-8", "replace")) > MAX_SQL_BYTES:
            raise sqlite3.OperationalError(f"the statement is longer than {MAX_SQL_BYTES:,} bytes")
        self.taken = 0
        super().execute(sql, parameters)
        return self

    def __next__(self) -> Any:
        return self._count(super().__next__())

    def fetchone(self) -> Any:
        return self._count(super().fetchone())

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        return list(islice(self, size))

    def fetchall(self) -> list[Any]:
        return list(self)

    def _count(self, row: Any) -> Any:
        if row is not None:
            self.taken += sum(len(value) for value in row if isinstance(value, str | bytes))
            if self.taken > MAX_RESULT_BYTES:
                raise sqlite3.OperationalError(f"the answer is larger than {MAX_RESULT_BYTES >> 20} MB: ask for less")
        return row


class _Bounded(sqlite3.Connection):
    """A connection whose answers are bounded, whatever is made of their rows."""

    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(factory or _Cursor)
