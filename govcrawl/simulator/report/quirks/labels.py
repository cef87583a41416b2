"""Quirks of labels: typos, truncations, notes, brackets, numbering, line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from govcrawl.simulator.report.draft import Cell, Draft
from govcrawl.simulator.report.quirks.registry import LABELS, TABLE_FORMS, add, quirk

_NAMED = ("title", "stub", "header", "group", "label", "corner")


def _rename(names: Mapping[str, str], doc: str) -> Callable[[Draft], None]:
    def apply(draft: Draft) -> None:
        for code, text in names.items():
            for cell in draft.labels(code):
                cell.text = text

    apply.__doc__ = doc
    return apply


_OLD = ("form2019",)
_NEW = ("form2021",)
_CHANGE = "items_change"
for _name, _names, _doc, _forms in (
    ("typo_legal_system", {"denied_prohibited_by_law": "2.就法制行政禁止公开"}, "2.就法制行政禁止公开.", TABLE_FORMS),
    ("typo_dropped_words", {"denied_prohibited_by_law": "2.其他法律行政止公开"}, "2.其他法律行政止公开.", TABLE_FORMS),
    ("increase_slash", {_CHANGE: "本年增/"}, "本年增/减 lost its last character.", _OLD),
    ("increase_only", {_CHANGE: "本年增"}, "本年增/减 lost its second half.", _OLD),
    ("increase_backslash", {_CHANGE: "本年增\\减"}, "本年增\\减 with a backslash.", _OLD),
    ("this_year_count", {_CHANGE: "本年数量"}, "本年数量 instead of 本年增/减.", _OLD),
    ("headers_cut_to_new", {"made": "本年新", "published": "本年新"}, "本年新 twice, both headers truncated.", _OLD),
    ("made_without_new", {"made": "制作数量"}, "制作数量 instead of 本年新制作数量.", _OLD),
    ("public_total_short", {"public_total": "对外公开总数"}, "对外公开总数 without 量.", _OLD),
    ("public_count", {"public_total": "对外公开数量"}, "对外公开数量 without 总.", _OLD),
    ("issued_short", {"issued": "本年发件", "in_force": "现行有效件"}, "本年发件 and 现行有效件.", _NEW),
    ("rules_with_county_note", {"rules": "规章（县级无此项）"}, "规章 has a note for counties.", TABLE_FORMS),
    ("rules_with_system_note", {"rules": "规章（制度）"}, "规章（制度）.", TABLE_FORMS),
    ("other_spelled_differently", {"other_org": "其它", "other": "其它结果"}, "其它 instead of 其他.", TABLE_FORMS),
    ("sum_label", {"total": "合计", "handled_total": "（七）合计"}, "合计 instead of 总计.", TABLE_FORMS),
    ("legal_person_and", {"legal_person": "法人和其他组织"}, "法人和其他组织.", TABLE_FORMS),
    (
        "truncated_applicants",
        {"commercial_enterprise": "商业", "research_institution": "科研"},
        "商业 and 科研 instead of 商业企业 and 科研机构.",
        TABLE_FORMS,
    ),
    ("partial_without_note", {"partially_granted": "（二）部分公开"}, "（二）部分公开 without its note.", TABLE_FORMS),
    (
        "quotes_straightened",
        {"denied_security_or_stability": '3.危及"三安全一稳定"'},
        "Straight quotes around 三安全一稳定.",
        TABLE_FORMS,
    ),
    (
        "quotes_lost",
        {"denied_security_or_stability": "3.危及三安全一稳定"},
        "No quotes around 三安全一稳定.",
        TABLE_FORMS,
    ),
    ("normative_short", {"normative_documents": "规范性文件"}, "规范性文件 in the form of 2021.", _NEW),
    (
        "legal_service_short",
        {"legal_service_org": "法律服务", "social_welfare_org": "社会公益"},
        "法律服务 and 社会公益 cut short.",
        TABLE_FORMS,
    ),
):
    add(_name, _rename(_names, _doc), "variants C, F; forms 3, 5.9", stage=LABELS, forms=_forms)


def _respell(change: Callable[[str], str], roles: tuple[str, ...], doc: str) -> Callable[[Draft], None]:
    def apply(draft: Draft) -> None:
        for cell in draft.cells():
            if cell.role in roles and cell.text:
                cell.text = change(cell.text)

    apply.__doc__ = doc
    return apply


_HALF = str.maketrans("（）：，", "():,")
_CIRCLED = {f"（{c}）": mark for c, mark in zip("一二三四五六七", "㈠㈡㈢㈣㈤㈥㈦", strict=True)}


def _circled(text: str) -> str:
    head, rest = text[:3], text[3:]
    return _CIRCLED.get(head, head) + rest


def _broken(text: str) -> str:
    return "\n".join(re.findall(r".{1,6}", text)) if len(text) > 6 else text


for _name, _swap, _roles, _doc in (
    ("ordinal_missing", lambda t: t.replace("条第（", "条（"), ("title",), "第二十条（一）项: 第 is missing."),
    ("ordinal_misplaced", lambda t: t.replace("）项", "项）"), ("title",), "第二十条第（一项）."),
    (
        "title_with_regulation",
        lambda t: f"中华人民共和国政府信息公开条例 {t}",
        ("title",),
        "The sub-title names the Regulation.",
    ),
    ("ascii_brackets", lambda t: t.translate(_HALF), _NAMED, "All brackets and commas are half-width."),
    ("numbering_lost", lambda t: re.sub(r"^\d\.", "", t), ("label",), "The items lost their numbers."),
    ("numbering_pause_mark", lambda t: re.sub(r"^(\d)\.", r"\1、", t), ("label",), "1、 instead of 1."),
    ("numbering_full_width", lambda t: re.sub(r"^(\d)\.", r"\1．", t), ("label",), "１．-like full-width dots."),
    ("circled_numbering", _circled, ("label", "group"), "㈠ instead of （一）."),
    ("spaced_labels", lambda t: " ".join(t) if len(t) < 5 else t, _NAMED, "规 章, 自 然 人: spaced short labels."),
    ("broken_labels", _broken, _NAMED, "Long labels are broken over lines."),
    ("nbsp_in_labels", lambda t: f"\u00a0{t}\u00a0", _NAMED, "No-break spaces around every label."),
    ("corner_bracket_lost", lambda t: t.removeprefix("（"), ("corner",), "The note lost its left bracket."),
    ("corner_note_missing", lambda t: "", ("corner",), "The corner cell is empty."),
    ("corner_note_split", lambda t: t.replace("：", "：\n"), ("corner",), "The note runs over two lines."),
):
    add(_name, _respell(_swap, _roles, _doc), "variants F, H; forms 5.1", stage=LABELS)


@quirk("variants C; forms 5.2", stage=LABELS)
def vertical_headers(draft: Draft) -> None:
    """Applicant headers are written one character a line."""
    for cell in draft.cells("header"):
        if cell.text and cell.code and len(cell.text) < 7:
            cell.text = "\n".join(cell.text)


@quirk("forms 5.2", stage=LABELS)
def vertical_group_labels(draft: Draft) -> None:
    """三、本年度办理结果 is written one character a line."""
    for cell in draft.cells("group"):
        if cell.rowspan > 1:
            cell.text = "\n".join(cell.text)


@quirk("variants A2, Hubei 2019", stage=LABELS, forms=_OLD)
def definitions_in_labels(draft: Draft) -> None:
    """Labels carry definitions that name years: 指2018年事项数, 减用负值表示."""
    year = draft.year
    _note(draft.labels("items_previous_year"), f"（指{year - 1}年事项数）")
    _note(draft.labels("items_change"), f"（指{year}年增加或减少的事项数，减用负值表示，如-8）")
    _note(draft.labels("decisions"), f"（指{year}年办件量）")
    _note(draft.labels("normative_documents"), "（指各行政机关印发的有正式文号的文件）")
    _note(draft.labels("other_external_services"), "（指行政许可以外的政务服务事项，含行政确认、行政奖励）")
    draft.truth["template_evidence"] = "table"


def _note(cells: list[Cell], note: str) -> None:
    for cell in cells:
        cell.text += note


@quirk("variants G; forms 3", stage=LABELS, forms=_OLD)
def unit_in_header(draft: Draft) -> None:
    """采购总金额（万元）: the unit stands in the header."""
    _money_header(draft, "采购总金额（万元）")


@quirk("variants G; forms 3", stage=LABELS, forms=_OLD)
def long_unit_in_header(draft: Draft) -> None:
    """采购总金额（单位：万元）."""
    _money_header(draft, "采购总金额（单位：万元）")


def _money_header(draft: Draft, text: str) -> None:
    for cell in draft.labels("amount"):
        cell.text = text
    for cell in draft.values(code="amount"):
        cell.unit = cell.unit or "万元"
