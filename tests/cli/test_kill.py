"""A crawl killed without a warning, ten times at different moments, and resumed each time."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from govcrawl.archive import read_warc
from govcrawl.demo.judging import judge
from govcrawl.demo.processes import Nation, serve_nation

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10
LONGEST = 4.0
"""Seconds: the whole crawl takes several times as long as the program's start."""


def start(nation: Nation, folder: Path) -> subprocess.Popen[bytes]:
    options = [f"--set={name}={value}" for name, value in nation.settings().items()]
    return subprocess.Popen(
        [sys.executable, "-m", "govcrawl", "crawl", f"--data-dir={folder}", *options],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def stored(db: Path) -> dict[str, str]:
    """The reports stored so far: id → content hash."""
    if not db.exists():
        return {}
    with sqlite3.connect(db) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        return dict(connection.execute("SELECT id, content_hash FROM reports")) if "reports" in tables else {}


@pytest.mark.slow
def test_ten_kills_lose_nothing_and_store_nothing_twice(tmp_path: Path) -> None:
    random = Random(9)
    with serve_nation(tmp_path / "nation", provinces=4, seed=3) as nation:
        data, db = tmp_path / "data", tmp_path / "data" / "govcrawl.db"
        known: dict[str, str] = {}
        for _ in range(KILLS):
            crawl = start(nation, data)
            time.sleep(random.uniform(0.3, LONGEST))
            os.killpg(crawl.pid, signal.SIGKILL)
            crawl.wait()
            now = stored(db)
            assert known.items() <= now.items(), "what was stored stays stored"
            known = now
        assert start(nation, data).wait(timeout=300) in (0, 1)
        result = judge(db, nation.truth())
        assert (result.found, result.superfluous, result.wrong) == (result.expected, 0, [])
        with sqlite3.connect(db) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            count = connection.execute("SELECT count(*), count(DISTINCT report_id || ' ' || url) FROM report_sources")
            assert len(set(count.fetchone())) == 1
            bodies = {row[0] for row in connection.execute("SELECT DISTINCT body_sha256 FROM captures")}
        archived = {capture.body_sha256 for path in data.rglob("*.warc.gz") for capture in read_warc(path)}
        assert bodies <= archived, "every captured body can still be read from the archive"
