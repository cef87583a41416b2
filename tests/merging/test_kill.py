"""A merge killed at any moment loses nothing, and the next one completes it."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from govcrawl.export import write_jsonl
from govcrawl.merging import Place, merge
from govcrawl.store import open_corpus
from govcrawl.store.auditing import broken_pages
from tests.merging.shards import Shard

ROOT = Path(__file__).parents[2]
MERGER = """
import sys
from pathlib import Path
from govcrawl.merging import Place, merge
folder = Path(sys.argv[1])
print(".", flush=True)
merge([Place.of(folder / name / "govcrawl.db") for name in "abc"], Place.of(folder / "into" / "govcrawl.db"))
"""
REPORTS = 120


def make(folder: Path, name: str, first: int) -> Place:
    """A corpus of reports, half of which the next one has as well."""
    shard = Shard(folder / name)
    with shard.store.atomic():
        for number in range(first, first + REPORTS):
            shard.sees(f"文{number}", number, 2 + number % 9, agency=f"云山市{number % 50}局")
    shard.close()
    return shard.place


def digest(place: Place, to: Path) -> str:
    with open_corpus(place.db) as corpus:
        write_jsonl(corpus, to)
    return hashlib.sha256(to.read_bytes()).hexdigest()


def check(place: Place) -> int:
    """What must hold of the result after a kill; gives the number of reports."""
    if not place.db.exists():
        return 0
    connection = sqlite3.connect(place.db)
    try:
        assert broken_pages(connection) == []
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'reports'").fetchone() is None:
            return 0
        for (name,) in connection.execute("SELECT DISTINCT warc_file FROM captures"):
            assert (place.archive / name).is_file()
        whole = "SELECT count(*) FROM (SELECT report_id FROM applications GROUP BY 1 HAVING count(*) = 23)"
        counts = [connection.execute(sql).fetchone()[0] for sql in ("SELECT count(*) FROM reports", whole)]
        assert counts[0] == counts[1]
        return int(counts[0])
    finally:
        connection.close()


@pytest.mark.slow
def test_a_merge_killed_again_and_again_is_completed_by_the_next(tmp_path: Path) -> None:
    places = [make(tmp_path, name, start) for name, start in (("a", 0), ("b", 60), ("c", 120))]
    clean, into = (Place.of(tmp_path / name / "govcrawl.db") for name in ("clean", "into"))
    begun = time.monotonic()
    merge(places, clean)
    took = time.monotonic() - begun
    inputs = [place.db.read_bytes() for place in places]
    chance = random.Random(20210302)
    counts = []
    for _ in range(8):
        merger = subprocess.Popen(
            [sys.executable, "-c", MERGER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:
            assert merger.stdout is not None
            assert merger.stdout.readline() == b".\n", merger.stderr.read() if merger.stderr else b""
            time.sleep(chance.uniform(0, took))
        finally:
            merger.kill()
            merger.communicate(timeout=300)
        counts.append(check(into))
    assert counts == sorted(counts)
    merge(places, into)
    assert check(into) == 240
    assert digest(into, tmp_path / "into.jsonl") == digest(clean, tmp_path / "clean.jsonl")
    assert [place.db.read_bytes() for place in places] == inputs
    assert not [path for path in into.archive.iterdir() if path.name.startswith(".")]
    assert not list(into.db.parent.glob("*.merging"))
