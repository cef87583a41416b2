"""Reports that are gone from where they were found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from govcrawl.model import Capture, Link, Problem, ProblemKind, Role
from govcrawl.store import PortalState, Store
from tests.store.builders import PORTAL, URL, at, report

COLUMN = "http://www.yunyan.test/nb/"
LATER, LAST = at() + timedelta(days=1), at() + timedelta(days=2)


@pytest.fixture
def stored(store: Store) -> Store:
    """A report that a column lists."""
    store.save_capture(Capture(COLUMN, b"x", role=Role.COLUMN, portal_id=PORTAL.id, fetched_at=at()))
    store.save_listing(Link(URL, "年报"), PORTAL.id, COLUMN, at())
    capture = store.save_capture(Capture(URL, b"y", portal_id=PORTAL.id, fetched_at=at()))
    store.save_report(report(), capture, URL, PORTAL.id, at())
    return store


def gone(store: Store) -> list[tuple[str | None, str | None]]:
    return store.connection.execute("SELECT vanished_at, vanished FROM report_sources ORDER BY url").fetchall()


THERE = (None, None)


def test_a_page_that_answers_that_there_is_nothing_is_gone_since_then(stored: Store) -> None:
    for moment in (LATER, LAST):
        stored.save_problem(Problem(URL, ProblemKind.NOT_FOUND, "status 404", PORTAL.id), moment)
    assert gone(stored) == [("2021-03-02T08:00:00Z", "page")]


def test_a_page_that_could_not_be_had_is_not_gone(stored: Store) -> None:
    stored.save_problem(Problem(URL, ProblemKind.UNREACHABLE, "no answer", PORTAL.id), LATER)
    assert gone(stored) == [THERE]


def test_a_page_that_is_had_again_is_back(stored: Store) -> None:
    stored.save_problem(Problem(URL, ProblemKind.NOT_FOUND, "status 404", PORTAL.id), LATER)
    stored.touch_source(URL, LAST)
    assert gone(stored) == [THERE]
    stored.save_problem(Problem(URL, ProblemKind.NOT_FOUND, "status 404", PORTAL.id), LATER)
    stored.save_report(report(), None, URL, PORTAL.id, LAST)
    assert gone(stored) == [THERE]


def test_a_listed_address_that_sends_on_takes_its_report_with_it(stored: Store) -> None:
    stored.save_redirect("http://www.yunyan.test/go", URL, at())
    stored.save_problem(Problem("http://www.yunyan.test/go", ProblemKind.NOT_FOUND, "404", PORTAL.id), LATER)
    assert gone(stored)[0][1] == "page"


def test_a_row_that_is_listed_no_more_is_gone_where_all_was_read(stored: Store) -> None:
    assert stored.settle_rows(PORTAL.id, LATER, LATER, complete=False) == 0
    assert gone(stored) == [THERE]
    assert stored.settle_rows(PORTAL.id, LATER, LATER, complete=True) == 1
    assert gone(stored)[0][1] == "row"
    assert stored.settle_rows(PORTAL.id, LAST, LAST, complete=True) == 0, "it is told once"


def test_a_row_that_is_listed_again_is_back_also_where_not_all_was_read(stored: Store) -> None:
    stored.settle_rows(PORTAL.id, LATER, LATER, complete=True)
    stored.save_listing(Link(URL, "年报"), PORTAL.id, COLUMN, LAST)
    stored.settle_rows(PORTAL.id, LAST, LAST, complete=False)
    assert gone(stored) == [THERE]


def test_a_row_does_not_bring_back_a_page_that_is_gone(stored: Store) -> None:
    stored.save_problem(Problem(URL, ProblemKind.NOT_FOUND, "status 404", PORTAL.id), LATER)
    stored.save_listing(Link(URL, "年报"), PORTAL.id, COLUMN, LAST)
    stored.settle_rows(PORTAL.id, LAST, LAST, complete=True)
    assert gone(stored)[0][1] == "page"


def test_what_an_article_lists_is_not_gone_because_the_article_was_not_read(store: Store) -> None:
    article, file = "http://www.yunyan.test/info/1.htm", "http://www.yunyan.test/info/1.txt"
    store.save_capture(Capture(article, b"x", role=Role.PAGE, portal_id=PORTAL.id, fetched_at=at()))
    store.save_listing(Link(file, "年报"), PORTAL.id, article, at())
    store.save_report(report(), None, file, PORTAL.id, at())
    assert store.settle_rows(PORTAL.id, LATER, LATER, complete=True) == 0


def test_when_an_address_was_found_empty_is_known_until_its_row_changes(stored: Store) -> None:
    assert stored.gone_at(URL) is None
    stored.save_problem(Problem(URL, ProblemKind.NOT_FOUND, "status 404", PORTAL.id), LATER)
    assert stored.gone_at(URL) == LATER
    stored.save_listing(Link(URL, "年报（修订）"), PORTAL.id, COLUMN, LAST)
    assert stored.gone_at(URL) is None


def test_another_portal_is_not_touched(stored: Store) -> None:
    stored.save_portals([replace(PORTAL, id="other")])
    assert stored.settle_rows("other", LATER, LATER, complete=True) == 0
    assert gone(stored) == [THERE]


def test_a_visit_is_remembered_however_it_ended(store: Store) -> None:
    assert store.visits() == {}
    store.mark_portal(PORTAL.id, PortalState.FAILING, at())
    assert list(store.visits()) == [PORTAL.id]
