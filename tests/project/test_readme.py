"""The README's first ten minutes, followed word by word (the demo itself is run in tests/cli)."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import click
import pytest
from click.testing import CliRunner

from govcrawl.cli import COMMANDS, ExitCode, main
from govcrawl.portals import registry_folder
from spiders.run import share_out, spider_names

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NETWORK = {"crawl", "refresh", "demo", "portals check", "serve"}
"""Commands that are not run here: they crawl, or run until they are stopped."""


def shell_lines(text: str) -> list[str]:
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]


GOVCRAWL = [line for line in shell_lines(README) if line.startswith("govcrawl ")]
SUBCOMMANDS = [each for group in COMMANDS if isinstance(group, click.Group) for each in group.commands.values()]
EXAMPLES = [
    line.strip()
    for command in (main, *COMMANDS, *SUBCOMMANDS)
    for line in (command.help or "").splitlines()
    if line.strip().startswith("govcrawl ")
]


def is_crawling(line: str) -> bool:
    words = line.split()[1:3]
    return bool(NETWORK & {words[0], " ".join(words)})


def resolved(line: str) -> tuple[click.Command, list[str]]:
    """The command of a line, within its group, and what it is given."""
    words = shlex.split(line)[1:]
    command = main.commands[words.pop(0)]
    while isinstance(command, click.Group):
        command = command.commands[words.pop(0)]
    return command, words


@pytest.fixture
def demo_database(tmp_path: Path) -> Path:
    """A small corpus to stand where the demo leaves its own."""
    db = tmp_path / "data" / "corpus" / "demo" / "govcrawl.db"
    places = ["--db", str(db), "--data-dir", str(db.parent)]
    done = CliRunner().invoke(main, ["extract", "--save", str(ROOT / "docs"), *places])
    assert done.exit_code in {ExitCode.FINE, ExitCode.BELOW}
    (db.parent.parent / "govcrawl.db").write_bytes(db.read_bytes())
    for place in (db.parent.parent / "warc", *(tmp_path / name / "warc" for name in ("gansu", "qinghai"))):
        copytree(db.parent / "warc", place)
    for name in ("gansu", "qinghai"):
        (tmp_path / name / "govcrawl.db").write_bytes(db.read_bytes())
    (tmp_path / "gansu.toml").write_text("expected = []", encoding="utf-8")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    return db


def test_there_are_commands_to_follow() -> None:
    assert len(GOVCRAWL) >= 6
    assert {*main.commands.values(), *SUBCOMMANDS} == {
        *(resolved(line)[0] for line in EXAMPLES),
        main.commands["portals"],
    }


@pytest.mark.parametrize("line", [line for line in GOVCRAWL + EXAMPLES if not is_crawling(line)])
def test_a_command_works_as_printed(
    line: str, demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("govcrawl.portals.registry_folder", lambda: copytree(registry_folder(), tmp_path / "portals"))
    result = CliRunner().invoke(main, shlex.split(line)[1:])
    assert result.exit_code == ExitCode.FINE, result.output


@pytest.mark.parametrize("line", [line for line in GOVCRAWL + EXAMPLES if is_crawling(line)])
def test_a_crawling_command_is_understood_as_printed(line: str) -> None:
    command, words = resolved(line)
    with command.make_context(command.name or "", words) as context:
        if command.name not in {"demo", "serve"}:
            assert set(context.params["provinces"]) <= set(spider_names())
            ids = context.params.get("portals") or context.params.get("ids") or ()
            assert share_out(ids, context.params["provinces"], registry_folder())


def test_the_python_of_the_readme_runs(demo_database: Path, tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    environment = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "云砚县人民政府" in done.stdout
    assert "云砚县教育局 2023" in done.stdout
