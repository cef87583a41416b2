"""SQLite, the data folder, and the database in it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from govcrawl.health.check import Check, Mark
from govcrawl.lock import LockedError, hold_lock, lock_path
from govcrawl.model import StoreError
from govcrawl.store.connection import refuse_newer

MIN_SQLITE = (3, 35, 0)
"""The first with RETURNING and DROP COLUMN."""

FEATURES = {
    "json": "select json_extract('{\"a\": 1}', '$.a')",
    "fts5": "create virtual table t using fts5(text, tokenize = 'unicode61')",
    "window functions": "select rank() over (order by 1)",
}
"""What the store and the site cannot do without."""
OPTIONAL = {"dbstat": "select count(*) from dbstat"}
"""What only says how large tables are."""
FORBIDDEN = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
"""What SQLite says where the system does not let it: a reader, too, makes files beside a database with a log."""


def check_sqlite_version(version: tuple[int, ...]) -> Check:
    """SQLite is new enough."""
    text = ".".join(map(str, version))
    if version < MIN_SQLITE:
        return Check("sqlite", Mark.BAD, text, "use a Python built with SQLite 3.35 or newer (uv installs one)")
    return Check("sqlite", Mark.GOOD, text)


def check_sqlite_features() -> Iterator[Check]:
    """SQLite was built with what the store and the site use."""
    mend = "use a Python whose SQLite has it (uv installs one)"
    for name, sql in (FEATURES | OPTIONAL).items():
        with contextlib.closing(sqlite3.connect(":memory:")) as connection:
            try:
                connection.execute(sql)
            except sqlite3.OperationalError as error:
                mark = Mark.BAD if name in FEATURES else Mark.NOTE
                yield Check(f"sqlite {name}", mark, str(error), mend)
            else:
                yield Check(f"sqlite {name}", Mark.GOOD, "built in")


def check_folder(data_dir: Path) -> Check:
    """The data folder is there, or can be made, and can be written to."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=data_dir, prefix=".doctor-"):
            pass
    except OSError as error:
        mend = f"make {data_dir} writable for this user, or name another folder with --data-dir"
        return Check("data folder", Mark.BAD, f"{data_dir}: {error.strerror}", mend)
    return Check("data folder", Mark.GOOD, f"{data_dir} can be written to")


def check_wal(data_dir: Path) -> Check:
    """SQLite's write-ahead log works on the data folder's file system (on many network drives it does not)."""
    try:
        with (
            tempfile.TemporaryDirectory(dir=data_dir, prefix=".doctor-") as folder,
            contextlib.closing(sqlite3.connect(Path(folder) / "wal.db")) as connection,
        ):
            mode = connection.execute("pragma journal_mode = wal").fetchone()[0]
            connection.execute("create table t (x)")
    except (OSError, sqlite3.Error) as error:
        full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        mend = "free some space, or name another disk with --data-dir" if full else "name a local disk with --data-dir"
        return Check("write-ahead log", Mark.BAD, f"fails in {data_dir}: {error}", mend)
    if mode != "wal":
        mend = "name a folder on a local disk with --data-dir"
        return Check("write-ahead log", Mark.BAD, f"{data_dir} gives journal mode {mode!r}", mend)
    return Check("write-ahead log", Mark.GOOD, "works in the data folder")


def check_database(db: Path) -> Check:
    """The database, when there is one, is sound, and nobody is writing to it."""
    if not db.exists():
        return Check("database", Mark.GOOD, f"{db} is not there yet; the first crawl makes it")
    try:
        with contextlib.closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            answer = connection.execute("pragma quick_check(1)").fetchone()[0]
            refuse_newer(connection, db)
    except StoreError as error:
        return Check("database", Mark.BAD, str(error))
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in FORBIDDEN:  # the low byte is the kind of error
            saw = f"{db}: this user may not read it, or not write to its folder, which reading needs too"
            mend = "run govcrawl as the user who owns them, or make both writable for this user"
            return Check("database", Mark.BAD, saw, mend)
        return Check("database", Mark.BAD, f"{db}: {error}", "name another database with --db, or restore a copy")
    if answer != "ok":
        return Check("database", Mark.BAD, f"{db}: {answer}", "save a copy, then try `sqlite3 FILE .recover`")
    locked = [path for path in _files(db) if not os.access(path, os.W_OK)]
    if locked:
        saw = f"{locked[0]}: this user may not write it, so that nothing can be stored"
        mend = "run govcrawl, the site too, as one user, who owns the database and what SQLite keeps beside it"
        return Check("database", Mark.BAD, saw, mend)
    if lock_path(db).exists():
        try:
            with hold_lock(db):
                pass
        except LockedError as error:
            return Check("database", Mark.NOTE, str(error))
        except StoreError as error:
            return Check("database", Mark.BAD, str(error), "make it writable for this user")
    return Check("database", Mark.GOOD, f"{db} is sound")


def _files(db: Path) -> Iterator[Path]:
    """A database and what SQLite keeps beside it, which whoever opened it first owns."""
    yield from (path for path in (db, db.with_name(f"{db.name}-wal"), db.with_name(f"{db.name}-shm")) if path.exists())
