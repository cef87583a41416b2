"""What differs between two versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govcrawl.history import changes_between
from govcrawl.model import Change, Contents, Printed
from tests.history.builders import contents


def test_a_cell_changes_with_its_value() -> None:
    old, new = contents({"disclosure/a": 1, "disclosure/b": 2}), contents({"disclosure/a": 1, "disclosure/b": 3})
    assert changes_between(old, new) == (Change("disclosure/b", 2, 3, "2", "3"),)


def test_a_figure_in_other_characters_is_no_change() -> None:
    assert (
        changes_between(Contents({}, {"a": Printed(12, "12")}, ()), Contents({}, {"a": Printed(12, "１２")}, ())) == ()
    )


def test_a_blank_and_a_cell_that_is_missing_say_the_same() -> None:
    assert changes_between(contents({"a": None}), contents()) == ()


def test_a_blank_that_becomes_zero_is_a_change() -> None:
    assert changes_between(contents({"a": None}), contents({"a": 0})) == (Change("a", None, 0, "", "0"),)


def test_another_unit_is_a_change_where_both_print_one() -> None:
    old, new = (Contents({}, {"a": Printed(5, "5", unit)}, ()) for unit in ("元", "万元"))
    assert changes_between(old, new) == (Change("a/unit", "元", "万元", "5", "5"),)
    assert changes_between(Contents({}, {"a": Printed(5, "5")}, ()), new) == ()


def test_facts_change() -> None:
    assert changes_between(contents(title="甲"), contents(title="乙")) == (Change("title", "甲", "乙"),)


def test_of_a_section_the_sentences_with_the_difference_are_told() -> None:
    old = contents(sections={"一、总体情况": "开头一句。受理申请12件。办结11件。结尾一句。"})
    new = contents(sections={"一、总体情况": "开头一句。受理申请13件。办结11件。结尾一句。"})
    assert changes_between(old, new) == (Change("sections/一、总体情况", "受理申请12件。", "受理申请13件。"),)


def test_a_sentence_put_in_was_nothing_before() -> None:
    old, new = contents(sections={"一": "甲。乙。"}), contents(sections={"一": "甲。丙。乙。"})
    assert changes_between(old, new) == (Change("sections/一", "", "丙。"),)


def test_white_space_is_no_change() -> None:
    assert changes_between(contents(sections={"一": "甲。\n乙。"}), contents(sections={"一": " 甲。 乙。"})) == ()


def test_a_section_that_only_one_version_has_is_told_whole() -> None:
    assert changes_between(contents(), contents(sections={"六": "无。"})) == (Change("sections/六", None, "无。"),)


def test_sections_of_one_heading_are_compared_in_their_order() -> None:
    old = Contents({}, {}, (("附件", "甲"), ("附件", "乙")))
    new = Contents({}, {}, (("附件", "甲"), ("附件", "丙")))
    assert changes_between(old, new) == (Change("sections/附件#2", "乙", "丙"),)


cells = st.dictionaries(st.sampled_from("abcd"), st.none() | st.integers(0, 3))
prose = st.dictionaries(st.sampled_from("一二三"), st.text("甲乙。\n ", max_size=8))


@given(cells, prose)
def test_nothing_differs_from_itself(values: dict[str, int | None], sections: dict[str, str]) -> None:
    assert changes_between(contents(values, sections), contents(values, sections)) == ()


@given(cells, cells, prose, prose)
def test_back_is_the_same_changes_turned_round(
    one: dict[str, int | None], two: dict[str, int | None], was: dict[str, str], now: dict[str, str]
) -> None:
    there = changes_between(contents(one, was), contents(two, now))
    back = changes_between(contents(two, now), contents(one, was))
    assert {(c.where, c.old, c.new) for c in there} == {(c.where, c.new, c.old) for c in back}
