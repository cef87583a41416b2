"""How far a long command has come: a bar with an estimate on a terminal, plain lines elsewhere."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from govcrawl.cli import bars
from govcrawl.cli.counters import watching

ROOT = Path(__file__).resolve().parents[2]
FORMS = ["form2021", "form2019"]
EXAMPLES = [str(ROOT / "docs" / name) for name in ("example.html", "example.txt")]


@pytest.mark.parametrize(
    ("done", "total", "seconds", "rest"),
    [
        (50, 100, 60, 60.0),
        (25, 100, 60, 180.0),
        (0, 100, 60, None),
        (1, 100, 1, None),
        (5, None, 60, None),
        (120, 100, 60, 0.0),
    ],
)
def test_the_rest_takes_as_long_as_the_part_that_is_done(
    done: float, total: float | None, seconds: float, rest: float | None
) -> None:
    assert bars.remaining(done, total, seconds) == rest


@pytest.mark.parametrize(
    ("seconds", "told"), [(4.4, "4 s"), (89, "89 s"), (90, "2 min"), (3600, "60 min"), (12_000, "3 h 20 min")]
)
def test_a_time_is_told_as_one_says_it(seconds: float, told: str) -> None:
    assert bars.duration(seconds) == told


def test_a_budget_ends_the_work_sooner() -> None:
    assert bars.left(10, 100, 60, most=120) == "about 60 s left"
    assert bars.left(10, 100, 60, most=7200) == "about 9 min left"
    assert bars.left(0, 100, 60, most=120) == "about 60 s left"


def test_nothing_is_left_of_what_is_done() -> None:
    assert bars.left(100, 100, 60) == ""


@pytest.mark.usefixtures("chinese")
def test_the_estimate_is_told_in_chinese() -> None:
    assert bars.left(10, 100, 60) == "约剩 9 分钟"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("govcrawl.cli.bars.time", made)
    return made


def test_what_is_prepared_before_the_first_step_is_not_taken_for_its_pace(clock: Clock) -> None:
    with bars.working("exporting", 100_000) as bar:
        clock.seconds += 300
        bar.set(1000, "panel")
        assert bar.rest() == ""
        clock.seconds += 60
        bar.set(51_000, "panel")
        assert bar.rest() == "about 59 s left"


def test_elsewhere_a_plain_line_is_told_now_and_then(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with bars.working("reading", 100) as bar:
        for number in range(10):
            clock.seconds += 10
            bar.step(f"page {number}")
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "reading: 3/100, page 2, about 16 min left",
        "reading: 6/100, page 5, about 16 min left",
        "reading: 9/100, page 8, about 15 min left",
    ]


def test_a_crawl_is_watched_by_its_portals(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    counts = {"govcrawl/portals/working": 2, "govcrawl/portals/failing": 1, "downloader/request_count": 70}
    with watching("crawling", 12) as watch:
        clock.seconds += 60
        watch(counts)
    told = capsys.readouterr().err
    assert told == "crawling: 3/12, 70 requests, 0 reports, 0 problems, about 3 min left\n"


def test_the_next_piece_of_work_begins_anew() -> None:
    with bars.working("reading", 4) as bar:
        bar.step("a", 4)
        bar.relating(6)("identities")
        assert (bar.title, bar.total, bar.done, bar.detail) == ("relating", 6, 1, "identities")


def on_a_terminal(*arguments: str, stdout: bool) -> tuple[str, str]:
    """(what went to standard output where that is a file, what was shown on the terminal)."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "govcrawl", *arguments],
        stdout=follower if stdout else subprocess.PIPE,
        stderr=follower,
        env=environment,
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            read = os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
        if not read:
            break
        shown += read
    os.close(leader)
    printed = process.communicate(timeout=300)[0] or b""
    return printed.decode(), shown.decode()


def test_what_is_printed_into_a_file_is_not_taken_by_the_bar() -> None:
    printed, shown = on_a_terminal("extract", "--json", *EXAMPLES, stdout=False)
    assert [json.loads(line)["form"] for line in printed.splitlines()] == FORMS
    assert "reading" in shown
    assert "agency" not in shown


def test_what_is_printed_on_the_terminal_stands_beside_the_bar() -> None:
    _, shown = on_a_terminal("extract", "--json", *EXAMPLES, stdout=True)
    lines = [line[line.index("{") :] for line in re.split(r"[\r\n]+", shown) if '"path": ' in line]
    assert [json.loads(line)["form"] for line in lines] == FORMS
    assert "reading" in shown
