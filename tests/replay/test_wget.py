"""What wget archived of the simulated portals is read into the very reports that our own crawl found there."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from govcrawl.crawl.settings import RunSettings
from govcrawl.demo.processes import Nation, crawl, serve_nation
from govcrawl.replay import replay

REPORTS = """SELECT content_hash, title, agency_name, division_code, report_year, published_on, form, scope, confidence,
    findings_count, errors_count FROM reports ORDER BY 1"""
PARTS = ("disclosure", "statistics", "applications", "review_litigation", "extra_cells", "sections", "findings")


def stored(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every report with all its rows, and where it was found."""
    with sqlite3.connect(db) as connection:
        tables = {part: connection.execute(f"SELECT * FROM {part} ORDER BY 1, 2").fetchall() for part in PARTS}
        sources = connection.execute("SELECT report_id, url, portal_id, position FROM report_sources ORDER BY 1, 2")
        return {"reports": connection.execute(REPORTS).fetchall(), "sources": sources.fetchall(), **tables}


def wget(nation: Nation, urls: list[str], folder: Path) -> Path:
    """Let wget ask for addresses, with the simulator as its proxy, and archive the answers."""
    (folder / "urls").write_text("\n".join(urls), encoding="utf-8")
    options = [
        "-e",
        "robots=off",
        "--quiet",
        "--tries=1",
        "--timeout=20",
        "--no-warc-keep-log",
        "--output-document=/dev/null",
    ]
    places = [f"--input-file={folder / 'urls'}", f"--warc-file={folder / 'theirs'}", f"--warc-tempdir={folder}"]
    environment = {**os.environ, "http_proxy": f"http://127.0.0.1:{nation.port}", "no_proxy": ""}
    subprocess.run(["wget", *options, *places], env=environment, cwd=folder, check=True, timeout=300)
    return folder / "theirs.warc.gz"


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("wget") is None, reason="wget is not installed; sh tools/setup.sh --system installs it"
)
def test_an_archive_made_by_wget_gives_the_reports_of_our_own_crawl(tmp_path: Path) -> None:
    own, replayed = tmp_path / "own", tmp_path / "replayed"
    with serve_nation(tmp_path / "nation", provinces=1, seed=3, attachments=15) as nation:
        crawl(own / "govcrawl.db", own, nation.settings())
        answered = {f"http://{each['host']}{each['path']}" for each in nation.ask("log") if each["status"] == 200}
        archive = wget(nation, sorted(answered), tmp_path)
        settings = nation.settings()
    result = replay(RunSettings.of({**settings, "GOVCRAWL_DATA_DIR": str(replayed)}), warcs=[archive])
    assert result.right
    ours, theirs = stored(own / "govcrawl.db"), stored(replayed / "govcrawl.db")
    assert len(ours["reports"]) > 50
    for table, rows in ours.items():
        assert theirs[table] == rows, table
