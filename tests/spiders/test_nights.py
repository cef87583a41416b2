"""What one bad night, or a portal that changes its mind, leaves for the nights after it. Over simulated hosts."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.spiders.test_crawl import crawl

REFRESH = {"GOVCRAWL_REVISITS": "due"}
SPIDERS = Path(__file__).parent
LOOK_BACK = {**REFRESH, "GOVCRAWL_LOOK_BACK": "0"}


@pytest.mark.slow
def test_a_portal_that_was_down_for_a_night_has_no_open_problem_the_night_after(tmp_path: Path) -> None:
    portals = {name: f"http://www.{name}.test/" for name in ("down", "other")}
    crawl(tmp_path, "nights:up", portals, settings=REFRESH)
    bad = crawl(tmp_path, "nights:down", portals, settings=REFRESH)
    assert ("down", "unreachable") in bad.problems()
    good = crawl(tmp_path, "nights:up", portals, settings=REFRESH)
    assert "/" not in good.paths("www.down.test")
    assert {kind for portal, kind in good.problems() if portal == "down"} == set()


@pytest.mark.slow
def test_a_column_that_moves_away_and_back_is_neither_broken_nor_a_problem(tmp_path: Path) -> None:
    portals = {"back": "http://www.back.test/"}
    for night in ("here", "there", "here"):
        done = crawl(tmp_path, f"nights:{night}", portals, settings=REFRESH)
    assert dict(done.rows("SELECT url, state FROM columns")) == {
        "http://www.back.test/nb/": "working",
        "http://www.back.test/gk/nb/": "moved",
    }
    assert done.problems() == set()
    last = crawl(tmp_path, "nights:here", portals, settings=REFRESH)
    assert last.paths("www.back.test") == ["/robots.txt", "/nb/"]


@pytest.mark.slow
def test_a_report_that_two_portals_call_by_two_titles_is_not_asked_for_every_night(tmp_path: Path) -> None:
    portals = {name: f"http://www.{name}.test/" for name in ("one", "two")}
    crawl(tmp_path, "nights:shared", portals, settings=REFRESH)
    again = crawl(tmp_path, "nights:shared", portals, settings=REFRESH)
    assert [path for path in again.paths("www.one.test") if path.startswith("/info/")] == []


@pytest.mark.slow
def test_a_report_that_another_portal_lists_still_is_not_gone(tmp_path: Path) -> None:
    portals = {name: f"http://www.{name}.test/" for name in ("one", "two")}
    crawl(tmp_path, "nights:shared", portals, settings=REFRESH)
    later = crawl(tmp_path, "nights:left_to_one", portals, settings=REFRESH)
    assert later.rows("SELECT url FROM report_sources WHERE vanished_at IS NOT NULL") == []


@pytest.mark.slow
def test_pages_that_send_to_one_page_of_errors_are_told_each_at_its_own_address(tmp_path: Path) -> None:
    portals = {"error": "http://www.error.test/"}
    crawl(tmp_path, "nights:kept", portals, settings=REFRESH)
    later = crawl(tmp_path, "nights:lost", portals, settings=LOOK_BACK)
    gone = {("http://www.error.test/info/1/1.htm",), ("http://www.error.test/info/1/2.htm",)}
    assert set(later.rows("SELECT url FROM problems WHERE kind = 'not_found'")) == gone
    assert set(later.rows("SELECT url FROM report_sources WHERE vanished = 'page'")) == gone


@pytest.mark.slow
def test_a_column_that_sends_to_the_home_page_is_broken_though_that_lists_reports_too(tmp_path: Path) -> None:
    portals = {"newsy": "http://www.newsy.test/"}
    crawl(tmp_path, "nights:open_column", portals, settings=REFRESH)
    later = crawl(tmp_path, "nights:sent_home", portals, settings=REFRESH)
    assert later.rows("SELECT url, state FROM columns") == [("http://www.newsy.test/nb/", "broken")]
    assert later.problems() == {("newsy", "not_found")}
    assert later.rows("SELECT url FROM report_sources WHERE vanished_at IS NOT NULL") == []


@pytest.mark.slow
def test_a_portal_does_not_fail_for_a_listed_page_that_is_known_to_be_missing(tmp_path: Path) -> None:
    portals = {"error": "http://www.error.test/"}
    crawl(tmp_path, "nights:one_missing", portals)
    long_ago = "2020-01-01T00:00:00Z"
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as corpus, corpus:
        corpus.execute("UPDATE problems SET last_seen_at = ?", (long_ago,))
    later = crawl(tmp_path, "nights:one_missing", portals, settings=REFRESH)
    assert "/info/1/1.htm" in later.paths("www.error.test")
    assert "/info/1/2.htm" not in later.paths("www.error.test")
    assert later.rows("SELECT state FROM portals") == [("working",)]


@pytest.mark.slow
def test_a_spider_that_is_broken_off_holds_up_no_other(tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, str(SPIDERS / "broken_off.py"), str(tmp_path)],
        env={"PYTHONPATH": f"{SPIDERS.parents[1]}:{SPIDERS}", "PATH": os.defpath},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert json.loads(child.stdout) == {"gansu": "store_failed", "yunnan": "finished"}
