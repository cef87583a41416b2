"""Reports held against those of the year before."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.checks.years import check_years, codes
from govcrawl.model import CrossCheck, HeldReport, Number, Severity, Verdict
from tests.checks.holding import held

CARRIED = {"applications/carried_over_out/total": 3, "applications/carried_over_out/natural_person": 2}
IN = "applications/carried_over_in/total"


def checks(*reports: HeldReport) -> dict[str, CrossCheck]:
    """By the cell they speak of."""
    return {check.where: check for check in check_years(reports)}


def pair(last: Mapping[str, Number | None], this: Mapping[str, Number | None]) -> tuple[HeldReport, HeldReport]:
    return held("a", 2020, last), held("b", 2021, this)


def test_what_is_carried_over_is_compared_in_each_column() -> None:
    this = {IN: 3, "applications/carried_over_in/natural_person": 1}
    found = checks(*pair(CARRIED, this))
    assert found[IN].verdict is Verdict.SUPPORTS
    wrong = found["applications/carried_over_in/natural_person"]
    assert (wrong.verdict, wrong.expected, wrong.actual) == (Verdict.CONTRADICTS, 2, 1)
    assert (wrong.report_id, wrong.other_report_id) == ("b", "a")
    assert wrong.other_where == "applications/carried_over_out/natural_person"
    assert (wrong.code, wrong.severity) == ("carry_over", Severity.WARNING)


def test_a_blank_is_compared_with_nothing() -> None:
    assert checks(*pair(CARRIED, {IN: None})) == {}
    assert checks(*pair({"applications/carried_over_out/total": None}, {IN: 0})) == {}
    assert checks(*pair({}, {IN: 0})) == {}


def test_the_stock_of_the_form_of_2021_is_last_years_with_what_was_issued_and_repealed() -> None:
    cells = {"disclosure/rules_in_force": 12, "disclosure/rules_issued": 2, "disclosure/rules_repealed": 1}
    assert checks(*pair({"disclosure/rules_in_force": 11}, cells))["disclosure/rules_in_force"].verdict == "supports"
    found = checks(*pair({"disclosure/rules_in_force": 13}, cells))["disclosure/rules_in_force"]
    assert (found.code, found.verdict, found.expected) == ("stock", "contradicts", 14)


def test_a_stock_is_not_compared_where_nobody_says_what_was_repealed() -> None:
    cells = {"disclosure/rules_in_force": 12, "disclosure/rules_issued": 2, "disclosure/rules_repealed": None}
    assert checks(*pair({"disclosure/rules_in_force": 11}, cells)) == {}


def test_the_items_of_last_year_are_those_that_last_years_report_ends_with() -> None:
    last = {"disclosure/licensing_items_previous_year": 20, "disclosure/licensing_items_change": -3}
    found = checks(*pair(last, {"disclosure/licensing_items_previous_year": 17}))
    assert [check.verdict for check in found.values()] == ["supports"]
    (found_wrong,) = checks(*pair(last, {"disclosure/licensing_items_previous_year": 20})).values()
    assert (found_wrong.code, found_wrong.expected, found_wrong.actual) == ("last_year", 17, 20)


def test_only_consecutive_years_are_compared() -> None:
    assert checks(held("a", 2019, CARRIED), held("b", 2021, {IN: 3})) == {}
    assert checks(held("a", 2021, CARRIED), held("b", 2021, {IN: 3})) == {}
    assert checks(held("a", None, CARRIED), held("b", 2021, {IN: 3})) == {}


def test_only_reports_of_one_scope_are_compared() -> None:
    last = held("a", 2020, CARRIED, scope="whole_area")
    assert checks(last, held("b", 2021, {IN: 3}, scope="government_office")) == {}


def test_reports_of_unknown_scope_are_compared_where_each_year_has_one_alone() -> None:
    last, this = held("a", 2020, CARRIED, scope="unknown"), held("b", 2021, {IN: 3}, scope="unknown")
    assert set(checks(last, this)) == {IN}
    assert checks(last, this, held("c", 2020, CARRIED, scope="unknown")) == {}
    assert checks(last, this, held("c", 2021, {}, scope="whole_area")) == {}


def test_of_two_reports_of_last_year_one_that_agrees_is_enough() -> None:
    one, other = held("a", 2020, CARRIED), held("b", 2020, {"applications/carried_over_out/total": 9})
    assert checks(one, other, held("c", 2021, {IN: 3}))[IN].other_report_id == "a"
    assert checks(one, other, held("c", 2021, {IN: 9}))[IN].other_report_id == "b"
    assert checks(one, other, held("c", 2021, {IN: 4}))[IN].verdict is Verdict.CONTRADICTS


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_cell_is_supported_exactly_where_it_is_the_same_number(last: int, this: int) -> None:
    (found,) = check_years(pair({"applications/carried_over_out/total": last}, {IN: this}))
    assert (found.verdict is Verdict.SUPPORTS) == (last == this)


@pytest.mark.parametrize("code", ["carry_over", "stock", "last_year"])
def test_the_checks_have_codes(code: str) -> None:
    assert code in codes()
