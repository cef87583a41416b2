"""A database to be merged, as it can be attached: itself, or a copy where it has to be changed to be understood."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from govcrawl.model import StoreError
from govcrawl.store.connection import is_pending, open_for_writing, refuse_newer
from govcrawl.store.errors import explained

BESIDE = ("-wal", "-journal")
"""Files beside a database without which it is not whole."""


@contextmanager
def as_input(path: Path, folder: Path) -> Iterator[str]:
    """Give what to attach for a database. The database itself is never written, nor any file made beside it.

    Args:
        path: a corpus that nobody writes to meanwhile.
        folder: for a copy, which is made where an older program wrote the database, or where its last transactions
            are not folded into it yet.

    Raises:
        StoreError: there is no such database, it is none of this project, or a newer program made it.
    """
    if not path.is_file():
        raise StoreError(f"{path}: there is no such database")
    loose = [suffix for suffix in BESIDE if _size(path.with_name(path.name + suffix))]
    if not loose:
        with explained(path), closing(_reading(path)) as connection:
            _refuse_foreign(connection, path)
            refuse_newer(connection, path)
            if not is_pending(connection):
                yield f"{path.resolve().as_uri()}?immutable=1"
                return
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / "input.db"
    for suffix in ("", *loose):
        shutil.copyfile(path.with_name(path.name + suffix), copy.with_name(copy.name + suffix))
    try:
        with explained(path), closing(sqlite3.connect(copy)) as connection:
            _refuse_foreign(connection, path)
            refuse_newer(connection, path)
        open_for_writing(copy, create=False, busy_timeout=5.0).close()
        yield f"{copy.resolve().as_uri()}?immutable=1"
    finally:
        for left in folder.glob("input.db*"):
            left.unlink()


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"reports", "captures"} <= names:
        raise StoreError(f"{path}: this database was not made by govcrawl, or its making was broken off")


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
