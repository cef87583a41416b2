"""Values in scripts and answers: what is no value of the kind is none, and nothing is believed beyond reason."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.platforms.embedded import count, day, flat, json_at, parameter, read_json, with_parameters, words

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1_706_630_400, date(2024, 1, 31)),
        (1_706_630_400_000, date(2024, 1, 31)),
        ("1706630400", date(2024, 1, 31)),
        ("2024-03-05 10:21:33", date(2024, 3, 5)),
        ("2024年3月5日", date(2024, 3, 5)),
        (0, None),
        (-1, None),
        (10**15, None),
        ("９９", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_chinas_whether_counted_in_seconds_or_printed(value: object, expected: date | None) -> None:
    assert day(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (31, 31),
        ("31", 31),
        (0, 0),
        (10**12, None),
        ("1" * 12, None),
        (-3, None),
        (True, None),
        (3.0, None),
        ("三", None),
    ],
)
def test_a_count_is_a_number_that_a_list_can_have(value: object, expected: int | None) -> None:
    assert count(value) == expected


@given(ANYTHING)
def test_whatever_stands_in_a_field_is_read_without_an_error(value: object) -> None:
    assert (count(value) or 0) >= 0
    assert "\n" not in words(value)
    assert all(isinstance(node, dict) for node in flat(value))
    day(value)


def test_a_value_is_read_from_where_it_begins_whatever_follows() -> None:
    assert json_at('var a = [1, {"b": "]"}]; var c;', 8) == [1, {"b": "]"}]
    assert json_at("var a = [1, {b: 2}];", 8) is None
    assert read_json("[" * 100_000) is None


def test_a_tree_is_read_parents_first_and_no_further_than_asked() -> None:
    tree = [{"n": 1, "children": [{"n": 2}, {"n": 3, "children": "none"}]}, {"n": 4}, "no node"]
    assert [node["n"] for node in flat(tree)] == [1, 2, 3, 4]
    assert [node["n"] for node in flat(tree, most=2)] == [1, 2]


def test_words_lose_markup_and_entities() -> None:
    assert words("<em>云砚县</em>2023年&nbsp;\n年度报告") == "云砚县2023年 年度报告"
    assert words(7) == "7"
    assert words(["云砚县"]) == ""


def test_parameters_keep_their_place_and_new_ones_come_last() -> None:
    url = with_parameters("http://www.yunyan.test/a?b=1&page=1&c=#x", {"page": "2", "d": "市"})
    assert url == "http://www.yunyan.test/a?b=1&page=2&c=&d=%E5%B8%82"
    assert parameter(url, "d") == "市"
