"""`govcrawl portals`: what is listed, what a look finds, what is added."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from govcrawl.demo.processes import Nation, serve_nation
from govcrawl.portals import load_portals, load_registry, registry_folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nation]:
    with serve_nation(tmp_path_factory.mktemp("nation"), provinces=4, seed=2) as nation:
        yield nation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(registry_folder(), tmp_path / "portals"))


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["portals", *arguments])


def look(nation: Nation, data_dir: Path, *arguments: str) -> tuple[dict[str, dict[str, Any]], int]:
    settings = [f"--set={name}={value}" for name, value in nation.settings().items()]
    command = [sys.executable, "-m", "govcrawl", "portals", "check", "--json", f"--data-dir={data_dir}", *settings]
    done = subprocess.run(
        [*command, "--set=DOWNLOAD_TIMEOUT=6", "--set=RETRY_TIMES=0", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return {each["portal_id"]: each for each in map(json.loads, done.stdout.splitlines())}, done.returncode


def test_every_portal_is_listed_and_a_hint_is_told_from_a_platform() -> None:
    result = run("list", "qinghai", "--json")
    listed = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["id"] for each in listed] == [each.id for each in load_portals(registry_folder() / "qinghai.csv")]
    assert listed[0]["province"] == "qinghai"
    result = run("list", "guangdong", "--platform", "gkmlpt")
    assert "gkmlpt?" in result.stdout
    assert 0 < len(result.stdout.splitlines()) < 144


def test_a_province_nobody_knows_is_refused() -> None:
    result = run("list", "atlantis")
    assert result.exit_code == ExitCode.USAGE
    assert "no such province; there are anhui, beijing" in result.output


def test_a_portal_is_added_to_its_province(folder: Path) -> None:
    result = run(
        "add", "秦安县教育局", "620522", "http://jyj.qinan.gov.cn", f"--registry={folder}", "--notes=site map", "--json"
    )
    assert result.exit_code == ExitCode.FINE
    added = json.loads(result.stdout)
    assert (added["province"], added["id"], added["notes"]) == ("gansu", "620522-2", "site map")
    assert "620522-2" in {portal.id for portal in load_registry(folder)["gansu"]}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("甲", "620599", "http://a.gov.cn/"), "no division"),
        (("甲", "620522", "a.gov.cn"), "no http address"),
        (("甲", "620522", "https://www.lanzhou.gov.cn/"), "registered already, for 620100"),
        (("甲", "620522", "http://a.gov.cn/", "--platform=magic"), "magic: no module speaks it"),
    ],
)
def test_what_cannot_be_added_is_refused(folder: Path, arguments: tuple[str, ...], complaint: str) -> None:
    result = run("add", *arguments, f"--registry={folder}")
    assert result.exit_code == ExitCode.USAGE
    assert complaint in result.output


def test_a_look_finds_platform_and_column_of_every_portal_that_answers_and_asks_little(
    nation: Nation, tmp_path: Path
) -> None:
    nation.ask("clear")
    found, code = look(nation, tmp_path)
    registered = {portal.id: portal for each in load_registry(nation.folder / "portals").values() for portal in each}
    assert set(found) == set(registered)
    assert code == ExitCode.BELOW
    answering = [each for each in found.values() if each["state"] == "answers"]
    assert len(answering) >= len(found) - 6
    assert [each["portal_id"] for each in answering if not each["platform"]] == []
    with_column = [each for each in answering if each["column"]]
    assert len(with_column) >= 0.9 * len(answering)
    columns = {each["portal_id"]: each for each in with_column}
    assert all(each["column"].endswith("/zfxxgknb/") for each in columns.values())
    assert [each for key, each in columns.items() if not key.startswith("hostile") and each["detail"]] == []
    assert max(each["requests"] for each in found.values()) <= 8
    asked = nation.ask("log")
    assert 0 < len(asked) <= 9 * len(found)
    busy: dict[str, float] = {}
    for entry in sorted(asked, key=lambda entry: float(entry["time"])):
        assert entry["time"] >= busy.get(entry["host"], 0), f"{entry} came before the host was done with another"
        busy[entry["host"]] = entry["end"]
    assert [path.name for path in tmp_path.iterdir()] == ["check.log"]


def test_a_portal_that_blocks_or_forbids_is_told_as_such_and_not_asked_again(nation: Nation, tmp_path: Path) -> None:
    found, _ = look(nation, tmp_path)
    assert {found[f"hostile-{name}"]["state"] for name in ("status412", "status521")} == {"blocked"}
    assert found["hostile-robotsdeny"]["state"] == "robots"
    refused = [each for each in found.values() if each["state"] in {"blocked", "robots"}]
    assert [each["requests"] for each in refused] == [1, 1, 1]
    assert all(each["detail"] for each in found.values() if each["state"] != "answers")


def test_a_column_that_was_found_is_saved_where_none_was_known(nation: Nation, tmp_path: Path) -> None:
    head, *rows = (nation.folder / "portals" / "gansu.csv").read_text(encoding="utf-8").splitlines()
    settings = [f"--set={name}={value}" for name, value in nation.settings().items() if name != "GOVCRAWL_REGISTRY"]
    folder = tmp_path / "portals"
    folder.mkdir()
    (folder / "gansu.csv").write_text("\n".join([head, *rows[:3]]) + "\n", encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "govcrawl", "portals", "check", "gansu", "--save-columns", "--json"),
            *(f"--data-dir={tmp_path}", f"--set=GOVCRAWL_REGISTRY={folder}", *settings),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    found = {each["portal_id"]: each["column"] for each in map(json.loads, done.stdout.splitlines())}
    assert any(found.values()), done.stderr
    saved = {portal.id: portal.columns for portal in load_portals(folder / "gansu.csv")}
    assert saved == {key: (column,) if column else () for key, column in found.items()}
    assert len(saved) == 3
