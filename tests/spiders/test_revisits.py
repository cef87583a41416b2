"""When a known report is asked for again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.crawl.revisits import SELDOM, Revisits, conditions, patience
from govcrawl.crawl.settings import RunSettings
from govcrawl.model import RegistryError
from govcrawl.store import KnownUrl

NOW = datetime(2024, 6, 15, 2, 30, tzinfo=UTC)
KNOWN = KnownUrl("http://www.yunyan.test/1", 1, "", None, None, None, True, "report", "年报", None, False)
DUE = Revisits(by_age=True)


@pytest.mark.parametrize(
    ("known", "headers"),
    [
        (None, {}),
        (KNOWN, None),
        (replace(KNOWN, read=False, etag="1"), {}),
        (replace(KNOWN, listing_changed=True, etag="1"), {}),
        (replace(KNOWN, etag="1", last_modified="Mon"), {"If-None-Match": "1", "If-Modified-Since": "Mon"}),
        (replace(KNOWN, report_id=None), {}),
        (replace(KNOWN, report_id=None, etag="1"), {"If-None-Match": "1"}),
    ],
)
def test_what_is_known_decides_how_it_is_asked_for(known: KnownUrl | None, headers: dict[str, str] | None) -> None:
    assert conditions(known, NOW) == headers


def test_a_full_run_asks_for_everything() -> None:
    assert conditions(replace(KNOWN, etag="1"), NOW, full=True) == {}


def days(number: float, **known: object) -> KnownUrl:
    """A report that was confirmed so many days ago."""
    return replace(KNOWN, checked_at=NOW - timedelta(days=number), **known)  # type: ignore[arg-type]


def is_due(known: KnownUrl, revisits: Revisits = DUE, now: datetime = NOW) -> bool:
    return conditions(known, now, revisits=revisits) is not None


@pytest.mark.parametrize(
    ("published_on", "days_at_most"),
    [(date(2024, 6, 1), 3), (date(2024, 3, 30), 30), (date(2022, 9, 1), 30), (date(2019, 3, 30), 180)],
)
def test_the_older_a_report_the_more_seldom_it_is_due(published_on: date, days_at_most: int) -> None:
    known = {"published_on": published_on, "report_year": published_on.year - 1, "etag": "1"}
    assert not is_due(days(days_at_most / 2 - 1, **known))
    assert is_due(days(days_at_most, **known))


def test_in_its_season_a_report_is_due_weekly() -> None:
    march = datetime(2024, 4, 20, tzinfo=UTC)
    known = replace(KNOWN, report_year=2023, published_on=date(2024, 1, 20), checked_at=march - timedelta(days=7))
    assert is_due(known, now=march)
    assert not is_due(replace(known, report_year=2022), now=march)


@pytest.mark.parametrize(
    ("known", "age"),
    [
        ({"listed_on": date(2024, 6, 1)}, "recent"),
        ({"report_year": 2015}, "old"),
        ({"first_seen_at": NOW - timedelta(days=3)}, "recent"),
        ({"report_year": 2015, "first_seen_at": NOW}, "old"),
    ],
)
def test_where_no_day_is_printed_the_age_is_judged_by_what_is_known(known: dict[str, object], age: str) -> None:
    assert is_due(days(4, **known)) is (age == "recent")
    assert is_due(days(181, **known))


def test_a_page_that_gave_no_report_is_looked_at_daily_and_later_weekly() -> None:
    young = {"report_id": None, "listed_on": date(2024, 6, 1)}
    old = {"report_id": None, "listed_on": date(2020, 6, 1)}
    assert is_due(days(1, **young))
    assert not is_due(days(0.1, **young))
    assert is_due(days(7, **old))
    assert not is_due(days(6, **old))


@given(st.text(), st.dates(date(2008, 1, 1), date(2024, 6, 15)), st.integers(2007, 2024))
def test_nothing_is_due_right_after_it_was_had_and_everything_in_half_a_year(
    url: str, published_on: date, year: int
) -> None:
    known = replace(days(0, published_on=published_on, report_year=year), url=url)
    assert not is_due(known)
    assert patience(known, NOW) <= SELDOM
    assert is_due(replace(known, checked_at=NOW - SELDOM))


def test_what_was_fetched_in_one_night_falls_due_in_many() -> None:
    old = days(0, published_on=date(2015, 3, 1))
    waits = {patience(replace(old, url=f"http://www.yunyan.test/{n}"), NOW).days for n in range(900)}
    assert min(waits) >= 90
    assert len(waits) > 60


def test_what_is_due_is_asked_for_on_condition_where_a_validator_is_known() -> None:
    known = days(200, etag="1")
    assert conditions(known, NOW, revisits=DUE) == {"If-None-Match": "1"}
    assert conditions(replace(known, etag=None), NOW, revisits=DUE) == {}
    assert conditions(replace(days(0), listing_changed=True), NOW, revisits=DUE) == {}


def test_a_look_back_makes_due_what_was_not_confirmed_for_so_long_and_nothing_else() -> None:
    week = Revisits(by_age=True, look_back=timedelta(days=7))
    assert is_due(days(7, published_on=date(2015, 1, 1)), week)
    assert not is_due(days(6, published_on=date(2024, 6, 14)), week)
    assert is_due(days(0), Revisits(by_age=True, look_back=timedelta(0)))


def test_a_listed_page_that_is_not_there_is_looked_for_weekly_by_a_refresh() -> None:
    assert DUE.gives_up(NOW - timedelta(days=6), NOW)
    assert not DUE.gives_up(NOW - timedelta(days=7), NOW)
    assert not DUE.gives_up(None, NOW)
    assert not Revisits().gives_up(NOW, NOW)
    assert not Revisits(by_age=True, look_back=timedelta(0)).gives_up(NOW, NOW)


def test_the_policy_is_a_setting_of_the_run() -> None:
    assert RunSettings.of({}).revisits == Revisits()
    assert RunSettings.of({"GOVCRAWL_REVISITS": "due", "GOVCRAWL_LOOK_BACK": "0"}).revisits == Revisits(
        True, timedelta(0)
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("GOVCRAWL_REVISITS", "never"), ("GOVCRAWL_LOOK_BACK", "-1"), ("GOVCRAWL_RUN_BUDGET", "a lot")],
)
def test_a_setting_that_says_nothing_is_refused(name: str, value: str) -> None:
    with pytest.raises(RegistryError, match=name):
        RunSettings.of({name: value})
