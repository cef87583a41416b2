"""Codes that a terminal tells in words: every one there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from govcrawl.audit import CHECKS as AUDITED
from govcrawl.checks.outliers import OWN, PEERS
from govcrawl.cli import main
from govcrawl.cli.demo import PARTS
from govcrawl.demo import SHARES
from govcrawl.demo.telling import NIGHT
from govcrawl.locale import terms, translator
from govcrawl.locale.terminal import named, worded
from govcrawl.model import ProblemKind, Verdict
from govcrawl.relating import STEPS, relate
from govcrawl.relating.across import CODES
from govcrawl.store import Store

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (terms.PROBLEMS, {str(kind) for kind in ProblemKind}),
        (terms.CHECKS, {*AUDITED, "again"}),
        (terms.STEPS, set(STEPS)),
        (terms.COUNTERS, set(STEPS)),
        (PARTS, set(SHARES)),
        (NIGHT, {"new", "edited", "moved", "vanished"}),
    ],
    ids=["problems", "checks", "steps", "counters", "parts of a demo", "what a night brings"],
)
def test_every_code_has_its_words(words: dict[str, str], codes: set[str]) -> None:
    assert words.keys() == codes


def test_every_counter_of_relating_has_its_words(tmp_path: Path) -> None:
    with Store.open(tmp_path / "govcrawl.db") as store:
        counted = relate(store).counts
    counted["across"] = {f"{code}_{verdict}": 0 for code in CODES for verdict in Verdict}
    for code in (OWN, PEERS):  # a usual size supports nothing
        del counted["across"][f"{code}_{Verdict.SUPPORTS}"]
    lacking = {(step, what) for step, counts in counted.items() for what in counts.keys() - terms.COUNTERS[step].keys()}
    assert lacking == set()


@pytest.mark.parametrize(
    "words",
    [terms.PROBLEMS, terms.PORTALS, terms.REVIEWS, terms.CHECKS, terms.STEPS, *terms.COUNTERS.values(), PARTS, NIGHT],
    ids=lambda words: next(iter(words)),
)
def test_every_code_has_a_chinese_telling_of_its_own(words: dict[str, str]) -> None:
    told = [translator("zh")(text) for text in words.values()]
    assert [text for text in told if not HAN.search(text)] == []
    assert len(set(told)) == len(told)


def test_in_english_a_code_stays_one() -> None:
    assert named("blocked", terms.PROBLEMS) == worded("blocked", terms.PORTALS) == "blocked"


@pytest.mark.usefixtures("chinese")
def test_in_chinese_words_go_before_a_code_that_the_documents_list() -> None:
    assert named("blocked", terms.PROBLEMS) == "被防护系统拒绝（blocked）"
    assert worded("blocked", terms.PORTALS) == "拒绝程序访问"
    assert named("of_tomorrow", terms.PROBLEMS) == "of_tomorrow"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("command", ["relate", "check"])
def test_no_code_is_told_bare(command: str, tmp_path: Path) -> None:
    db = tmp_path / "govcrawl.db"
    Store.open(db).close()
    lines = CliRunner().invoke(main, [command, "--db", str(db)]).output.splitlines()
    assert len(lines) > 5
    assert [line for line in lines if not HAN.search(line)] == []
    assert [line for line in lines if re.search(r"[a-z]_[a-z]", line.replace(str(tmp_path), ""))] == []
