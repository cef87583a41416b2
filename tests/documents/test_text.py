from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.documents import read_document
from govcrawl.model import Document, Grid

from .pages import SEEDS, grids_of, shape_of

VALUES = [["规章", "0", "0", "0"], ["规范性文件", "5", "5", "27"]]
HEADER = ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]
TITLE = "第二十条第（一）项"


def read(text: str) -> Document:
    return read_document(text.encode())


def cell_lines(*rows: list[str]) -> str:
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows) + "\n\n\n"


def test_a_cell_a_line() -> None:
    document = read(f"标题\n\n{cell_lines([TITLE], HEADER, *VALUES)}三、收到")
    assert shape_of(document) == ["标题", "#", "三、收到"]
    assert grids_of(document) == [[[TITLE], HEADER, *VALUES]]
    assert not next(document.grids()).aligned


def test_a_cell_a_line_with_breaks_and_empty_lines_inside_cells() -> None:
    header = "\t信息内容\n\t本年新\n\n制作数量\n\t\xa0\n\xa0\n公开数量\n\n"
    text = header + "\t规章\n\xa0\n\t0\xa0\n\xa0\n\t\xa05\n\n\n\n三、收到"
    assert grids_of(read(text)) == [[["信息内容", "本年新\n制作数量", "公开数量"], ["规章", "0", "5"]]]


def test_blank_cells_keep_their_place() -> None:
    assert grids_of(read(cell_lines(HEADER, ["规章", "", "0", ""], *VALUES)))[0][1] == ["规章", "", "0", ""]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_row_broken_by_a_stray_empty_line_is_joined(cut: int) -> None:
    row = ["行政强制", "123", "-73", "331"]
    assert grids_of(read(cell_lines(HEADER, VALUES[0], row[:cut], row[cut:], VALUES[1]))) == [
        [HEADER, VALUES[0], row, VALUES[1]]
    ]


def test_the_row_of_figures_below_a_header_is_no_broken_row() -> None:
    rows = [["行政复议", "行政诉讼"], ["维持", "纠正", "其他", "未审结", "总计"], ["0", "1", "0", "0", "1"]]
    assert grids_of(read(cell_lines(*rows))) == [rows]


def test_a_full_row_takes_no_more() -> None:
    rows = [HEADER, VALUES[0], ["1", "2", "3"]]
    assert grids_of(read(cell_lines(*rows))) == [rows]


def test_indented_prose_is_prose() -> None:
    text = "\t2020年，认真贯彻条例。\n\t扎实推进工作。\n\n\t无。"
    assert shape_of(read(text)) == ["2020年，认真贯彻条例。", "扎实推进工作。", "无。"]


def test_tab_rows_keep_shifted_cells_and_trailing_blanks() -> None:
    rows = [[TITLE, "", "", ""], HEADER, ["规章", "0", "", "1"], ["6.属于", "0", "0", ""]]
    assert grids_of(read("\n".join(map("\t".join, rows)))) == [rows]


def test_a_page_break_does_not_cut_a_tab_table() -> None:
    top, bottom = ("\n".join("\t".join(row) for row in rows) for rows in ([HEADER, VALUES[0]], [VALUES[1]]))
    for gap in ("\n\n", "\n\n- 3 -\n\n", "\f", "\n第 2 页 共 5 页\n"):
        assert grids_of(read(top + gap + bottom)) == [[HEADER, *VALUES]]


def test_prose_between_tab_tables_parts_them() -> None:
    rows = "\n".join("\t".join(row) for row in (HEADER, *VALUES))
    assert shape_of(read(f"二、主动公开\n{rows}\n三、收到\n{rows}\n五、问题")) == [
        "二、主动公开",
        "#",
        "三、收到",
        "#",
        "五、问题",
    ]


def test_pipe_rows() -> None:
    text = f"{TITLE} | |||\n信息内容 | 本年新制作 | 本年增 | 总数量 |\n规章 | 0 | 0 | 0 |\n收费 | 0 | 0 | |"
    assert grids_of(read(text)) == [
        [
            [TITLE, "", "", ""],
            ["信息内容", "本年新制作", "本年增", "总数量"],
            ["规章", "0", "0", "0"],
            ["收费", "0", "0", ""],
        ]
    ]


def test_markdown_pipes_and_rules() -> None:
    text = "| 信息内容 | 数量 |\n| --- | :-: |\n| 规章 |  |\n| 文件 | 2 |"
    assert grids_of(read(text)) == [[["信息内容", "数量"], ["规章", ""], ["文件", "2"]]]


def test_a_cell_a_line_with_a_pipe_behind_it() -> None:
    cells = [TITLE, *HEADER, *VALUES[0], *VALUES[1]]
    assert grids_of(read("\n".join(f"{cell} |" for cell in cells))) == [[[TITLE], HEADER, *VALUES]]


def test_pipes_on_lines_of_their_own() -> None:
    cells = [TITLE, *HEADER, *VALUES[0], *VALUES[1]]
    document = read("一、总体情况。\n" + "\n|\n".join(cells) + "\n|\n三、收到和处理情况")
    assert shape_of(document) == ["一、总体情况。", "#", "三、收到和处理情况"]
    assert grids_of(document) == [[[TITLE], HEADER, *VALUES]]


def test_a_breadcrumb_is_no_table() -> None:
    assert shape_of(read("首页 | 政务公开\n某县年报")) == ["首页 | 政务公开", "某县年报"]


def test_space_separated_rows() -> None:
    text = (
        "二、主动公开政府信息情况\n第二十条第（五）项\n信息内容 上一年项目数量 本年增/减 处理决定数量\n"
        "行政许可 66 +126 192\n"
        "三、本年度办理结果\n（一）予以公开 1 0 0\n（二）部分公开（区分处理的，只计这一情形） 2 0 0\n"
        "五、存在的主要问题\n无。"
    )
    document = read(text)
    assert shape_of(document) == ["二、主动公开政府信息情况", "#", "五、存在的主要问题", "无。"]
    assert grids_of(document) == [
        [
            ["第二十条第（五）项"],
            ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
            ["行政许可", "66", "+126", "192"],
            ["三、本年度办理结果"],
            ["（一）予以公开", "1", "0", "0"],
            ["（二）部分公开（区分处理的，只计这一情形）", "2", "0", "0"],
        ]
    ]


def test_a_cell_a_line_without_tabs() -> None:
    cells = [TITLE, *HEADER, *VALUES[0], *VALUES[1]]
    rows = ["一、本年新收政府信息公开申请数量", "1", "0", "三、本年度办理结果", "（一）予以公开", "1", "0"]
    document = read("\n".join(["二、主动公开政府信息情况", *cells, *rows, "五、存在的主要问题及改进情况", "无。"]))
    assert shape_of(document) == ["二、主动公开政府信息情况", "#", "五、存在的主要问题及改进情况", "无。"]
    assert grids_of(document)[0] == [
        [TITLE], HEADER, *VALUES,
        ["一、本年新收政府信息公开申请数量", "1", "0"], ["三、本年度办理结果", "（一）予以公开", "1", "0"],
    ]  # fmt: skip


def test_figures_in_prose_are_prose() -> None:
    text = "2020年共发布信息 142 条。\n受理申请 3 件，办结 3 件。\n2021年1月28日\n12"
    assert list(read(text).grids()) == []


def test_a_table_run_together_is_told_not_split() -> None:
    document = read("信息内容本年新制作数量规章555规范性文件000")
    assert (shape_of(document), document.notes) == (["信息内容本年新制作数量规章555规范性文件000"], ("run_on_table",))


def test_word_bookmarks_are_no_text() -> None:
    assert shape_of(read("[bookmark: _GoBack]六、其他需要报告的事项\n无。")) == ["六、其他需要报告的事项", "无。"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end(end: str) -> None:
    assert shape_of(read(f"一、总体情况{end}{end}无。")) == ["一、总体情况", "无。"]


labels = st.text("甲乙丙丁", min_size=1, max_size=6)
figures = st.integers(0, 99999).map(str)
tables = st.lists(st.tuples(labels, st.lists(figures, min_size=3, max_size=3)), min_size=2, max_size=9)


@given(tables, st.sampled_from(["\t", " | ", "lines"]))
def test_what_is_flattened_is_read_back(rows: list[tuple[str, list[str]]], shape: str) -> None:
    cells = [HEADER, *([label, *values] for label, values in rows)]
    text = cell_lines(*cells) if shape == "lines" else "\n".join(shape.join(row) for row in cells)
    assert grids_of(read(text)) == [cells]


@given(
    st.lists(
        st.sampled_from(
            ["\t", "\t规章", "规章", "0", "", "|", "0 |", "规章 0 0", "\xa0", "三、收到", "规章\t0\t1", "。"]
        ),
        max_size=40,
    )
)
def test_no_cell_and_no_line_is_lost(lines: list[str]) -> None:
    document = read("\n".join(["始。", *lines]))
    printed = "".join(document.texts()) + "".join(c.text for g in document.grids() for row in g.rows for c in row)
    for word in ("规章", "三、收到", "。"):
        assert printed.count(word) == "\n".join(["始。", *lines]).count(word)


SEED_GRIDS = {"000": [18, 26, 4], "001": [18, 26, 4], "002": [18, 26, 4], "003": [18, 26, 4], "004": [19, 26, 4]}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not part of the repository")
@pytest.mark.parametrize("seed", SEED_GRIDS)
def test_seeds_give_three_tables_with_every_row(seed: str) -> None:
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    document = read_document(path.read_bytes())
    assert [len(grid.rows) for grid in document.grids()] == SEED_GRIDS[seed]
    figures = [[c.text for c in row if c.text.lstrip("+-").isdigit()] for row in list(document.grids())[1].rows]
    assert [len(row) for row in figures] == [0] * 3 + [7] * 23
    assert all(isinstance(block, Grid) or len(block.text) > 0 for block in document.blocks)
