from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.documents import read_document
from govcrawl.model import Grid

from .pages import grids_of, page, shape_of, table, texts_of

TWO_ROWS = "<tr><td>规章</td><td>1</td></tr><tr><td>文件</td><td>2</td></tr>"


def only_grid(body: str) -> list[list[str]]:
    grids = grids_of(read_document(page(body)))
    assert len(grids) == 1
    return grids[0]


@pytest.mark.parametrize(
    "cell",
    [
        "规章",
        " \n\t规章&nbsp;\u3000",
        "<p>规章</p>",
        '<p class="MsoNormal" style="mso-x:1"><span lang="EN-US">规</span><span>章<o:p></o:p></span></p>',
        "<p><?xml:namespace prefix = o />规章<o:p>&nbsp;</o:p></p>",
        "规\u200b章\ufeff",
        "<font><b><a href='#'>规</a></b>章</font>",
        "<!-- 旧值 -->规章",
        "<![if !supportEmptyParas]>&nbsp;<![endif]>规章",
        "规章<span style='DISPLAY: none'>5</span>",
        "规章<b hidden>5</b>",
        "规章<script>document.write(5)</script><style>p{}</style>",
        "<st1:chsdate>规</st1:chsdate>章",
        "<input type='text' value='规章'>",
        "<div><div><p><br></p></div>规章</div>",
        "<table><tr><td>规章</td></tr></table>",
        "&#35268;&#x7ae0;",
    ],
)
def test_a_cell_is_what_is_printed_in_it(cell: str) -> None:
    assert only_grid(f"<table><tr><td>{cell}</td><td>0</td></tr><tr><td>文件</td><td>1</td></tr></table>")[0] == [
        "规章",
        "0",
    ]


@pytest.mark.parametrize(
    "cell", ["自<br>然<br/>人", "<p>自</p><p>然</p><p>人</p>", "<div>自</div>然<div><p>人</p></div>", "自<p>然</p>人"]
)
def test_lines_of_a_cell_are_kept_apart(cell: str) -> None:
    assert (
        only_grid(f"<table><tr><td>{cell}</td><td>0</td></tr><tr><td>文件</td><td>1</td></tr></table>")[0][0]
        == "自\n然\n人"
    )


def test_space_inside_a_cell_is_one_space() -> None:
    assert only_grid(table("规 &nbsp;\n　章|0", "文件|1"))[0][0] == "规 章"


def test_spans_are_laid_out() -> None:
    body = (
        '<table><tr><td rowspan="2">合计</td><td colspan="2">复议</td></tr><tr><td>维持</td><td>纠正</td></tr>'
        "<tr><td>0</td><td>1</td><td>2</td></tr></table>"
    )
    document = read_document(page(body))
    assert grids_of(document) == [[["合计", "复议", "复议"], ["合计", "维持", "纠正"], ["0", "1", "2"]]]
    assert document.notes == ()
    assert [cell.origin for cell in next(document.grids()).rows[1]] == [False, True, True]


def test_spans_beyond_the_table_are_clamped_and_told() -> None:
    document = read_document(
        page('<table><tr><td rowspan=100000 colspan="1000000">甲</td></tr>' + TWO_ROWS + "</table>")
    )
    assert document.notes == ("span_clamped",)
    assert all(len(row) <= 4 for row in next(document.grids()).rows)


def test_head_and_foot_stand_first_and_last() -> None:
    body = (
        "<table><tfoot><tr><td>总计</td><td>3</td></tr></tfoot><tbody><tr><td>规章</td><td>1</td></tr></tbody>"
        "<thead><tr><th>内容</th><th>数量</th></tr></thead></table>"
    )
    assert only_grid(body) == [["内容", "数量"], ["规章", "1"], ["总计", "3"]]


def test_a_caption_is_kept() -> None:
    document = read_document(page(f"<table><caption>表 1</caption>{TWO_ROWS}</table>"))
    assert next(document.grids()).caption == "表 1"


def test_a_layout_table_is_walked_and_its_data_tables_are_read() -> None:
    inner = table("规章|0", "文件|1")
    top, bottom = f"<p>一、总体情况</p>正文<p>二、主动公开</p>{inner}", f"三、其他{inner}尾"
    body = f"<table><tr><td>{top}</td></tr><tr><td>{bottom}</td></tr></table>"
    assert shape_of(read_document(page(body))) == ["一、总体情况", "正文", "二、主动公开", "#", "三、其他", "#", "尾"]


def test_a_whole_body_in_one_cell_is_prose() -> None:
    body = "<table><tr><td></td><td><p>一、总体情况</p><p>" + "正文。" * 200 + "</p></td></tr></table>"
    assert shape_of(read_document(page(body))) == ["一、总体情况", "正文。" * 200]


def test_rows_beside_a_nested_table_are_not_lost() -> None:
    body = f"<table>{TWO_ROWS}<tr><td>甲</td><td>{table('乙|3', '丙|4')}</td></tr></table>"
    assert grids_of(read_document(page(body))) == [[["规章", "1"], ["文件", "2"]], [["乙", "3"], ["丙", "4"]]]
    assert "甲" in shape_of(read_document(page(body)))


def test_a_table_printed_as_five_stays_five() -> None:
    body = "".join(table(f"第二十条第（{n}）项|", "信息内容|数量", "规章|0") for n in "一五六八九")
    assert shape_of(read_document(page(body))) == ["#"] * 5


def test_rows_left_over_behind_a_stray_end_of_table_are_not_lost() -> None:
    body = (
        f"<table>{TWO_ROWS}</table><tr><td>许可</td><td>3</td></tr><tr><td>处罚</td><td>4</td></tr></table><p>三、</p>"
    )
    document = read_document(page(body))
    assert grids_of(document) == [[["规章", "1"], ["文件", "2"]], [["许可", "3"], ["处罚", "4"]]]
    assert document.notes == ("rows_cut",)
    assert shape_of(document)[-1] == "三、"


def test_cells_left_over_without_a_row_are_not_lost() -> None:
    document = read_document(page("<div><td>规章</td><td>3</td></div><p>后</p>"))
    assert grids_of(document) == [[["规章", "3"]]]


def test_text_between_the_rows_is_not_lost() -> None:
    document = read_document(page(f"<table>注一{TWO_ROWS}<p>注二</p></table>"))
    assert shape_of(document) == ["注一", "注二", "#"]


def test_unclosed_cells_and_rows_are_read() -> None:
    assert only_grid("<table><tr><td>规章<td>0<tr><td>文件<td>1") == [["规章", "0"], ["文件", "1"]]


def test_hidden_rows_are_not_read_and_a_hidden_table_is_told() -> None:
    document = read_document(page(f"<table>{TWO_ROWS}<tr style='display:none'><td>旧</td><td>9</td></tr></table>"))
    assert grids_of(document) == [[["规章", "1"], ["文件", "2"]]]
    document = read_document(page(f"<table>{TWO_ROWS}</table><div style='display: none'>{table('旧|9', '废|8')}</div>"))
    assert len(grids_of(document)) == 1
    assert document.notes == ("hidden_table_dropped",)


def test_overflow_hidden_hides_nothing() -> None:
    assert only_grid(f"<table style='overflow:hidden;border:none'>{TWO_ROWS}</table>") == [["规章", "1"], ["文件", "2"]]


words = st.sampled_from(["规章", "0", "", "（一）予以公开", "12", "自然人"])


@given(st.lists(st.lists(words, min_size=2, max_size=8), min_size=2, max_size=8))
def test_what_is_written_as_a_table_is_read_back(rows: list[list[str]]) -> None:
    rows[0][0] = "内容"
    (grid,) = read_document(page(table(*("|".join(row) for row in rows)))).grids()
    assert isinstance(grid, Grid)
    assert grid.aligned
    assert texts_of(grid) == rows


markup = st.sampled_from(
    [
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<td rowspan=3 colspan=9>",
        "<p>",
        "</p>",
        "规",
        "<tbody>",
    ]
)


@given(st.lists(markup, max_size=40))
def test_no_letter_is_lost_in_broken_markup(parts: list[str]) -> None:
    document = read_document(page("<p>始</p>" + "".join(parts)))
    printed = "".join(document.texts()) + "".join(
        cell.text for grid in document.grids() for row in grid.rows for cell in row if cell.origin
    )
    assert printed.count("规") == parts.count("规")
