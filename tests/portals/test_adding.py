"""A further portal: its id, its place, and what makes it no good."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from govcrawl.divisions import load_divisions
from govcrawl.model import RegistryError
from govcrawl.portals import add_portal, load_portals, load_registry, next_id, registry_folder

SPIDER_OF = {"620000": "gansu", "660000": "bingtuan", "100000": "central", "310000": "shanghai"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in SPIDER_OF.values():
        shutil.copy(registry_folder() / f"{name}.csv", tmp_path)
    return tmp_path


def add(folder: Path, **fields: str) -> str:
    given = {"name": "秦安县教育局", "division_code": "620522", "homepage": "http://jyj.qinan.gov.cn", **fields}
    return add_portal(folder, SPIDER_OF, load_divisions(), **given)[1].id


def test_it_gets_the_next_id_of_its_division_and_the_file_stays_sorted(folder: Path) -> None:
    before = load_portals(folder / "gansu.csv")
    assert add(folder) == "620522-2"
    after = load_portals(folder / "gansu.csv")
    assert [portal.id for portal in after] == sorted([*(portal.id for portal in before), "620522-2"])
    added = next(portal for portal in after if portal.id == "620522-2")
    assert (added.name, added.homepage) == ("秦安县教育局", "http://jyj.qinan.gov.cn/")
    assert set(before) < set(after)


@pytest.mark.parametrize(
    ("code", "spider"), [("659001", "bingtuan"), ("660000", "bingtuan"), ("100000", "central"), ("310101", "shanghai")]
)
def test_it_is_filed_with_the_spider_that_its_division_is_counted_with(folder: Path, code: str, spider: str) -> None:
    key = add(folder, division_code=code)
    assert key in {portal.id for portal in load_registry(folder)[spider]}


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"division_code": "620599"}, "no division"),
        ({"division_code": "330104"}, "in force until 2020-06-30"),
        ({"division_code": "530000"}, "no spider for province 530000"),
        ({"name": "  "}, "no name"),
        ({"homepage": "jyj.qinan.gov.cn"}, "no http address"),
        ({"homepage": "ftp://jyj.qinan.gov.cn/"}, "no http address"),
        ({"homepage": "http://-.gov.cn/"}, "no http address"),
        ({"homepage": "https://www.lanzhou.gov.cn"}, "registered already, for 620100"),
        ({"homepage": "http://lanzhou.gov.cn/"}, "registered already, for 620100"),
    ],
)
def test_what_is_no_good_is_refused_and_nothing_is_written(
    folder: Path, fields: dict[str, str], complaint: str
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(RegistryError, match=complaint):
        add(folder, **fields)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_ids_count_up() -> None:
    assert next_id("620522", []) == "620522"
    assert next_id("620522", ["620522", "620522-2"]) == "620522-3"


def test_an_id_in_two_files_is_refused_by_name(folder: Path) -> None:
    shutil.copy(folder / "gansu.csv", folder / "yunnan.csv")
    with pytest.raises(RegistryError, match=r"gansu\.csv and yunnan\.csv"):
        load_registry(folder)
