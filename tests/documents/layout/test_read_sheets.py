"""Whole sheets: prose, tables, and what runs on from sheet to sheet."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from govcrawl.documents import Limits
from govcrawl.documents.layout import Sheet, Word, read_sheets
from govcrawl.model import DocumentError, ProblemKind

from .drawn import Paper, across, downwards, shown, typed

XS = (80, 230, 330, 430, 530)
FULL = "各科室明确专人负责信息的收集整理和报送主要负责同志定期听取汇报分管负责同志具体抓落实"
"""Fills a line of 43 characters."""


def papers(*written: Paper) -> list[Sheet]:
    return [replace(paper.sheet, number=number) for number, paper in enumerate(written, 1)]


def read(*written: Paper) -> list[str | list[str]]:
    return shown(read_sheets(papers(*written)).blocks)


def notes(*written: Paper) -> list[str]:
    return read_sheets(papers(*written)).notes


def test_a_blank_sheet_says_nothing() -> None:
    assert read(Paper()) == []


def test_lines_are_paragraphs_and_headings_stand_alone() -> None:
    lines = [
        "\u3000\u3000一、总体情况",
        f"\u3000\u3000{FULL[:41]}",
        FULL,
        "到位。",
        f"\u3000\u3000{FULL[:41]}",
        "完成。",
    ]
    assert read(Paper().prose(lines, 100)) == ["一、总体情况", FULL[:41] + FULL + "到位。", FULL[:41] + "完成。"]


def test_a_title_over_two_lines_is_one_text() -> None:
    paper = Paper().write("云砚县人民政府", 221, 80, size=22).write("2024年政府信息公开工作年度报告", 144, 112, size=22)
    paper.prose([f"\u3000\u3000{FULL[:41]}", FULL, "止。"], 160)
    assert read(paper) == ["云砚县人民政府2024年政府信息公开工作年度报告", FULL[:41] + FULL + "止。"]


def test_a_title_over_the_whole_line_is_no_part_of_the_text_below() -> None:
    paper = Paper().write("云砚县人民政府2024年政府信息公开年报", 95, 80, size=22)
    paper.prose([f"\u3000\u3000{FULL[:41]}", FULL], 120)
    assert read(paper)[0] == "云砚县人民政府2024年政府信息公开年报"


def test_a_paragraph_goes_on_over_the_end_of_a_sheet() -> None:
    first = Paper().prose([f"\u3000\u3000{FULL[:41]}", FULL], 700)
    second = Paper().prose([FULL, "为止。", "\u3000\u3000二、主动公开"], 80)
    assert read(first, second) == [FULL[:41] + FULL + FULL + "为止。", "二、主动公开"]


@pytest.mark.parametrize("number", ["- {} -", "—{}—", "第 {} 页 共 2 页", "{}", "{}/2", "— {} —", "一{}－"])
def test_page_numbers_are_no_content(number: str) -> None:
    written = [Paper().prose(["总体情况。"], 300).write(number.format(n), 290, 800) for n in (1, 2)]
    assert read(*written) == ["总体情况。", "总体情况。"]


def test_a_figure_alone_within_the_sheet_is_content() -> None:
    paper = Paper().prose([FULL, "如下："], 300).write("7", 290, 500)
    assert read(paper)[-1] == "7"


def test_running_heads_are_left_out() -> None:
    written = [Paper().write("云砚县水务局年报", 250, 40).prose([FULL[n:] + "。"], 200) for n in (1, 2, 3)]
    assert read(*written) == [FULL[n:] + "。" for n in (1, 2, 3)]


def test_a_running_head_that_lost_a_figure_in_recognition_is_one() -> None:
    heads = ("云砚县水务局2022年年报", "云砚县水务局202年年报", "云砚县水务局2022年年报")
    written = [Paper().write(head, 250, 40).prose([FULL[n:] + "。"], 200) for n, head in enumerate(heads, 1)]
    assert read(*written) == [FULL[n:] + "。" for n in (1, 2, 3)]


def test_a_table_stands_where_it_is_printed() -> None:
    paper = Paper().prose(["二、主动公开"], 80).table([["规章", "3"], ["文件", "8"]], 120, xs=(80, 230, 330))
    paper.prose(["三、收到申请"], 200)
    assert read(paper) == ["二、主动公开", ["规章|3", "文件|8"], "三、收到申请"]


def test_spans_repeat_their_text() -> None:
    rows = [["信息内容", "数量", "<"], ["^", "制发", "有效"], ["规章", "3", "8"]]
    paper = Paper().table(rows, 100, xs=XS[:4])
    assert read(paper) == [["信息内容|数量|~数量", "~信息内容|制发|有效", "规章|3|8"]]


def test_lines_of_prose_on_a_background_are_prose() -> None:
    paper = Paper().table([[FULL], [FULL], ["一、总体情况。"]], 100, xs=(80, 530))
    paper.table([["规章", "3"], ["文件", "8"]], 160, xs=(80, 230, 530))
    assert read(paper)[-1] == ["规章|3", "文件|8"]
    assert read(paper)[-2].endswith("一、总体情况。")


def test_a_frame_around_the_sheet_is_nothing() -> None:
    paper = Paper().prose(["二、主动公开"], 80).table([["规章", "3"], ["文件", "8"]], 120, xs=(80, 230, 330))
    paper.rules += [across(20, 20, 570), across(820, 20, 570)]
    assert read(paper) == ["二、主动公开", ["规章|3", "文件|8"]]


def test_a_number_that_reaches_over_a_line_is_not_torn() -> None:
    paper = Paper().table([["行政许可", "", ""]], 100, xs=(80, 200, 230, 260)).write("1234567", 201, 105)
    assert read(paper) == [["行政许可|1234567|"]]


def test_numbers_that_nearly_touch_the_line_between_them_are_two() -> None:
    paper = Paper().table([["行政许可", "", ""]], 100, xs=(80, 200, 210.5, 260)).write("16", 200.2, 105)
    assert read(paper.write("5", 210.9, 105)) == [["行政许可|16|5"]]


def test_a_table_cut_by_the_end_of_a_sheet_is_one() -> None:
    upper = Paper().table([["规章", "3"], ["文件", "8"]], 700, xs=(80, 230, 330)).write("- 1 -", 290, 800)
    lower = Paper().table([["许可", "5"]], 80, xs=(84, 234, 334)).write("- 2 -", 290, 800)
    assert read(upper, lower) == [["规章|3", "文件|8", "许可|5"]]


def test_the_foot_of_a_printed_web_page_cuts_no_table() -> None:
    address = "http://www.yunyan.test/zwgk/zfxxgk/nb/202101/t20210129_5567.html?from=index&column=1024"
    upper = Paper().table([["规章", "3"], ["文件", "8"]], 700, xs=(80, 230, 330))
    lower = Paper().table([["许可", "5"]], 80, xs=(80, 230, 330))
    for number, paper in enumerate((upper, lower), start=1):
        paper.write(address, 30, 815).write(f"{number}/2", 550, 815)
    assert read(upper, lower) == [["规章|3", "文件|8", "许可|5"]]


def test_a_table_of_other_columns_is_another() -> None:
    upper = Paper().table([["规章", "3", "4"]], 700, xs=(80, 230, 330, 530))
    lower = Paper().table([["许可", "5", "6", "7"]], 80, xs=(80, 150, 420, 480, 530))
    assert len(read(upper, lower)) == 2


def test_a_header_printed_again_is_dropped() -> None:
    header = ["信息内容", "本年数量"]
    upper = Paper().table([header, ["规章", "3"]], 700, xs=(80, 230, 330))
    lower = Paper().table([header, ["文件", "8"]], 80, xs=(80, 230, 330))
    assert read(upper, lower) == [["信息内容|本年数量", "规章|3", "文件|8"]]
    assert notes(upper, lower) == ["header_repeated"]


def test_a_header_printed_again_may_be_recognised_otherwise() -> None:
    header = ["信息内容（本列数据的勾稽关系）", "本年数量"]
    again = ["信息内容(本列数据的勾稽关糸)", "本年数量"]
    upper = Paper().table([header, ["规章", "3"]], 700, xs=(80, 330, 430))
    lower = Paper().table([again, ["文件", "8"]], 80, xs=(80, 330, 430))
    assert notes(upper, lower) == ["header_repeated"]
    other = Paper().table([["信息内容", "本年金额"], ["文件", "8"]], 80, xs=(80, 330, 430))
    assert "header_repeated" not in notes(upper, other)


def test_a_row_cut_by_the_end_of_a_sheet_is_one() -> None:
    upper = Paper().table([["规章", "3"], ["（二）部分公开（区分处理的", "9"]], 700, xs=(80, 215, 330))
    lower = Paper().table([["只计这一情形）", ""], ["许可", "5"]], 80, xs=(80, 215, 330))
    assert read(upper, lower) == [["规章|3", "（二）部分公开（区分处理的只计这一情形）|9", "许可|5"]]
    assert notes(upper, lower) == ["row_joined"]


def test_a_row_without_values_below_the_cut_is_a_row() -> None:
    upper = Paper().table([["规章", "3"], ["行政处罚", "9"]], 700, xs=(80, 215, 330))
    lower = Paper().table([["行政强制", ""], ["许可", "5"]], 80, xs=(80, 215, 330))
    assert read(upper, lower) == [["规章|3", "行政处罚|9", "行政强制|", "许可|5"]]


NARROW = (80, 215, 245, 275)


def test_a_number_wrapped_over_the_end_of_a_sheet_is_one() -> None:
    upper = Paper().table([["规章", "3", "4"], ["总计", "309", "7"]], 700, xs=NARROW)
    lower = Paper().table([["", "94", ""], ["结转", "5", "1"]], 80, xs=NARROW)
    assert read(upper, lower) == [["规章|3|4", "总计|30994|7", "结转|5|1"]]


def test_a_word_before_a_number_wraps_over_the_end_of_a_sheet() -> None:
    upper = Paper().table([["规章", "3", "4"], ["总计", "约", "7"]], 700, xs=NARROW)
    lower = Paper().table([["", "175", ""], ["结转", "5", "1"]], 80, xs=NARROW)
    assert read(upper, lower) == [["规章|3|4", "总计|约175|7", "结转|5|1"]]


def test_a_label_and_a_number_wrap_over_the_end_of_a_sheet() -> None:
    upper = Paper().table([["规章", "3", "4"], ["1.申请人无正当理由逾期不", "309", "7"]], 700, xs=NARROW)
    lower = Paper().table([["补正", "94", ""], ["结转", "5", "1"]], 80, xs=NARROW)
    assert read(upper, lower) == [["规章|3|4", "1.申请人无正当理由逾期不补正|30994|7", "结转|5|1"]]


def test_figures_without_a_label_below_the_cut_are_a_row_where_their_cells_had_room() -> None:
    upper = Paper().table([["规章", "3", "4"], ["总计", "30", "7"]], 700, xs=XS[:4])
    lower = Paper().table([["", "94", ""], ["结转", "5", "1"]], 80, xs=XS[:4])
    assert read(upper, lower) == [["规章|3|4", "总计|30|7", "|94|", "结转|5|1"]]


def test_a_header_cut_by_the_end_of_a_sheet_is_one() -> None:
    upper = Paper().table([["信息内容", "本年制", "现行有"]], 760, xs=(80, 215, 255, 295))
    lower = Paper().table([["", "发数", "效数"], ["规章", "3", "8"]], 80, xs=(80, 215, 255, 295))
    assert read(upper, lower) == [["信息内容|本年制发数|现行有效数", "规章|3|8"]]


def test_a_numbered_label_cut_anywhere_is_one() -> None:
    upper = Paper().table([["4.无正当理由", "3"], ["5.要求行政", "9"]], 700, xs=(80, 230, 330))
    lower = Paper().table([["机关确认信息", ""], ["6.其他", "5"]], 80, xs=(80, 230, 330))
    assert read(upper, lower) == [["4.无正当理由|3", "5.要求行政机关确认信息|9", "6.其他|5"]]


def test_a_note_in_the_last_row_belongs_to_its_table() -> None:
    note = "2024年本行政区域政府信息公开发布总数量（非新闻类、消息类）：2条"
    paper = Paper().table([["信息内容", "数量"], ["规章", "3"], [note, "<"]], 100, xs=(80, 230, 440))
    assert read(paper) == [["信息内容|数量", "规章|3", f"{note}|~{note}"]]


@pytest.mark.parametrize("value", ["5", "無", ""])
def test_a_letter_that_a_narrow_label_pushes_over_the_line_stays_in_the_label(value: str) -> None:
    paper = Paper().table([["", value], ["规章", "3"]], 100, xs=(80, 110, 170), high=40)
    number, value_words = typed("10.", 94.5, 102), list(paper.words)
    paper.words = [*number, *typed("没", 110, 102), *typed("有", 94, 114), *typed("的", 94, 126), *value_words]
    assert read(paper) == [[f"10.没有的|{value}", "规章|3"]]


def test_the_label_of_a_group_goes_on_below_the_cut() -> None:
    upper = Paper().table([["结果", "予以公开", "3"], ["^", "不予公开", "4"]], 700, xs=XS[:4])
    lower = Paper().table([["", "无法提供", "5"], ["^", "不予处理", "6"]], 80, xs=XS[:4])
    rows = ["结果|予以公开|3", "~结果|不予公开|4", "~结果|无法提供|5", "~结果|不予处理|6"]
    assert read(upper, lower) == [rows]


def test_a_blank_label_behind_a_printed_one_stays_blank() -> None:
    upper = Paper().table([["结果", "予以公开", "3"], ["^", "不予公开", "4"]], 700, xs=XS[:4])
    lower = Paper().table([["总计", "", "7"], ["结转", "", "1"]], 80, xs=XS[:4])
    assert read(upper, lower) == [["结果|予以公开|3", "~结果|不予公开|4", "总计||7", "结转||1"]]


def test_a_label_written_downwards_stands_beside_its_rows() -> None:
    paper = Paper().table([["", "予以公开", "3"], ["^", "不予公开", "4"], ["^", "无法提供", "5"]], 100, xs=XS[:4])
    paper.words += downwards("办理结果", 150, 110)
    assert read(paper) == [["办理结果|予以公开|3", "~办理结果|不予公开|4", "~办理结果|无法提供|5"]]


@pytest.mark.parametrize(
    "limits",
    [Limits(sheets=1), Limits(glyphs=5), Limits(cells=3), Limits(rules=4)],
    ids=["sheets", "glyphs", "cells", "rules"],
)
def test_what_is_too_large_is_refused(limits: Limits) -> None:
    sheets = papers(*(Paper().table([["规章", "3"], ["文件", "8"]], 100, xs=(80, 230, 330)) for _ in range(2)))
    with pytest.raises(DocumentError) as error:
        read_sheets(sheets, limits)
    assert error.value.kind is ProblemKind.TOO_LARGE


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        [word for row in range(300) for word in typed("7 " * 100, 10, 2.5 * row, size=2)],
        [word for row in range(400) for word in typed("公" * 50 + "   7", 10, 2.0 * row, size=2)],
        typed("7   " * 20_000, 10, 100, size=2),
        downwards("公" * 20_000, 10, 10, size=2),
    ],
    ids=["figures", "labels", "one line", "one column"],
)
def test_a_crowded_sheet_takes_bounded_time(words: list[Word]) -> None:
    started = time.process_time()
    read_sheets([Sheet(1, 595.0, 842.0, tuple(words))])
    assert time.process_time() - started < 10


def test_a_line_that_hangs_over_the_margin_moves_it_for_no_other() -> None:
    full = "围绕群众普遍关心的就业教育医疗住房等领域及时发布办事流程服务指南和政策"
    heading = "五、因政府信息公开申请行政复议和提起行政诉讼的有关各种情况"
    paper = Paper().prose(
        [full, full, full, full, full + "一", f"　　　{heading}", f"　　　{full[:-3]}", "问答。"], 100
    )
    assert shown(read_sheets([paper.sheet]).blocks)[-2:] == [heading, f"{full[:-3]}问答。"]


def test_a_sheet_of_few_lines_keeps_the_margins_of_the_one_before() -> None:
    full = "围绕群众普遍关心的就业教育医疗住房等领域及时发布办事流程服务指南"
    first = Paper(1).prose([f"　　{full[:-2]}", full, full, full, "政策问答。"], 600)
    last = Paper(2).prose(["　　三、收到和处理政府信息公开申请情况", "　　该部分以表格形式报告如下。"], 80)
    read = shown(read_sheets([first.sheet, last.sheet]).blocks)
    assert read[1:] == ["三、收到和处理政府信息公开申请情况", "该部分以表格形式报告如下。"]
