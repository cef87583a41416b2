"""Local editions and misplaced forms: Hubei's row, Beijing's split row, the collapsed row, hybrids."""

from __future__ import annotations

from govcrawl.forms.schema import form_by_code
from govcrawl.simulator.figures import draw_figures
from govcrawl.simulator.report.draft import Cell, Draft, Line
from govcrawl.simulator.report.quirks.registry import TABLES, quirk
from govcrawl.simulator.report.tables import draw_subtable, plain

_OLD = ("form2019",)


@quirk("variants A2; forms 3", stage=TABLES, forms=_OLD)
def hubei_third_row(draft: Draft) -> None:
    """Hubei's edition of 2020 adds the row 其他主动公开文件, which alone decides the edition."""
    sheet = draft.sheet("disclosure")
    label = "其他主动公开文件"
    values = [draft.random.randint(1, 99) for _ in range(3)]
    cells = [Cell(label, "label", code="other_disclosed_documents")]
    for header, value in zip(("本年新制作数量", "本年新公开数量", "对外公开总数量"), values, strict=True):
        cells.append(Cell(str(value), value=value, extra=("20_1", label, header)))
    at = sheet.lines.index(sheet.line("20_1", "normative_documents")) + 1
    sheet.lines.insert(at, Line("extra", cells, "20_1"))
    draft.truth["template_version"] = "2020"
    draft.truth["template_evidence"] = "table"
    draft.findings.add("edition")


@quirk("variants A2", stage=TABLES, forms=_OLD)
def hubei_notes_of_2020(draft: Draft) -> None:
    """Hubei's labels of 2020 define themselves and name the year."""
    year = draft.year
    for code, note in (
        ("rules", "（设区的市、自治州人民政府应提供相关数据）"),
        ("normative_documents", "（行政机关制定发布的决定、公告、通告等，一般情况下属于规范性文件）"),
        ("items_previous_year", f"（指{year - 1}年事项数）"),
        ("items_change", f"（指{year}年增加或减少的事项数，减用负值表示，如-8）"),
        ("decisions", f"（指{year}年办件量）"),
        (
            "other_external_services",
            "（指行政许可证以外的政务服务事项，含行政确认、行政奖励、行政处罚、行政强制以及公共服务事项）",
        ),
    ):
        for cell in draft.labels(code):
            cell.text += note
    draft.truth["template_evidence"] = "table"


@quirk("variants A3; forms 3", stage=TABLES, forms=_OLD)
def beijing_split_row(draft: Draft) -> None:
    """Beijing prints 其他对外管理服务事项 as 行政检查 and 行政确认; the official cell is their sum."""
    sheet = draft.sheet("disclosure")
    line = sheet.line("20_5", "other_external_services")
    at = sheet.lines.index(line)
    headers = ("上一年项目数量", "本年增/减", "处理决定数量")
    label = line.cells[0]
    label.rowspan, label.role = 2, "group"
    parts: list[list[Cell]] = [[], []]
    for cell, header in zip(line.values(), headers, strict=True):
        whole = int(cell.value or 0)
        share = draft.random.randint(0, abs(whole)) * (1 if whole >= 0 else -1)
        for cells, name, value in ((parts[0], "行政检查", share), (parts[1], "行政确认", whole - share)):
            path = ("20_5", f"其他对外管理服务事项/{name}", header)
            cells.append(Cell(plain(value), code=cell.code, value=value, extra=path))
        draft.truth.setdefault("cells", {})[cell.where] = cell.value
    sheet.lines[at : at + 1] = [
        Line("extra", [label, Cell("行政检查", "label", code="other_external_services_inspection"), *parts[0]], "20_5"),
        Line("extra", [Cell("行政确认", "label", code="other_external_services_confirmation"), *parts[1]], "20_5"),
    ]
    for other in sheet.lines:
        if other not in sheet.lines[at : at + 2]:
            other.cells[0].colspan += 1
    draft.findings |= {"edition", "derived"}


@quirk("forms 0, 洪泽 2023", stage=TABLES, forms=("form2021",))
def collapsed_other_handling(draft: Draft) -> None:
    """（六）其他处理 of the form of 2021 is one row: the three official ones stay null."""
    sheet = draft.sheet("applications")
    codes = ("other_not_corrected_in_time", "other_fee_not_paid", "other_residual")
    lines = [sheet.line("applications", code) for code in codes]
    cells = [Cell("（六）其他处理", "label", colspan=2, code="other_handling")]
    for same in zip(*(line.values() for line in lines), strict=True):
        value = sum(int(cell.value or 0) for cell in same)
        cells.append(Cell(str(value), code=same[0].code, value=value))
        draft.truth.setdefault("cells", {})[f"applications/other_handling/{same[0].code}"] = value
    at = sheet.lines.index(lines[0])
    for line in lines:
        sheet.lines.remove(line)
    sheet.lines.insert(at, Line("extra", cells, "applications", "other_handling"))
    for cell in draft.cells("group"):
        cell.rowspan -= 2 if cell.code == "result" else 0
    draft.findings.add("collapsed_row")


@quirk("forms 0, hybrid of 2021", stage=TABLES, forms=("form2021",))
def hybrid_old_20_1(draft: Draft) -> None:
    """第二十条第（一）项 has the columns of 2019, everything else is of 2021."""
    old = form_by_code("form2019")
    figures = draw_figures(old, draft.random.randrange(10**6))
    sheet = draft.sheet("disclosure")
    rest = [line for line in sheet.lines if line.table != "20_1"]
    sheet.lines = [*draw_subtable(old.table("20_1"), figures), *rest]
    draft.truth["form"] = "hybrid"
    draft.truth["table_forms"] = {"20_1": "form2019", "20_5": "form2021"}
    draft.forget.add("template_version")


@quirk("variants B, 黑河气象 2021", stage=TABLES, forms=_OLD)
def hybrid_new_decisions(draft: Draft) -> None:
    """（一） has the columns of 2019, （五）（六）（八） those of 2021, （九） is absent."""
    new = form_by_code("form2021")
    figures = draw_figures(new, draft.random.randrange(10**6))
    sheet = draft.sheet("disclosure")
    first = [line for line in sheet.lines if line.table == "20_1"]
    tables = [new.table(name) for name in ("20_5", "20_6", "20_8")]
    sheet.lines = first + [line for table in tables for line in draw_subtable(table, figures)]
    draft.truth["form"] = "hybrid"
    draft.truth["table_forms"] = {"20_1": "form2019", "20_5": "form2021", "20_6": "form2021", "20_8": "form2021"}
    draft.forget.add("template_version")
