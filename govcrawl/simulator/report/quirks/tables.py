"""Quirks of table shape: cuts, hidden rows, wrong spans, layout tables."""

from __future__ import annotations

import copy

from govcrawl.simulator.report.draft import Cell, Draft, Markup, Sheet
from govcrawl.simulator.report.quirks.registry import TABLE_FORMS, TABLES, quirk

_CUT = "denied_process_information"


@quirk("forms 5.2, 张店 2019", stage=TABLES)
def missing_rowspan_column(draft: Draft) -> None:
    """Behind a page cut the group labels' cells are gone, and the values shift left."""
    sheet = draft.sheet("applications")
    width = sum(cell.colspan for cell in sheet.lines[0].cells)
    at = _cut(sheet, _CUT)
    sheet.lines[-1].cells[0].colspan -= 1
    for line in sheet.lines[at:]:
        line.cells += [Cell(role="blank") for _ in range(width - sum(cell.colspan for cell in line.cells))]


def _cut(sheet: Sheet, code: str) -> int:
    """End every span of rows before the line of that code; give the line's index."""
    at = next(index for index, line in enumerate(sheet.lines) if line.code == code)
    for index, line in enumerate(sheet.lines[:at]):
        for cell in line.cells:
            cell.rowspan = min(cell.rowspan, at - index)
    return at


def _split(draft: Draft, sheet: Sheet, at: int) -> Sheet:
    rest = Sheet(sheet.part, sheet.lines[at:])
    sheet.lines = sheet.lines[:at]
    draft.blocks.insert(draft.position(sheet) + 1, rest)
    return rest


@quirk("issue: cut tables; forms 5.2", stage=TABLES)
def table_cut_in_two(draft: Draft) -> None:
    """</table> and <table> stand in the middle of the applications."""
    sheet = draft.sheet("applications")
    _split(draft, sheet, _cut(sheet, _CUT))


@quirk("forms 5.2", stage=TABLES)
def table_cut_with_header_again(draft: Draft) -> None:
    """The applications go on in a second table that repeats the header and the group labels."""
    sheet = draft.sheet("applications")
    header = [copy.deepcopy(line) for line in sheet.lines if line.kind == "header"]
    groups = {
        cell.code: cell for line in sheet.lines for cell in line.cells if cell.role == "group" and cell.rowspan > 1
    }
    spans = {code: cell.rowspan for code, cell in groups.items()}
    starts = {
        cell.code: i for i, line in enumerate(sheet.lines) for cell in line.cells if groups.get(cell.code) is cell
    }
    at = _cut(sheet, _CUT)
    rest = _split(draft, sheet, at)
    again = []
    for code, cell in groups.items():
        left = spans[code] - (at - starts[code])
        if starts[code] < at and left > 0:
            again.append(Cell(cell.text, "group", rowspan=left, code=code))
    rest.lines[0].cells[:0] = again
    rest.lines[:0] = header


@quirk("issue: five tables", stage=TABLES)
def five_tables(draft: Draft) -> None:
    """Every sub-table of part two is a table of its own."""
    sheet = draft.sheet("disclosure")
    while True:
        at = next((i for i, line in enumerate(sheet.lines) if i and line.kind == "title"), None)
        if at is None:
            return
        sheet = _split(draft, sheet, at)


@quirk("issue: tables printed as one", stage=TABLES)
def parts_in_one_table(draft: Draft) -> None:
    """Parts two, three and four are rows of one table."""
    first, *others = list(draft.sheets())
    for other in others:
        first.lines += other.lines
        draft.drop(other)


@quirk("issue: hidden elements", stage=TABLES)
def hidden_rows(draft: Draft) -> None:
    """Copies of rows with other numbers are hidden by display:none."""
    sheet = draft.sheet("disclosure")
    for line in list(sheet.row_lines()):
        ghost = copy.deepcopy(line)
        ghost.ghost, ghost.attributes = True, ' style="display: none;"'
        for cell in ghost.values():
            cell.text = "99"
        sheet.lines.insert(sheet.lines.index(line), ghost)


@quirk("issue: hidden elements", stage=TABLES)
def hidden_template_table(draft: Draft) -> None:
    """An empty template of the applications is hidden before the real one."""
    sheet = copy.deepcopy(draft.sheet("applications"))
    for line in sheet.lines:
        line.ghost = True
        for cell in line.values():
            cell.text = "7"
    sheet.before, sheet.after = '<div style="display:none">', "</div>"
    draft.blocks.insert(draft.position(draft.sheet("applications")), sheet)


@quirk("issue: nested layout tables", stage=TABLES, forms=(*TABLE_FORMS, "stat2014"))
def nested_layout_table(draft: Draft) -> None:
    """Each table lies in a cell of a layout table."""
    for sheet in draft.sheets():
        sheet.before += '<table width="800" border="0"><tr><td width="20">&nbsp;</td><td>'
        sheet.after = "</td></tr></table>" + sheet.after


@quirk("issue: nested layout tables", stage=TABLES, forms=(*TABLE_FORMS, "stat2014", "prose"))
def page_in_layout_table(draft: Draft) -> None:
    """The whole article lies in a cell of a layout table."""
    draft.blocks.insert(0, Markup('<table width="960" align="center" cellpadding="0"><tbody><tr><td valign="top">'))
    draft.blocks.append(Markup("</td></tr></tbody></table>"))


@quirk("variants F", stage=TABLES)
def layout_grid_of_many_columns(draft: Draft) -> None:
    """A spreadsheet's grid: every cell spans dozens of columns."""
    for sheet in draft.sheets():
        for line in sheet.lines:
            for cell in line.cells:
                cell.colspan *= 16


@quirk("issue: nested tables", stage=TABLES)
def nested_value_table(draft: Draft) -> None:
    """A value stands in a one-cell table inside its cell."""
    for cell in list(draft.values(part="disclosure"))[::3]:
        cell.children = f"<table border='0'><tr><td>{cell.text}</td></tr></table>"


@quirk("issue: wrong spans", stage=TABLES)
def rowspan_too_large(draft: Draft) -> None:
    """三、本年度办理结果 claims more rows than the table has."""
    sheet = draft.sheet("applications")
    cell = next(c for line in sheet.lines for c in line.cells if c.role == "group" and c.rowspan > 10)
    cell.attributes = f' rowspan="{cell.rowspan + 40}"'
    out = sheet.lines[-1].cells[0]
    out.colspan = max(1, out.colspan - 1)


@quirk("issue: wrong spans", stage=TABLES)
def rowspan_too_small(draft: Draft) -> None:
    """The group （三）不予公开 ends one row early, so that its last row shifts left."""
    sheet = draft.sheet("applications")
    cell = next(c for line in sheet.lines for c in line.cells if c.code == "denied")
    cell.rowspan -= 1


@quirk("issue: wrong spans", stage=TABLES)
def title_colspan_wrong(draft: Draft) -> None:
    """The sub-titles span three columns, or forty."""
    for index, cell in enumerate(draft.cells("title")):
        cell.colspan = 40 if index % 2 else 3


@quirk("issue: wrong spans", stage=TABLES)
def nonsense_spans(draft: Draft) -> None:
    """rowspan="0", colspan="", colspan="abc": HTML counts them as one."""
    for cell, text in zip(
        draft.values(), (' colspan="0"', ' colspan=""', ' colspan="abc"', ' rowspan="-3"') * 9, strict=False
    ):
        if cell.colspan == 1:
            cell.attributes = text


@quirk("issue: <th>", stage=TABLES)
def labels_as_th(draft: Draft) -> None:
    """Every label is a <th>, the header is in a <thead>."""
    draft.style.header_tag = "th"
    draft.style.header_in_thead = True


@quirk("issue: captions", stage=TABLES)
def table_captions(draft: Draft) -> None:
    """The tables have captions."""
    for number, sheet in enumerate(draft.sheets(), 1):
        sheet.head = f"<caption>表{number}</caption>"
