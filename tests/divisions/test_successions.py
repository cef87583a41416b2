"""What became of former divisions: the file beside the table, and what names and days tell alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from govcrawl.divisions import load_divisions, load_rules
from govcrawl.divisions.successions import FILE, load_heirs, plain_heirs
from govcrawl.lookups import data_folder
from govcrawl.model import Heir, RegistryError

TABLE = """code,name,full_name,level,parent_code,province_code,valid_from,valid_to
970000,云泽省,云泽省,province,,970000,,
970121,青栾县,云泽省青栾县,county,970000,970000,,2017-10-31
970181,青栾市,云泽省青栾市,county,970000,970000,2018-10-31,
970122,松渡县,云泽省松渡县,county,970000,970000,,2017-10-31
970182,古渡市,云泽省古渡市,county,970000,970000,2018-10-31,
"""
HEAD = "code,successor,kind,reason,evidence\n"


def table(folder: Path, successions: str = "") -> Path:
    path = folder / "divisions.csv"
    path.write_text(TABLE, encoding="utf-8")
    if successions:
        (folder / FILE).write_text(HEAD + successions, encoding="utf-8")
    return path


def heirs(path: Path, code: str) -> tuple[Heir, ...]:
    division = load_divisions(path).get(code)
    assert division is not None
    return division.heirs


def test_a_county_that_ended_and_a_city_of_its_name_that_began_are_one(tmp_path: Path) -> None:
    (heir,) = heirs(table(tmp_path), "970121")
    assert (heir.code, heir.renamed) == ("970181", True)


def test_another_name_is_not_guessed(tmp_path: Path) -> None:
    assert heirs(table(tmp_path), "970122") == ()


def test_the_file_says_what_names_do_not(tmp_path: Path) -> None:
    path = table(tmp_path, "970122,970182,renamed,松渡县 became 古渡市,云泽省公报\n")
    assert heirs(path, "970122") == (Heir("970182", True, "松渡县 became 古渡市 (云泽省公报)"),)


def test_a_division_may_come_to_several(tmp_path: Path) -> None:
    path = table(tmp_path, "970122,970181,merged,a part,公报\n970122,970182,merged,a part,公报\n")
    assert [(heir.code, heir.renamed) for heir in heirs(path, "970122")] == [("970181", False), ("970182", False)]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("970122,970199,renamed,x,y\n", "970199 is not in the table"),
        ("970122,970182,sold,x,y\n", "kind 'sold'"),
        ("970122,970182,renamed,x,\n", "5 fields"),
        ("970122,970182,renamed,x,y\n970122,970181,merged,x,y\n", "cannot become 970181 as well"),
        ("970122,970122,renamed,x,y\n", "cannot become"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path: Path, row: str, complaint: str) -> None:
    with pytest.raises(RegistryError, match=complaint) as caught:
        load_divisions(table(tmp_path, row))
    assert FILE in str(caught.value)


def test_every_former_division_but_zones_has_its_heirs_and_they_are_in_force() -> None:
    divisions = load_divisions()
    for division in divisions:
        if division.valid_to is not None and division.level != "zone":
            assert division.heirs, division.full_name
        for heir in division.heirs:
            found = divisions.get(heir.code)
            assert found is not None
            assert found.valid_to is None, found.full_name


def test_what_names_and_days_tell_never_contradicts_the_file() -> None:
    table = {division.code: division for division in load_divisions()}
    told, filed = plain_heirs(table, load_rules()), load_heirs(data_folder() / FILE, table)
    both = told.keys() & filed.keys()
    assert len(both) > 70
    assert {code: told[code][0].code for code in both} == {code: filed[code][0].code for code in both}
