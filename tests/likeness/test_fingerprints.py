"""Fingerprints of passages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govcrawl.likeness import comparable
from govcrawl.likeness.fingerprints import SHINGLE, WINDOW, fingerprints
from tests.likeness.texts import prose

SPAN = 5 * WINDOW + SHINGLE


def comparable_text(printed: str) -> str:
    return comparable([("一", printed)]).text


def test_they_are_the_same_on_every_machine() -> None:
    found = fingerprints(comparable_text(prose("甲", 3)))
    assert list(found.places)[:3] == [711419102, 2414461569, 496959962]


def test_a_short_text_has_none() -> None:
    assert not fingerprints("无其他需要报告的事项").places


def test_none_spans_a_break() -> None:
    one, two = comparable_text(prose(1)), comparable_text(prose(2))
    assert set(fingerprints(one + two).places) == set(fingerprints(one).places) | set(fingerprints(two).places)


@given(st.integers(0, 99), st.text("甲乙丙丁戊", max_size=40), st.text("己庚辛壬癸", max_size=40))
def test_a_passage_has_its_own_wherever_it_stands(seed: int, before: str, after: str) -> None:
    passage = comparable_text(prose(seed, 8)).strip()
    assert len(passage) > SPAN
    here, there = fingerprints(passage).places, fingerprints(f"{before}{passage}{after}").places
    shared = here.keys() & there.keys()
    assert len(shared) > len(here) / 2
    assert all(there[key] - here[key] == len(before) for key in shared)


@given(st.integers(0, 99))
def test_a_word_exchanged_leaves_most_of_them(seed: int) -> None:
    passage = comparable_text(prose(seed, 12))
    middle = len(passage) // 2
    changed = f"{passage[:middle]}己庚{passage[middle + 2 :]}"
    here, there = fingerprints(passage).places, fingerprints(changed).places
    assert len(here.keys() & there.keys()) > 0.6 * len(here)
