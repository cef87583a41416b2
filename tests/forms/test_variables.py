"""The variables of the panel: every column of the view, with labels in both languages."""

from __future__ import annotations

import re

import pytest

from govcrawl.forms import variables as module
from govcrawl.forms.schema import Part, load_forms
from govcrawl.forms.variables import (
    Variable,
    form_label,
    part_label,
    unit_label,
    variables,
    variables_by_name,
)
from govcrawl.model import RegistryError
from govcrawl.store.panel import panel_sql


def panel_columns() -> list[str]:
    selected = panel_sql().split("SELECT\n", 1)[1].split("\nFROM panel_reports", 1)[0]
    return [re.split(r" AS |\b[rp]\.", line.strip())[-1] for line in selected.split(",\n")]


def variable(name: str) -> Variable:
    return variables_by_name()[name]


def test_they_are_the_columns_of_the_panel_in_their_order() -> None:
    assert [each.name for each in variables()] == panel_columns()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_one_has_a_label_of_its_own_that_statistics_programs_can_hold(language: str) -> None:
    labels = [each.label.of(language) for each in variables() if each.name != "legal_person_total"]
    assert len(set(labels)) == len(labels)
    assert [label for label in labels if not 0 < len(label) <= 80] == []


def test_english_labels_have_no_chinese() -> None:
    told = [each.label.en for each in variables()]
    told += [label.en for each in variables() for label in each.values.values()]
    assert [text for text in told if not text.isascii()] == []


def test_a_printed_cell_is_called_as_its_form_calls_it() -> None:
    cell = variable("denied_state_secret_other_org")
    assert cell.label.zh == "三、本年度办理结果／（三）不予公开／1.属于国家秘密／法人或其他组织／其他"
    assert cell.label.en == "Denied: state secret: other organisations"
    assert (cell.part, cell.unit, cell.where) == (
        Part.APPLICATIONS,
        "件",
        "applications/denied_state_secret/other_org",
    )
    assert cell.forms == cell.printed == ("form2019", "form2021")
    assert cell.sources == ()


def test_the_newest_form_names_a_cell_that_several_have() -> None:
    assert variable("licensing_decisions").label.zh == "行政许可／本年处理决定数量"
    assert variable("licensing_decisions").forms == ("form2019", "form2021")
    assert variable("licensing_items_change").forms == ("form2019",)


def test_what_is_added_up_names_what_it_is_made_of() -> None:
    assert variable("denied_total").sources == tuple(
        f"denied_{reason}_total"
        for reason in (
            "state_secret",
            "prohibited_by_law",
            "security_or_stability",
            "third_party_rights",
            "internal_affairs",
            "process_information",
            "enforcement_case_file",
            "administrative_query",
        )
    )
    assert variable("denied_total").printed == ()
    assert variable("litigation_upheld").sources == ("litigation_direct_upheld", "litigation_after_review_upheld")
    assert variable("other_handling_total").forms == ("form2019", "form2021")
    names = {each.name for each in variables()}
    assert {source for each in variables() for source in each.sources} <= names


def test_a_unit_is_given_only_where_the_form_gives_one() -> None:
    assert variable("central_procurement_amount").unit is None
    assert variable("admin_fees_amount").unit == "万元"
    assert {unit_label(each.unit).en for each in variables() if each.unit} >= {"pieces", "10,000 yuan"}


def test_every_printed_cell_is_one_of_a_form() -> None:
    codes = {form.code for form in load_forms()}
    assert all(set(each.forms) <= codes and set(each.printed) <= set(each.forms) for each in variables())
    assert all(bool(each.where) == bool(each.printed) for each in variables())


def test_forms_and_parts_have_labels() -> None:
    assert form_label("form2019").zh == "政府信息公开工作年度报告格式（试行）"
    assert all(form_label(form.code).en.isascii() for form in load_forms())
    assert part_label(None).zh == "报告"
    assert len({part_label(part).en for part in Part}) == len(Part)


def test_a_missing_label_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "load_lookup", lambda name: {"cells": {}})
    with pytest.raises(RegistryError, match=r"\[cells\] has no label of 'rules_made'"):
        list(module._cells(load_forms(), Part.DISCLOSURE))
