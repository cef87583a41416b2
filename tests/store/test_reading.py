from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from govcrawl.model import Division, Problem, ProblemKind, StoreError
from govcrawl.store import Only, PortalState, Store, open_corpus
from tests.store.builders import PORTAL, URL, at, capture, report


def test_reports_are_filtered_by_place_year_and_state(store: Store, database: Path) -> None:
    store.save_report(report("2019", report_year=2019), None, URL + "?2019", PORTAL.id, at())
    store.save_report(report("old"), None, URL, PORTAL.id, at(day=1))
    store.save_report(report("new"), None, URL, PORTAL.id, at(day=2))
    with open_corpus(database) as corpus:
        assert [row["report_year"] for row in corpus.reports()] == [2019, 2020]
        assert [row["id"] for row in corpus.reports(year=2020, province="970000")] == [report("new").id]
        assert [row["id"] for row in corpus.reports(state="superseded")] == [report("old").id]
        assert len(list(corpus.reports(state=None, agency="云山市教育局"))) == 3
        assert [row["report_year"] for row in corpus.panel(year=2019)] == [2019]


def test_a_filter_nobody_knows_is_refused(store: Store, database: Path) -> None:
    with open_corpus(database) as corpus, pytest.raises(StoreError, match="colour"):
        corpus.reports(colour="red")


def test_a_report_that_is_not_there_is_an_error(store: Store, database: Path) -> None:
    with open_corpus(database) as corpus, pytest.raises(StoreError, match="no report 'x'"):
        corpus.report("x")


def test_a_reader_cannot_write(store: Store, database: Path) -> None:
    with open_corpus(database) as corpus, pytest.raises(sqlite3.OperationalError, match="readonly"):
        corpus.connection.execute("DELETE FROM portals")


def test_a_reader_sees_the_corpus_while_a_writer_writes(store: Store, database: Path) -> None:
    store.save_report(report(), None, URL, PORTAL.id, at())
    with open_corpus(database) as corpus, store.atomic():
        store.save_report(report("b", report_year=2019), None, URL, PORTAL.id, at())
        assert len(list(corpus.reports())) == 1


def test_status_tells_coverage_freshness_and_problems(store: Store) -> None:
    key = store.save_capture(capture(second=30))
    store.save_capture(capture(URL + "?lost"))
    store.save_report(report(), key, URL, PORTAL.id, at(30))
    store.save_problem(Problem(URL + "?x", ProblemKind.BLOCKED, "412", PORTAL.id), at())
    store.save_problem(Problem(URL + "?y", ProblemKind.BLOCKED, "412", PORTAL.id), at())
    store.clear_problem(URL + "?y", at(day=2))
    store.mark_portal(PORTAL.id, PortalState.WORKING, at(40))
    store.finish_run(store.start_run(at()), at(50), 1, {"found": 1})

    told = store.status()
    assert told["totals"]["reports"] == 1
    assert told["totals"]["unread_captures"] == 1
    assert told["freshness"]["last_fetched_at"] == "2021-03-01T08:00:30Z"
    assert told["freshness"]["last_run"]["exit_code"] == 1
    assert told["freshness"]["last_run"]["report"] == {"found": 1}
    (year,) = told["years"]
    assert (year["report_year"], year["expected"], year["found"], year["current"], year["not_yet_due"]) == (
        2020,
        2,
        1,
        1,
        1,
    )
    (province,) = told["provinces"]
    assert (province["province_code"], province["name"], province["working"]) == ("970000", "云岭省", 1)
    assert (province["expected"], province["found"], province["open_problems"]) == (2, 1, 1)
    (portal,) = told["portals"]
    assert (portal["id"], portal["state"], portal["open_problems"]) == (PORTAL.id, "working", 1)
    assert portal["last_success_at"] == "2021-03-01T08:00:40Z"
    (problem,) = told["problems"]
    assert (problem["kind"], problem["open"], problem["mended"]) == ("blocked", 1, 1)


def test_status_of_an_empty_corpus_has_every_part(store: Store) -> None:
    told = store.status()
    assert set(told) == {"totals", "freshness", "states", "years", "provinces", "portals", "agencies", "problems"}
    assert set(told["states"].values()) == {0}
    assert told["freshness"]["last_run"] is None
    assert told["portals"][0]["state"] == "unvisited"


def test_problems_are_those_of_the_province_that_is_asked_for(store: Store) -> None:
    store.save_divisions([Division("960000", "霁原", "霁原省", "province", None, "960000")])
    store.save_portals([PORTAL])
    store.save_problem(Problem(PORTAL.homepage, ProblemKind.UNREACHABLE, "no answer", PORTAL.id), at())
    with open_corpus(store.path) as corpus:
        assert [row["kind"] for row in corpus.status(Only(province="970000"))["problems"]] == ["unreachable"]
        assert corpus.status(Only(province="960000"))["problems"] == []
        assert corpus.status(Only(portal="960000-jiyuan"))["problems"] == []
