"""Connections for whoever is on the other side of the site: they read, within limits, and can do nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from govcrawl.model import SlowQuestionError
from govcrawl.store.connection import open_for_reading

T = TypeVar("T")

STEPS = 1000
"""Instructions of SQLite's machine between two looks at the clock: about 0.1 ms."""


def refuse_unfit(db: Path) -> None:
    """Raise where a database cannot be served as it is.

    Raises:
        StoreError: there is no such file, or it is no database of this version of the program.
    """
    open_for_reading(db).close()


def connect_for_asking(db: Path) -> sqlite3.Connection:
    """A connection that only reads.

    Raises:
        StoreError: there is no such file, or it is no database of this version of the program.
    """
    return open_for_reading(db, any_thread=True)


def within(connection: sqlite3.Connection, seconds: float, question: Callable[[sqlite3.Connection], T]) -> T:
    """Ask a question that is broken off when it takes too long.

    Raises:
        SlowQuestionError: it was.
    """
    with _limit(connection, seconds):
        try:
            return question(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_INTERRUPT":
                raise
            raise SlowQuestionError(f"the question took longer than {seconds:g} seconds") from error


@contextmanager
def _limit(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    end = perf_counter() + seconds
    connection.set_progress_handler(lambda: perf_counter() > end, STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
