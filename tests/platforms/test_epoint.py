"""Epoint: category trees, lists by number, and JSON lists asked for with what the page or the site's script tells."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from govcrawl.platforms import Page
from govcrawl.platforms.base import ListRequest
from govcrawl.platforms.epoint import Epoint
from govcrawl.simulator.platforms import epoint as simulated
from tests.platforms.walking import mounted, read, walk

EPOINT = Epoint()
API = "http://www.yunyan.test/EWB-FRONT/rest/lightfrontaction/getgovinfolist"
REACHABLE = [(), *((each,) for each in simulated.Epoint.known_defects if each not in simulated.Epoint.losing)]
ASKED_FOR = ("json_list", "wrapped", "inline_guid", "double_encoded")


def answer(custom: object, index: int = 0, size: int = 20) -> Page:
    request = ListRequest(API, json=json.dumps({"categorynum": "003", "pageIndex": index, "pageSize": size}))
    return Page(API, json.dumps({"custom": custom}).encode(), request=request)


def rows(count: int) -> list[dict[str, str]]:
    return [{"infourl": f"/a/{n}.html", "realtitle": f"年报{n}", "infodate": "2024-01-31"} for n in range(count)]


@pytest.mark.parametrize("defects", REACHABLE, ids=" ".join)
def test_every_row_is_found_once(defects: tuple[str, ...]) -> None:
    column = mounted(simulated.Epoint, defects=defects)
    walked = walk(EPOINT, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert walked.failed == []


@pytest.mark.parametrize("defect", ASKED_FOR)
def test_the_answer_tells_the_total(defect: str) -> None:
    column = mounted(simulated.Epoint, defects=[defect])
    assert EPOINT.expected_total(walk(EPOINT, column.host, column.url).pages[-1]) == 23


def test_the_sites_script_is_asked_for_under_the_columns_own_parameters() -> None:
    (request,) = EPOINT.next_pages(mounted(simulated.Epoint, defects=["json_list"]).page())
    assert request.url.endswith("/js/webBuilderCommon.js?deptcode=001&categorynum=002001")


def test_a_list_whose_guid_is_told_nowhere_is_not_asked_for() -> None:
    column = mounted(simulated.Epoint, defects=["no_guid"])
    walked = walk(EPOINT, column.host, column.url)
    assert walked.asked == 2
    assert "GUID" in (EPOINT.unverified(walked.pages[-1]) or "")


def test_rows_opened_by_a_click_lead_to_the_detail_page() -> None:
    column = mounted(simulated.Epoint, 3, ["link_to_new"])
    for link in EPOINT.list_links(column.page()):
        assert "/openDetailDynamic.html?infoid=" in link.url
        assert link.published_on is not None
        assert EPOINT.unverified(read(column.host, ListRequest(link.url))[1]) is None


def test_a_detail_page_without_text_is_told() -> None:
    column = mounted(simulated.Epoint, 1, ["empty_detail"])
    (link,) = EPOINT.list_links(column.page())
    assert "action" in (EPOINT.unverified(read(column.host, ListRequest(link.url))[1]) or "")


def test_a_list_ends_with_its_total_or_an_empty_answer() -> None:
    assert len(EPOINT.next_pages(answer({"data": rows(20), "total": 21}))) == 1
    assert EPOINT.next_pages(answer({"data": rows(1), "total": 21}, 1)) == []
    assert len(EPOINT.next_pages(answer({"data": rows(20)}))) == 1
    assert EPOINT.next_pages(answer({"data": []}, 1)) == []


def test_a_server_that_gives_fewer_rows_than_asked_for_is_asked_for_as_many() -> None:
    (request,) = EPOINT.next_pages(answer({"data": rows(5), "total": 23}))
    assert json.loads(request.json or "")["pageSize"] == 5


@pytest.mark.parametrize("custom", [None, "", "{", {"data": "no"}, {}, {"total": 10**12}, "[[[["])
def test_an_answer_without_rows_is_told(custom: object) -> None:
    page = answer(custom)
    assert EPOINT.list_links(page) == []
    assert EPOINT.next_pages(page) == []
    assert EPOINT.unverified(page) is not None
