"""What SQLite says, in the words of somebody who has to mend it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from govcrawl.model import StoreError

ADVICE = {
    sqlite3.SQLITE_FULL: "the disk (or the database's size limit) is full; free some space and run the command again",
    sqlite3.SQLITE_READONLY: "this user may not write it, its -wal, -shm or folder; mend that or name another --db",
    sqlite3.SQLITE_BUSY: "another program is writing to it; wait for it to finish, then run the command again",
    sqlite3.SQLITE_LOCKED: "another program is writing to it; wait for it to finish, then run the command again",
    sqlite3.SQLITE_NOTADB: "the file is not an SQLite database; name another --db",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; keep a copy, then try `sqlite3 FILE .recover`, or replay the archive",
    sqlite3.SQLITE_IOERR: "the disk is full, or failed; look at its free space and at the system's log",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened; does its folder exist, and may this user write there?",
}


def explain(error: sqlite3.Error, path: Path | str) -> StoreError:
    """The error as a `StoreError` that says what was wrong, where, and how to mend it."""
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return StoreError(f"{path}: a row names a portal or a capture that is not stored; save the registry first")
    advice = ADVICE.get(code & 0xFF) if code is not None else None
    return StoreError(f"{path}: {advice} (SQLite: {error})" if advice else f"{path}: SQLite: {error}")


@contextmanager
def explained(path: Path | str) -> Iterator[None]:
    """Raise what SQLite raises inside as a `StoreError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error
