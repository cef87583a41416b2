"""The form files, and what the loader says of a bad one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from govcrawl.forms.schema import Form, Part, form_by_code, load_forms
from govcrawl.lookups import data_folder
from govcrawl.model import FormError


def test_the_forms_have_the_cells_of_the_official_layouts() -> None:
    assert {form.code: form.size for form in load_forms()} == {
        "prose": 0,
        "stat2014": 58,
        "form2019": 198,
        "form2021": 200,
    }


def test_local_editions_are_merged_as_optional_rows() -> None:
    assert form_by_code("form2019").editions == ("form2019_beijing", "form2019_hubei")
    rows = {row.code: row for row in form_by_code("form2019").table("20_5").rows}
    assert rows["other_external_services_inspection"].part_of == "other_external_services"
    assert rows["other_external_services_inspection"].optional
    assert form_by_code("form2021").table("applications").rows[-3].replaces


@pytest.mark.parametrize("form", load_forms(), ids=lambda form: str(form.code))
def test_no_two_rows_of_a_group_share_a_spelling(form: Form) -> None:
    for table in form.tables:
        if table.part is Part.STATISTICS:
            continue
        labels = [
            (row.group.code if row.group else "", label) for row in table.rows for label in (row.label, *row.synonyms)
        ]
        assert len(labels) == len(set(labels))


def copy_of_the_forms(folder: Path) -> Path:
    copied = folder / "forms"
    shutil.copytree(data_folder() / "forms", copied)
    return copied


def complaint(folder: Path) -> str:
    with pytest.raises(FormError) as caught:
        load_forms(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("form2019.toml", 'code = "form2019"\n', "", "'code' is missing"),
        ("form2019.toml", "report_years = [2019, 2020]", "report_years = [2020, 2019]", "must be [first, last]"),
        ("form2019.toml", 'part = "applications"', 'part = "requests"', "requests"),
        ("form2019.toml", 'code = "published"', 'code = "made"', "defined twice: /made"),
        ("form2019.toml", 'label = "规章"', 'lable = "规章"', "'label' is missing"),
        ("form2019.toml", 'group = "denied"', 'group = "refused"', "group 'refused'"),
        (
            "form2019.toml",
            '"handled_total", "carried_over_out"]',
            '"handled", "carried_over_out"]',
            "unknown codes handled",
        ),
        ("form2019.toml", 'axis = "channel"', 'axis = "diagonal"', "unknown axis"),
        ("form2019.toml", "report_years", "= report_years", "not valid TOML"),
        ("form2019_hubei.toml", 'extends = "form2019"', 'extends = "form1999"', "extends 'form1999'"),
        ("form2019_hubei.toml", 'after = "normative_documents"', 'after = "nothing"', "`after` a known row"),
        ("form2019_hubei.toml", 'extends = "form2019"', 'extends = ["form2019"]', "extends ['form2019']"),
        ("form2019.toml", '2019 = "2019"', 'first = "2019"', "'first' = '2019'"),
        ("form2019.toml", '2019 = "2019"', "2019 = 2019", "'2019' = 2019"),
        ("form2019.toml", 'titles = ["', 'titles = [1, "', "'titles' must be a list of texts"),
        ("form2019.toml", 'last = ["carried_over_out"]', 'last = ["carried_out"]', "across carry_over: unknown code"),
        ("form2021.toml", 'minus = ["rules_repealed"]', 'minus = ["rules_lost"]', "across stock: unknown code"),
        ("form2021.toml", 'cell = "applications/new_received/total"', 'cell = "new_received"', "unknown cell new_rec"),
        ("form2021.toml", "review_litigation/*/total", "review_litigation/*/sum", "no cell is review_litigation/*/sum"),
        ("form2019_beijing.toml", 'part_of = "other_external_services"', 'part_of = "others"', "unknown row 'others'"),
    ],
)
def test_a_bad_form_file_is_named_with_the_place_and_the_mistake(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    folder = copy_of_the_forms(tmp_path)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    message = complaint(folder)
    assert file in message
    assert says in message


def test_a_list_of_anything_but_tables_is_told(tmp_path: Path) -> None:
    head = 'code = "f"\nname = "f"\ninstrument = "f"\nreport_years = [2019, 2020]\nversions = {}\n'
    (tmp_path / "form.toml").write_text(f"{head}table = [1]\n", encoding="utf-8")
    assert "'table' must be a list of tables" in complaint(tmp_path)


def test_a_form_file_nobody_can_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "form.toml").mkdir()
    assert "form.toml: " in complaint(tmp_path)


def test_a_folder_without_forms_is_an_error(tmp_path: Path) -> None:
    assert "no form files" in complaint(tmp_path)
