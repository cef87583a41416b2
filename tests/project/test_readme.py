"""The README's first ten minutes, followed word by word (the demo itself is run in tests/cli)."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from govcrawl.cli import COMMANDS, ExitCode, main
from spiders.run import spider_names

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NETWORK = {"crawl", "refresh", "demo"}
"""Commands that are not run here: they crawl."""


def shell_lines(text: str) -> list[str]:
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]


GOVCRAWL = [line for line in shell_lines(README) if line.startswith("govcrawl ")]
EXAMPLES = [
    line.strip()
    for command in COMMANDS
    for line in (command.help or "").splitlines()
    if line.strip().startswith("govcrawl ")
]


@pytest.fixture
def demo_database(tmp_path: Path) -> Path:
    """A small corpus to stand where the demo leaves its own."""
    db = tmp_path / "data" / "corpus" / "demo" / "govcrawl.db"
    places = ["--db", str(db), "--data-dir", str(db.parent)]
    done = CliRunner().invoke(main, ["extract", "--save", str(ROOT / "docs"), *places])
    assert done.exit_code in {ExitCode.FINE, ExitCode.BELOW}
    (db.parent.parent / "govcrawl.db").write_bytes(db.read_bytes())
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    return db


def test_there_are_commands_to_follow() -> None:
    assert len(GOVCRAWL) >= 6
    assert {command.name for command in COMMANDS} <= {shlex.split(line)[1] for line in EXAMPLES}


@pytest.mark.parametrize("line", [line for line in GOVCRAWL + EXAMPLES if line.split()[1] not in NETWORK])
def test_a_command_works_as_printed(
    line: str, demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, shlex.split(line)[1:])
    assert result.exit_code == ExitCode.FINE, result.output


@pytest.mark.parametrize("line", [line for line in GOVCRAWL + EXAMPLES if line.split()[1] in NETWORK])
def test_a_crawling_command_is_understood_as_printed(line: str) -> None:
    command = next(command for command in COMMANDS if command.name == shlex.split(line)[1])
    with command.make_context(command.name or "", shlex.split(line)[2:]) as context:
        if command.name in {"crawl", "refresh"}:
            assert set(context.params["provinces"]) <= set(spider_names())


def test_the_python_of_the_readme_runs(demo_database: Path, tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    environment = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "云砚县人民政府" in done.stdout
    assert "云砚县教育局 2023" in done.stdout
