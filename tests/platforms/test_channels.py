"""Channels and contents: further pages are followed where they are linked, else told."""

from __future__ import annotations

from collections import Counter

import pytest

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.channels import Channels
from govcrawl.simulator.platforms import channels as simulated
from tests.platforms.walking import mounted, walk

CHANNELS = Channels()


@pytest.mark.parametrize("defects", [(), ("disabled_next",)], ids=" ".join)
def test_every_row_is_found_once(defects: tuple[str, ...]) -> None:
    column = mounted(simulated.Channels, defects=defects)
    walked = walk(CHANNELS, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert (walked.failed, walked.asked) == ([], 5)
    assert [CHANNELS.unverified(each) for each in walked.pages] == [None] * 5


def test_pages_that_only_a_script_turns_are_told() -> None:
    assert "5 pages" in (CHANNELS.unverified(mounted(simulated.Channels, defects=["scripted"]).page()) or "")


def test_it_is_known_by_its_addresses_and_by_those_it_links_to() -> None:
    for path in ("/channels/35920.html", "/contents/35920/288778.html"):
        assert recognise_platform(Page(f"http://www.yunyan.test{path}", b"<p>a</p>")).name == "channels"
    assert (
        recognise_platform(Page("http://www.yunyan.test/", b'<a href="/contents/1/2.html">a</a>')).name == "static_list"
    )
    home = b'<a href="/contents/35920/288778.html">a</a>'
    assert recognise_platform(Page("http://www.yunyan.test/", home)).name == "channels"
