"""nN/nN: fragments numbered downwards, from the pager's script or the block of links that is not shown."""

from __future__ import annotations

from collections import Counter

import pytest

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.n_list import NList
from govcrawl.simulator.platforms import n_list as simulated
from tests.platforms.walking import mounted, walk

N_LIST = NList()
URL = "http://www.yunyan.test/n2588035/n2588320/index.html"
STYLES = [(), ("hidden_links_only",), ("script_only",)]


def page(script: str, after: str = "", url: str = URL) -> Page:
    pager = f'<table><tr><td class="pages" id="pag_77"><script>{script}</script></td></tr></table>{after}'
    return Page(url, f"<html><body>{pager}</body></html>".encode())


def files(found: Page) -> list[str]:
    return [each.url.rpartition("/")[2] for each in N_LIST.next_pages(found)]


@pytest.mark.parametrize("defects", STYLES, ids=" ".join)
def test_every_row_is_found_once(defects: tuple[str, ...]) -> None:
    column = mounted(simulated.NList, defects=defects)
    walked = walk(N_LIST, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert walked.failed == []
    assert N_LIST.unverified(column.page()) is None


def test_the_second_page_has_the_highest_number_and_the_last_the_first() -> None:
    assert files(page('maxPageNum = 4; var purl="../n1/index_77";')) == [
        "index_77_3.html",
        "index_77_2.html",
        "index_77_1.html",
    ]


def test_a_list_of_one_page_has_no_further_ones() -> None:
    assert files(page('var maxPageNum = 1; var purl = "index_77";')) == []


def test_links_and_script_that_agree_are_asked_for_once() -> None:
    hidden = "".join(f'<a href="index_77_{number}.html">x</a>' for number in (1, 2))
    assert files(page('maxPageNum=3;purl="index_77"', hidden)) == ["index_77_2.html", "index_77_1.html"]


def test_another_components_fragments_are_left_alone() -> None:
    assert files(page('maxPageNum=2;purl="index_78"', '<a href="index_78_1.html">x</a>')) == []


@pytest.mark.parametrize("number", ["1000000000000", "9" * 5000, "501"])
def test_a_number_of_pages_beyond_belief_is_told_and_not_asked_for(number: str) -> None:
    found = page(f'maxPageNum={number};purl="index_77"')
    assert files(found) == []
    assert "not believed" in (N_LIST.unverified(found) or "")


def test_a_pager_that_names_nothing_is_told() -> None:
    assert "neither" in (N_LIST.unverified(page("pageBar(77)")) or "")


def test_it_is_known_by_its_folders_too() -> None:
    for path in ("/n2588035/n2588320/index.html", "/n2588035/n2588320/", "/n1234/n5678/c23471965/content.html"):
        assert recognise_platform(Page(f"http://www.yunyan.test{path}", b"<p>x</p>")).name == "n_list"
    assert recognise_platform(Page("http://www.yunyan.test/n1/n2/", b"<p>x</p>")).name == "static_list"
