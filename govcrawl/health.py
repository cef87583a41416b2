"""Is this machine fit to crawl? Each check says what it saw and, when it is wrong, how to mend it."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from govcrawl.lock import LockedError, hold_lock, lock_path
from govcrawl.model import BrowserError, DocumentError, GovcrawlError, StoreError

MIN_PYTHON = (3, 11)
MIN_SQLITE = (3, 35, 0)
"""The first with RETURNING and DROP COLUMN."""
MIN_FREE = 200 * 1024 * 1024
LOW_FREE = 2 * 1024 * 1024 * 1024
MIN_FILES = 4096
"""Open files, sockets among them, that a run over the whole country may come to."""
RELEASED = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock that stands before this release is wrong."""

EXTRAS = {
    "web": ("datasette",),
    "ocr": ("rapidocr", "onnxruntime"),
    "browser": ("scrapy_playwright",),
    "cluster": ("distributed",),
    "export": ("pyarrow", "openpyxl"),
    "notify": ("apprise",),
}


class Mark(StrEnum):
    """How a check ended."""

    GOOD = "good"
    NOTE = "note"
    """Worth knowing; nothing is broken."""
    BAD = "bad"
    """govcrawl cannot work like this."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    mark: Mark
    saw: str
    mend: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "mark": str(self.mark), "saw": self.saw, "mend": self.mend}


def examine(data_dir: Path, db: Path, now: datetime) -> Iterator[Check]:
    """Look at everything a run needs; cheapest first."""
    yield check_python(sys.version_info[:3])
    yield check_clock(now, db)
    yield check_sqlite_version(sqlite3.sqlite_version_info)
    yield from check_sqlite_features()
    yield check_folder(data_dir)
    yield check_wal(data_dir)
    yield check_space(data_dir)
    yield check_open_files(resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    yield check_database(db)
    yield from check_tables()
    yield check_contact(os.environ.get("GOVCRAWL_CONTACT", "").strip())
    yield from check_extras()
    yield check_libreoffice()
    yield check_sandbox()
    yield check_browser()


def check_contact(contact: str) -> Check:
    """Portals can reach whoever crawls them."""
    if not contact:
        mend = "set the environment variable GOVCRAWL_CONTACT to a mail address or a web page of yours"
        return Check("contact", Mark.NOTE, "none is set; portals cannot reach you", mend)
    return Check("contact", Mark.GOOD, contact)


def check_python(version: tuple[int, ...]) -> Check:
    """Python is new enough."""
    text = ".".join(map(str, version))
    if version < MIN_PYTHON:
        return Check("python", Mark.BAD, text, "install Python 3.11 or newer, then run `make clean setup`")
    return Check("python", Mark.GOOD, text)


def check_clock(now: datetime, db: Path) -> Check:
    """The clock stands after this release and after everything that was fetched."""
    text = now.isoformat(timespec="seconds")
    mend = "set the clock (on Debian: timedatectl set-ntp true); fetch times would be wrong for good"
    if now < RELEASED:
        return Check("clock", Mark.BAD, f"{text}, which is before this release", mend)
    latest = _latest_capture(db)
    if latest and latest > now.strftime("%Y-%m-%dT%H:%M:%SZ"):
        return Check("clock", Mark.BAD, f"{text}, which is before the last capture ({latest})", mend)
    return Check("clock", Mark.GOOD, text)


def check_sqlite_version(version: tuple[int, ...]) -> Check:
    """SQLite is new enough."""
    text = ".".join(map(str, version))
    if version < MIN_SQLITE:
        return Check("sqlite", Mark.BAD, text, "use a Python built with SQLite 3.35 or newer (uv installs one)")
    return Check("sqlite", Mark.GOOD, text)


def check_sqlite_features() -> Iterator[Check]:
    """SQLite was built with what the store uses."""
    features = {
        "json": "select json_extract('{\"a\": 1}', '$.a')",
        "fts5": "create virtual table t using fts5(text, tokenize = 'unicode61')",
    }
    for name, sql in features.items():
        with contextlib.closing(sqlite3.connect(":memory:")) as connection:
            try:
                connection.execute(sql)
            except sqlite3.OperationalError as error:
                mend = "use a Python whose SQLite has it (uv installs one)"
                yield Check(f"sqlite {name}", Mark.BAD, str(error), mend)
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
        return Check("write-ahead log", Mark.BAD, f"fails in {data_dir}: {error}", "name a local disk with --data-dir")
    if mode != "wal":
        mend = "name a folder on a local disk with --data-dir"
        return Check("write-ahead log", Mark.BAD, f"{data_dir} gives journal mode {mode!r}", mend)
    return Check("write-ahead log", Mark.GOOD, "works in the data folder")


def check_space(data_dir: Path) -> Check:
    """There is room on the disk."""
    here = next((folder for folder in (data_dir, *data_dir.resolve().parents) if folder.is_dir()), Path("/"))
    free = shutil.disk_usage(here).free
    text = f"{free / 1e9:.1f} GB free"
    if free < MIN_FREE:
        return Check("disk", Mark.BAD, text, "free some space, or name another disk with --data-dir")
    if free < LOW_FREE:
        return Check("disk", Mark.NOTE, text, "a province's archive takes a few GB")
    return Check("disk", Mark.GOOD, text)


def check_open_files(hard: int) -> Check:
    """A run over the whole country may hold a connection to some thousand hosts at once; it raises its own limit."""
    if hard == resource.RLIM_INFINITY or hard >= MIN_FILES:
        return Check("open files", Mark.GOOD, "no limit" if hard == resource.RLIM_INFINITY else f"{hard} at most")
    mend = f"have root raise `nofile` to {MIN_FILES} for this user in /etc/security/limits.conf, then log in again"
    return Check("open files", Mark.NOTE, f"{hard} at most, which may be too few for the whole country", mend)


def check_database(db: Path) -> Check:
    """The database, when there is one, is sound, and nobody is writing to it."""
    if not db.exists():
        return Check("database", Mark.GOOD, f"{db} is not there yet; the first crawl makes it")
    try:
        with contextlib.closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            answer = connection.execute("pragma quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        return Check("database", Mark.BAD, f"{db}: {error}", "name another database with --db, or restore a copy")
    if answer != "ok":
        return Check("database", Mark.BAD, f"{db}: {answer}", "save a copy, then try `sqlite3 FILE .recover`")
    if lock_path(db).exists():
        try:
            with hold_lock(db):
                pass
        except LockedError as error:
            return Check("database", Mark.NOTE, str(error))
        except StoreError as error:
            return Check("database", Mark.BAD, str(error), "make it writable for this user")
    return Check("database", Mark.GOOD, f"{db} is sound")


def check_tables() -> Iterator[Check]:
    """The curated tables load."""
    from govcrawl.divisions import load_divisions
    from govcrawl.forms.schema import load_forms
    from govcrawl.lookups import data_folder
    from govcrawl.portals import load_portals

    def count_portals() -> int:
        return sum(len(load_portals(path)) for path in sorted((data_folder() / "portals").glob("*.csv")))

    tables: dict[str, Callable[[], int]] = {
        "divisions": lambda: len(load_divisions()),
        "forms": lambda: len(load_forms()),
        "portals": count_portals,
    }
    for name, load in tables.items():
        try:
            yield Check(name, Mark.GOOD, f"{load()} loaded")
        except (GovcrawlError, OSError) as error:
            yield Check(name, Mark.BAD, str(error), "mend the file, or install govcrawl again")


def check_extras() -> Iterator[Check]:
    """Which optional parts are installed; lacking one is no fault."""
    for extra, modules in EXTRAS.items():
        lacking = [module for module in modules if find_spec(module) is None]
        if lacking:
            mend = f"pip install 'govcrawl[{extra}]' when it is needed"
            yield Check(f"extra {extra}", Mark.NOTE, f"not installed ({', '.join(lacking)})", mend)
        else:
            yield Check(f"extra {extra}", Mark.GOOD, "installed")


def check_libreoffice() -> Check:
    """LibreOffice, which only some kinds of attachments need, is installed and starts; lacking it is no fault."""
    from govcrawl.documents import office

    try:
        version = office.version()
    except DocumentError as error:
        return Check("libreoffice", Mark.NOTE, str(error), office.INSTALL)
    if version is None:
        saw = "not installed: .doc, .wps, .rtf and .odt cannot be read"
        return Check("libreoffice", Mark.NOTE, saw, f"{office.INSTALL}; then `govcrawl replay` reads what was fetched")
    return Check("libreoffice", Mark.GOOD, version)


def check_sandbox() -> Check:
    """What LibreOffice can be shut in with here."""
    from govcrawl.documents import sandbox

    kind = sandbox.sandbox()
    if kind is sandbox.Sandbox.BWRAP:
        return Check("sandbox", Mark.GOOD, "bwrap: LibreOffice sees no network and no file but its document")
    mend = "apt install bubblewrap; in a container, allow user namespaces"
    if kind is sandbox.Sandbox.UNSHARE:
        return Check("sandbox", Mark.GOOD, "unshare: LibreOffice sees no network", mend)
    return Check("sandbox", Mark.NOTE, "none: LibreOffice is only told to use no network and to run no macro", mend)


def check_browser() -> Check:
    """The browser lane, off by default, finds its Chromium; lacking it is no fault."""
    from spiders.browser import find_chromium

    try:
        return Check("browser", Mark.GOOD, find_chromium())
    except BrowserError as error:
        return Check("browser", Mark.NOTE, str(error), "only --browser needs it")


def _latest_capture(db: Path) -> str | None:
    if not db.exists():
        return None
    try:
        with contextlib.closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            latest: str | None = connection.execute("select max(fetched_at) from captures").fetchone()[0]
    except sqlite3.Error:
        return None  # check_database tells what is wrong with the file
    return latest
