"""The simulated nation over years: what it prints is what its truth says, and what happens in it is known."""

from __future__ import annotations

import hashlib
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from govcrawl import read_report
from govcrawl.divisions import load_divisions
from govcrawl.forms.schema import form_by_code
from govcrawl.portals import load_portals
from govcrawl.simulator.chronicle import Chronicle, Content, places_of
from govcrawl.simulator.chronicle.words import SHARED
from govcrawl.simulator.figures import Figures, broken_identities

YEARS = range(2018, 2022)
KINDS = {"edit", "repost", "near_duplicate", "vanished", "copied", "carry_over", "last_year", "narrative"}


@pytest.fixture(scope="module")
def chronicle() -> Chronicle:
    return Chronicle(seed=1, agencies=40, years=YEARS)


@pytest.fixture(scope="module")
def nation() -> Chronicle:
    """Large enough for rare things."""
    return Chronicle(seed=3, agencies=100)


def figures_of(content: Content) -> Figures:
    figures = Figures()
    for where, value in zip(places_of(content.form), content.row, strict=True):
        figures.set(where, value)
    return figures


def prose(content: Content) -> list[str]:
    text = content.text
    return [*text.works, *text.problems]


def in_common(one: str, other: str) -> int:
    """Characters of runs that two passages share; a slip of the pen may lie between two runs."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= 8)


def test_the_same_seed_gives_the_same_bytes() -> None:
    one, other = (Chronicle(seed=7, agencies=6, years=range(2019, 2021)) for _ in range(2))
    assert list(one.captures()) == list(other.captures())
    assert one.truth.events == other.truth.events


def test_another_seed_gives_another_nation() -> None:
    one, other = (Chronicle(seed=seed, agencies=6, years=range(2019, 2021)) for seed in (7, 8))
    assert {got.url for got in one.captures()}.isdisjoint({got.url for got in other.captures()})


def test_there_are_as_many_agencies_as_asked_for(chronicle: Chronicle) -> None:
    assert len(chronicle.bodies) == len({body.id for body in chronicle.bodies}) == 40


def test_captures_come_in_the_order_of_time_after_their_report_was_published(chronicle: Chronicle) -> None:
    captures = list(chronicle.captures())
    assert [got.fetched_at for got in captures] == sorted(got.fetched_at for got in captures)
    for got in captures:
        if got.content:
            assert got.fetched_at.date() > chronicle.truth.contents[got.content].published_on


def test_every_content_is_shown_and_a_body_shows_one_content_at_its_address(chronicle: Chronicle) -> None:
    shown: dict[tuple[str, str], set[str]] = {}
    for got in chronicle.captures():
        if got.content:
            shown.setdefault((got.url, hashlib.sha256(got.body).hexdigest()), set()).add(got.content)
    assert all(len(contents) == 1 for contents in shown.values())
    assert {content for contents in shown.values() for content in contents} == set(chronicle.truth.contents)


def test_a_page_prints_the_figures_of_its_content(chronicle: Chronicle) -> None:
    seen: Counter[str] = Counter()
    for got in chronicle.captures():
        content = chronicle.truth.contents.get(got.content)
        if content is None or seen[content.form] >= 3:
            continue
        seen[content.form] += 1
        told = {where: figure.value for where, figure in read_report(got.body).figures()}
        assert told == dict(figures_of(content).items())
    assert set(seen) == {"stat2014", "form2019", "form2021"}


def test_every_report_keeps_the_sums_of_its_form(nation: Chronicle) -> None:
    some = list(nation.truth.contents.items())[::12]
    broken = [
        (key, broken)
        for key, content in some
        if (broken := broken_identities(form_by_code(content.form), figures_of(content)))
        and any(code != "decisions_are_stock" for code, _ in broken)
    ]
    assert broken == []


def test_something_of_every_kind_happens(chronicle: Chronicle, nation: Chronicle) -> None:
    assert {event.kind for event in chronicle.truth.events} >= KINDS
    assert {event.kind for event in nation.truth.events} == KINDS | {"stock", "area_total"}


def test_what_is_carried_over_is_what_was_left_but_for_the_slips(nation: Chronicle) -> None:
    wrong = {nation.truth.contents[event.content].report for event in nation.truth.of("carry_over")}
    compared = sum(content.year > 2019 for content in nation.truth.contents.values())
    assert 0 < len(wrong) < 0.06 * compared


def test_an_edit_changes_the_cells_and_the_sections_it_says_and_no_others(nation: Chronicle) -> None:
    contents = nation.truth.contents
    for event in nation.truth.of("edit"):
        before, after = contents[event.content], contents[event.details["other"]]
        old, new = dict(figures_of(before).items()), dict(figures_of(after).items())
        assert {(w, old[w], new[w]) for w in old if old[w] != new[w]} == {tuple(c) for c in event.details["changes"]}
        assert event.details["silent"] == (before.published_on == after.published_on)
        count = len(form_by_code(before.form).sections)
        words = {n for n, said in before.text.sections(count).items() if said != after.text.sections(count).get(n)}
        assert words == set(event.details["sections"]) - (set() if event.details["silent"] else {count})


def test_reports_share_long_passages_only_where_somebody_copied(nation: Chronicle) -> None:
    contents = nation.truth.contents
    copied = {
        frozenset((contents[event.content].report, contents[event.details["other"]].report))
        for event in nation.truth.of("copied")
    }
    holders: dict[str, set[str]] = {}
    for content in contents.values():
        for passage in prose(content):
            for start in range(len(passage) - 80 + 1):
                holders.setdefault(passage[start : start + 80], set()).add(content.report)
    shared = {frozenset(found) for found in holders.values() if len(found) > 1}
    assert all(any(group >= pair for pair in copied) for group in shared)


def test_a_passage_that_everybody_prints_is_printed_by_many(nation: Chronicle) -> None:
    printed = Counter(passage for content in nation.truth.contents.values() for passage in content.text.shared)
    assert set(printed) == set(SHARED)
    assert min(printed.values()) > 0.1 * len(nation.truth.contents)


def test_copies_have_a_long_passage_in_common(nation: Chronicle) -> None:
    for event in nation.truth.of("copied"):
        if event.details["how"] in {"section", "passage", "within"}:
            one, other = (nation.truth.contents[key] for key in (event.content, event.details["other"]))
            assert max(in_common(mine, theirs) for mine in prose(one) for theirs in prose(other)) >= 80


def test_a_local_renaming_is_one_that_nobody_can_know(nation: Chronicle) -> None:
    body = next(body for body in nation.bodies if body.doubtful)
    years = {c.year: key for key, c in nation.truth.contents.items() if c.body is body and key.count("/") == 1}
    before = [key for year, key in years.items() if year < body.doubtful]
    after = [key for year, key in years.items() if year >= body.doubtful]
    assert nation.truth.same(before[0], after[0]) is None
    assert nation.truth.same(after[0], after[-1]) is True


def test_bodies_of_different_places_are_different(nation: Chronicle) -> None:
    one, other = nation.bodies[0], nation.bodies[-1]
    first, second = (next(k for k, c in nation.truth.contents.items() if c.body is body) for body in (one, other))
    assert nation.truth.same(first, second) is False


def test_counties_of_two_provinces_bear_one_name() -> None:
    names = Counter(place.names[0][2] for place in Chronicle(seed=1, agencies=500).places if place.level == "county")
    assert max(names.values()) == 2


def test_the_gazetteer_knows_what_became_of_places(nation: Chronicle, tmp_path: Path) -> None:
    registry, divisions = nation.write_places(tmp_path)
    known = load_divisions(divisions)
    portals = load_portals(registry / "chronicle.csv")
    assert {portal.division_code for portal in portals} == {place.code for place in nation.places}
    for place in nation.places:
        for _, code, name in place.names:
            match = known.find(f"{name}教育局", place.code)
            assert match is not None
            assert match.division is not None
            assert match.division.code in {code, place.code}
    raised = [place for place in nation.places if place.names[0][1] != place.code]
    assert raised
    assert all(known.get(place.names[0][1]).heirs[0].code == place.code for place in raised)  # type: ignore[union-attr]
