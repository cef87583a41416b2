"""Quirks of rows and columns: extra, missing, reordered; other tables beside the form; tables lost."""

from __future__ import annotations

from collections.abc import Callable

from govcrawl.simulator.report.draft import Cell, Draft, Line, Markup
from govcrawl.simulator.report.quirks.registry import TABLE_FORMS, TABLES, add, quirk

_OLD = ("form2019",)


@quirk("variants A5", stage=TABLES)
def blank_rows(draft: Draft) -> None:
    """Empty rows stand between the rows and at the end."""
    for sheet in draft.sheets():
        width = sum(cell.colspan for cell in sheet.lines[0].cells)
        sheet.lines.append(Line("blank", [Cell(role="blank") for _ in range(width)]))
        if sheet.part == "disclosure":
            sheet.lines.insert(2, Line("blank", [Cell(role="blank", colspan=width)]))


@quirk("variants A5, 东阳 2019", stage=TABLES)
def unit_row_first(draft: Draft) -> None:
    """The first row names the agency and the year."""
    sheet = draft.sheet("disclosure")
    cells = [
        Cell(f"单位：{draft.agency}", "blank"),
        Cell(role="blank"),
        Cell(role="blank"),
        Cell(f"{draft.year}年度", "blank"),
    ]
    sheet.lines.insert(0, Line("blank", cells))


@quirk("variants A5, 锡山 2019", stage=TABLES)
def total_before_natural_person(draft: Draft) -> None:
    """总计 stands before 自然人."""
    sheet = draft.sheet("applications")
    for line in sheet.lines:
        movers = [c for c in line.cells if c.code == "total"]
        target = next((i for i, c in enumerate(line.cells) if c.code == "natural_person"), None)
        if movers and target is not None:
            line.cells.remove(movers[0])
            line.cells.insert(target, movers[0])


@quirk("variants A5, 长春 2020", stage=TABLES)
def extra_trailing_row(draft: Draft) -> None:
    """A local row ends part two: 发布总数量, a sentence with a number."""
    text = f"{draft.year}年本行政区域（或本部门）政府信息公开发布总数量（非新闻类、消息类）：2条"
    draft.sheet("disclosure").lines.append(Line("extra", [Cell(text, "blank", colspan=4)]))
    draft.findings.add("extra_row")
    if draft.form.code == "form2019":
        draft.truth["template_evidence"] = "table"


@quirk("DESIGN 3: extra local rows", stage=TABLES)
def extra_local_row(draft: Draft) -> None:
    """A row that the form does not have stands among the items, with values of its own."""
    sheet = draft.sheet("applications")
    at = sheet.lines.index(sheet.line("applications", "carried_over_in"))
    cells = [Cell("其中：通过网络平台提交的申请数量", "label", colspan=3)]
    values = [1, 0, 0, 0, 0, 0, 1]
    for column, value in zip([c.code for c in sheet.lines[at].values()], values, strict=True):
        cells.append(Cell(str(value), code=column, value=value, extra=("applications", cells[0].text, column)))
    sheet.lines.insert(at, Line("extra", cells))
    draft.findings.add("extra_row")


@quirk("forms 5.2", stage=TABLES)
def extra_trailing_columns(draft: Draft) -> None:
    """Every row ends with two empty cells."""
    for sheet in draft.sheets():
        for line in sheet.lines:
            line.cells += [Cell(role="blank"), Cell(role="blank")]


@quirk("DESIGN 3: extra columns", stage=TABLES)
def remarks_column(draft: Draft) -> None:
    """The applications have a column 备注."""
    sheet = draft.sheet("applications")
    sheet.lines[0].cells.append(Cell("备注", "header", rowspan=3))
    for line in sheet.row_lines():
        line.cells.append(Cell(role="blank"))


@quirk("DESIGN 3", stage=TABLES)
def row_missing(draft: Draft) -> None:
    """A row of the form is not printed: its cells are null, its neighbours keep theirs."""
    sheet = draft.sheet("applications")
    rows = [
        line for line in sheet.row_lines() if line.code.startswith("not_processed") and line.cells[0].role == "label"
    ]
    gone = min(rows, key=lambda line: sum(abs(cell.value or 0) for cell in line.values()))
    if any(cell.value for cell in gone.values()):
        draft.forget.add("errors")
    for line in sheet.lines[: sheet.lines.index(gone)]:
        for cell in line.cells:
            if cell.role == "group" and cell.code in {"result", "not_processed"}:
                cell.rowspan -= 1
    sheet.lines.remove(gone)
    draft.findings.add("missing_row")


@quirk("variants F, 前进 2020", stage=TABLES, forms=_OLD)
def cell_missing(draft: Draft) -> None:
    """行政事业性收费 has one cell only: which of the two it is nobody can know."""
    line = draft.sheet("disclosure").line("20_8", "admin_fees")
    for cell in line.values():
        cell.show("0", 0)
    line.cells.pop()
    draft.findings.add("missing_cell")
    draft.forget |= {"disclosure/admin_fees_items_previous_year", "disclosure/admin_fees_items_change"}


@quirk("DESIGN 3", stage=TABLES)
def subtable_header_missing(draft: Draft) -> None:
    """The header row of 第二十条第（六）项 is not printed."""
    sheet = draft.sheet("disclosure")
    sheet.lines = [line for line in sheet.lines if not (line.table == "20_6" and line.kind == "header")]


@quirk("forms 5.2", stage=TABLES)
def group_labels_missing(draft: Draft) -> None:
    """（三）, （四）, （五） are not printed; the items keep their own numbers."""
    sheet = draft.sheet("applications")
    lost = {cell.code for cell in draft.cells("group") if cell.rowspan > 1 and cell.code != "result"}
    for line in sheet.lines:
        for cell in line.cells:
            if cell.role == "group" and cell.code in lost and cell.rowspan > 1:
                cell.text = ""


@quirk("variants E", stage=TABLES)
def rows_in_other_order(draft: Draft) -> None:
    """行政强制 is printed before 行政处罚."""
    sheet = draft.sheet("disclosure")
    first, second = sheet.line("20_6", "penalty"), sheet.line("20_6", "coercion")
    a, b = sheet.lines.index(first), sheet.lines.index(second)
    sheet.lines[a], sheet.lines[b] = second, first


@quirk("forms 0, hybrid of 2021", stage=TABLES, forms=_OLD)
def subtable_missing(draft: Draft) -> None:
    """第二十条第（九）项 is not printed at all."""
    sheet = draft.sheet("disclosure")
    sheet.lines = [line for line in sheet.lines if line.table != "20_9"]
    draft.findings.add("missing_table")


def _small_table(rows: list[list[str]], doc: str) -> Callable[[Draft], None]:
    def apply(draft: Draft) -> None:
        first = next(draft.sheets(), None)
        at = draft.position(first) if first else 1
        html = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
        flat = "\n".join(" | ".join(row) for row in rows)
        table = f'<table class="xxgk" border="1"><tbody>{html}</tbody></table>'
        draft.blocks.insert(at, Markup(table, flat, tuple(map(tuple, rows))))

    apply.__doc__ = doc
    return apply


add(
    "small_table_before",
    _small_table(
        [["新闻发布会", "电视采访", "数字图文", "微信"], ["3", "12", "45", "208"]],
        "A table of other numbers comes first.",
    ),
    "variants E, 济宁 2020",
    stage=TABLES,
    forms=(*TABLE_FORMS, "stat2014", "prose"),
)
add(
    "metadata_table_before",
    _small_table(
        [
            ["索引号", "970000/2021-00017", "主题分类", "政务公开"],
            ["发布机构", "办公室", "文号", "无"],
            ["主题词", "", "生成日期", "2021-01-20"],
        ],
        "A table of index number and file number comes first.",
    ),
    "variants E, 资溪",
    stage=TABLES,
    forms=(*TABLE_FORMS, "stat2014", "prose"),
)


@quirk("variants I", stage=TABLES)
def tables_as_pictures(draft: Draft) -> None:
    """The tables are pictures: no form can be read."""
    for number, sheet in enumerate(list(draft.sheets()), 1):
        draft.blocks[draft.position(sheet)] = Markup(
            f'<p align="center"><img src="./W02021012{number}.png" alt=""/></p>'
        )
    draft.truth["form"] = "none"
    draft.forget |= {"template_version", "template_evidence", "units"}


@quirk("forms 5.2, 雄县 2019", stage=TABLES)
def values_lost(draft: Draft) -> None:
    """Only the labels are left: the value cells were removed as duplicates."""
    for sheet in draft.sheets():
        for line in sheet.lines:
            line.cells = [cell for cell in line.cells if cell.role != "value"]
        sheet.lines = [line for line in sheet.lines if line.cells]
    draft.forget.add("findings")
