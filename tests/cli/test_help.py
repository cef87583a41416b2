"""The command line as its users meet it: help, usage errors, exit codes."""

from __future__ import annotations

import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from govcrawl import __version__
from govcrawl.cli import COMMANDS, ExitCode, main

NAMES = [command.name or "" for command in COMMANDS]


def test_the_commands_of_this_release_are_there() -> None:
    assert " ".join(NAMES) == (
        "demo crawl refresh schedule replay relate extract status check merge export serve portals doctor"
    )


SUBCOMMANDS = [
    f"{command.name} {name}" for command in COMMANDS if isinstance(command, click.Group) for name in command.commands
]
NO_DATABASE = {"portals", "merge"}
"""Commands that neither read nor write one, or several at once."""
NO_REPORT = {"serve"}
"""Commands that report nothing: they run until they are stopped."""


@pytest.mark.parametrize("name", ["", *NAMES, *SUBCOMMANDS])
def test_every_help_shows_an_example(name: str) -> None:
    result = CliRunner().invoke(main, [*name.split(), "--help"])
    assert result.exit_code == ExitCode.FINE
    assert re.search(rf"Example:\n +govcrawl {name or 'demo'}\b", result.output)


def test_help_says_what_there_is_and_how_to_begin() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == ExitCode.FINE
    assert "govcrawl demo" in result.output
    assert re.findall(r"^  (\w+)  +\S", result.output.split("Commands:")[1], re.MULTILINE) == NAMES


@pytest.mark.parametrize("group", ["", *sorted({name.split()[0] for name in SUBCOMMANDS})])
def test_a_list_of_commands_cuts_no_sentence_off(group: str) -> None:
    output = CliRunner().invoke(main, [*group.split(), "--help"]).output
    assert "..." not in output.split("Commands:")[1]


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_command_of_a_group_takes_json(name: str) -> None:
    assert "--json" in CliRunner().invoke(main, [*name.split(), "--help"]).output


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NO_DATABASE])
def test_every_command_takes_db_and_data_dir_and_json(name: str) -> None:
    output = CliRunner().invoke(main, [name, "--help"]).output
    for option in ("--db FILE", "--data-dir DIRECTORY"):
        assert option in output
    assert ("--json" in output) is (name not in NO_REPORT)


def test_a_wrong_option_is_a_usage_error() -> None:
    assert CliRunner().invoke(main, ["status", "--nonsense"]).exit_code == ExitCode.USAGE


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"govcrawl, version {__version__}\n"


def test_help_loads_no_crawler_and_no_parser() -> None:
    code = (
        "import sys; import govcrawl, govcrawl.cli; "
        "heavy = {'scrapy', 'twisted', 'lxml', 'trafilatura', 'sqlite_utils', 'babel', 'rich'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout == "[]\n"
