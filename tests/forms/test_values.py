"""What a value cell says, and what it does not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.forms.values import is_number, is_value, read_value, unit_in_label, unit_word


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0),
        ("31810", 31810),
        (" 12 ", 12),
        ("1 0", 10),
        ("１２３", 123),
        ("1,234", 1234),
        ("12，345，678", 12345678),
        ("+23", 23),
        ("+0", 0),
        ("-262", -262),
        ("−7", -7),
        ("－8", -8),
        ("增3", 3),
        ("增加 98", 98),
        ("减2", -2),
        ("减少38", -38),
        ("约5", 5),
        ("1434.1345", 1434.1345),
        ("0.0", 0.0),
        ("+(0) -(0)", 0),
        ("0/0", 0),
        ("未增未减", 0),
        ("13000000（预算内）", 13000000),
    ],
)
def test_a_printed_number_is_read(raw: str, value: float) -> None:
    read = read_value(raw).value
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("raw", ["", "  ", "\u00a0", "/", "—", "——", "-", "无", "無", "／", "/ /"])
def test_a_blank_and_a_printed_nothing_are_null_and_never_zero(raw: str) -> None:
    reading = read_value(raw)
    assert reading.value is None
    assert reading.is_value


@pytest.mark.parametrize(
    "raw", ["由区政府办根据实际情况填报", "增", "+(3) -(1)", "3/5", "12a", "规章", "1.2.3", "减-5", "9" * 16]
)
def test_what_is_not_understood_stays_null_and_says_so(raw: str) -> None:
    reading = read_value(raw)
    assert reading.value is None
    assert reading.note == "unreadable"


def test_only_words_can_be_a_label() -> None:
    assert not is_value("由区政府办填报")
    assert is_value("+(3) -(1)"), "signs that nobody can read stand in a value cell all the same"
    assert is_value("—")


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("24575.93万", 24575.93, "万元"),
        ("976.81万元", 976.81, "万元"),
        ("2792220.8元", 2792220.8, "元"),
        ("201件", 201, "件"),
        ("31批次", 31, "批次"),
        ("8040", 8040, None),
    ],
)
def test_a_unit_in_the_cell_is_kept_and_none_is_guessed(raw: str, value: float, unit: str | None) -> None:
    reading = read_value(raw)
    assert (reading.value, reading.unit) == (value, unit)


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("采购总金额（单位：万元）", "万元"),
        ("采购总金额(万元)", "万元"),
        ("本年收费金额（单位: 万元）", "万元"),
        ("采购总金额", None),
        ("规章（县级无此项）", None),
        ("处理决定数量（指2020年办件量）", None),
    ],
)
def test_a_unit_in_a_header_is_one_only_when_it_stands_alone_in_its_bracket(label: str, unit: str | None) -> None:
    assert unit_in_label(label) == unit


def test_a_unit_cell_is_told_from_a_label() -> None:
    assert unit_word("条") == "条"
    assert unit_word("条例") is None


@given(st.integers(-(10**14), 10**14))
def test_every_integer_written_is_read_back(number: int) -> None:
    assert read_value(str(number)).value == number


@given(st.integers(0, 10**14))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert read_value(f"{number:,}").value == number


@given(st.integers(0, 10**9), st.integers(0, 9999))
def test_a_decimal_is_a_float_and_an_integer_an_int(whole: int, fraction: int) -> None:
    read = read_value(f"{whole}.{fraction:04d}").value
    assert isinstance(read, float)
    assert read == float(f"{whole}.{fraction:04d}")


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error_and_a_number_is_always_a_value(text: str) -> None:
    reading = read_value(text)
    assert reading.value is None or reading.is_value
    assert is_number(text) == (reading.value is not None)
