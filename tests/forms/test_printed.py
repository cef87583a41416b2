"""The tables of the forms as the notices print them."""

from __future__ import annotations

import pytest

from govcrawl.forms.printed import CellKind, PrintedCell, PrintedTable, print_table
from govcrawl.forms.schema import Form, Part, Table, form_by_code, load_forms
from govcrawl.forms.schema.between import places

EVERY = [(form.code, table.id) for form in load_forms() for table in form.tables]


def table(form: str, table_id: str) -> Table:
    return form_by_code(form).table(table_id)


def printed(form: str, table_id: str, *filled: str) -> PrintedTable:
    return print_table(table(form, table_id), set(filled))


def texts(line: tuple[PrintedCell, ...]) -> list[tuple[str, int, int]]:
    """Text, colspan and rowspan of the cells that are no figures."""
    return [(cell.text, cell.colspan, cell.rowspan) for cell in line if cell.kind is not CellKind.VALUE]


def covered(lines: tuple[tuple[PrintedCell, ...], ...], width: int) -> bool:
    """Whether the cells of the lines fill a grid of that width without a gap or an overlap."""
    below = [0] * width
    for line in lines:
        at = 0
        for cell in line:
            while at < width and below[at]:
                at += 1
            if at + cell.colspan > width or any(below[at : at + cell.colspan]):
                return False
            below[at : at + cell.colspan] = [cell.rowspan] * cell.colspan
            at += cell.colspan
        if not all(below):
            return False
        below = [rows - 1 for rows in below]
    return not any(below)


@pytest.mark.parametrize(("form", "table_id"), EVERY)
def test_the_cells_of_every_form_fill_their_grid(form: str, table_id: str) -> None:
    for filled in (set(), {row.code for row in table(form, table_id).rows}):
        made = print_table(table(form, table_id), filled)
        assert covered(made.head, made.width)
        assert covered(made.body, made.width)


@pytest.mark.parametrize("form", [form for form in load_forms() if form.tables], ids=lambda form: form.code)
def test_every_official_cell_of_a_form_has_its_place_once(form: Form) -> None:
    found = [cell.where for each in form.tables for cell in print_table(each).values]
    local = {row.code for each in form.tables for row in each.rows if row.optional}
    expected = [place for place in places(form) if not any(code in place.split("/")[1] for code in local)]
    if form.code == "form2021":
        expected = [place for place in places(form) if not place.startswith("applications/other_handling/")]
    assert sorted(found) == sorted(expected)


def test_a_sub_table_of_part_two_stands_in_four_columns_under_its_title() -> None:
    made = printed("form2019", "20_1")
    assert (made.title, made.width) == ("第二十条第（一）项", 4)
    assert [cell.text for cell in made.head[0]] == ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]
    assert [line[0].text for line in made.body] == ["规章", "规范性文件"]
    assert [cell.where for cell in made.body[0][1:]] == [
        "disclosure/rules_made",
        "disclosure/rules_published",
        "disclosure/rules_public_total",
    ]


@pytest.mark.parametrize(
    ("form", "table_id", "spans"),
    [("form2019", "20_8", [1, 2]), ("form2019", "20_9", [1, 2]), ("form2021", "20_5", [3]), ("form2021", "20_8", [3])],
)
def test_a_narrower_sub_table_has_its_last_column_widened(form: str, table_id: str, spans: list[int]) -> None:
    made = printed(form, table_id)
    for line in (*made.head, *made.body):
        assert [cell.colspan for cell in line[1:]] == spans


def test_the_header_of_part_three_has_three_levels_and_the_note_in_its_corner() -> None:
    first, second, third = printed("form2019", "applications").head
    assert first[0].kind is CellKind.NOTE
    assert (first[0].colspan, first[0].rowspan) == (3, 3)
    assert texts(first[1:]) == [("申请人情况", 7, 1)]
    assert texts(second) == [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)]
    assert [cell.text for cell in third] == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]


@pytest.mark.parametrize(("form", "rows", "result"), [("form2019", 23, 20), ("form2021", 25, 22)])
def test_the_rows_of_part_three_stand_in_groups(form: str, rows: int, result: int) -> None:
    body = printed(form, "applications").body
    assert len(body) == rows
    assert texts(body[0]) == [("一、本年新收政府信息公开申请数量", 3, 1)]
    assert texts(body[2]) == [("三、本年度办理结果", 1, result), ("（一）予以公开", 2, 1)]
    assert texts(body[4]) == [("（三）不予公开", 1, 8), ("1.属于国家秘密", 1, 1)]
    assert texts(body[5]) == [("2.其他法律行政法规禁止公开", 1, 1)]
    assert texts(body[-1]) == [("四、结转下年度继续办理", 3, 1)]


def test_other_handling_is_one_row_in_2019_and_three_in_2021() -> None:
    of_2019 = [texts(line) for line in printed("form2019", "applications").body]
    assert [("（六）其他处理", 2, 1)] in of_2019
    of_2021 = [texts(line) for line in printed("form2021", "applications").body]
    assert [line[0] for line in of_2021 if len(line) == 2][-1] == ("（六）其他处理", 1, 3)


def test_the_row_that_a_local_edition_prints_for_three_takes_their_place() -> None:
    made = printed("form2021", "applications", "other_handling", "granted")
    assert len(made.body) == 23
    (line,) = (line for line in made.body if line[0].text == "（六）其他处理")
    assert (line[0].colspan, line[1].where) == (2, "applications/other_handling/natural_person")
    assert not any("other_residual" in cell.where for cell in made.values)


def test_rows_that_are_filled_are_printed_beside_the_one_that_stands_for_them() -> None:
    made = printed("form2021", "applications", "other_handling", "other_residual")
    labels = [cell.text for line in made.body for cell in line if cell.kind is CellKind.ROW]
    assert "（六）其他处理" in labels
    assert "3.其他" in labels


def test_part_four_is_one_row_without_a_label() -> None:
    made = printed("form2021", "review_litigation")
    assert (made.stubs, made.width, len(made.body)) == (0, 15, 1)
    assert texts(made.head[0]) == [("行政复议", 5, 1), ("行政诉讼", 10, 1)]
    assert texts(made.head[1])[4:] == [("总计", 1, 2), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)]
    assert len(made.head[2]) == 10
    assert [cell.where for cell in made.body[0]][4:6] == [
        "review_litigation/review/total",
        "review_litigation/litigation_direct/upheld",
    ]


def test_the_statistics_are_a_list_with_units_and_headings_without_numbers() -> None:
    made = printed("stat2014", "statistics")
    assert [cell.text for cell in made.head[0]] == ["统计指标", "单位", "统计数"]
    assert [cell.text for cell in made.body[0]] == ["一、主动公开情况", "——", "——"]
    assert [cell.text for cell in made.body[1]] == ["（一）主动公开政府信息数", "条", ""]
    assert made.body[1][2].where == "statistics/t14_proactive_total"


def test_a_heading_of_the_statistics_that_has_a_number_is_printed_once() -> None:
    lines = [[cell.text for cell in line] for line in printed("stat2014", "statistics").body]
    assert [line for line in lines if line[0] == "四、行政复议数量"] == [["四、行政复议数量", "件", ""]]


@pytest.mark.parametrize(
    ("table_id", "row", "after", "extra"),
    [
        ("20_1", "other_disclosed_documents", "规范性文件", "hubei_2020_other_disclosed_documents_made"),
        ("20_5", "other_external_services_inspection", "其他对外管理服务事项", None),
    ],
)
def test_a_local_row_is_printed_where_its_edition_has_it(
    table_id: str, row: str, after: str, extra: str | None
) -> None:
    assert row not in [line[0].code for line in printed("form2019", table_id).body]
    body = printed("form2019", table_id, row).body
    place = [line[0].code for line in body].index(row)
    assert body[place - 1][0].text == after
    assert all(cell.extra_code and not cell.where for cell in body[place][1:])
    assert extra is None or body[place][1].extra_code == extra


def test_a_figure_is_named_by_the_labels_over_it() -> None:
    by_place = {cell.where: [label.text for label in cell.over] for cell in printed("form2019", "applications").values}
    assert by_place["applications/denied_state_secret/commercial_enterprise"] == [
        "三、本年度办理结果",
        "（三）不予公开",
        "1.属于国家秘密",
        "法人或其他组织",
        "商业企业",
    ]


def test_every_part_is_printed() -> None:
    assert {table(form, table_id).part for form, table_id in EVERY} == set(Part)
