"""Shanghai: as many pages as the pager's call says, counted from one."""

from __future__ import annotations

from collections import Counter

import pytest

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.shanghai import Shanghai
from govcrawl.simulator.platforms import shanghai as simulated
from tests.platforms.walking import mounted, walk

SHANGHAI = Shanghai()
URL = "http://www.yunyan.test/nw12344/"


def page(pages: object, url: str = URL) -> Page:
    return Page(url, f"<html><script>$('.page').pagination({{totalPage:{pages}, current:1}})</script></html>".encode())


@pytest.mark.parametrize("defects", [(), ("stub_deep_page",)], ids=" ".join)
def test_every_row_is_found_once(defects: tuple[str, ...]) -> None:
    column = mounted(simulated.Shanghai, defects=defects)
    walked = walk(SHANGHAI, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert walked.failed == []


@pytest.mark.parametrize(
    ("url", "files"),
    [
        (URL, ["index_2.html", "index_3.html"]),
        (f"{URL}index.html", ["index_2.html", "index_3.html"]),
        (f"{URL}index_2.html", ["index_3.html"]),
        (f"{URL}index_3.html", []),
        (f"{URL}20230331/4a03b5fa47ae4c73b7ec42801de6be66.html", []),
    ],
)
def test_the_pages_after_this_one_are_counted_from_one(url: str, files: list[str]) -> None:
    assert [each.url.rpartition("/")[2] for each in SHANGHAI.next_pages(page(3, url))] == files


@pytest.mark.parametrize("pages", [10**12, "9" * 5000, 501])
def test_a_number_of_pages_beyond_belief_is_told_and_not_asked_for(pages: object) -> None:
    assert SHANGHAI.next_pages(page(pages)) == []
    assert "not believed" in (SHANGHAI.unverified(page(pages)) or "")


def test_the_text_of_an_article_has_its_own_container() -> None:
    article = Page(URL, b'<div id="ivs_title">t</div><div id="ivs_content">text</div>')
    assert recognise_platform(article).name == "shanghai"
    assert SHANGHAI.body(article) is not None
