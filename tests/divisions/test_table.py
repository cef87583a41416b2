"""The table of divisions, and what its loader refuses."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from govcrawl.divisions import COLUMNS, load_divisions, load_rules
from govcrawl.model import RegistryError

HEAD = ",".join(COLUMNS) + "\n"
PROVINCE = "970000,云泽省,云泽省,province,,970000,,\n"


def test_the_table_holds_every_province_prefecture_and_county() -> None:
    levels = Counter(division.level for division in load_divisions() if division.valid_to is None)
    assert levels == {"state": 1, "province": 31, "corps": 1, "prefecture": 333, "county": 2849, "zone": 124}


def test_a_former_code_is_known_with_the_day_until_which_it_was_listed() -> None:
    division = load_divisions().get("330104")
    assert division is not None
    assert (division.full_name, division.valid_from, division.valid_to) == (
        "浙江省杭州市江干区",
        None,
        date(2020, 6, 30),
    )


def test_a_division_set_up_later_has_the_day_since_which_it_is_listed() -> None:
    division = load_divisions().get("330114")
    assert division is not None
    assert (division.name, division.valid_from, division.valid_to) == ("钱塘区", date(2021, 10, 31), None)


def test_the_corps_counts_its_cities_as_its_own() -> None:
    divisions = load_divisions()
    for code in ("660000", *(f"6590{number:02}" for number in range(1, 13))):
        assert divisions.province_code_of(code) == "660000"
        assert divisions.contains("650000", code)
    assert divisions.province_code_of("659099") == "650000"
    assert divisions.province_code_of("100000") == "100000"


def test_every_division_lies_in_the_country_whose_code_the_centre_has() -> None:
    divisions = load_divisions()
    assert divisions.contains("100000", "620423")
    assert divisions.contains("100000", "660000")
    assert not divisions.contains("620423", "100000")
    assert not divisions.contains("100000", "000000")


def test_every_change_that_no_edition_says_is_in_the_table_and_has_a_reason() -> None:
    folder = Path(__file__).parents[2] / "data"
    with (folder / "division_changes.csv").open(encoding="utf-8", newline="") as file:
        changes = list(csv.DictReader(file))
    with (folder / "divisions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reasons = [change.pop("reason") for change in changes]
    assert all(len(reason) > 20 for reason in reasons)
    assert all(change in rows for change in changes)
    assert len(rows) == len({(row["code"], row["name"]) for row in rows})


def test_a_division_knows_its_province_and_its_children() -> None:
    divisions = load_divisions()
    province = divisions.province_of("620423")
    assert province is not None
    assert province.full_name == "甘肃省"
    assert "620423" in [child.code for child in divisions.children("620400")]
    assert divisions.contains("620000", "620423")
    assert not divisions.contains("620423", "620000")


def test_an_unknown_code_is_none() -> None:
    divisions = load_divisions()
    assert divisions.get("000000") is None
    assert divisions.province_of("000000") is None
    assert divisions.children("000000") == ()
    assert "000000" not in divisions


def test_counties_directly_under_a_province_hang_from_it() -> None:
    division = load_divisions().get("429021")
    assert division is not None
    assert division.parent_code == "420000"
    assert division.full_name == "湖北省神农架林区"


def test_the_table_is_loaded_once() -> None:
    assert load_divisions() is load_divisions()


def test_a_former_name_is_found_and_the_name_in_force_is_given(tmp_path: Path) -> None:
    path = tmp_path / "divisions.csv"
    path.write_text(
        HEAD
        + PROVINCE
        + "970100,古渡市,云泽省古渡市,prefecture,970000,970000,,2010-12-01\n"
        + "970100,松渡市,云泽省松渡市,prefecture,970000,970000,2010-12-01,\n",
        encoding="utf-8",
    )
    match = load_divisions(path).find("古渡市教育局")
    assert match is not None
    assert match.division is not None
    assert match.division.name == "松渡市"


def test_an_abolished_division_is_still_known(tmp_path: Path) -> None:
    path = tmp_path / "divisions.csv"
    path.write_text(HEAD + PROVINCE + "970121,青栾县,云泽省青栾县,county,970000,970000,,2015-11-01\n", encoding="utf-8")
    division = load_divisions(path).get("970121")
    assert division is not None
    assert division.name == "青栾县"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("code,name\n1,2\n", "full_name"),
        (HEAD + "97000,云泽省,云泽省,province,,970000,,\n", "six digits"),
        (HEAD + "970000,云泽省,云泽省,planet,,970000,,\n", "planet"),
        (HEAD + "970000,云泽省,松渡市,province,,970000,,\n", "does not end with"),
        (HEAD + PROVINCE + "970100,松渡市,云泽省松渡市,prefecture,,970000,,\n", "parent_code"),
        (HEAD + PROVINCE + "970100,松渡市,云泽省松渡市,prefecture,980000,970000,,\n", "980000"),
        (HEAD + PROVINCE + PROVINCE, "twice"),
        (HEAD + "970000,云泽省,云泽省,province,,970000,soon,\n", "valid_from 'soon'"),
        (HEAD + "970000,云泽省\n", "fields"),
        (HEAD + '970000,"云泽省\n', "cannot be read"),
    ],
)
def test_a_broken_table_is_refused_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "divisions.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=complaint) as caught:
        load_divisions(path)
    assert str(path) in str(caught.value)


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="cannot be read"):
        load_divisions(tmp_path / "nowhere.csv")


def test_rules_without_a_key_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text("suffixes = []\n", encoding="utf-8")
    with pytest.raises(RegistryError, match="ethnic_groups"):
        load_rules(path)
