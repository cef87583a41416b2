"""A replay killed without a warning, at different moments, and begun again each time."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from govcrawl.archive import Archive, read_warc
from govcrawl.simulator.report import ReportSpec, build_report

ROOT = Path(__file__).resolve().parents[2]
KILLS = 5
REPORTS = 160
AT = datetime(2023, 1, 20, tzinfo=UTC)
LEFT = """SELECT r.title, s.url, s.first_seen_at, s.last_seen_at, s.vanished_at, r.state FROM reports AS r
JOIN report_sources AS s ON s.report_id = r.id ORDER BY 1, 2"""


@pytest.fixture(scope="module")
def warc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages in two versions each; every tenth was missing later."""
    folder = tmp_path_factory.mktemp("theirs")
    with Archive(folder, "x") as archive:
        for number in range(REPORTS):
            page, version = divmod(number, 2)
            url = f"http://www.yunyan.test/nb/t{page}.html"
            spec = ReportSpec(form="form2021", year=2022, agency=f"云砚县第{page}局", seed=number)
            archive.write(url, 200, {}, build_report(spec).data, AT + timedelta(days=version))
            if not page % 10:
                archive.write(url, 404, {}, b"", AT + timedelta(days=9))
    return next(folder.iterdir())


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "govcrawl", "replay", f"--data-dir={folder}", *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    if not (folder / "govcrawl.db").exists():
        return []
    with sqlite3.connect(folder / "govcrawl.db") as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'rereadings'").fetchall():
            return []
        return connection.execute(sql).fetchall()


def killed_again_and_again(folder: Path, arguments: Sequence[str], sql: str) -> None:
    """Kill a replay some times, each time when it has stored something more; what is stored stays stored."""
    random, known = Random(7), set[tuple[Any, ...]]()
    for _ in range(KILLS):
        running, more = start(folder, *arguments), random.randrange(1, REPORTS // KILLS)
        while running.poll() is None and len(rows(folder, sql)) < len(known) + more:
            time.sleep(random.uniform(0.01, 0.1))
        assert running.poll() is None, "it was to be killed before its end"
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        now = set(rows(folder, sql))
        assert known < now
        assert rows(folder, "PRAGMA integrity_check") == [("ok",)]
        assert rows(folder, "PRAGMA foreign_key_check") == []
        known = now
    assert len(known) < REPORTS
    assert start(folder, *arguments).wait(timeout=300) == 0


@pytest.mark.slow
def test_a_killed_replay_of_a_file_loses_nothing_and_stores_nothing_twice(tmp_path: Path, warc: Path) -> None:
    whole, folder = tmp_path / "whole", tmp_path / "killed"
    assert start(whole, str(warc)).wait(timeout=300) == 0
    killed_again_and_again(folder, [str(warc)], "SELECT report_id, url FROM report_sources")
    assert len(rows(folder, LEFT)) == REPORTS
    assert rows(folder, LEFT) == rows(whole, LEFT)
    archived = {each.body_sha256 for path in folder.rglob("*.warc.gz") for each in read_warc(path, on_damage=print)}
    assert {body for (body,) in rows(folder, "SELECT body_sha256 FROM captures")} <= archived


@pytest.mark.slow
def test_a_killed_rereading_keeps_every_old_value_once(tmp_path: Path, warc: Path) -> None:
    assert start(tmp_path, str(warc)).wait(timeout=300) == 0
    before = rows(tmp_path, LEFT)
    with sqlite3.connect(tmp_path / "govcrawl.db") as connection:
        connection.execute("UPDATE reports SET extractor_version = '0.0.1', title = 'old ' || id")
    killed_again_and_again(tmp_path, [], "SELECT report_id, old FROM rereadings")
    assert rows(tmp_path, LEFT) == before
    noted = rows(tmp_path, "SELECT report_id, old FROM rereadings WHERE \"where\" = 'title' ORDER BY 1")
    assert noted == [(key, f"old {key}") for (key,) in rows(tmp_path, "SELECT id FROM reports ORDER BY 1")]
