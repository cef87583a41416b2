"""Is this machine fit to crawl? Each check says what it saw and, when it is wrong, how to mend it."""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from govcrawl.health.check import Check, Mark
from govcrawl.health.database import (
    check_database,
    check_folder,
    check_sqlite_features,
    check_sqlite_version,
    check_wal,
)
from govcrawl.health.machine import (
    MIN_FILES,
    check_clock,
    check_fonts,
    check_language,
    check_open_files,
    check_python,
    check_space,
)
from govcrawl.health.network import check_host, check_route
from govcrawl.health.parts import (
    check_browser,
    check_contact,
    check_extras,
    check_libreoffice,
    check_sandbox,
    check_tables,
)
from govcrawl.locale.terminal import terminal_language

__all__ = ["MIN_FILES", "Check", "Mark", "examine"]


def examine(data_dir: Path, db: Path, now: datetime, *, network: bool = False) -> Iterator[Check]:
    """Look at everything a run needs; cheapest first.

    Args:
        data_dir: where runs write.
        db: the database, which need not be there.
        now: what the clock says.
        network: open a connection to one host; else nobody is asked.
    """
    yield check_python(sys.version_info[:3])
    yield check_clock(now, db)
    yield check_language(terminal_language(), sys.stdout.encoding)
    yield check_sqlite_version(sqlite3.sqlite_version_info)
    yield from check_sqlite_features()
    folder = check_folder(data_dir)
    yield folder
    if folder.mark is not Mark.BAD:  # else it fails for the same reason, which is no file system's
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
    yield check_fonts()
    yield check_host() if network else check_route()
