"""What a run changed."""

from __future__ import annotations

from datetime import timedelta

from govcrawl.model import Problem, ProblemKind
from govcrawl.store import PortalState, Store
from govcrawl.store.columns import ColumnState, RememberedColumn
from govcrawl.store.figures import before, changes, last_coverage
from tests.store.builders import PORTAL, URL, at, report

LATER = at() + timedelta(days=1)


def test_only_what_differs_is_told(store: Store) -> None:
    store.save_problem(Problem(URL, ProblemKind.HTTP_ERROR, "status 500", PORTAL.id), at())
    store.save_problem(Problem(URL, ProblemKind.EMPTY, "", PORTAL.id), at())
    earlier = before(store.connection)
    store.save_problem(Problem(URL, ProblemKind.HTTP_ERROR, "status 500", PORTAL.id), LATER)
    store.clear_problem(URL, LATER, [ProblemKind.EMPTY])
    store.save_problem(Problem(PORTAL.homepage, ProblemKind.BLOCKED, "status 412", PORTAL.id), LATER)
    store.mark_portal(PORTAL.id, PortalState.BLOCKED, LATER)
    found = changes(store.connection, earlier, LATER)
    assert found["problems_new"] == {"blocked": 1}
    assert found["problems_mended"] == {"empty": 1}
    assert found["problems_open"] == {"blocked": 1, "http_error": 1}
    assert [each["kind"] for each in found["problems_named"]] == ["blocked"]
    assert found["portals"] == {"blocked": 1}
    assert found["portals_in_trouble"][0]["reason"] == "blocked: status 412"


def test_a_problem_that_opens_again_is_new(store: Store) -> None:
    store.save_problem(Problem(URL, ProblemKind.EMPTY, "", PORTAL.id), at())
    store.clear_problem(URL, at())
    earlier = before(store.connection)
    store.save_problem(Problem(URL, ProblemKind.EMPTY, "", PORTAL.id), LATER)
    assert changes(store.connection, earlier, LATER)["problems_new"] == {"empty": 1}


def test_columns_that_stop_working_are_told_once(store: Store) -> None:
    column = RememberedColumn("http://www.yunyan.test/nb/", "年报", PORTAL.id)
    store.save_column(column, at())
    earlier = before(store.connection)
    store.mark_column(PORTAL.id, column.url, ColumnState.MOVED, LATER, moved_to="http://www.yunyan.test/x/")
    (moved,) = changes(store.connection, earlier, LATER)["columns"]
    assert (moved["state"], moved["moved_to"]) == ("moved", "http://www.yunyan.test/x/")
    assert changes(store.connection, before(store.connection), LATER)["columns"] == []


def test_a_report_that_vanished_is_named(store: Store) -> None:
    store.save_report(report(), None, URL, PORTAL.id, at())
    earlier = before(store.connection)
    store.save_problem(Problem(URL, ProblemKind.NOT_FOUND, "status 404", PORTAL.id), LATER)
    found = changes(store.connection, earlier, LATER)
    assert found["vanished_count"] == 1
    assert (found["vanished"][0]["url"], found["vanished"][0]["vanished"]) == (URL, "page")


def test_coverage_is_compared_with_the_last_refresh_that_told_it(store: Store) -> None:
    assert last_coverage(store.connection, 1) == {}
    told = {"coverage": [{"code": "620000", "share": 0.5}, {"code": "530000", "share": None}]}
    for command, report_of_run in (("refresh", told), ("refresh", {"exit_code": 4}), ("crawl", {"coverage": []})):
        store.finish_run(store.start_run(at(), command), at(), 0, report_of_run)
    assert last_coverage(store.connection, store.start_run(LATER, "refresh")) == {"620000": 0.5}
