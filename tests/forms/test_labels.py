"""Labels as printed, against labels as the form has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.forms.labels import likeness, normalise, without_note, without_number


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("（一） 予以公开", "（一）予以公开"),
        ("㈠予以公开", "（一）予以公开"),
        ("1、属于国家秘密", "1.属于国家秘密"),
        ("1．属于国家秘密", "1.属于国家秘密"),
        ("1属于国家秘密", "1.属于国家秘密"),
        ('3.危及"三安全一稳定"', "3.危及“三安全一稳定”"),
        ("三\n、\n本\n年\n度\n办\n理\n结\n果", "三、本年度办理结果"),
        ("本年增\\减", "本年增/减"),
        ("自 然 人", "自然人"),
        ("社会公益组\u200b织", "社会公益组织"),
        ("（区分处理的,只计这一情形,不计其他情形）", "（区分处理的，只计这一情形，不计其他情形）"),
    ],
)
def test_spellings_of_one_label_are_one(printed: str, official: str) -> None:
    assert normalise(printed) == normalise(official)


def test_a_note_behind_a_label_is_no_part_of_it() -> None:
    assert without_note(normalise("规章（县级无此项）")) == "规章"
    assert without_note(normalise("(一)予以公开")) == "(一)予以公开"


def test_numbering_can_be_left_away() -> None:
    assert without_number(normalise("（六）其他处理")) == "其他处理"
    assert without_number(normalise("2. 重复申请")) == "重复申请"


def test_a_misprint_is_nearer_to_its_label_than_to_the_neighbours() -> None:
    printed = normalise("2.其他法律行政止公开")
    right = likeness(printed, normalise("2.其他法律行政法规禁止公开"))
    assert right > 0.8
    assert right > likeness(printed, normalise("3.危及“三安全一稳定”"))


def test_different_rows_are_not_alike() -> None:
    assert likeness("行政处罚", "行政强制") < 0.65
    assert likeness("行政检查", "行政许可") < 0.65


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=20), st.text(max_size=20))
def test_only_equal_labels_are_wholly_alike(one: str, two: str) -> None:
    assert (likeness(one, two) == 1.0) == (one == two)
