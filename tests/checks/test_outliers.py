"""Sizes that are like no other."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from govcrawl.checks.outliers import OWN, PEERS, check_outliers, measured
from govcrawl.model import CrossCheck, HeldReport, Severity, Verdict
from tests.checks.holding import held

WHERE = "applications/new_received/total"


def series(agency: int, *numbers: int | None, first: int = 2019) -> list[HeldReport]:
    """Reports of an agency, a year after the other."""
    return [
        held(f"{agency}/{year}", year, {WHERE: number}, agency=agency)
        for year, number in enumerate(numbers, first)
        if number is not None
    ]


def checks(*reports: HeldReport) -> list[CrossCheck]:
    return list(check_outliers(filter(None, map(measured, reports))))


def test_a_year_that_is_like_none_of_the_others_is_told() -> None:
    (check,) = checks(*series(1, 40, 44, 4000, 38, 41))
    assert (check.report_id, check.code, check.where) == ("1/2021", OWN, WHERE)
    assert (check.verdict, check.severity) == (Verdict.CONTRADICTS, Severity.INFO)
    assert (check.expected, check.actual) == (40.5, 4000)


def test_a_year_in_which_a_large_number_is_lost_is_told() -> None:
    assert [check.report_id for check in checks(*series(1, 300, 280, 310, 0, 290))] == ["1/2022"]


def test_what_wanders_or_is_small_is_nothing() -> None:
    assert checks(*series(1, 40, 80, 20, 95, 41)) == []
    assert checks(*series(1, 0, 0, 12, 0, 0)) == []
    assert checks(*series(1, 40, 4000, 44, 3900, 38)) == []


def test_three_other_years_are_needed() -> None:
    assert checks(*series(1, 40, 44, 4000)) == []


def test_a_year_in_which_everybody_moves_is_no_outlier() -> None:
    random = Random(1)
    peers = [
        report
        for agency in range(2, 60)
        for report in series(agency, *(random.randint(40, 60) * (20 if year == 2 else 1) for year in range(5)))
    ]
    alone = series(1, 50, 52, 1000, 49, 51)
    assert {check.report_id for check in checks(*alone)} == {"1/2021"}
    assert checks(*alone, *peers) == []


def test_an_agency_without_other_years_is_compared_with_its_peers() -> None:
    peers = [report for agency in range(2, 60) for report in series(agency, 20 + agency)]
    (check,) = checks(*series(1, 90000), *peers)
    assert (check.report_id, check.code) == ("1/2019", PEERS)


@given(st.integers(0, 10**9), st.integers(1, 8))
def test_years_that_are_all_the_same_are_no_outliers(number: int, years: int) -> None:
    assert checks(*series(1, *([number] * years))) == []
