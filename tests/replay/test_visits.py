"""Captures of a page and its files over time are visits: what was there together, from when until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from govcrawl.replay.visits import Look, Visit, visits_of

START = datetime(2020, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def look(url: str, number: int, digest: str, last: int | None = None) -> Look[str]:
    return Look(url, day(number), digest, f"{url}{number}", day(number if last is None else last))


def told(visits: list[Visit[Any]]) -> list[tuple[str, dict[str, str], int, int]]:
    """Digests of page and files, first day and last."""
    return [
        (v.page.digest, {url: each.digest for url, each in v.files.items()}, (v.at - START).days, (v.last - START).days)
        for v in visits
    ]


def test_each_content_of_a_page_is_a_visit_and_what_stays_the_same_is_one() -> None:
    pages = [look("p", 9, "b"), look("p", 1, "a"), look("p", 3, "a"), look("p", 12, "a")]
    assert told(list(visits_of(pages, []))) == [("a", {}, 1, 3), ("b", {}, 9, 9), ("a", {}, 12, 12)]


def test_what_was_missing_between_is_told_apart() -> None:
    pages = [look("p", 1, "a"), look("p", 9, "a")]
    assert told(list(visits_of(pages, [], [day(5)]))) == [("a", {}, 1, 1), ("a", {}, 9, 9)]
    assert told(list(visits_of(pages, [], [day(10)]))) == [("a", {}, 1, 9)]


def test_a_file_belongs_to_the_page_before_it_and_a_changed_file_is_a_visit() -> None:
    pages = [look("p", 1, "a")]
    files = [look("f", 1, "x"), look("f", 6, "y"), look("g", 2, "z")]
    assert told(list(visits_of(pages, files))) == [
        ("a", {"f": "x", "g": "z"}, 2, 2),
        ("a", {"f": "y", "g": "z"}, 6, 6),
    ]


def test_a_file_fetched_before_the_page_belongs_to_it() -> None:
    assert told(list(visits_of([look("p", 4, "a")], [look("f", 1, "x")]))) == [("a", {"f": "x"}, 4, 4)]


def test_a_file_lasts_where_nobody_looked_and_is_gone_where_it_is_not_linked() -> None:
    pages, files = [look("p", 1, "a"), look("p", 8, "b")], [look("f", 2, "x")]
    assert told(list(visits_of(pages, files))) == [("a", {"f": "x"}, 2, 2), ("b", {"f": "x"}, 8, 8)]
    assert told(list(visits_of(pages, files, lasting=False)))[1] == ("b", {}, 8, 8)
    linked = {"p1": {"f"}, "p8": set[str]()}
    assert told(list(visits_of(pages, files, linked=lambda place: linked[place])))[1] == ("b", {}, 8, 8)


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from("ab")), min_size=1, unique_by=lambda each: each[0]))
def test_visits_follow_each_other_and_leave_no_content_out(seen: list[tuple[int, str]]) -> None:
    visits = list(visits_of([look("p", *each) for each in seen], []))
    assert all(one.last < other.at for one, other in pairwise(visits))
    assert all(one.content != other.content for one, other in pairwise(visits))
    for number, digest in seen:
        (at,) = [visit for visit in visits if visit.at <= day(number) <= visit.last]
        assert at.page.digest == digest
