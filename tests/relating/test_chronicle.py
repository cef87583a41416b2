"""What a corpus notices of a simulated nation over years, from its replayed archive."""

from __future__ import annotations

import pytest

from govcrawl.simulator.chronicle import Chronicle
from tests.benchmarks.remembered import Score
from tests.benchmarks.remembering import build, judge, replay

pytestmark = pytest.mark.slow

CERTAIN = (
    "contents read",
    "exact duplicates",
    "versions (superseded)",
    "edits, told silent or not",
    "cells that edits changed",
    "sections that edits changed",
    "near-duplicates",
    "carry_over broken",
    "last_year broken",
    "joined bodies linked",
    "vanished",
)
LIKELY = {"agency identity (pairs)": 95.0, "copied prose": 95.0}
"""Detections that may miss some, and the least they reach, in percent."""


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Score]:
    folder = tmp_path_factory.mktemp("chronicle")
    chronicle = Chronicle(seed=1, agencies=40, years=range(2018, 2022))
    build(chronicle, folder)
    replay(folder)
    return {score.name: score for score in judge(chronicle, folder)}


@pytest.mark.parametrize("name", CERTAIN)
def test_nothing_is_missed_and_nothing_else_is_told(scores: dict[str, Score], name: str) -> None:
    score = scores[name]
    assert score.known > 0
    assert (score.missed, score.wrong) == ((), ())


@pytest.mark.parametrize(("name", "least"), LIKELY.items())
def test_most_is_found_and_most_of_it_is_right(scores: dict[str, Score], name: str, least: float) -> None:
    score = scores[name]
    assert score.known > 0
    assert score.recall >= least
    assert score.precision >= least


def test_who_cannot_be_known_is_not_guessed(scores: dict[str, Score]) -> None:
    score = scores["doubtful pairs listed or linked"]
    assert score.known > 0
    assert score.note == "joined by guess: 0"
