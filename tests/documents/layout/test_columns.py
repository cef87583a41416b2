"""Tables without rules whose cells are blank here and there."""

from __future__ import annotations

from dataclasses import replace

from govcrawl.documents.layout import read_sheets
from govcrawl.model import Grid
from tests.documents.layout.drawn import Paper

XS = (80, 230, 330, 430, 530)
HEADER = ["信息内容", "制发", "废止", "有效"]


def table(*rows: list[str], y: float = 100) -> Paper:
    return Paper().table([list(row) for row in rows], y, xs=XS, high=30, ruled=False)


def read(*papers: Paper) -> list[list[str]]:
    sheets = [replace(paper.sheet, number=number) for number, paper in enumerate(papers, 1)]
    blocks = read_sheets(sheets).blocks
    return [["|".join(cell.text for cell in row) for row in block.rows] for block in blocks if isinstance(block, Grid)]


def test_blank_cells_hide_no_column() -> None:
    paper = table(HEADER, ["规章", "3", "", "12"], ["文件", "", "2", "3"], ["办法", "", "", "4"])
    assert read(paper) == [["信息内容|制发|废止|有效", "规章|3||12", "文件||2|3", "办法|||4"]]


def test_a_column_that_is_blank_altogether_is_told_by_its_header() -> None:
    paper = table(HEADER, ["规章", "3", "", "12"], ["文件", "1", "", "3"])
    assert read(paper) == [["信息内容|制发|废止|有效", "规章|3||12", "文件|1||3"]]


def test_a_row_that_is_blank_altogether_is_told_by_its_label() -> None:
    paper = table(HEADER, ["规章", "3", "5", "12"], ["文件", "", "", ""], ["办法", "1", "2", "4"])
    assert read(paper) == [["信息内容|制发|废止|有效", "规章|3|5|12", "文件|||", "办法|1|2|4"]]


def test_a_part_on_the_next_sheet_may_show_fewer_columns() -> None:
    upper = table(HEADER, ["规章", "3", "0", "12"], ["细则", "4", "5", "6"], y=700)
    lower = table(["文件", "1", "", "3"], ["办法", "4", "", "6"], y=80)
    rows = ["规章|3|0|12", "细则|4|5|6", "文件|1||3", "办法|4||6"]
    assert read(upper, lower) == [["信息内容|制发|废止|有效", *rows]]


def test_approximate_figures_are_figures() -> None:
    paper = table(HEADER, ["规章", "约3", "约5", "约12"], ["文件", "约1", "2", "约3"])
    assert read(paper) == [["信息内容|制发|废止|有效", "规章|约3|约5|约12", "文件|约1|2|约3"]]


def test_marks_that_cannot_be_seen_hide_no_figure() -> None:
    paper = table(HEADER, ["规章", "\u200b3\ufeff", "5", "\u200b12\ufeff"], ["文件", "1", "2", "\u200b3\ufeff"])
    (grid,) = read(paper)
    assert [len(row.split("|")) for row in grid] == [4, 4, 4]
