"""Tables without lines: columns from the figures, rows from the labels beside them."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from govcrawl.documents.layout import read_sheets
from govcrawl.documents.limits import Limits
from govcrawl.model import DocumentError, ProblemKind

from .drawn import Paper, across, downwards, shown

XS = (80, 230, 330, 430, 530)


def read(*written: Paper) -> list[str | list[str]]:
    return shown(read_sheets([replace(paper.sheet, number=n) for n, paper in enumerate(written, 1)]).blocks)


def table(*rows: list[str], y: float = 120, xs: tuple[float, ...] = XS, high: float = 30) -> Paper:
    return Paper().table(rows, y, xs=xs, high=high, ruled=False)


def test_figures_below_each_other_are_columns() -> None:
    paper = table(
        ["信息内容", "本年制发", "本年废止", "现行有效"], ["规章", "3", "0", "12"], ["行政规范性文件", "10", "2", "8"]
    )
    rows = ["信息内容|本年制发|本年废止|现行有效", "规章|3|0|12", "行政规范性文件|10|2|8"]
    assert read(paper) == [rows]


def test_a_missing_figure_is_a_blank() -> None:
    paper = table(["规章", "3", "0", "12"], ["文件", "10", "", "8"], ["许可", "1", "2", "3"])
    assert read(paper) == [["规章|3|0|12", "文件|10||8", "许可|1|2|3"]]


def test_labels_of_several_lines_belong_to_the_figures_beside_them() -> None:
    paper = table(
        ["一、本年新收政府\n信息公开申请", "3", "0"],
        ["二、上年结转", "1", "2"],
        ["总\n计\n数", "4", "2"],
        xs=XS[:4],
        high=50,
    )
    assert read(paper) == [["一、本年新收政府信息公开申请|3|0", "二、上年结转|1|2", "总计数|4|2"]]


def test_lines_of_labels_that_are_set_loose_stand_nearer_than_the_labels() -> None:
    labels = ["1.属于行\n政执法\n案卷", "2.属于行\n政查询\n事项", "3.要求提\n供公开\n出版物", "4.重复\n申请"]
    paper, y = Paper(), 100.0
    for label in labels:
        lines = label.split("\n")
        for number, line in enumerate(lines):
            paper.write(line, 80, y + 18 * number)
        for x in (300, 350, 400):
            paper.write("7", x, y + 9 * (len(lines) - 1))
        y += 18 * len(lines) + 4
    assert read(paper) == [[label.replace("\n", "") + "|7|7|7" for label in labels]]


def test_figures_of_one_row_stand_at_three_heights() -> None:
    paper = Paper()
    for y, label in ((100, ("2.其他法律行政", "法规禁止公开")), (140, ("4.保护第三方合", "法权益"))):
        paper.write(label[0], 80, y).write(label[1], 80, y + 12)
        paper.write("7", 250, y).write("13", 300, y + 6).write("0", 350, y + 12)
    assert read(paper) == [["2.其他法律行政法规禁止公开|7|13|0", "4.保护第三方合法权益|7|13|0"]]


def test_a_wide_figure_tells_that_narrow_ones_beside_each_other_are_one_column() -> None:
    paper = Paper()
    for y, label, x, figure in ((100, "甲", 240, "0"), (130, "乙", 260, "7"), (160, "丙", 238, "58931")):
        paper.write(label, 80, y).write(figure, x, y).write("5", 350, y).write("6", 400, y)
    assert read(paper) == [["甲|0|5|6", "乙|7|5|6", "丙|58931|5|6"]]


def test_figures_with_measure_words_are_figures() -> None:
    paper = table(["规章", "3件", "5批次", "2人次"], ["文件", "1件", "2批次", "3人次"])
    assert read(paper) == [["规章|3件|5批次|2人次", "文件|1件|2批次|3人次"]]


def test_a_word_for_nothing_alone_between_the_lines_of_its_label_is_a_row() -> None:
    paper = Paper()
    for y, label, figures in (
        (100, ("法律法规", "禁止公开"), ("7", "8", "9")),
        (140, ("行政查", "询事项"), ("", "", "無")),
    ):
        paper.write(label[0], 80, y).write(label[1], 80, y + 15)
        for x, figure in zip((250, 300, 350), figures, strict=True):
            paper.write(figure, x, y + 7.5)
    assert read(paper) == [["法律法规禁止公开|7|8|9", "行政查询事项|||無"]]


def test_labels_may_begin_beside_their_figures() -> None:
    paper = Paper()
    for row, lines in enumerate([["一、本年新收", "申请数量"], ["二、结转"], ["三、不予公开", "的数量", "合计"]]):
        y = 100 + row * 50
        for number, line in enumerate(lines):
            paper.write(line, 80, y + 12 * number)
        paper.write("4", 300, y).write("5", 400, y)
    assert read(paper) == [["一、本年新收申请数量|4|5", "二、结转|4|5", "三、不予公开的数量合计|4|5"]]


def test_groups_stand_beside_their_rows() -> None:
    rows = [["", "（三）不予\n公开", f"{number}.属于秘密", "3", "0"] for number in (1, 2, 3)]
    for row in rows[1:]:
        row[1] = "^"
    paper = table(
        ["一、新收", "<", "<", "1", "2"], *rows, ["（七）总计", "<", "<", "9", "2"], xs=(80, 120, 200, 330, 430, 530)
    )
    (grid,) = read(paper)
    assert [row.replace("~", "").split("|")[-3:] for row in grid][1:4] == [
        [f"{n}.属于秘密", "3", "0"] for n in (1, 2, 3)
    ]
    assert [row.count("（三）不予公开") for row in grid] == [0, 1, 1, 1, 0]


def test_headers_of_several_lines_and_levels() -> None:
    paper = table(
        ["", "申请人情况", "<", "<"],
        ["", "自然人", "商业\n企业", "社会公\n益组织"],
        ["新收", "1", "2", "3"],
        ["结转", "4", "5", "6"],
        high=40,
    )
    (grid,) = read(paper)
    assert grid[-3:] == ["|自然人|商业企业|社会公益组织", "新收|1|2|3", "结转|4|5|6"]
    assert "申请人情况" in grid[0]


def test_tables_of_other_columns_below_each_other_are_several() -> None:
    paper = table(["信息内容", "制发", "废止", "有效"], ["规章", "3", "0", "12"])
    paper.table(
        [["第二十条第（五）项", "<"], ["信息内容", "决定数量"], ["行政许可", "95"]],
        180,
        xs=(80, 230, 530),
        high=30,
        ruled=False,
    )
    first, second = read(paper)
    assert first == ["信息内容|制发|废止|有效", "规章|3|0|12"]
    assert second[-2:] == ["信息内容|决定数量", "行政许可|95"]


def test_lines_across_alone_change_nothing() -> None:
    paper = table(["信息内容", "制发", "废止", "有效"], ["规章", "3", "0", "12"], ["文件", "1", "2", "3"])
    paper.rules += [across(y, 80, 530) for y in (118, 150, 212)]
    assert read(paper) == [["信息内容|制发|废止|有效", "规章|3|0|12", "文件|1|2|3"]]


def test_prose_around_a_table_stays_prose() -> None:
    paper = table(["规章", "3", "0", "12"], ["文件", "1", "2", "3"])
    paper.prose(["\u3000\u3000二、主动公开政府信息情况"], 80).prose(
        ["\u3000\u3000三、收到申请情况", "\u3000\u3000共收到申请12件，均已答复。"], 220
    )
    assert read(paper) == [
        "二、主动公开政府信息情况",
        ["规章|3|0|12", "文件|1|2|3"],
        "三、收到申请情况",
        "共收到申请12件，均已答复。",
    ]


def test_a_table_goes_on_over_the_end_of_a_sheet() -> None:
    upper = table(["信息内容", "制发", "废止", "有效"], ["规章", "3", "0", "12"], y=700)
    lower = table(["文件", "1", "2", "3"], ["办法", "4", "5", "6"], y=80)
    assert read(upper, lower) == [["信息内容|制发|废止|有效", "规章|3|0|12", "文件|1|2|3", "办法|4|5|6"]]


def test_a_header_at_the_end_of_a_sheet_goes_with_its_rows() -> None:
    upper = table(["规章", "3", "0", "12"], ["信息内容", "决定", "数量", "金额"], y=700)
    upper.table([["文件", "1", "2", "3"]], 670, xs=XS, high=30, ruled=False)
    lower = table(["许可", "4", "5", "6"], ["处罚", "7", "8", "9"], y=80)
    assert read(upper, lower)[-1] == ["信息内容|决定|数量|金额", "许可|4|5|6", "处罚|7|8|9"]


def test_a_label_written_downwards_stands_left_of_all_others() -> None:
    paper = table(
        ["", "（一）予以公开", "3", "0"], ["", "（二）部分公开", "1", "2"], ["", "（三）不予公开", "4", "5"], xs=XS
    )
    paper.words += downwards("办理结果", 110, 145)
    (grid,) = read(paper)
    assert [row.split("|")[0] for row in grid] == ["办理结果", "~办理结果", "~办理结果"]
    assert [row.split("|")[-3:] for row in grid][1] == ["（二）部分公开", "1", "2"]


def test_a_header_printed_again_on_the_same_sheet() -> None:
    header = ["信息内容", "本年制发", "本年废止", "现行有效"]
    paper = table(header, ["规章", "3", "0", "12"], header, ["文件", "1", "2", "3"])
    found = read_sheets([paper.sheet])
    assert shown(found.blocks) == [["信息内容|本年制发|本年废止|现行有效", "规章|3|0|12", "文件|1|2|3"]]
    assert found.notes == ["header_repeated"]


def test_a_label_beside_labels_is_no_heading_though_it_begins_like_one() -> None:
    paper = Paper().prose(["本机关全年共收到申请若干件，均已按时答复，没有延期。"], 60, size=14)
    for row in range(4):
        y = 100 + 22 * row
        paper.write(f"{row + 1}.属于秘密", 180, y).write("7", 320, y).write("8", 370, y).write("9", 420, y)
    paper.write("三、本年", 80, 130 - 15).write("度办理结果", 80, 122 + 9)
    (_, grid) = read(paper)
    assert [row.split("|")[-4:] for row in grid] == [[f"{number}.属于秘密", "7", "8", "9"] for number in range(1, 5)]


def dense(sheets: int, rows: int) -> list[Paper]:
    """Sheets full of labels set so tight that each could go on with the next."""
    papers = [Paper(height=80.0 + 12 * rows) for _ in range(sheets)]
    for paper in papers:
        for row in range(rows):
            paper.write("标签" + "甲乙丙丁"[row % 4], 80, 40 + 12 * row)
            for x in (200, 260, 320):
                paper.write("5", x, 40 + 12 * row)
    return papers


def refused(papers: list[Paper], limits: Limits) -> ProblemKind:
    with pytest.raises(DocumentError) as error:
        read_sheets([replace(paper.sheet, number=number) for number, paper in enumerate(papers, 1)], limits)
    return error.value.kind


def test_the_labels_of_all_sheets_together_are_bounded() -> None:
    assert refused(dense(4, 20), Limits(matches=1_000)) is ProblemKind.TOO_LARGE


@pytest.mark.slow
def test_a_document_of_many_dense_sheets_is_refused_in_seconds() -> None:
    began = time.process_time()
    assert refused(dense(40, 100), Limits()) is ProblemKind.TOO_LARGE
    assert time.process_time() - began < 30


def test_lines_in_other_type_right_above_and_below_a_table_are_prose() -> None:
    paper = Paper().write("一、因政府信息公开工作被申请行政复议、提起行政诉讼情", 110, 70, size=15)
    paper.write("况", 80, 98, size=15)
    paper.table([("行政复议", "行政诉讼", "总计"), ("12", "7", "19")], 115, xs=XS[1:], high=24, ruled=False)
    paper.write("云砚县教育局", 380, 175, size=15)
    heading = "一、因政府信息公开工作被申请行政复议、提起行政诉讼情况"
    assert read(paper) == [heading, ["行政复议|行政诉讼|总计", "12|7|19"], "云砚县教育局"]


def test_a_sentence_in_place_of_a_figure_among_others_is_one_of_the_cells() -> None:
    paper = table(
        ["信息内容", "本年制发", "本年废止", "现行有效"],
        ["规章", "3", "0", "12"],
        ["文件", "10", "由有关部门填报", "8"],
    )
    assert read(paper) == [["信息内容|本年制发|本年废止|现行有效", "规章|3|0|12", "文件|10|由有关部门填报|8"]]


def test_a_signature_and_its_date_above_a_table_are_prose() -> None:
    paper = Paper().prose(["　　本年度没有其他需要报告的事项。"], 60)
    paper.write("云砚县教育局", 380, 80).write("2020年1月17日", 385, 98)
    paper.table([("统计指标", "统计数"), ("公开数", "3"), ("答复数", "8")], 120, xs=(80, 290, 490), ruled=False)
    rows = ["统计指标|统计数", "公开数|3", "答复数|8"]
    assert read(paper) == ["本年度没有其他需要报告的事项。", "云砚县教育局", "2020年1月17日", rows]


def test_a_date_below_a_signature_on_the_sheet_before_stands_alone() -> None:
    lines = ["　　围绕群众普遍关心的就业教育医疗住房等领域的问题，及时发布办事流程和政", "策问答，让群众看得懂。"]
    first = Paper().prose(lines, 700).write("云砚县教育局", 330, 745)
    last = Paper().write("2020年1月17日", 380, 80)
    assert read(first, last)[1:] == ["云砚县教育局", "2020年1月17日"]


LAST = "本行政区域（或本部门）政府信息公开发布总数量（非新闻类、消息类）：2条"
ROWS = [("信息内容", "采购项目数量", "采购总金额"), ("政府集中采购", "4", "9"), ("其他采购", "0", "2")]


def last_line(text: str, *, prose: float, cut: bool = False) -> list[str | list[str]]:
    paper = Paper().write("围绕群众普遍关心的领域及时发布办事流程和政策问答", 80, 80, size=prose)
    paper.table(ROWS, 120, xs=(80, 230, 330, 430), high=20, ruled=False).write(text, 135, 184)
    after = Paper().write("三、收到和处理政府信息公开申请情况", 80, 100, size=prose)
    if not cut:
        paper.write("二、依申请公开情况", 80, 220, size=prose)
    return read(paper, after)


@pytest.mark.parametrize("cut", [True, False])
def test_a_line_below_a_table_that_is_set_as_its_cells_are_is_its_last_row(cut: bool) -> None:
    assert [*map("|".join, ROWS), f"{LAST}||"] in last_line(LAST, prose=16, cut=cut)


def test_a_line_below_a_table_in_the_type_of_the_prose_is_prose() -> None:
    assert LAST in last_line(LAST, prose=10)


def test_a_note_below_a_table_is_no_row_of_it() -> None:
    assert f"注：{LAST}。" in last_line(f"注：{LAST}。", prose=16)


@pytest.mark.parametrize("change", ["增5项", "+(3)-(1)", "245.93万"])
def test_a_figure_with_its_measure_or_sign_is_a_figure(change: str) -> None:
    paper = table(
        ["信息内容", "项目数量", "本年增减", "处理数量"], ["行政许可", "3", change, "7"], ["其他", "1", "2", "8"]
    )
    assert read(paper) == [["信息内容|项目数量|本年增减|处理数量", f"行政许可|3|{change}|7", "其他|1|2|8"]]


def test_a_figure_too_wide_for_its_cell_goes_on_below() -> None:
    rows = [["结果维持", "结果纠正", "其他结果", "总计"], ["0", "12", "7", "4563"]]
    paper = table(*rows, xs=(80, 180, 280, 380, 480), high=40).write("3", 427.5, 187)
    assert read(paper) == [["结果维持|结果纠正|其他结果|总计", "0|12|7|45633"]]


def test_a_row_whose_figures_stand_on_two_lines_is_one() -> None:
    paper = table(["一、本年新收", "3", "0", "12", "15"], ["二、上年结转", "1", "2", "1", "4"], xs=(*XS, 560))
    for text, x, y in [("三、结转下年", 95, 194), ("0", 275, 194), ("7", 375, 206), ("0", 475, 194), ("7", 540, 206)]:
        paper.write(text, x, y)
    assert read(paper) == [["一、本年新收|3|0|12|15", "二、上年结转|1|2|1|4", "三、结转下年|0|7|0|7"]]


def test_a_numbered_label_right_below_a_row_is_no_heading() -> None:
    paper = table(["一、本年新收", "3", "0", "12"], ["二、上年结转", "1", "2", "1"], xs=(80, 230, 330, 430, 530))
    paper.write("三、本年", 80, 181).write("（一）予以公开", 130, 170)
    paper.write("4", 275, 170).write("1", 375, 170).write("5", 475, 170)
    paper.write("办理", 80, 199).write("（二）部分公开", 130, 204)
    paper.write("2", 275, 204).write("1", 375, 204).write("3", 475, 204)
    (grid,) = read(paper)
    assert len(grid) == 4


def test_the_label_of_a_group_that_the_end_of_a_sheet_cuts_is_one() -> None:
    xs = (80, 150, 290, 340, 390, 440)
    rows = [("（五）不予处理", "2.重复申请", "0", "3", "3"), ("（六）其", "1.申请人逾期不补正", "1", "2", "3")]
    first = table(*map(list, rows), y=740, xs=xs)
    last = table(["他处理", "2.申请人未缴费", "1", "0", "1"], ["（七）总计", "", "2", "5", "7"], y=80, xs=xs)
    (grid,) = read(first, last)
    assert grid[1:3] == ["（六）其他处理|1.申请人逾期不补正|1|2|3", "~（六）其他处理|2.申请人未缴费|1|0|1"]


def test_a_header_that_differs_in_its_number_is_another_table() -> None:
    heads = [[f"第二十条第（{number}）项", "处理决定数量"] for number in "五六"]
    sheets = [
        table(head, ["行政许可", "3"], ["行政处罚", "1"], y=y, xs=XS[:3])
        for head, y in zip(heads, (700, 80), strict=True)
    ]
    assert [grid[0] for grid in read(*sheets)] == ["|".join(head) for head in heads]


def test_a_short_word_in_place_of_a_figure_stands_behind_another_one() -> None:
    paper = table(
        ["信息内容", "项目数量", "本年增减", "处理数量"], ["行政许可", "3", "增", "7"], ["其他", "1", "2", "8"]
    )
    assert read(paper) == [["信息内容|项目数量|本年增减|处理数量", "行政许可|3|增|7", "其他|1|2|8"]]
