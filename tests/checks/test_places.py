"""Totals of whole areas against the sum of their bodies."""

from __future__ import annotations

from collections.abc import Iterable

from govcrawl.checks.places import Body, check_areas, counted
from govcrawl.model import AgencyKind, CrossCheck, HeldReport, Verdict
from tests.checks.holding import held

CITY, COUNTY, TOWN = "970100", "970121", "970122"
PARENTS = {"970000": None, CITY: "970000", COUNTY: CITY, TOWN: CITY}
WHERE = "applications/new_received/total"
BODIES = [
    Body(1, "云山市人民政府", AgencyKind.GOVERNMENT, CITY),
    Body(2, "云山市教育局", AgencyKind.DEPARTMENT, CITY),
    Body(3, "云山市公安局", AgencyKind.DEPARTMENT, CITY),
    Body(4, "云砚县人民政府", AgencyKind.GOVERNMENT, COUNTY),
    Body(5, "云砚县教育局", AgencyKind.DEPARTMENT, COUNTY),
    Body(6, "云山市税务局", AgencyKind.DEPARTMENT, CITY),
    Body(7, "云山市第一中学", AgencyKind.INSTITUTION, CITY),
    Body(8, "云砚县白石镇人民政府", AgencyKind.TOWNSHIP, COUNTY),
]


def of(agency: int, number: int | None, *, year: int = 2021, scope: str | None = None, name: str = "") -> HeldReport:
    kinds = {AgencyKind.GOVERNMENT: "whole_area", AgencyKind.TOWNSHIP: "township", AgencyKind.INSTITUTION: "other"}
    scope = scope or kinds.get(BODIES[agency - 1].kind, "department")
    return held(name or f"{agency}/{year}", year, {WHERE: number}, scope=scope, agency=agency)


def checks(*reports: HeldReport) -> list[CrossCheck]:
    return list(check_areas(filter(None, map(counted, reports)), BODIES, PARENTS))


def said(found: Iterable[CrossCheck]) -> list[tuple[str, str, object, object, object]]:
    return [(each.report_id, str(each.verdict), each.expected, each.actual, each.share) for each in found]


def test_all_bodies_found_and_the_same_sum_supports_the_total() -> None:
    assert said(checks(of(1, 8), of(2, 5), of(3, 3))) == [("1/2021", "supports", 8, 8, 1.0)]


def test_bodies_that_have_more_than_the_whole_contradict_it() -> None:
    assert said(checks(of(1, 7), of(2, 5), of(3, 3))) == [("1/2021", "contradicts", 8, 7, 1.0)]


def test_a_sum_that_is_too_small_says_nothing() -> None:
    assert checks(of(1, 9), of(2, 5), of(3, 3)) == []


def test_a_body_that_ever_reported_is_missed_in_other_years() -> None:
    """The sum of those found supports nothing then, and can still be too large."""
    earlier = of(3, 4, year=2020)
    assert checks(of(1, 5), of(2, 5), earlier) == []
    assert said(checks(of(1, 4), of(2, 5), earlier)) == [("1/2021", "contradicts", 5, 4, 0.5)]


def test_a_blank_is_no_number_of_requests() -> None:
    assert checks(of(1, 5), of(2, 5), of(3, None), of(3, 1, year=2020)) == []
    assert checks(of(1, None), of(2, 5), of(3, 3)) == []


def test_a_division_below_counts_by_its_own_total_or_else_by_its_bodies() -> None:
    below = [of(5, 2), of(8, 1)]
    assert said(checks(of(1, 8), of(2, 5), *below)) == [("1/2021", "supports", 8, 8, 1.0)]
    found = said(checks(of(1, 9), of(2, 5), of(4, 4), *below))
    assert ("1/2021", "supports", 9, 9, 1.0) in found
    assert ("4/2021", "supports", 3, 4, 1.0) not in found


def test_bodies_that_answer_to_a_ministry_and_institutions_are_no_part_of_the_area() -> None:
    assert said(checks(of(1, 8), of(2, 5), of(3, 3), of(6, 100), of(7, 100))) == [("1/2021", "supports", 8, 8, 1.0)]


def test_the_report_of_the_office_alone_is_no_total_and_is_a_part() -> None:
    office = of(1, 2, scope="government_office", name="office")
    assert checks(office, of(2, 5), of(3, 3)) == []
    assert said(checks(office, of(1, 10), of(2, 5), of(3, 3))) == [("1/2021", "supports", 10, 10, 1.0)]


def test_two_reports_of_a_body_that_differ_count_as_none() -> None:
    assert checks(of(1, 7), of(2, 5), of(2, 50, name="other"), of(3, 3)) == []
    assert len(checks(of(1, 8), of(2, 5), of(2, 5, name="other"), of(3, 3))) == 1


def test_the_reports_that_were_summed_are_named() -> None:
    (check,) = checks(of(1, 7), of(2, 5), of(3, 3))
    assert (check.code, check.where, check.verdict) == ("area_total", WHERE, Verdict.CONTRADICTS)
    assert check.other_where == f"{WHERE}: 2/2021 3/2021"


def test_a_single_body_is_no_sum() -> None:
    assert checks(of(1, 3), of(2, 5)) == []
