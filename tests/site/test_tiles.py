"""The map of tiles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.divisions import load_divisions
from govcrawl.lookups import load_lookup
from govcrawl.site.places.tiles import Tile, legend, tile_map
from govcrawl.store.asking.expected import Standing

CSS = Path(__file__).parents[2] / "govcrawl" / "site" / "static" / "places.css"
REAL = {"code": "620000", "name": "甘肃省"}


def tile(found: int, expected: int) -> Tile:
    return Tile("620000", "甘肃", "Gansu", 2, 2, Standing({"current": found, "missing": expected - found}, found))


def test_every_province_the_corps_and_the_centre_have_a_tile_and_names() -> None:
    lookup = load_lookup("tiles")
    tops = {each.code for each in load_divisions() if each.level in {"province", "corps", "state"}}
    assert set(lookup["tiles"]) == set(lookup["names"]) == tops
    assert len(tops) == 33
    assert all(set(names) == {"zh", "en"} for names in lookup["names"].values())


def test_no_two_tiles_lie_on_each_other() -> None:
    places = [tuple(place) for place in load_lookup("tiles")["tiles"].values()]
    assert len(set(places)) == len(places)


def test_the_stylesheet_has_every_column_line_and_shade() -> None:
    rules = CSS.read_text(encoding="utf-8")
    for column, line in load_lookup("tiles")["tiles"].values():
        assert f".column-{column} " in rules
        assert f".line-{line} " in rules
    assert all(f".step-{step} " in rules for step, _, _ in [*legend(), ("none", 0, 0)])


def test_a_corpus_of_one_province_shows_the_others_as_absent() -> None:
    tiles = tile_map([REAL], {"620000": Standing({"current": 1}, 1)})
    assert len(tiles) == 33
    assert [each.code for each in tiles if each.standing is not None] == ["620000"]


def test_a_province_with_portals_and_nothing_expected_is_there() -> None:
    (there,) = [each for each in tile_map([REAL], {}) if each.standing is not None]
    assert (there.step, there.text) == ("none", "—")


def test_places_the_map_does_not_know_come_beneath_it_and_alone_where_nothing_else_is() -> None:
    invented = {"code": "970000", "name": "岚海省"}
    assert [each.code for each in tile_map([invented], {})] == ["970000"]
    assert tile_map([invented, REAL], {})[-1].code == "970000"
    assert tile_map([invented, REAL], {})[-1].column is None


def test_a_place_that_owes_and_has_no_portal_any_more_is_not_lost() -> None:
    assert [each.name for each in tile_map([], {"970000": Standing({"missing": 1})})] == ["970000"]


@pytest.mark.parametrize(
    ("found", "expected", "text", "step"),
    [(0, 4, "0%", "0"), (1, 4, "25%", "1"), (999, 1000, "99%", "4"), (1000, 1000, "100%", "4"), (0, 0, "—", "none")],
)
def test_the_share_is_rounded_down_so_that_100_is_all(found: int, expected: int, text: str, step: str) -> None:
    assert (tile(found, expected).text, tile(found, expected).step) == (text, step)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_legend_tells_the_share_of_every_shade(found: int, further: int) -> None:
    each = tile(found, found + further)
    steps = {step: (low, high) for step, low, high in legend()}
    low, high = steps[each.step]
    share = each.standing.share if each.standing else None
    assert share is not None
    assert low <= 100 * share
    assert high is None or 100 * share < high


def test_the_text_on_every_shade_can_be_read() -> None:
    rules = re.findall(r"\.step-\d \{ background: (#\w+); color: (#\w+); \}", CSS.read_text(encoding="utf-8"))
    assert len(rules) == 5
    assert all(contrast(*rule) >= 4.5 for rule in rules)


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, as WCAG 2 defines it."""
    low, high = sorted(luminance(each) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
