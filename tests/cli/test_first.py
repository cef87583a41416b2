"""`govcrawl` alone: what is there, and what to do next."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from govcrawl.lock import hold_lock
from govcrawl.model import Capture
from govcrawl.relating import relate
from govcrawl.store import Store
from tests.store.builders import report

WHEN = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
USUAL = Path("data/corpus/govcrawl.db")
DEMO = Path("data/corpus/demo/govcrawl.db")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to start in."""
    monkeypatch.chdir(tmp_path)


def corpus(db: Path, *, related: bool = True, reports: int = 1) -> Path:
    db.parent.mkdir(parents=True, exist_ok=True)
    with Store.open(db) as store:
        for number in range(reports):
            made = report(f"report {number}", agency="云泽省水利厅", report_year=2020 + number)
            store.save_report(made, None, f"http://www.yunze.test/{number}", None, WHEN)
        if related:
            relate(store)
    return db


def said() -> str:
    result = CliRunner().invoke(main, [])
    assert result.exit_code == ExitCode.FINE
    for line in advised(result.output):
        understood(line)
    return result.output


def advised(output: str) -> list[str]:
    """The commands that it advises, in order."""
    return re.findall(r"^  (govcrawl .*?)  ", output, re.MULTILINE)


def understood(line: str) -> None:
    """A command that is advised is there, and takes its options."""
    words = shlex.split(line)[1:]
    command = main.commands[words[0]]
    with click.Context(command, info_name=command.name) as context:
        command.make_parser(context).parse_args(words[1:])


def test_without_a_corpus_it_begins_with_the_demo() -> None:
    output = said()
    assert "There is no corpus in data/corpus yet." in output
    assert [line.split()[1] for line in advised(output)] == ["demo", "doctor", "crawl", "extract"]
    assert not list(Path().iterdir())


def test_a_corpus_is_told_with_what_can_be_done_with_it() -> None:
    corpus(USUAL, reports=2)
    output = said()
    assert "data/corpus/govcrawl.db: 2 reports of 1 agencies, 2020 to 2021; last fetched never" in output
    assert [line.split()[1] for line in advised(output)] == ["status", "serve", "export", "refresh"]


def test_reports_that_came_after_the_last_relating_are_to_be_related() -> None:
    corpus(USUAL)
    corpus(USUAL, reports=2, related=False)
    assert "govcrawl relate" in advised(said())
    corpus(USUAL, reports=2)
    assert "govcrawl relate" not in advised(said())


def test_a_run_that_was_stopped_is_to_go_on() -> None:
    with Store.open(corpus(USUAL)) as store:
        store.start_run(WHEN, "refresh", {})
    assert advised(said())[0] == "govcrawl refresh"


def test_a_run_that_ended_needs_nothing() -> None:
    with Store.open(corpus(USUAL)) as store:
        store.finish_run(store.start_run(WHEN, "crawl", {}), WHEN, 0, {})
    assert advised(said())[0] == "govcrawl status"


def test_a_run_that_goes_on_is_told_and_left_alone() -> None:
    db = corpus(USUAL, related=False)
    with hold_lock(db):
        output = said()
    assert "A run is writing to it just now." in output
    assert [line.split()[1] for line in advised(output)] == ["status", "serve", "export"]


def test_pages_that_nobody_read_are_to_be_read() -> None:
    with Store.open(corpus(USUAL)) as store:
        store.save_capture(Capture("http://www.yunze.test/", b"x", fetched_at=WHEN))
    output = said()
    assert "last fetched 2026-02-03" in output
    assert "read 1 fetched pages that nobody has read yet" in output


def test_the_corpus_of_the_demo_is_found_and_called_invented() -> None:
    corpus(DEMO)
    output = said()
    assert "its places are invented" in output
    assert advised(output)[0] == f"govcrawl status --data-dir {DEMO.parent}"
    assert advised(output)[-1].startswith("govcrawl crawl ")


def test_ones_own_corpus_goes_before_that_of_the_demo() -> None:
    corpus(DEMO)
    corpus(USUAL)
    assert "demo" not in said()


def test_a_file_that_is_no_corpus_is_a_case_for_the_doctor() -> None:
    USUAL.parent.mkdir(parents=True)
    USUAL.write_text("this is no database, only a text of some length", encoding="utf-8")
    assert advised(said()) == ["govcrawl doctor"]


def test_an_empty_corpus_begins_with_a_crawl() -> None:
    corpus(USUAL, reports=0)
    output = said()
    assert "no reports yet" in output
    assert advised(output)[0].startswith("govcrawl crawl ")


@pytest.mark.usefixtures("chinese")
def test_it_speaks_chinese() -> None:
    corpus(USUAL)
    assert "1 个机关的 1 份年报，2020 至 2020 年度；最近抓取 从未" in said()
