"""The machine itself: Python, the clock, the disk, its limits, its language and its fonts."""

from __future__ import annotations

import contextlib
import resource
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from govcrawl.health.check import Check, Mark

MIN_PYTHON = (3, 11)
MIN_FREE = 200 * 1024 * 1024
LOW_FREE = 2 * 1024 * 1024 * 1024
MIN_FILES = 4096
"""Open files, sockets among them, that a run over the whole country may come to."""
RELEASED = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock that stands before this release is wrong."""
FONTS_TIMEOUT = 20


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


def check_language(language: str, encoding: str | None) -> Check:
    """Messages have a language, and Chinese, which every corpus is full of, can be printed."""
    try:
        "政府信息公开".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        mend = "set LANG=C.UTF-8 or LANG=zh_CN.UTF-8, or PYTHONIOENCODING=utf-8"
        return Check("language", Mark.NOTE, f"the terminal's encoding {encoding} cannot print Chinese", mend)
    if language == "zh":
        return Check("language", Mark.GOOD, "messages are in Chinese")
    mend = "set LANG=zh_CN.UTF-8 or GOVCRAWL_LANG=zh for Chinese"
    return Check("language", Mark.GOOD, "messages are in English", mend)


def check_fonts() -> Check:
    """There is a font with Chinese characters; only what draws pages here needs one."""
    try:
        listed = subprocess.run(
            ["fc-list", ":lang=zh", "family"], capture_output=True, text=True, timeout=FONTS_TIMEOUT, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return Check("fonts", Mark.NOTE, "unknown: there is no fontconfig to ask", "apt install fontconfig")
    families = sorted({line.split(",")[0].strip() for line in listed.stdout.splitlines() if line.strip()})
    if not families:
        saw = "none has Chinese characters; pictures of pages and prints made here would show boxes"
        return Check("fonts", Mark.NOTE, saw, "apt install fonts-noto-cjk")
    return Check("fonts", Mark.GOOD, families[0])


def _latest_capture(db: Path) -> str | None:
    if not db.exists():
        return None
    try:
        with contextlib.closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            latest: str | None = connection.execute("select max(fetched_at) from captures").fetchone()[0]
    except sqlite3.Error:
        return None  # check_database tells what is wrong with the file
    return latest
