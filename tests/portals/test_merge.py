"""Merging a survey into the registry: every row accounted for, no correction overwritten."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from govcrawl.model import Portal
from govcrawl.portals import load_portals, load_registry, save_portals

SCRIPT = Path(__file__).parents[2] / "data" / "make_portals.py"
HEAD = "division_code,path,level,homepage,reachable_2026_04,platform_hint\n"
ROWS = (
    "620522,甘肃省/天水市/秦安县,county,http://www.qinan.gov.cn/,direct,hanweb\n"
    "620100,甘肃省/兰州市,prefecture,https://www.lanzhou.gov.cn/,none,\n"
    "659001,新疆维吾尔自治区/新疆生产建设兵团/石河子市,county,http://www.shz.gov.cn/,direct,\n"
    "500000,重庆市/两江新区,county,https://www.ljxq.gov.cn/,direct,\n"
    "542500,西藏自治区/阿里地区,prefecture,http://www.al.gov.cn/,direct,\n"
    "620423,甘肃省/白银市/景泰县,county,,direct,\n"
)


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_portals", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    corrected = Portal(
        "620100", "兰州市人民政府", "620100", "https://lz.gov.cn/", None, ("https://lz.gov.cn/nb/",), "moved"
    )
    save_portals(tmp_path / "gansu.csv", (corrected, Portal("620100-2", "兰州新区", "620171", "http://lzxq.gov.cn/")))
    return module


def merge(script: ModuleType, folder: Path, rows: str = ROWS) -> None:
    (folder / "survey.txt").write_text(HEAD + rows, encoding="utf-8")
    script.main(folder / "survey.txt")


def test_rows_are_filed_where_their_division_is_counted(script: ModuleType, tmp_path: Path) -> None:
    merge(script, tmp_path)
    ids = {name: [portal.id for portal in portals] for name, portals in load_registry(tmp_path).items()}
    assert ids == {
        "bingtuan": ["659001"],
        "chongqing": ["500000-liangjiang"],
        "gansu": ["620100", "620100-2", "620522"],
        "xizang": ["542500"],
    }
    assert load_portals(tmp_path / "xizang.csv")[0].name == "阿里地区行政公署"
    assert load_portals(tmp_path / "gansu.csv")[2].notes == "platform hint: hanweb"


def test_what_is_registered_stays_and_every_row_is_counted(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = load_portals(tmp_path / "gansu.csv")
    merge(script, tmp_path)
    assert set(before) <= set(load_portals(tmp_path / "gansu.csv"))
    told = capsys.readouterr()
    assert "6 rows of the survey: 4 added, 1 known, with another home page, 1 without a home page" in told.out
    assert "620100: https://lz.gov.cn/, in the survey https://www.lanzhou.gov.cn/" in told.err
    assert "620423 甘肃省/白银市/景泰县: no home page; left out" in told.err


def test_a_second_merge_changes_nothing(script: ModuleType, tmp_path: Path) -> None:
    merge(script, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    merge(script, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")} == before


def test_a_code_nobody_explained_ends_the_merge(script: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"620599.*division_changes\.csv"):
        merge(script, tmp_path, "620599,甘肃省/某地,county,http://a.gov.cn/,direct,\n")
