"""A page and its attachments are one report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.spiders.test_crawl import crawl

pytestmark = pytest.mark.slow
Crawls = tuple[Any, Any]
SOURCES = "SELECT s.url FROM report_sources AS s JOIN reports AS r ON r.id = s.report_id WHERE r.agency_name = '{}'"


@pytest.fixture(scope="module")
def nation_of_files(tmp_path_factory: pytest.TempPathFactory) -> Crawls:
    """The first crawl of `attached:files_alone`, and the second."""
    folder = tmp_path_factory.mktemp("files")
    portals = {"files": "http://www.files.test/"}
    return crawl(folder, "attached:files_alone", portals), crawl(folder, "attached:files_alone", portals)


def test_a_page_that_only_leads_to_its_file_is_a_report_with_two_sources(nation_of_files: Crawls) -> None:
    first, _ = nation_of_files
    found = {url for (url,) in first.rows(SOURCES.format("云砚县第1局"))}
    assert found == {"http://www.files.test/info/1.htm", "http://www.files.test/f/1.docx"}
    forms = first.rows("SELECT form, state FROM reports WHERE agency_name = '云砚县第1局'")
    assert forms == [("form2021", "current")]
    assert first.rows("SELECT page_url, link_text, role FROM captures WHERE url LIKE '%/f/1.docx'") == [
        ("http://www.files.test/info/1.htm", "年度报告.docx", "attachment")
    ]


def test_what_a_file_says_otherwise_than_its_page_is_a_finding(nation_of_files: Crawls) -> None:
    first, _ = nation_of_files
    found = first.rows(
        "SELECT f.code FROM findings AS f JOIN reports AS r ON r.id = f.report_id "
        "WHERE r.agency_name = '云砚县第2局' AND f.code = 'sources_differ'"
    )
    assert found == [("sources_differ",)]


def test_a_missing_file_holds_no_page_up(nation_of_files: Crawls) -> None:
    first, _ = nation_of_files
    assert first.rows("SELECT count(*) FROM reports WHERE agency_name = '云砚县第3局'") == [(1,)]
    assert first.problems() == {("files", "not_found")}


def test_what_plainly_is_another_thing_is_not_asked_for(nation_of_files: Crawls) -> None:
    first, _ = nation_of_files
    assert "/f/sq.doc" not in first.paths("www.files.test")


def test_files_of_unchanged_pages_are_not_asked_for_again(nation_of_files: Crawls) -> None:
    first, second = nation_of_files
    asked = [path for path in first.paths("www.files.test") if path.startswith("/f/")]
    assert sorted(asked) == ["/f/1.docx", "/f/2.docx", "/f/3.pdf"]
    assert [path for path in second.paths("www.files.test") if path.startswith("/f/")] == []
    assert second.rows("SELECT count(*) FROM reports") == [(3,)]


def test_a_file_that_cannot_be_had_today_is_asked_for_the_next_time(tmp_path: Path) -> None:
    portals = {"later": "http://www.later.test/"}
    first = crawl(tmp_path, "attached:not_yet", portals)
    assert first.rows("SELECT count(*) FROM reports") == [(0,)]
    assert ("later", "unreachable") in first.problems()
    second = crawl(tmp_path, "attached:there_now", portals)
    assert second.rows("SELECT form FROM reports") == [("form2021",)]
    assert second.problems() == set()
    third = crawl(tmp_path, "attached:there_now", portals)
    assert "/f/1.docx" not in third.paths("www.later.test")


def test_the_files_of_several_agencies_are_reports_of_their_own_and_a_flood_is_bounded(tmp_path: Path) -> None:
    done = crawl(tmp_path, "attached:collected", {"collected": "http://www.collected.test/"})
    agencies = done.rows("SELECT agency_name FROM reports ORDER BY 1")
    assert agencies == [("云砚县第11局",), ("云砚县第12局",), ("云砚县第13局",)]
    asked = [path for path in done.paths("www.collected.test") if path.endswith(".pdf")]
    assert len(asked) == 20
    assert ("collected", "budget") in done.problems()


def test_pictures_are_asked_for_beside_files_that_are_not_called_a_report(tmp_path: Path) -> None:
    done = crawl(tmp_path, "attached:pictured_beside_a_file", {"beside": "http://www.beside.test/"})
    assert {"/p/1.png", "/f/2.docx"} <= set(done.paths("www.beside.test"))


def test_the_pictures_of_a_report_that_is_nowhere_else_are_asked_for_without_ornaments(tmp_path: Path) -> None:
    done = crawl(tmp_path, "attached:pictured", {"pictured": "http://www.pictured.test/"})
    asked = {path for path in done.paths("www.pictured.test") if path.endswith((".png", ".jpg"))}
    assert asked == {"/p/1.png", "/p/2.jpg"}
    assert done.rows("SELECT count(*) FROM captures WHERE role = 'attachment'") == [(2,)]
    assert done.rows("SELECT kind FROM unread_reports") != []
