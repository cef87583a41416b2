"""Shandong's channels: nothing is listed before the scripts ran, and that is told."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.base import ListRequest
from govcrawl.platforms.gongkai import Gongkai
from govcrawl.simulator.platforms import gongkai as simulated
from govcrawl.simulator.platforms.base import Column
from tests.platforms.walking import Mounted, mounted, read

GONGKAI = Gongkai()
STYLES = [(), ("bare",)]


def rendered(column: Mounted, more: str = "") -> Page:
    """The channel as a browser hands it over."""
    assert isinstance(column.publisher, simulated.Gongkai)
    body = column.publisher.rendered(Column(urlsplit(column.url).path, "政府信息公开年报", column.rows, 1))
    return Page(column.url, body.replace(b"</ul></div>", f"</ul></div>{more}".encode(), 1))


@pytest.mark.parametrize("defects", STYLES, ids=" ".join)
def test_a_channel_needs_a_browser(defects: tuple[str, ...]) -> None:
    page = mounted(simulated.Gongkai, defects=defects).page()
    assert recognise_platform(page).name == "gongkai"
    assert "script" in (GONGKAI.needs_browser(page) or "")
    assert GONGKAI.list_links(page) == []
    assert GONGKAI.next_pages(page) == []


@pytest.mark.parametrize("defects", STYLES, ids=" ".join)
def test_a_channel_that_a_browser_rendered_lists_its_articles(defects: tuple[str, ...]) -> None:
    column = mounted(simulated.Gongkai, defects=defects)
    page = rendered(column)
    assert Counter(link.text for link in GONGKAI.list_links(page)) == Counter(column.titles)
    assert GONGKAI.needs_browser(page) is None
    assert GONGKAI.unverified(page) is None


def test_a_rendered_channel_that_goes_on_is_told() -> None:
    column = mounted(simulated.Gongkai)
    assert "not known" in (GONGKAI.unverified(rendered(column, "<div><button>下一页</button></div>")) or "")


def test_articles_are_plain_pages() -> None:
    column = mounted(simulated.Gongkai, 1)
    status, article = read(column.host, ListRequest(f"http://www.yunyan.test{column.rows[0].href}"))
    assert (status, recognise_platform(article).name) == (200, "gongkai")
    assert GONGKAI.needs_browser(article) is None


CHANNELS = ["6076a26b1887a377796bb38b", "c_6076a26b1887a377796bb38b_n_1620000000", "x_5669_13598"]


@pytest.mark.parametrize("tail", ["", "?topSearch=1", "?key=%E5%B9%B4%E6%8A%A5", "index.html"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_channels_are_known_in_all_their_spellings(channel: str, tail: str) -> None:
    page = Page(f"http://www.yunyan.test/gongkai/site_yyx/channel_{channel}/{tail}", b"<div id=app></div>")
    assert GONGKAI.needs_browser(page)
    assert GONGKAI.needs_browser(
        Page(f"http://www.yunyan.test/gongkai/channel_{channel}/{tail}", b"<div id=app></div>")
    )
