"""`merge`, `check` and `export` as their users meet them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from govcrawl.lock import hold_lock
from tests.merging.shards import make_shards


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_shards(tmp_path)
    return tmp_path


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, done.output


def told(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
    code, output = run(*arguments, "--json")
    return code, json.loads(output)


def test_folders_and_databases_are_merged_checked_and_exported(folder: Path) -> None:
    into = folder / "into" / "govcrawl.db"
    code, merged = told("merge", folder / "a", folder / "b" / "govcrawl.db", folder / "c", folder / "d", "--into", into)
    assert code == ExitCode.FINE
    assert (merged["reports"], merged["files"], len(merged["inputs"])) == (4, 4, 4)
    code, checked = told("check", "--data-dir", folder / "into")
    assert (code, checked["right"], checked["faults"]) == (ExitCode.FINE, True, [])
    assert checked["looked_at"]["captures"] == 7
    code, exported = told("export", "--to", folder / "x.jsonl", "--db", into)
    assert code == ExitCode.FINE
    assert sum(exported["rows"].values()) == len((folder / "x.jsonl").read_text(encoding="utf-8").splitlines())


def test_what_was_done_is_told_in_words(folder: Path) -> None:
    into = folder / "into" / "govcrawl.db"
    _, output = run("merge", folder / "a", "--into", into)
    assert f"{into}: 2 reports; 1 files in its archive" in output
    assert "whole; looked at" in run("check", "--data-dir", folder / "into")[1]
    assert "tables and views" in run("export", "--to", folder / "x.jsonl", "--db", into)[1]


def test_a_corpus_that_is_not_whole_fails(folder: Path) -> None:
    next((folder / "a" / "warc").iterdir()).unlink()
    code, checked = told("check", "--data-dir", folder / "a")
    assert (code, checked["checks"]["archive"]) == (ExitCode.BELOW, {"fail": 2, "warn": 0})
    assert "not whole" in run("check", "--data-dir", folder / "a")[1]


def test_expectations_fail_a_check_and_warnings_do_not(folder: Path) -> None:
    file = folder / "expect.toml"
    for bound, code, weight in (("min = 9", ExitCode.BELOW, "fail"), ("max = 1", ExitCode.FINE, "warn")):
        file.write_text(f'[[expected]]\nprovince = "970000"\nyear = 2020\n{bound}\n', encoding="utf-8")
        got, checked = told("check", "--data-dir", folder / "a", "--expect", file)
        assert (got, checked["checks"]["expectations"][weight]) == (code, 1)


def test_the_archive_of_an_input_may_lie_elsewhere(folder: Path) -> None:
    (folder / "a" / "warc").rename(folder / "elsewhere")
    into = folder / "into" / "govcrawl.db"
    assert run("merge", folder / "a", "--into", into)[0] == ExitCode.UNUSABLE
    given = f"{folder / 'a' / 'govcrawl.db'}={folder / 'elsewhere'}"
    assert run("merge", folder / "a", "--into", into, "--warc-dir", given)[0] == ExitCode.FINE


@pytest.mark.parametrize("given", ["nonsense", "x.db=/nonexistent", "x.db=."])
def test_a_folder_that_is_no_databases_is_wrong_usage(folder: Path, given: str) -> None:
    code, _ = run("merge", folder / "a", "--into", folder / "into.db", "--warc-dir", given)
    assert code == ExitCode.USAGE


def test_a_corpus_that_is_being_written_is_neither_checked_nor_merged(folder: Path) -> None:
    with hold_lock(folder / "a" / "govcrawl.db"):
        assert run("check", "--data-dir", folder / "a")[0] == ExitCode.LOCKED
        assert run("merge", folder / "a", "--into", folder / "into.db")[0] == ExitCode.LOCKED
