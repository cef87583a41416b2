"""What docs/operating.md prints works as printed."""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from govcrawl import settings as defaults
from govcrawl.cli import COMMANDS, ExitCode, main
from govcrawl.cli.running import with_browser
from govcrawl.crawl.settings import RunSettings
from govcrawl.health import MIN_FILES
from govcrawl.refresh.metrics import exposition
from govcrawl.refresh.plans import RefreshPlan, load_plans
from govcrawl.refresh.thresholds import LIMITS
from spiders.browser import MOST_REQUESTS, PATIENCE, RENDERED_BY
from tests.refresh.builders import report

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]
GOVCRAWL = [line for line in LINES if line.startswith("govcrawl ")]
REST = [line for line in LINES if not line.startswith("govcrawl ")]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a corpus where the documents have it."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["extract", "--save", str(ROOT / "docs" / "example.html")])
    assert done.exit_code == ExitCode.FINE, done.output
    for name in ("gansu", "qinghai"):
        copytree(tmp_path / "data" / "corpus", tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("line", GOVCRAWL)
def test_a_command_works_as_printed(line: str, place: Path) -> None:
    words = shlex.split(line)[1:]
    if words[0] == "refresh":  # it crawls
        command = next(command for command in COMMANDS if command.name == "refresh")
        with command.make_context("refresh", words[1:]) as context:
            assert context.params["provinces"] == ("gansu",)
        return
    result = CliRunner().invoke(main, words)
    assert result.exit_code == ExitCode.FINE, result.output


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="the sqlite3 command is not installed")
def test_the_backup_is_a_whole_corpus_and_can_be_restored(place: Path) -> None:
    (line,) = [line for line in REST if line.startswith("sqlite3 ")]
    subprocess.run(["sh", "-c", line], check=True, cwd=place, timeout=300)
    with closing(sqlite3.connect(place / "data" / "corpus" / "backup.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM reports").fetchone()[0] > 0
    database = place / "data" / "corpus" / "govcrawl.db"
    database.write_bytes(b"broken")
    restoring = [line for line in REST if line.startswith(("rm ", "cp "))]
    subprocess.run(["sh", "-ec", "\n".join(restoring)], check=True, cwd=place, timeout=300)
    assert CliRunner().invoke(main, ["check"]).exit_code == ExitCode.FINE


def test_the_plans_are_understood(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    path = tmp_path / "plans.toml"
    path.write_text(text, encoding="utf-8")
    assert set(load_plans(path)) == {"nightly", "season"}


def table(head: str) -> set[str]:
    """The names in code in the first column of the table with this head."""
    rows = TEXT.split(f"| {head} |")[1].split("\n\n")[0].splitlines()[2:]
    return {name for row in rows for name in re.findall(r"`([a-z_]+)`", row.split("|")[1])}


def test_every_key_of_a_plan_and_every_threshold_is_documented() -> None:
    assert table("key | means") == {each.name for each in fields(RefreshPlan)} - {"name"}
    assert table("threshold | limit") == set(LIMITS)


def test_every_exit_code_is_documented() -> None:
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE)} == {int(code) for code in ExitCode}


def test_the_metrics_of_the_alarms_are_written() -> None:
    for name in re.findall(r"\bgovcrawl_last_\w+", TEXT):
        assert f"# TYPE {name} gauge" in exposition(report())


def test_the_query_of_the_runs_is_understood(place: Path) -> None:
    (query,) = re.findall(r"^    select started_at.*?;", TEXT, re.MULTILINE | re.DOTALL)
    with closing(sqlite3.connect(place / "data" / "corpus" / "govcrawl.db")) as connection:
        assert connection.execute(query).fetchall() == []


def test_the_setting_of_the_browser_lane_is_one_of_plans(tmp_path: Path) -> None:
    (line,) = re.findall(r"`(settings = \{.*?\})`", TEXT)
    path = tmp_path / "plans.toml"
    path.write_text(f"[plan.shandong]\n{line}\n", encoding="utf-8")
    assert load_plans(path)["shandong"].settings == with_browser({}, browser=True)


def test_the_limits_of_the_browser_lane_are_those_it_keeps() -> None:
    assert f"{MOST_REQUESTS} requests and {PATIENCE:.0f} seconds a page" in TEXT
    assert f"`{RENDERED_BY}`" in TEXT


def test_the_limit_of_open_files_is_the_doctors() -> None:
    assert {int(number) for number in re.findall(r"(?:ulimit -n |LimitNOFILE=|let it have )(\d+)", TEXT)} == {MIN_FILES}


def test_the_settings_and_their_defaults_are_those_that_are_read() -> None:
    rows = re.findall(r"^\| `(GOVCRAWL_\w+)` \| (\d*) ?\|", TEXT, re.MULTILINE)
    assert {name for name, _ in rows} <= {name for name in dir(defaults) if name.startswith("GOVCRAWL_")}
    assert RunSettings.of({name: value for name, value in rows if value}) == RunSettings.of({})
    for name, value in rows:
        if value:
            assert RunSettings.of({name: str(int(value) + 1)}) != RunSettings.of({}), name
