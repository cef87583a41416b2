"""Nineteen-figure ids: pages by links or by their stated number; a full page that says nothing is told."""

from __future__ import annotations

from collections import Counter

import pytest

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.snowflake import Snowflake
from govcrawl.simulator.platforms import snowflake as simulated
from tests.platforms.walking import mounted, walk

SNOWFLAKE = Snowflake()
FOLDER = "http://www.yunyan.test/zfxxgk/zfxxgknb/"


@pytest.mark.parametrize("defects", [(), ("text_pager",)], ids=" ".join)
def test_every_row_is_found_once(defects: tuple[str, ...]) -> None:
    column = mounted(simulated.Snowflake, defects=defects)
    walked = walk(SNOWFLAKE, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert walked.failed == []
    assert [SNOWFLAKE.unverified(each) for each in walked.pages] == [None] * 5


def test_a_full_page_without_a_pager_is_told() -> None:
    full = mounted(simulated.Snowflake, 23, ["no_pager"], per_page=10).page()
    assert SNOWFLAKE.next_pages(full) == []
    assert "10 rows" in (SNOWFLAKE.unverified(full) or "")
    assert SNOWFLAKE.unverified(mounted(simulated.Snowflake, 9, ["no_pager"], per_page=10).page()) is None


def test_a_number_of_pages_beyond_belief_is_not_asked_for() -> None:
    assert SNOWFLAKE.next_pages(Page(f"{FOLDER}1.html", "共9999页".encode())) == []


def test_it_is_known_by_ids_of_nineteen_figures_alone() -> None:
    for number, name in ((1539509946796748802, "snowflake"), (153950994679674880, "static_list")):
        assert recognise_platform(Page(FOLDER, f'<a href="{number}.html">a</a>'.encode())).name == name
        assert recognise_platform(Page(f"{FOLDER}{number}.html", b"<p>a</p>")).name == name
