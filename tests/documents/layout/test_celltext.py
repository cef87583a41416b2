"""What a cell says, whatever way its words lie in it."""

from __future__ import annotations

from govcrawl.documents.layout import Box, Word
from govcrawl.documents.layout.celltext import cell_text

from .drawn import downwards, typed

CELL = Box(0, 0, 66, 100)


def said(*parts: list[Word], place: Box = CELL) -> str:
    return cell_text([word for part in parts for word in part], place).text


def test_nothing_is_nothing() -> None:
    assert said() == ""


def test_lines_of_chinese_are_joined_without_a_blank() -> None:
    assert said(typed("行政规范", 5, 10), typed("性文件", 5, 22)) == "行政规范性文件"


def test_words_in_any_order_are_read_from_left_to_right_and_down() -> None:
    assert said(typed("性文件", 5, 22), typed("行政规范", 5, 10)[::-1]) == "行政规范性文件"


def test_spread_letters_are_one_word() -> None:
    assert said(typed("总计", 5, 10, spacing=8)) == "总计"


def test_digits_of_one_number_stay_together() -> None:
    assert said(typed("12345", 5, 10, spacing=0.4)) == "12345"


def test_two_numbers_stay_two() -> None:
    assert said(typed("12 7", 5, 10)) == "12 7"
    assert said(typed("12", 20, 10), typed("7", 20, 22)) == "12 7"


def test_a_number_broken_by_a_narrow_cell_is_one() -> None:
    assert said(typed("1234", 6, 10), typed("5", 6, 22), place=Box(0, 0, 32, 40)) == "12345"


def test_a_number_pushed_to_the_end_of_its_cell_and_broken_there_is_one() -> None:
    assert said(typed("847", 44.5, 10), typed("3", 30, 22)) == "8473"


def test_two_numbers_at_the_end_of_a_wide_cell_stay_two() -> None:
    assert said(typed("847", 44.5, 10), typed("3", 54.5, 22)) == "847 3"


def test_blanks_between_chinese_and_figures_go_those_between_words_stay() -> None:
    assert said(typed("公开 24 条", 5, 10)) == "公开24条"
    assert said(typed("PDF file", 5, 10)) == "PDF file"


def test_a_label_written_downwards_is_read_downwards() -> None:
    assert said(downwards("三、本年度办理结果", 5, 5)) == "三、本年度办理结果"


def test_columns_written_downwards_are_read_from_the_right() -> None:
    assert said(downwards("办理结果", 5, 5), downwards("本年度的", 25, 5)) == "本年度的办理结果"


def test_columns_written_downwards_are_read_from_the_left_where_a_number_begins_there() -> None:
    assert said(downwards("三、本年度", 5, 5), downwards("办理结果", 25, 5)) == "三、本年度办理结果"


def test_short_lines_are_no_columns() -> None:
    lines = ["商业", "企业", "其他", "组织"]
    assert said(*(typed(line, 5, 5 + 12 * n, spacing=1) for n, line in enumerate(lines))) == "商业企业其他组织"


def test_bold_type_printed_twice_is_read_once() -> None:
    assert said(typed("总计", 5, 10), typed("总计", 5.3, 10)) == "总计"


def test_a_cell_is_as_sure_as_its_least_sure_word() -> None:
    words = [Word("12", 5, 10, 15, 20, 10, 0.9), Word("3", 15, 10, 20, 20, 10, 0.6)]
    assert cell_text(words, CELL).confidence == 0.6
