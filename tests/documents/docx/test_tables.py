"""Tables of Word: every cell where it is printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.docx.made import merged, p, read_body, rows, run, span, tbl, tc, tr


def test_spans_repeat_their_text_in_every_slot() -> None:
    body = tbl(
        tr(tc("合并", span(2)), tc("右")),
        tr(tc("竖", merged("restart")), tc("1"), tc("2")),
        tr(tc("", merged()), tc("3"), tc("4")),
    )
    document = read_body(body)
    assert rows(document) == [["合并", "合并", "右"], ["竖", "1", "2"], ["竖", "3", "4"]]
    (grid,) = document.grids()
    assert [cell.origin for cell in grid.rows[2]] == [False, True, True]
    assert grid.aligned


def test_a_cell_of_several_rows_and_columns() -> None:
    both = span(2) + merged("restart")
    body = tbl(tr(tc("大", both), tc("1")), tr(tc("", span(2) + merged("continue")), tc("2")), tr(*map(tc, "345")))
    assert rows(read_body(body)) == [["大", "大", "1"], ["大", "大", "2"], ["3", "4", "5"]]


def test_a_merge_that_continues_nothing_begins_a_cell() -> None:
    body = tbl(tr(tc("左"), tc("1")), tr(tc("下", merged()), tc("2")), tr(tc("", merged()), tc("3")))
    assert rows(read_body(body)) == [["左", "1"], ["下", "2"], ["下", "3"]]


def test_a_merge_of_another_width_begins_a_cell() -> None:
    body = tbl(tr(tc("宽", span(2) + merged("restart")), tc("1")), tr(tc("窄", merged()), tc("2"), tc("3")))
    assert rows(read_body(body)) == [["宽", "宽", "1"], ["窄", "2", "3"]]


def test_columns_that_a_row_skips_are_blank() -> None:
    before, after = '<w:gridBefore w:val="1"/>', '<w:gridAfter w:val="1"/>'
    body = tbl(tr(*map(tc, "甲乙丙")), tr(*map(tc, "12"), properties=before), tr(*map(tc, "34"), properties=after))
    assert rows(read_body(body)) == [["甲", "乙", "丙"], ["", "1", "2"], ["3", "4", ""]]


def test_neighbours_merged_in_the_old_way_are_a_span() -> None:
    body = tbl(tr(tc("合", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("右")), tr(*map(tc, "123")))
    assert rows(read_body(body)) == [["合", "合", "右"], ["1", "2", "3"]]


def test_bookmarks_between_rows_do_not_break_merges() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="x"/><w:bookmarkEnd w:id="1"/>'
    body = tbl(tr(tc("竖", merged("restart")), tc("1")), mark, tr(tc("", merged()), mark, tc("2")))
    assert rows(read_body(body)) == [["竖", "1"], ["竖", "2"]]


def test_a_cell_may_begin_in_a_repeated_header_and_end_below() -> None:
    header = "<w:tblHeader/>"
    body = tbl(tr(tc("竖", merged("restart")), tc("1"), properties=header), tr(tc("", merged()), tc("2")))
    assert rows(read_body(body)) == [["竖", "1"], ["竖", "2"]]


def test_rows_and_cells_in_content_controls_are_rows_and_cells() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr><w:id/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    body = tbl(control(tr(tc("竖", merged("restart")), control(tc("1")))), tr(tc("", merged()), tc(control(p("2")))))
    assert rows(read_body(body)) == [["竖", "1"], ["竖", "2"]]


def test_columns_as_thin_as_a_line_are_none() -> None:
    """As LibreOffice writes them where the edges of two cells are a hair apart."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (600, 465, 1, 610))
    body = tbl(
        tr(tc("合"), tc("总计", span(2) + merged("restart")), tc("上")),
        tr(tc("1"), tc("", span(2) + merged()), tc("下")),
        tr(tc("2"), tc("4"), tc("5", span(2))),
        tr(tc("3"), tc("6"), tc("", '<w:tcW w:w="1"/>'), tc("7")),
    ).replace("<w:tblGrid/>", f"<w:tblGrid>{grid}</w:tblGrid>")
    assert rows(read_body(body)) == [["合", "总计", "上"], ["1", "总计", "下"], ["2", "4", "5"], ["3", "6", "7"]]


def test_a_short_row_keeps_its_places() -> None:
    assert rows(read_body(tbl(tr(*map(tc, "甲乙丙")), tr(tc("1"))))) == [["甲", "乙", "丙"], ["1"]]


def test_a_table_inside_a_cell_is_a_grid_of_its_own() -> None:
    inner = tbl(tr(tc("内"), tc("1")), tr(tc("里"), tc("2")))
    document = read_body(tbl(tr(tc(p("外") + inner + p()))))
    assert rows(document) == [["内", "1"], ["里", "2"]]
    assert list(document.texts()) == ["外"]


@pytest.mark.parametrize("value", ["", "x", "-2", "0", "٣", "99999999999999999999"])
def test_nonsense_spans_are_no_spans(value: str) -> None:
    odd = f'<w:gridSpan w:val="{value}"/>'
    assert rows(read_body(tbl(tr(tc("一", odd), tc("二")), tr(tc("1"), tc("2"))))) == [["一", "二"], ["1", "2"]]


def test_lines_of_a_cell_are_kept_apart_and_runs_are_not() -> None:
    cell = p(run("其他") + run("处理")) + p("<w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r>")
    assert rows(read_body(tbl(tr(tc(cell), tc("1 2")))))[0][0] == "其他处理\n上\n下"


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=5), min_size=1, max_size=5))
def test_widths_of_rows_are_the_sums_of_their_spans(widths: list[list[int]]) -> None:
    body = tbl(
        *(tr(*(tc(f"{r}.{c}", span(w)) for c, w in enumerate(row))) for r, row in enumerate(widths)), tr(*map(tc, "ab"))
    )
    assert [len(row) for row in rows(read_body(body))] == [*map(sum, widths), 2]
