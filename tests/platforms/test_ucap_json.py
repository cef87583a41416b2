"""UCAP with dynamic lists: the page's own script says where its rows come from, an answer says how many there are."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.embedded import parameter
from govcrawl.platforms.ucap_json import UcapJson
from govcrawl.simulator.platforms import ucap_json as simulated
from tests.platforms.walking import mounted, walk

UCAP_JSON = UcapJson()
CHANNEL = "157a95c3e64f41039bb3beb14dbc7638"
COLUMN = "http://www.yunyan.test/yyx/c100231/common_list.shtml"
ANSWER = f"http://www.yunyan.test/common/search/{CHANNEL}?_isAgg=true&_isJson=true&_pageSize=100&page=1"


def column(script: str) -> Page:
    head = f'<head><meta name="channelid" content="{CHANNEL}"></head>'
    return Page(COLUMN, f"<html>{head}<body><script>{script}</script></body></html>".encode())


def answer(data: object, url: str = ANSWER) -> Page:
    return Page(url, json.dumps({"data": data}).encode())


@pytest.mark.parametrize(
    "defect", ["", *(each for each in simulated.UcapJson.known_defects if each not in simulated.UcapJson.losing)]
)
@pytest.mark.parametrize("count", [0, 3, 20, 23])
def test_every_row_is_found_once_whatever_the_portal_gets_wrong(defect: str, count: int) -> None:
    listed = mounted(simulated.UcapJson, count, [defect] if defect else [])
    walked = walk(UCAP_JSON, listed.host, listed.url)
    assert Counter(walked.titles) == Counter(listed.titles)
    assert walked.failed == []
    assert all(link.published_on for link in walked.links)


def test_the_answer_tells_the_total() -> None:
    listed = mounted(simulated.UcapJson)
    assert UCAP_JSON.expected_total(walk(UCAP_JSON, listed.host, listed.url).pages[1]) == 23


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (f"$.get('/common/search/{CHANNEL}', f)", f"/common/search/{CHANNEL}"),
        (f'$.get("/search/{CHANNEL}?_isAgg=true&page=1", f)', f"/search/{CHANNEL}"),
        (f"$.get('//www.yunyan.test/searchList/{CHANNEL}', f)", f"/searchList/{CHANNEL}"),
        ("$.get('/common/search/' + channelId, f)", f"/common/search/{CHANNEL}"),
    ],
)
def test_the_endpoint_is_the_one_the_script_names(script: str, expected: str) -> None:
    assert recognise_platform(column(script)).name == "ucap_json"
    (asked,) = UCAP_JSON.next_pages(column(script))
    assert asked.url.startswith(f"http://www.yunyan.test{expected}?")
    assert parameter(asked.url, "_isJson") == "true"


def test_what_the_script_prints_is_kept_and_pages_are_of_a_hundred_rows() -> None:
    (asked,) = UCAP_JSON.next_pages(column(f"$.get('/search/{CHANNEL}?_template=list_zw&_pageSize=9999&page=4')"))
    assert [parameter(asked.url, name) for name in ("_template", "_pageSize", "page")] == ["list_zw", "100", "1"]


def test_a_search_box_on_a_static_column_is_no_list() -> None:
    static = column(f"createPageHTML('page_div',5,1,'fg','shtml',89); go('/search/{CHANNEL}')")
    assert recognise_platform(static).name == "ucap"
    assert recognise_platform(column("location.href = '/search/' + keywords")).name == "ucap"


def test_an_address_without_a_scheme_is_the_hosts() -> None:
    rows = answer({"total": 1, "results": [{"title": "甲", "url": "//www.yunyan.test/a/202101/1.shtml"}]})
    assert [link.url for link in UCAP_JSON.list_links(rows)] == ["http://www.yunyan.test/a/202101/1.shtml"]


def test_an_install_that_wants_a_token_is_told() -> None:
    listed = mounted(simulated.UcapJson, defects=["token"])
    walked = walk(UCAP_JSON, listed.host, listed.url)
    assert walked.links == []
    assert "token校验失败" in (UCAP_JSON.unverified(walked.pages[1]) or "")


def test_conditions_that_a_script_makes_are_not_guessed() -> None:
    posted = column(f"$.post('https://api.yunyan.test/search/common/search/{CHANNEL}', {{'datas[0][key]': s}})")
    assert "datas" in (UCAP_JSON.unverified(posted) or "")
    assert UCAP_JSON.next_pages(posted) == []


def test_an_empty_answer_ends_the_list_whatever_the_total_says() -> None:
    assert UCAP_JSON.next_pages(answer({"total": 5000, "rows": 100, "results": []})) == []


def test_a_row_without_an_address_is_told() -> None:
    assert "1 row" in (UCAP_JSON.unverified(answer({"total": 1, "results": [{"title": "甲", "url": ""}]})) or "")
