"""Columns from one run to the next, over simulated hosts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spiders.test_crawl import crawl

PORTALS = {name: f"http://www.{name}.test/" for name in ("moves", "closes", "empties")}


@pytest.mark.slow
def test_a_walk_begins_with_the_columns_that_were_right_last_time(tmp_path: Path) -> None:
    first = crawl(tmp_path, "settled", PORTALS)
    assert first.paths("www.moves.test")[:3] == ["/robots.txt", "/", "/nb/"]
    again = crawl(tmp_path, "settled", PORTALS)
    assert [path for path in again.paths("www.moves.test") if not path.startswith("/info/")] == ["/robots.txt", "/nb/"]
    assert again.problems() == set()


@pytest.mark.slow
def test_a_column_that_is_gone_is_looked_for_from_the_home_page(tmp_path: Path) -> None:
    crawl(tmp_path, "settled", PORTALS)
    later = crawl(tmp_path, "unsettled", PORTALS)
    assert dict(later.rows("SELECT portal_id, state FROM columns WHERE url LIKE '%test/nb/'")) == {
        "moves": "moved",
        "closes": "broken",
        "empties": "broken",
    }
    assert later.rows("SELECT moved_to FROM columns WHERE portal_id = 'moves' AND state = 'moved'") == [
        ("http://www.moves.test/gk/nb/",)
    ]
    assert later.rows("SELECT count(*) FROM report_sources WHERE url LIKE 'http://www.moves.test/%'") == [(3,)]
    assert later.problems() == {("closes", "not_found"), ("empties", "no_reports")}
    third = crawl(tmp_path, "unsettled", PORTALS)
    assert third.paths("www.moves.test")[:2] == ["/robots.txt", "/gk/nb/"]
    assert third.paths("www.closes.test") == ["/robots.txt", "/nb/", "/"]


@pytest.mark.slow
def test_a_column_that_sends_to_a_foreign_host_is_looked_for_too(tmp_path: Path) -> None:
    portals = {"moves": PORTALS["moves"]}
    crawl(tmp_path, "settled", portals)
    later = crawl(tmp_path, "sent_away", portals)
    assert later.rows("SELECT state, moved_to FROM columns WHERE url LIKE '%test/nb/'") == [
        ("moved", "http://www.moves.test/gk/nb/")
    ]
    assert later.problems() == set()


@pytest.mark.slow
def test_a_list_that_states_more_rows_than_it_shows_is_told(tmp_path: Path) -> None:
    done = crawl(tmp_path, "short", {"short": "http://www.short.test/"})
    assert done.rows("SELECT kind, detail FROM problems") == [
        ("incomplete_list", "the list says that it has 9 rows; 2 were seen")
    ]


@pytest.mark.slow
def test_a_known_report_that_no_list_shows_is_asked_for_before_it_is_called_gone(tmp_path: Path) -> None:
    portals = {"sheds": "http://www.sheds.test/"}
    crawl(tmp_path, "whole", portals)
    later = crawl(tmp_path, "shed", portals)
    assert dict(later.rows("SELECT url, vanished FROM report_sources")) == {
        "http://www.sheds.test/info/1/1.htm": None,
        "http://www.sheds.test/info/1/2.htm": "row",
        "http://www.sheds.test/info/1/3.htm": "page",
    }
    assert {"/info/1/2.htm", "/info/1/3.htm"} <= set(later.paths("www.sheds.test"))


@pytest.mark.slow
def test_a_report_is_noted_as_gone_also_where_a_list_is_never_whole(tmp_path: Path) -> None:
    portals = {"short": "http://www.short.test/"}
    crawl(tmp_path, "short", portals)
    later = crawl(tmp_path, "shorter", portals)
    assert later.rows("SELECT url FROM report_sources WHERE vanished = 'page'") == [
        ("http://www.short.test/info/1/2.htm",)
    ]
