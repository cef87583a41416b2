"""Tables without lines that nobody filled: nothing but headers and labels."""

from __future__ import annotations

from dataclasses import replace

from govcrawl.documents.layout import read_sheets

from .drawn import Paper, shown

XS = (80, 230, 330, 430, 530)
HEADER = ["信息内容", "本年制发", "本年废止", "现行有效"]
PROSE = ["本机关全年共收到申请若干件，均已按时答复，没有延期。"]


def read(*written: Paper) -> list[str | list[str]]:
    return shown(read_sheets([replace(paper.sheet, number=n) for n, paper in enumerate(written, 1)]).blocks)


def sheet(*rows: list[str], y: float = 120, xs: tuple[float, ...] = XS) -> Paper:
    return Paper().table(rows, y, xs=xs, high=30, ruled=False)


def test_tables_left_blank() -> None:
    paper = sheet(HEADER, ["规章", "", "", ""], ["行政规范性文件", "", "", ""]).prose(PROSE, 220, size=14)
    assert read(paper) == [["信息内容|本年制发|本年废止|现行有效", "规章|||", "行政规范性文件|||"], "".join(PROSE)]


def test_blank_tables_below_each_other_are_several() -> None:
    paper = sheet(HEADER, ["规章", "", "", ""])
    paper.table([["信息内容", "决定数量"], ["行政许可", ""]], 180, xs=(80, 230, 530), high=30, ruled=False)
    paper.prose(PROSE, 260, size=14)
    assert read(paper)[:2] == [
        ["信息内容|本年制发|本年废止|现行有效", "规章|||"],
        ["信息内容|决定数量", "行政许可|"],
    ]


def test_a_header_over_nothing_has_a_blank_row() -> None:
    paper = sheet(["行政复议", "<", "行政诉讼", "<"], ["结果\n维持", "结果\n纠正", "总计", "审结"], ["", "", "", ""])
    paper.prose(PROSE, 240, size=14)
    (grid, _) = read(paper)
    assert grid[-2:] == ["结果维持|结果纠正|总计|审结", "|||"]


def test_a_blank_table_goes_on_on_the_next_sheet() -> None:
    upper = sheet(HEADER, ["规章", "", "", ""], ["规范性文件", "", "", ""], y=700)
    lower = sheet(["行政许可", "", "", ""], ["行政处罚", "", "", ""], y=80).prose(PROSE, 160, size=14)
    (grid, prose) = read(upper, lower)
    assert grid == ["信息内容|本年制发|本年废止|现行有效", "规章|||", "规范性文件|||", "行政许可|||", "行政处罚|||"]
    assert prose == "".join(PROSE)


def test_a_blank_table_below_one_with_figures() -> None:
    paper = sheet(HEADER, ["规章", "1", "2", "3"])
    paper.table(
        [["第（八）项", "<"], ["信息内容", "收费金额"], ["事业性收费", ""]],
        180,
        xs=(80, 230, 530),
        high=30,
        ruled=False,
    )
    paper.prose(PROSE, 290, size=14)
    assert read(paper)[:2] == [
        ["信息内容|本年制发|本年废止|现行有效", "规章|1|2|3"],
        ["第（八）项|", "信息内容|收费金额", "事业性收费|"],
    ]


def test_short_lines_without_anything_beside_them_are_prose() -> None:
    paper = Paper().prose(["某某市水利局", "某年某月某日"], 120).prose(PROSE, 200, size=14)
    assert read(paper)[-1] == "".join(PROSE)
