"""What of a sheet is prose, what is a table, and where merged cells go."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.documents import Limits
from govcrawl.documents.grids import Budget
from govcrawl.documents.spreadsheet.arrange import arrange
from govcrawl.documents.spreadsheet.records import Merge, Sheet
from govcrawl.model import Block, DocumentError, Grid, Text


def blocks(rows: Sequence[Sequence[str]], *merges: Merge) -> list[Block]:
    return arrange(Sheet("表", [list(row) for row in rows], merges), Budget(Limits()))


def shape(rows: Sequence[Sequence[str]], *merges: Merge) -> list[object]:
    """Texts, and the texts of grids row by row."""
    found: list[object] = []
    for block in blocks(rows, *merges):
        is_text = isinstance(block, Text)
        found.append(block.text if is_text else [[cell.text for cell in row] for row in block.rows])
    return found


HEAD = ["信息内容", "本年制发件数", "现行有效件数"]
ROW = ["规章", "1", "2"]


def test_title_preface_and_headings_above_a_table_are_prose() -> None:
    title, preface = "云砚县教育局2020年政府信息公开工作年度报告", "根据条例，编制本报告。"
    rows = [[title], [preface], ["一、总体情况"], ["全年平稳。"], ["二、主动公开政府信息情况"], HEAD, ROW]
    assert shape(rows) == [title, preface, "一、总体情况", "全年平稳。", "二、主动公开政府信息情况", [HEAD, ROW]]


def test_the_name_of_a_table_right_above_it_belongs_to_it() -> None:
    rows = [["第二十条第（一）项"], HEAD, ROW, ["第二十条第（五）项"], HEAD, ROW]
    name = ["第二十条第（一）项", "", ""]
    assert shape(rows) == [[name, HEAD, ROW, ["第二十条第（五）项", "", ""], HEAD, ROW]]


def test_a_heading_between_two_tables_is_prose() -> None:
    rows = [HEAD, ROW, ["三、收到和处理政府信息公开申请情况"], HEAD, ROW]
    assert shape(rows) == [[HEAD, ROW], "三、收到和处理政府信息公开申请情况", [HEAD, ROW]]


def test_labels_of_rows_without_figures_stay_in_their_table() -> None:
    rows = [
        ["", "自然人", "企业"],
        ["一、本年新收"],
        ["二、上年结转"],
        ["三、办理结果", "（一）予以公开"],
        ["四、结转下年"],
    ]
    (grid,) = shape(rows)
    assert isinstance(grid, list)
    assert [line[0] for line in grid] == ["", "一、本年新收", "二、上年结转", "三、办理结果", "四、结转下年"]


def test_a_note_under_a_table_is_prose() -> None:
    assert shape([HEAD, ROW, ["注：数据截至年底。"]]) == [[HEAD, ROW], "注：数据截至年底。"]


def test_lines_of_one_cell_are_paragraphs() -> None:
    assert shape([["一、总体情况\n全年平稳。\n\n无"]]) == ["一、总体情况", "全年平稳。", "无"]


def test_prose_beside_its_heading_is_prose() -> None:
    long = "全年平稳，" * 100
    assert shape([["一、总体情况", long], HEAD, ROW]) == ["一、总体情况", long, [HEAD, ROW]]


def test_blank_rows_and_columns_around_a_table_are_cut() -> None:
    assert shape([[""], ["", "", *HEAD, ""], ["", "", *ROW], ["", ""], []]) == [[HEAD, ROW]]


def test_blank_rows_inside_a_table_stay() -> None:
    assert shape([HEAD, [], ROW]) == [[HEAD, ["", "", ""], ROW]]


def test_a_figure_alone_in_its_row_is_no_prose() -> None:
    assert shape([["合计"], ["12"]]) == [[["合计"], ["12"]]]


def test_a_merged_cell_is_repeated_and_begins_once() -> None:
    (grid,) = blocks([["办理结果", "公开", "3"], ["", "不公开", "4"]], Merge(0, 0, 1, 0))
    assert isinstance(grid, Grid)
    assert [(row[0].text, row[0].origin) for row in grid.rows] == [("办理结果", True), ("办理结果", False)]


def test_what_lies_under_a_merged_cell_is_not_read() -> None:
    assert shape([["题", "隐", "3"], HEAD], Merge(0, 0, 0, 1)) == [[["题", "题", "3"], HEAD]]


def test_a_row_in_which_a_merged_cell_only_goes_on_is_none() -> None:
    preface = "根据条例，编制本报告。"
    assert shape([[preface], [], [], HEAD, ROW], Merge(0, 0, 2, 2)) == [preface, [HEAD, ROW]]


def test_more_cells_than_the_limit_are_refused() -> None:
    sheet = Sheet("表", [["1"] * 100] * 100)
    with pytest.raises(DocumentError, match="cells"):
        arrange(sheet, Budget(Limits(cells=9_000)))


def test_a_range_merged_again_and_again_is_refused() -> None:
    merges = tuple(Merge(corner, corner, 99, 99) for corner in reversed(range(100)))
    with pytest.raises(DocumentError, match="cells"):
        arrange(Sheet("表", [["1"] * 100] * 100, merges), Budget(Limits()))


RANGES = st.tuples(*[st.integers(-2, 8)] * 4).map(lambda ends: Merge(*ends))
ROWS = st.lists(st.lists(st.sampled_from(["", "", "0", "12", "规章", "一、总体情况", "无。"]), max_size=6), max_size=6)


@settings(deadline=None)
@given(ROWS, st.lists(RANGES, max_size=4))
def test_any_ranges_may_be_merged(rows: list[list[str]], merges: list[Merge]) -> None:
    for block in blocks(rows, *merges):
        if isinstance(block, Text):
            assert block.text
        else:
            assert len({len(row) for row in block.rows}) == 1
            assert any(cell.text for cell in block.rows[0])
            assert any(cell.text for cell in block.rows[-1])


@settings(deadline=None)
@given(ROWS)
def test_without_merged_cells_every_text_is_kept_in_order(rows: list[list[str]]) -> None:
    read = []
    for block in blocks(rows):
        cells = [block.text] if isinstance(block, Text) else [cell.text for row in block.rows for cell in row]
        read += [text for text in cells if text]
    assert read == [text for row in rows for text in row if text]
