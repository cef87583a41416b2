"""Rows of tables without lines that hold a measure word and no figure."""

from __future__ import annotations

from dataclasses import replace

from govcrawl.documents.layout import read_sheets

from .drawn import Paper, shown

XS = (80, 290, 340, 500)


def read(*papers: Paper) -> list[str | list[str]]:
    return shown(read_sheets([replace(paper.sheet, number=n) for n, paper in enumerate(papers, 1)]).blocks)


def table(*rows: tuple[str, str, str], y: float = 100, high: float = 24) -> Paper:
    return Paper().table(rows, y, xs=XS, high=high, ruled=False)


def test_a_measure_word_without_a_figure_makes_a_row() -> None:
    paper = table(
        ("主动公开政府信息数", "条", "22"),
        ("收到申请数", "件", ""),
        ("制发文件数", "件", "3"),
        ("参训人数", "人次", "7"),
    )
    assert read(paper) == [
        ["主动公开政府信息数|条|22", "收到申请数|件|", "制发文件数|件|3", "参训人数|人次|7"],
    ]


def test_so_it_does_as_the_last_row_of_a_sheet_and_the_first_of_the_next() -> None:
    first = table(("公开数", "条", "2"), ("制发数", "件", "5"), ("申请数", "件", ""), y=700)
    second = table(("答复数", "件", ""), ("复议数", "件", "1"), ("诉讼数", "件", "8"), ("投诉数", "件", ""), y=80)
    rows = ["公开数|条|2", "制发数|件|5", "申请数|件|", "答复数|件|", "复议数|件|1", "诉讼数|件|8"]
    assert read(first, second) == [[*rows, "投诉数|件|"]]


def test_its_label_may_have_more_lines_above_and_below_it() -> None:
    paper = table(
        ("收到申请数", "件", "22"),
        ("维持具体行政行为或者\n驳回原告诉讼请求数", "件", ""),
        ("被依法纠错数", "件", "3"),
        ("其他情形数", "件", "4"),
        high=40,
    )
    rows = ["收到申请数|件|22", "维持具体行政行为或者驳回原告诉讼请求数|件|", "被依法纠错数|件|3", "其他情形数|件|4"]
    assert read(paper) == [rows]


def test_the_end_of_a_label_is_no_measure_word_elsewhere() -> None:
    paper = table(
        ("召开工作会议或专题会议\n次", "次", "22"), ("举办培训", "次", "3"), ("接受培训", "人次", "4"), high=40
    )
    assert read(paper) == [["召开工作会议或专题会议次|次|22", "举办培训|次|3", "接受培训|人次|4"]]
