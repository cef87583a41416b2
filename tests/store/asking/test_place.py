"""What the page of a place asks: where it lies, what lies in it, what is owed, where it ranks."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.store.asking.amounts import area_reports, sums_of_bodies
from govcrawl.store.asking.expected import count_divisions, owed_by_bodies
from govcrawl.store.asking.place import (
    NATION,
    Place,
    bodies,
    fellows,
    find_place,
    inside,
    portals,
    problems,
    rank,
    siblings,
)


def found(connection: sqlite3.Connection, code: str) -> Place:
    place = find_place(connection, code)
    assert place is not None
    return place


def test_a_code_that_is_no_division_is_no_place(province: sqlite3.Connection) -> None:
    assert find_place(province, "123456") is None


def test_the_nation_is_a_place_in_every_corpus(province: sqlite3.Connection, empty: sqlite3.Connection) -> None:
    assert [child["code"] for child in found(province, NATION).children] == ["970000"]
    assert found(empty, NATION).children == ()


def test_a_place_knows_what_it_lies_in(province: sqlite3.Connection) -> None:
    county = found(province, "970121")
    assert [above["name"] for above in county.above] == ["云岭省", "云山市"]
    assert county.parent_code == "970100"
    assert found(province, "970000").parent_code == NATION


def test_children_that_are_no_more_come_last(province: sqlite3.Connection) -> None:
    children = found(province, "970100").children
    assert [child["code"] for child in children] == ["970102", "970121", "970181", "970122", "970123"]
    assert children[-1]["valid_to"] == "2021-06-30"


def test_every_division_counts_for_the_place_it_lies_in(province: sqlite3.Connection) -> None:
    parents = found(province, "970121").parents
    assert inside(parents, ["970100", "970200"])["970121"] == "970100"
    assert inside(parents, ["970100", "970200"])["970202"] == "970200"
    assert inside(parents, ["970000", "970100"])["970121"] == "970100"
    assert "970000" not in inside(parents, ["970100"])


def test_divisions_that_lie_in_each_other_end_the_search() -> None:
    assert inside({"a": "b", "b": "a", "c": "a"}, ["x"]) == {}


def test_a_place_says_what_became_of_it_and_what_became_part_of_it(province: sqlite3.Connection) -> None:
    assert [(heir["code"], heir["kind"]) for heir in found(province, "970122").heirs] == [("970181", "renamed")]
    assert [each["code"] for each in found(province, "970121").forebears] == ["970123"]
    assert found(province, "970121").former_names == ("青栾县",)


def test_it_is_ranked_among_those_of_its_level_beside_it_and_in_its_province(province: sqlite3.Connection) -> None:
    county = found(province, "970121")
    assert siblings(province, county) == ["970102", "970121", "970181"]
    assert fellows(province, county) == ["970102", "970121", "970181", "970202"]


def test_what_is_owed_counts_for_the_division_of_the_body(province: sqlite3.Connection) -> None:
    counted = count_divisions(province, ["970100", "970121", "970102"])
    by_place = counted.by_place(2021)
    assert (by_place["970100"].expected, by_place["970100"].found) == (3, 2)
    assert (by_place["970121"].expected, by_place["970121"].found) == (2, 2)
    assert dict(by_place["970102"].states) == {"blocked": 1}


def test_divisions_are_added_up_to_the_places_they_lie_in(province: sqlite3.Connection) -> None:
    whole = found(province, "970000")
    counted = count_divisions(province, whole.parents)
    assert counted.by_place(2021, inside(whole.parents, ["970100"]))["970100"].expected == 6


def test_the_bodies_of_a_place_say_what_they_owe_and_how_that_stands(province: sqlite3.Connection) -> None:
    owed = {row["agency_name"]: row for row in owed_by_bodies(province, "970100", 2021)}
    assert {name: row["state"] for name, row in owed.items()} == {
        "云山市人民政府": "current",
        "云山市教育局": "missing",
        "云山市财政局": "inconsistent",
    }
    assert owed["云山市教育局"]["due_on"] == "2022-01-31"


def test_a_government_of_which_nothing_was_ever_found_is_owed_and_has_no_page(province: sqlite3.Connection) -> None:
    (row,) = owed_by_bodies(province, "970102", 2021)
    assert (row["agency_id"], row["agency_kind"], row["state"]) == (None, "government", "blocked")


def test_the_report_of_a_place_is_that_of_its_government(province: sqlite3.Connection) -> None:
    reports = area_reports(province, ["970100", "970121", "970102"])
    assert {year: row["received"] for year, row in reports["970100"].items()} == {2019: 100, 2020: 101, 2021: 102}
    assert reports["970100"][2021]["scope"] == "whole_area"
    assert "970102" not in reports


def test_of_one_year_only_that_year_is_asked(province: sqlite3.Connection) -> None:
    assert {code: list(years) for code, years in area_reports(province, ["970100", "970121"], 2020).items()} == {
        "970100": [2020],
        "970121": [2020],
    }


def test_the_bodies_of_a_place_are_summed_without_its_government(province: sqlite3.Connection) -> None:
    assert [
        (each.report_year, each.reports, each.amounts["received"]) for each in sums_of_bodies(province, "970100")
    ] == [
        (2019, 1, 7),
        (2020, 1, 7),
        (2021, 1, 3),
    ]


def test_bodies_come_with_their_years(province: sqlite3.Connection) -> None:
    listed = {row["name"]: (row["first_year"], row["last_year"], row["reports"]) for row in bodies(province, "970100")}
    assert listed["云山市教育局"] == (2019, 2020, 2)


def test_portals_and_their_problems_say_why_something_is_missing(province: sqlite3.Connection) -> None:
    assert [(row["id"], row["state"]) for row in portals(province, "970102")] == [("970102-gutai", "blocked")]
    assert [row["detail"] for row in problems(province, "970102")] == ["HTTP 412"]


def test_equals_share_a_rank_and_those_without_a_figure_are_told() -> None:
    place = rank("b", {"a": 9, "b": 5, "c": 5, "d": 1, "e": None}, "abcdef")
    assert place is not None
    assert (place.place, place.of, place.without) == (2, 4, 2)


@pytest.mark.parametrize("values", [{"a": None, "b": 1}, {"b": 1}, {"a": 1}, {}])
def test_nothing_is_ranked_without_a_figure_or_alone(values: dict[str, float | None]) -> None:
    assert rank("a", values, "ab") is None


@given(st.dictionaries(st.sampled_from("abcdefg"), st.none() | st.integers(0, 5)))
def test_a_rank_is_one_of_those_that_have_a_figure_and_all_are_accounted_for(values: dict[str, float | None]) -> None:
    place = rank("a", values, "abcdefg")
    if place is not None:
        assert 1 <= place.place <= place.of
        assert place.of + place.without == 7
