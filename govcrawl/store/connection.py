"""Opening the database: pragmas, migrations, views; and what can be wrong with the file, told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from govcrawl.model import StoreError
from govcrawl.store.errors import explained
from govcrawl.store.migrations import migrations, unknown_names
from govcrawl.store.views import outdated, write_views

CACHE_KIB = 32_768
CHECKPOINT_PAGES = 8_000
"""The write-ahead log is folded into the database at about 32 MB: fewer checkpoints, each of them a sync."""


LISTENING = 1_000_000
"""Steps of SQLite's machine, some hundredths of a second, after which Python hears Ctrl-C."""


def open_for_writing(path: Path, *, create: bool, busy_timeout: float) -> sqlite3.Connection:
    """Connect, migrate, and bring the views up to date.

    Raises:
        StoreError: there is no such file (and `create` is false), or it cannot be used; the message says why.
    """
    if not path.exists():
        if not create:
            raise StoreError(f"{path}: there is no database; run `govcrawl crawl` first, or name another --db")
        _make_folder(path.parent)
    with explained(path):
        connection = sqlite3.connect(path, timeout=busy_timeout, isolation_level=None, uri=True)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def open_for_reading(
    path: Path,
    *,
    busy_timeout: float = 5.0,
    any_thread: bool = False,
    factory: type[sqlite3.Connection] = sqlite3.Connection,
) -> sqlite3.Connection:
    """Connect without the means to write.

    Args:
        path: the database.
        busy_timeout: seconds to wait for a writer.
        any_thread: whether another thread than this one may close it.
        factory: the kind of connection.

    Raises:
        StoreError: there is no such file, or it is no database of this project.
    """
    if not path.is_file():
        raise StoreError(f"{path}: there is no database; run `govcrawl crawl` first, or name another --db")
    with explained(path):
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro",
            uri=True,
            timeout=busy_timeout,
            check_same_thread=not any_thread,
            factory=factory,
        )
        try:
            connection.execute("PRAGMA query_only = ON")
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'panel_reports'").fetchone() is None:
                raise StoreError(f"{path}: this database was not made by govcrawl, or its making was broken off")
            refuse_newer(connection, path)
            _refuse_older(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def breakable(connection: sqlite3.Connection) -> Iterator[None]:
    """Let Ctrl-C break off the questions of the block: otherwise SQLite answers each to its end first.

    Raises:
        KeyboardInterrupt: it did. SQLite's own word for it, an error like others, does not get out.
    """
    connection.set_progress_handler(_listen, LISTENING)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        raise KeyboardInterrupt from error
    finally:
        with suppress(sqlite3.ProgrammingError):  # the connection was closed first
            connection.set_progress_handler(None, 0)


def _listen() -> None:
    """Python runs what was waiting for it, as the answer to Ctrl-C."""


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    refuse_newer(connection, path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    database = Database(connection, execute_plugins=False)
    if migrations.pending(database) or outdated(connection):
        connection.execute("BEGIN IMMEDIATE")
        try:
            migrations.apply(database)
            write_views(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    """Raise where a newer program made the database."""
    newer = unknown_names(Database(connection, execute_plugins=False))
    if newer:
        raise StoreError(
            f"{path}: a newer govcrawl made this database (it has the change {newer[-1]!r}); upgrade this program"
        )


def _refuse_older(connection: sqlite3.Connection, path: Path) -> None:
    if is_pending(connection):
        raise StoreError(
            f"{path}: an older govcrawl made this database; `govcrawl relate`, or the next crawl or refresh, "
            "brings it up to date (make a backup before)"
        )


def is_pending(connection: sqlite3.Connection) -> bool:
    """Whether an older program made the database."""
    return bool(migrations.pending(Database(connection, execute_plugins=False)))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: the folder cannot be made: {error.strerror}; name another --db") from error
