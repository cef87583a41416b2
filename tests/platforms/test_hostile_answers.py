"""Broken and hostile pages neither stop a platform's module nor make it ask without end."""

from __future__ import annotations

import json
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.platforms import PLATFORMS, Page, platform_named
from govcrawl.platforms.base import BasePlatform
from govcrawl.simulator.platforms.gkmlpt import Gkmlpt
from govcrawl.simulator.platforms.lonsun import Lonsun
from govcrawl.simulator.platforms.nfcms import Nfcms
from govcrawl.simulator.platforms.openness import Openness
from govcrawl.simulator.platforms.ucap import Ucap
from govcrawl.simulator.platforms.ucap_json import UcapJson
from tests.platforms.walking import mounted, walk

PUBLISHERS = {kind.name: kind for kind in (Gkmlpt, Ucap, UcapJson, Lonsun, Nfcms, Openness)}
MOST = 500
CHANNEL = "157a95c3e64f41039bb3beb14dbc7638"
HOST = "http://www.yunyan.test"
API, SEARCH = f"{HOST}/gkmlpt/api/all/5?page=1&sid=1", f"{HOST}/common/search/{CHANNEL}?_pageSize=100&page=1"
COLUMN = f"{HOST}/public/column/25481?type=3"
HUGE = (10**12, -1, 10**300, 1e308, "9" * 30, "１２", None, True, [], {}, "∞")


def module(name: str) -> BasePlatform:
    found = platform_named(name)
    assert found is not None
    return found


@cache
def answers(name: str) -> tuple[tuple[str, bytes], ...]:
    """Addresses and bodies of all pages of a column, as the platform really serves them."""
    column, platform = mounted(PUBLISHERS[name]), module(name)
    entries = [column.url, *(link.url for link in platform.columns(column.page()))]
    return tuple((page.url, page.body) for url in entries for page in walk(platform, column.host, url).pages)


def use(platform: BasePlatform, page: Page) -> None:
    """All that a crawl asks of a page."""
    assert 0 <= platform.recognise(page) <= 1
    assert all(link.url and link.text for link in platform.list_links(page))
    assert len(platform.next_pages(page)) <= MOST
    assert (platform.expected_total(page) or 0) <= 10**6
    for column in platform.columns(page):
        assert column.url
        assert column.text
    platform.pager(page)
    platform.unverified(page)
    platform.attachments(page)


@pytest.mark.parametrize("name", PUBLISHERS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_pages_cut_anywhere_are_read_as_far_as_they_go(name: str, data: st.DataObject) -> None:
    url, body = data.draw(st.sampled_from(answers(name)))
    use(module(name), Page(url, body[: data.draw(st.integers(0, len(body)))]))


@pytest.mark.parametrize("name", PUBLISHERS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_pages_with_other_bytes_in_them_are_read(name: str, data: st.DataObject) -> None:
    url, body = data.draw(st.sampled_from(answers(name)))
    start = data.draw(st.integers(0, len(body)))
    put = data.draw(st.binary(max_size=20) | st.sampled_from([b"{", b"[" * 50, b'"', b"</script>", b"9" * 40, b"%zz"]))
    use(module(name), Page(url, body[:start] + put + body[start + len(put) :]))


@pytest.mark.parametrize("number", HUGE, ids=repr)
def test_numbers_beyond_belief_are_no_numbers(number: object) -> None:
    row: dict[str, object] = {"title": "甲", "url": "/a/1.html", "publishedTimeStr": number, "date": number}
    tree = json.dumps([{"id": number, "name": "年报", "children": number, "jump_url": number}])
    pages = {
        "gkmlpt": [
            Page(API, json.dumps({"classify": {"post_count": number}, "articles": [row, number]}).encode()),
            Page(f"{HOST}/gkmlpt/index", f'<script>window._CONFIG={{"SID":"1","TREE":{tree}}}</script>'.encode()),
            Page(API.replace("page=1", f"page={str(number)[:50]}"), b'{"articles":[{"title":"a","url":"/b"}]}'),
        ],
        "ucap_json": [
            Page(SEARCH, json.dumps({"data": {"total": number, "rows": number, "results": [row, number]}}).encode()),
            Page(SEARCH, json.dumps({"data": number}).encode()),
        ],
        "ucap": [Page(f"{HOST}/list.shtml", f"createPageHTML('a',{number},1,'list','shtml',{number})".encode())],
        "lonsun": [Page(COLUMN, f"'/site/label/8888' labelName=publicInfoList&file=1' pageCount: {number}".encode())],
        "nfcms": [Page(f"{HOST}/nb/", f"共{number}页".encode())],
        "openness": [
            Page(f"{HOST}/opennessAnnualReport/?branch_id=1&page={str(number)[:50]}", f"共{number}页".encode())
        ],
    }
    for name, hostile in pages.items():
        for page in hostile:
            use(module(name), page)


def test_a_list_that_claims_a_million_million_rows_is_asked_for_page_by_page() -> None:
    rows = [{"title": f"{n}", "url": f"/a/{n}.html"} for n in range(20)]
    body = json.dumps({"data": {"total": 10**12, "rows": 20, "results": rows}}).encode()
    assert len(module("ucap_json").next_pages(Page(SEARCH, body))) == 1
    last = Page(SEARCH.replace("page=1", f"page={MOST}"), body)
    assert module("ucap_json").next_pages(last) == []


def test_a_pager_of_a_million_million_pages_is_cut() -> None:
    page = Page(f"{HOST}/list.shtml", b"<script>createPageHTML('page_div',1000000000000,1,'list','shtml',5)</script>")
    assert len(module("ucap").next_pages(page)) == MOST - 1


HOSTILE = {
    "quotes": b'"/public/' * 40_000,
    "braces": b"{ organId" * 60_000,
    "open objects": b"{organId:" + b"name:'" * 60_000,
    "calls": b"createPageHTML('" * 30_000,
    "addresses": b"'/a/b/search/" * 40_000 + b"channelid",
    "labels": b"labelName=publicInfoList '/site/label/8888?" * 15_000 + b"{labelName: 'publicInfoList" * 5_000,
    "deep": b'<script>window._CONFIG={"TREE":' + b'[{"children":' * 40_000 + b"gkmlpt",
    "hrefs": b'<a href="/openness' * 20_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("url", [API, SEARCH, COLUMN, f"{HOST}/gkmlpt/index", f"{HOST}/nb/index.html"])
def test_no_page_of_half_a_megabyte_takes_long(name: str, url: str) -> None:
    head = f'<meta name="channelid" content="{CHANNEL}"><meta name="SiteId" content="1">'.encode()
    for platform in filter(lambda each: each.name in PUBLISHERS, PLATFORMS):
        page = Page(url, head + HOSTILE[name])
        started = time.process_time()
        platform.recognise(page)
        platform.list_links(page)
        platform.next_pages(page)
        platform.columns(page)
        platform.unverified(page)
        assert time.process_time() - started < 3, f"{platform.name} took too long"
