"""Alignment in order: nothing missing or extra moves its neighbours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govcrawl.forms.align import align


def same(one: str, two: str) -> float:
    return 1.0 if one == two else 0.0


def test_equal_sequences_align_one_to_one() -> None:
    assert align("abc", "abc", same) == [0, 1, 2]


def test_a_missing_row_leaves_its_place_empty() -> None:
    assert align("acd", "abcd", same) == [0, 2, 3]


def test_an_extra_row_is_nobodys() -> None:
    assert align("abxc", "abc", same) == [0, 1, None, 2]


def test_the_order_holds_where_a_label_repeats() -> None:
    assert align("abab", "abab", same) == [0, 1, 2, 3]


def test_a_pair_below_the_threshold_is_none() -> None:
    assert align("a", "b", lambda one, two: 0.5) == [None]


@given(st.lists(st.sampled_from("abcdefgh"), max_size=12), st.lists(st.sampled_from("abcdefgh"), max_size=12))
def test_matches_are_right_and_in_order(printed: list[str], official: list[str]) -> None:
    found = align(printed, official, same)
    hits = [index for index in found if index is not None]
    assert hits == sorted(set(hits))
    assert all(printed[place] == official[index] for place, index in enumerate(found) if index is not None)


@given(st.sets(st.integers(0, 22)))
def test_leaving_out_any_rows_shifts_none_of_the_others(dropped: set[int]) -> None:
    official = [str(number) for number in range(23)]
    printed = [label for number, label in enumerate(official) if number not in dropped]
    assert align(printed, official, same) == [int(label) for label in printed]
