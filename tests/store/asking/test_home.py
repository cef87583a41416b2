"""What the home page asks of a corpus."""

from __future__ import annotations

import sqlite3

import pytest

from govcrawl.store.asking.amounts import sums_by_year
from govcrawl.store.asking.expected import Counted, count_provinces, settled_year
from govcrawl.store.asking.home import freshest_problems, freshness, holdings, provinces


def test_the_corpus_says_what_it_holds(province: sqlite3.Connection) -> None:
    held = holdings(province)
    assert (held.reports, held.superseded, held.with_errors, held.unplaced) == (10, 0, 1, 0)
    assert (held.agencies, held.portals, held.portals_blocked) == (5, 3, 1)
    assert (held.first_year, held.last_year, held.open_problems) == (2019, 2021, 1)


def test_an_empty_corpus_holds_nothing_and_fails_at_nothing(empty: sqlite3.Connection) -> None:
    assert holdings(empty).reports == 0
    assert holdings(empty).first_year is None
    assert freshness(empty).last_report_seen_at is None
    assert freshness(empty).last_run is None
    assert freshest_problems(empty) == provinces(empty) == sums_by_year(empty) == []
    assert count_provinces(empty).total().share is None
    assert settled_year(count_provinces(empty).by_year()) is None


def test_freshness_is_the_last_that_was_seen_published_and_run(province: sqlite3.Connection) -> None:
    fresh = freshness(province)
    assert fresh.last_published_on == "2022-05-01"
    assert fresh.last_report_seen_at is not None
    assert fresh.last_run is not None
    assert fresh.last_run["command"] == "crawl"


def test_problems_come_with_their_portal(province: sqlite3.Connection) -> None:
    (problem,) = freshest_problems(province)
    assert (problem["kind"], problem["portal_name"], problem["division_code"]) == (
        "blocked",
        "鼓台区人民政府",
        "970102",
    )


def test_coverage_counts_what_is_owed_by_province_and_year(province: sqlite3.Connection) -> None:
    counted = count_provinces(province)
    standing = counted.by_place(2021)["970000"]
    # Owed: the city's government and two bureaus, the county's government and bureau, and the district's government.
    assert (standing.expected, standing.found, standing.lacking) == (6, 4, 2)
    assert dict(standing.states) == {"current": 2, "late": 1, "inconsistent": 1, "missing": 1, "blocked": 1}
    assert standing.share == 4 / 6
    assert counted.years == [2019, 2020, 2021]


@pytest.mark.parametrize(
    ("found", "year"),
    [({2020: 10, 2021: 8}, 2021), ({2020: 10, 2021: 2}, 2020), ({2020: 10, 2021: 2, 2022: 1}, 2020), ({2020: 0}, 2020)],
)
def test_a_year_is_settled_once_half_as_much_was_found_as_of_any_other(found: dict[int, int], year: int) -> None:
    rows = [
        {"place": "970000", "report_year": each, "state": "current", "number": 20, "found": number}
        for each, number in found.items()
    ]
    assert settled_year(Counted(rows).by_year()) == year


def test_the_settled_year_is_the_last_of_which_most_is_due(province: sqlite3.Connection) -> None:
    assert settled_year(count_provinces(province).by_year()) == 2021


def test_requests_are_summed_by_who_reports_them_and_never_together(province: sqlite3.Connection) -> None:
    sums = {(each.report_year, each.who): each for each in sums_by_year(province)}
    assert sums[2020, "prefecture"].amounts["received"] == 101
    assert sums[2020, "county"].amounts["received"] == 40
    assert sums[2020, "bodies"].amounts["received"] == 7


def test_a_sum_says_how_many_reports_print_the_figure(province: sqlite3.Connection) -> None:
    (bodies,) = [each for each in sums_by_year(province) if (each.report_year, each.who) == (2021, "bodies")]
    assert (bodies.reports, bodies.of["received"], bodies.amounts["received"]) == (2, 1, 3)


def test_provinces_say_how_their_portals_did(province: sqlite3.Connection) -> None:
    (only,) = provinces(province)
    assert (only["code"], only["name"], only["portals"], only["blocked"]) == ("970000", "云岭省", 3, 1)
