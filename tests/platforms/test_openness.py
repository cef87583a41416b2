"""Openness: both generations, paged by what the page prints, and what nobody has seen is told."""

from __future__ import annotations

from collections import Counter

import pytest

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.openness import Openness
from govcrawl.simulator.platforms import openness as simulated
from tests.platforms.walking import mounted, walk

OPENNESS = Openness()
BRANCHES = "http://www.yunyan.test/opennessAnnualReport/?branch_id=5230012d7f8b9a1c08ee347d"
NUMBERED = "http://www.yunyan.test/OpennessContent/showList/1442/45712/page_1.html"


@pytest.mark.parametrize("generation", [(), ("numeric",)], ids=["branches", "numeric"])
@pytest.mark.parametrize("defect", ["", *(each for each in simulated.Openness.known_defects if each != "numeric")])
@pytest.mark.parametrize("count", [3, 20, 23])
def test_every_row_is_found_once_whatever_the_portal_prints(
    generation: tuple[str, ...], defect: str, count: int
) -> None:
    column = mounted(simulated.Openness, count, [*generation, *filter(None, [defect])])
    walked = walk(OPENNESS, column.host, column.url)
    listed = Counter(walked.titles)
    assert {title: listed[title] for title in column.titles} == dict.fromkeys(column.titles, 1)
    assert walked.failed == []
    assert not any(map(OPENNESS.unverified, walked.pages))


@pytest.mark.parametrize(
    ("url", "second"),
    [(BRANCHES, f"{BRANCHES}&page=2"), (NUMBERED, NUMBERED.replace("page_1", "page_2"))],
)
def test_pages_that_are_counted_and_not_linked_are_asked_for_by_the_generations_addresses(
    url: str, second: str
) -> None:
    counted = Page(url, "<p>共 2 页</p>".encode())
    assert [each.url for each in OPENNESS.next_pages(counted)] == [second]
    assert OPENNESS.next_pages(Page(url, b"<p>nothing</p>")) == []


def test_a_numbered_list_without_a_row_is_told_since_nobody_has_seen_its_markup() -> None:
    assert "marked up" in (OPENNESS.unverified(Page(NUMBERED, b'<div data-rows="[]"></div>')) or "")
    assert OPENNESS.unverified(Page(BRANCHES, b"<div></div>")) is None


@pytest.mark.parametrize(
    "href",
    [
        "/opennessTarget/?branch_id=5230012d7f8b9a1c08ee347d&amp;column_code=10000",
        "/openness/OpennessAnnualReport/show/1888.html",
        "/XxgkAnnualReport/show/4309.html",
        "/Xxgknb/show/4471.html",
        "/openness/detail/content/5a30f4f57f8b9a8a15829c0f.html",
    ],
)
def test_the_platforms_own_addresses_name_it(href: str) -> None:
    assert recognise_platform(Page("http://www.yunyan.test/", f'<a href="{href}">x</a>'.encode())).name == "openness"
    elsewhere = f'<a href="http://www.yanxi.test{href}">x</a>'
    assert recognise_platform(Page("http://www.yunyan.test/", elsewhere.encode())).name != "openness"
