"""A writer killed at any moment leaves whole reports, each once, and the next run completes the rest."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from govcrawl.store import Store, open_corpus
from tests.store.builders import DIVISIONS, PORTAL, URL, at, capture, quirky_report, report

ROOT = Path(__file__).parents[2]
REPORTS = 400
WRITER = """
import sys
from pathlib import Path
from tests.store.test_kill import write
write(Path(sys.argv[1]), lambda: print(".", flush=True))
"""


def planned(number: int) -> tuple[str, object]:
    """Report `number` and its address; every seventh is a revision of the one before it."""
    place = number - 1 if number % 7 == 6 else number
    return f"{URL}?{place}", report(f"文 {number}", agency=f"云山市{place}局", findings=quirky_report().findings)


def write(path: Path, tell: object) -> None:
    """Store what is missing of the plan, as a resumed crawl does."""
    with Store.open(path) as store:
        store.save_divisions(DIVISIONS)
        store.save_portals([PORTAL])
        tell()  # type: ignore[operator]
        for number in range(REPORTS):
            url, what = planned(number)
            known = store.known(url)
            if known is not None and known.read and stored(store, what):
                continue
            key = store.save_capture(capture(url, what.content_hash.encode(), number))  # type: ignore[attr-defined]
            store.save_report(what, key, url, PORTAL.id, at(number))  # type: ignore[arg-type]


def stored(store: Store, what: object) -> bool:
    found = store.connection.execute("SELECT 1 FROM reports WHERE id = ?", (what.id,))  # type: ignore[attr-defined]
    return found.fetchone() is not None


def check(path: Path) -> int:
    """Every promise that must hold of a database after a kill; gives the number of reports."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        ids = [row[0] for row in connection.execute("SELECT id FROM reports")]
        for table, rows in (("disclosure", 22), ("applications", 23), ("review_litigation", 3), ("findings", 2)):
            counts = connection.execute(f"SELECT report_id, count(*) FROM {table} GROUP BY report_id").fetchall()
            assert sorted(counts) == sorted((key, rows) for key in ids), table
        assert connection.execute("SELECT count(*) FROM report_sources").fetchone() == (len(ids),)
        twice = "SELECT agency_id FROM reports WHERE state = 'current' GROUP BY agency_id HAVING count(*) > 1"
        assert connection.execute(twice).fetchall() == []
        return len(ids)
    finally:
        connection.close()


@pytest.mark.slow
def test_a_writer_killed_ten_times_loses_nothing_and_repeats_nothing(database: Path) -> None:
    chance = random.Random(20200515)
    counts = []
    for _ in range(10):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(database)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b".\n", writer.stderr.read() if writer.stderr else b""
            time.sleep(chance.uniform(0, 0.06))
        finally:
            writer.kill()
            writer.communicate(timeout=300)
        counts.append(check(database))
    assert counts == sorted(counts)
    assert counts[0] < REPORTS

    write(database, lambda: None)
    assert check(database) == REPORTS
    with open_corpus(database) as corpus:
        states = {row["id"]: row["state"] for row in corpus.reports(state=None)}
    superseded = {planned(number - 1)[1].id for number in range(6, REPORTS, 7)}  # type: ignore[attr-defined]
    assert {key for key, state in states.items() if state == "superseded"} == superseded
