"""The spiders over simulated hosts: what is fetched, what is found, and what each trouble ends as."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from govcrawl.simulator.hostile import KINDS, PROBLEMS, host_name


def _harness() -> ModuleType:
    spec = importlib.util.spec_from_file_location("harness", Path(__file__).with_name("harness.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["harness"] = module
    spec.loader.exec_module(module)
    return module


crawl = _harness().crawl


@pytest.mark.slow
def test_every_trouble_ends_as_its_kind_of_problem_in_bounded_time(tmp_path: Path) -> None:
    done = crawl(tmp_path, "hostile", {kind: f"http://{host_name(kind)}/" for kind in KINDS})
    problems = done.problems()
    assert {(kind, PROBLEMS[kind]) for kind in PROBLEMS} <= problems
    assert ("calendar", "budget") in problems
    assert len(done.paths(host_name("calendar"))) < 100
    assert {portal for portal, _ in problems} >= set(KINDS) - {"robots403"}
    assert "/nb/" not in done.paths(host_name("robotsdeny"))
    assert "/" in done.paths(host_name("robots403"))
    assert done.paths(host_name("status412")) == ["/robots.txt", "/"]


@pytest.mark.slow
def test_page_two_is_found_under_either_numbering(tmp_path: Path) -> None:
    done = crawl(tmp_path, "numbered", {"shifted": "http://www.shifted.test/", "plain": "http://www.plain.test/"})
    found = {url for (url,) in done.rows("SELECT url FROM report_sources")}
    assert found == {
        f"http://www.{name}.test/nb/202301/t20230120_{number}.html"
        for name in ("shifted", "plain")
        for number in (1, 2, 3)
    }
    assert done.problems() == set()
    assert [path for path in done.paths("www.shifted.test") if "index" in path] == [
        "/nb/index_1.html",
        "/nb/index_2.html",
        "/nb/index_3.html",
    ]


@pytest.mark.slow
def test_odd_pages_are_followed_or_told(tmp_path: Path) -> None:
    names = ("shell", "none", "bare", "embedded", "foreign", "sent")
    done = crawl(tmp_path, "odd", {name: f"http://www.{name}.test/" for name in names})
    assert {url for (url,) in done.rows("SELECT url FROM report_sources")} == {
        "http://www.shell.test/info/1/1.htm",
        "http://www.embedded.test/nb/",
    }
    assert done.problems() - {("embedded", "not_found")} == {
        ("none", "no_column"),
        ("bare", "no_reports"),
        ("foreign", "foreign_host"),
        ("sent", "foreign_host"),
    }
    assert done.paths("www.mirror.example.test") == []


@pytest.mark.slow
def test_retry_after_is_honoured_and_a_long_one_ends_the_portal(tmp_path: Path) -> None:
    done = crawl(tmp_path, "busy", {"busy": "http://www.busy.test/", "day": "http://www.day.test/"})
    times = [(path, status, at) for host, path, status, at in done.asked if host == "www.busy.test"]
    refused = next(at for _, status, at in times if status == 503)
    assert min(at for _, _, at in times if at > refused) - refused >= 1.0
    assert done.rows("SELECT count(*) FROM reports") == [(1,)]
    assert done.paths("www.day.test").count("/nb/") == 1
    assert ("day", "http_error") in done.problems()


@pytest.mark.slow
def test_a_portal_that_blocks_is_left_alone_for_the_run(tmp_path: Path) -> None:
    done = crawl(tmp_path, "blocked_midway", {"midway": "http://www.midway.test/"})
    statuses = [status for _, path, status, _ in done.asked if path.startswith("/info/")]
    assert 412 in statuses
    assert len(statuses) - statuses.index(412) <= 2, "one may be on its way already"
    assert done.problems() == {("midway", "blocked")}
    assert done.rows("SELECT state FROM portals") == [("blocked",)]


@pytest.mark.slow
def test_a_captcha_before_files_ends_the_files_and_not_the_portal(tmp_path: Path) -> None:
    done = crawl(tmp_path, "guarded_files", {"guarded": "http://www.guarded.test/"})
    assert done.rows("SELECT count(*) FROM report_sources") == [(2,)]
    assert len([path for path in done.paths("www.guarded.test") if path.startswith("/files/")]) <= 2
    assert done.rows("SELECT kind, count(*) FROM problems GROUP BY kind") == [("blocked", 3)]
    assert done.rows("SELECT state FROM portals") == [("working",)]


@pytest.mark.slow
def test_a_second_crawl_confirms_what_it_knows_and_reads_nothing_twice(tmp_path: Path) -> None:
    portals = {"plain": "http://www.plain.test/ http://www.plain.test/nb/"}
    first = crawl(tmp_path, "numbered", portals)
    assert first.paths("www.plain.test").count("/") == 1, "the registry may know but some of a portal's columns"
    second = crawl(tmp_path, "numbered", portals)
    assert "/" not in second.paths("www.plain.test")
    reports = {path: status for _, path, status, _ in second.asked if "/t2023" in path}
    assert set(reports.values()) == {304}
    assert second.stats.get("govcrawl/read/html") is None
    assert second.stats["govcrawl/archive/same_body"] == 3
    full = crawl(tmp_path, "numbered", portals, arguments={"full": "1"})
    assert {status for _, path, status, _ in full.asked if "/t2023" in path} == {200}
    assert full.rows("SELECT count(*) FROM reports") == [(3,)]


@pytest.mark.slow
def test_sample_year_and_portal_narrow_the_crawl(tmp_path: Path) -> None:
    portals = {"plain": "http://www.plain.test/", "shifted": "http://www.shifted.test/"}
    done = crawl(tmp_path, "numbered", portals, arguments={"portal": "plain", "sample": "2"})
    assert done.paths("www.shifted.test") == []
    assert done.rows("SELECT count(*) FROM reports") == [(2,)]
    other = crawl(tmp_path, "numbered", portals, arguments={"year": "2015"})
    assert not [path for _, path, _, _ in other.asked if "/t2023" in path]


@pytest.mark.slow
def test_heavy_documents_are_read_by_a_worker(tmp_path: Path) -> None:
    portals = {"plain": "http://www.plain.test/"}
    done = crawl(tmp_path, "numbered", portals, settings={"GOVCRAWL_HEAVY_BYTES": 1000})
    assert done.stats["govcrawl/read/in_worker"] == 3
    assert done.rows("SELECT count(*) FROM reports WHERE form = 'form2021'") == [(3,)]


@pytest.mark.slow
def test_a_budget_of_requests_ends_as_a_problem(tmp_path: Path) -> None:
    portals = {"plain": "http://www.plain.test/"}
    done = crawl(tmp_path, "numbered", portals, settings={"GOVCRAWL_BUDGET_REQUESTS": 4})
    assert len([path for path in done.paths("www.plain.test") if path != "/robots.txt"]) == 4
    assert ("plain", "budget") in done.problems()


@pytest.mark.slow
def test_the_run_is_kept_with_its_counts(tmp_path: Path) -> None:
    done = crawl(tmp_path, "numbered", {"plain": "http://www.plain.test/"})
    ((code, report),) = done.rows("SELECT exit_code, report FROM crawl_runs")
    assert code == 0
    assert '"govcrawl/store/new": 3' in report


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0, 1, 17, 40])
def test_a_killed_crawl_loses_nothing_and_the_next_one_ends_it(tmp_path: Path, moment: int) -> None:
    portals = {"many": "http://www.many.test/"}
    crawl(tmp_path, "many", portals, kill_after=moment)
    done = crawl(tmp_path, "many", portals)
    assert done.rows("PRAGMA integrity_check") == [("ok",)]
    assert done.rows("PRAGMA foreign_key_check") == []
    assert done.rows("SELECT count(*), count(DISTINCT url) FROM report_sources") == [(60, 60)]
    assert done.rows("SELECT count(*) FROM captures WHERE read_at IS NULL") == [(0,)]
    again = [path for _, path, status, _ in done.asked if path.startswith("/info/") and status == 200]
    assert len(again) <= 60 - moment + 1, "what was stored is only confirmed"


@pytest.mark.slow
def test_a_crawl_whose_archive_cannot_be_written_fails_and_marks_no_portal_working(tmp_path: Path) -> None:
    (tmp_path / "warc").write_text("in the way of the archive's folder", encoding="utf-8")
    done = crawl(tmp_path, "numbered", {"plain": "http://www.plain.test/"})
    assert done.stats["finish_reason"] == "store_failed"
    assert done.rows("SELECT exit_code FROM crawl_runs") == [(1,)]
    assert done.rows("SELECT state, last_success_at FROM portals") == [("unvisited", None)]
    assert ("plain", "store_failed") in done.problems()


@pytest.mark.slow
def test_a_redirected_report_is_known_under_the_address_it_is_listed_at(tmp_path: Path) -> None:
    portals = {"moved": "http://www.moved.test/ http://www.moved.test/nb/"}
    first = crawl(tmp_path, "redirecting", portals)
    assert first.rows("SELECT count(*) FROM reports") == [(2,)]
    assert first.problems() == {("moved", "no_table")}
    second = crawl(tmp_path, "redirecting", portals)
    answers = {path: status for _, path, status, _ in second.asked if path.startswith("/info/")}
    assert answers["/info/1/1.htm"] == 304, "confirmed"
    assert "/info/1/2.htm" not in answers, "known, and without validators"
    assert "/info/1/3.htm" in answers, "it may be a report by now"
    assert second.problems() == {("moved", "no_table")}


@pytest.mark.slow
def test_a_portal_works_where_a_report_could_be_had_not_where_all_listed_are_missing(tmp_path: Path) -> None:
    done = crawl(tmp_path, "gone", {"gone": "http://www.gone.test/"})
    assert {path for path in done.paths("www.gone.test") if "/info/" in path} == {"/info/1/1.htm", "/info/1/2.htm"}
    assert done.rows("SELECT state, last_success_at FROM portals") == [("failing", None)]


@pytest.mark.slow
def test_a_portal_works_where_nothing_is_due(tmp_path: Path) -> None:
    portals = {"moved": "http://www.moved.test/ http://www.moved.test/nb/"}
    done = crawl(tmp_path, "redirecting", portals, arguments={"year": "2015"})
    assert not [path for path in done.paths("www.moved.test") if path.startswith("/go/")]
    assert done.rows("SELECT state FROM portals") == [("working",)]
