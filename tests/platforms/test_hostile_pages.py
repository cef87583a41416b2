"""No module of a platform raises on a broken page, or asks for more pages than a list can have."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.platforms import PLATFORMS, BasePlatform, Page
from govcrawl.platforms.base import ListRequest
from govcrawl.simulator.nation.publishers import publishers
from tests.platforms.walking import mounted, walk

MOST_FURTHER = 2000
"""No list's page leads to more."""
HUGE = 10**12


def say_everything(platform: BasePlatform, page: Page) -> list[ListRequest]:
    """Ask the module all it can say of a page; its further pages."""
    assert 0 <= platform.recognise(page) <= 1
    platform.list_links(page)
    platform.columns(page)
    platform.body(page)
    platform.attachments(page)
    platform.expected_total(page)
    assert platform.unverified(page) != ""
    assert platform.needs_browser(page) != ""
    platform.pager(page)
    return platform.next_pages(page)


@cache
def pages(platform: BasePlatform) -> list[Page]:
    """Pages of all kinds that the platform's publishers serve; of another's, where it has none of its own."""
    kinds = [kind for kind in publishers().values() if kind.name == platform.name] or [publishers()["trs"]]
    columns = [mounted(kind, 12, [defect] if defect else []) for kind in kinds for defect in ("", *kind.known_defects)]
    return [page for column in columns for page in walk(platform, column.host, column.url).pages[:3]]


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda each: each.name)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_page_cut_off_anywhere_is_read_as_far_as_it_goes(platform: BasePlatform, data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(pages(platform)))
    end = data.draw(st.integers(0, len(page.body)))
    assert len(say_everything(platform, Page(page.url, page.body[:end], request=page.request))) <= MOST_FURTHER


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda each: each.name)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_hostile_numbers_lead_to_no_end_of_pages(platform: BasePlatform, data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(pages(platform)))
    number = data.draw(st.sampled_from([b"0", b"-1", b"1e9", str(HUGE).encode(), b"9" * 5000, "²".encode(), b"null"]))
    figures = list(re.finditer(rb"\d+", page.body))[-60:]
    if figures:
        hit = data.draw(st.sampled_from(figures))
        page = Page(page.url, page.body[: hit.start()] + number + page.body[hit.end() :], request=page.request)
    assert len(say_everything(platform, page)) <= MOST_FURTHER


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda each: each.name)
@settings(max_examples=15, deadline=None)
@given(body=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_bytes_of_any_kind_are_read(platform: BasePlatform, body: bytes) -> None:
    for url in ("http://www.yunyan.test/", pages(platform)[-1].url):
        say_everything(platform, Page(url, body))
