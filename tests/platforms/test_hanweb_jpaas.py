"""Hanweb's jpaas gateway: the unit named by the column's script, built page by page."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.platforms import ListRequest, Page, recognise_platform
from govcrawl.platforms.hanweb import MOST_FURTHER, query_of
from govcrawl.platforms.hanweb_jpaas import HanwebJpaas, units
from govcrawl.simulator.platforms.hanweb_jpaas import HanwebJpaas as Publisher
from tests.platforms.walking import mounted, read, walk

JPAAS = HanwebJpaas()
URL = "http://www.yunyan.test/zfxxgk/nb/"
GATEWAY = "http://www.yunyan.test/api-gateway/jpaas-publish-server/front/page/build/unit"
QUERY = "{'webId':'8','pageId':'ab12','parseType':'bulidstatic','pageType':'column','tagId':'信息列表','tplSetId':'c'}"


def column(query: str = QUERY, attribute: str = "querydata") -> Page:
    script = f'<script src="/script/unitbuild.js" url="/api-gateway/build/unit" {attribute}="{query}"></script>'
    return Page(URL, f"<html><body>{script}</body></html>".encode())


def answer(rows: int, total: object, count: object = 1, size: object = 100) -> Page:
    items = "".join(f'<li><a href="/nb/art/2022/art_{n:032x}.html">{n}局</a></li>' for n in range(rows))
    markup = f'<ul>{items}</ul><div class="pagination" count="{total}" rows="{size}"></div>'
    asked = json.dumps({"pageNo": count, "pageSize": size})
    return Page(f"{GATEWAY}?webId=8&paramJson={asked}", json.dumps({"data": {"html": markup}}).encode())


def asked(page: Page) -> list[object]:
    return [json.loads(query_of(each.url)["paramJson"]) for each in JPAAS.next_pages(page)]


@pytest.mark.parametrize("defects", [(), *((each,) for each in Publisher.known_defects)])
@pytest.mark.parametrize("count", [1, 5, 137])
def test_every_row_is_found_whatever_the_gateway_gets_wrong(defects: tuple[str, ...], count: int) -> None:
    place = mounted(Publisher, count, defects)
    walked = walk(JPAAS, place.host, place.url)
    assert list(dict.fromkeys(walked.titles)) == place.titles
    assert walked.failed == []
    if "first_inline" not in defects:
        assert JPAAS.expected_total(walked.pages[-1]) == count


def test_a_list_that_the_column_prints_whole_is_not_asked_for() -> None:
    place = mounted(Publisher, 5, {"first_inline"})
    assert walk(JPAAS, place.host, place.url).asked == 1


def test_the_gateway_heeds_no_page_beside_its_parameter() -> None:
    place = mounted(Publisher, 12)
    (unit,) = units(place.page())
    _, first = read(place.host, ListRequest(f"{unit}&pageNo=2&rows=5&paramJson="))
    assert [link.text for link in JPAAS.list_links(first)] == place.titles[:5]


@pytest.mark.parametrize("attribute", ["querydata", "queryData"])
def test_the_units_parameters_are_asked_for_as_printed(attribute: str) -> None:
    (request,) = JPAAS.next_pages(column(attribute=attribute))
    assert query_of(request.url) == {
        "webId": "8",
        "pageId": "ab12",
        "parseType": "bulidstatic",
        "pageType": "column",
        "tagId": "信息列表",
        "tplSetId": "c",
        "paramJson": '{"pageNo":1,"pageSize":100}',
    }
    assert dict(request.headers) == {"Referer": URL, "X-Requested-With": "XMLHttpRequest"}


@pytest.mark.parametrize("query", [QUERY.replace("'", "&quot;"), QUERY.replace("'8'", "8"), QUERY.replace(":'", ": '")])
def test_parameters_are_read_in_any_quotes(query: str) -> None:
    (unit,) = units(column(query))
    assert (query_of(unit)["webId"], query_of(unit)["pageId"]) == ("8", "ab12")


def test_units_that_frame_the_page_are_not_asked_for() -> None:
    assert units(column(QUERY.replace("信息列表", "左侧导航"))) == []


@pytest.mark.parametrize("query", ["", "{}", "{'webId':'8'}", "junk"])
def test_a_unit_that_cannot_be_read_is_told(query: str) -> None:
    page = column(query)
    assert JPAAS.next_pages(page) == []
    assert "unit" in (JPAAS.unverified(page) or "")


def test_all_pages_follow_from_the_first_answer_and_only_the_next_from_others() -> None:
    assert asked(answer(100, 386)) == [{"pageNo": n, "pageSize": 100} for n in (2, 3, 4)]
    assert asked(answer(100, 386, 2)) == [{"pageNo": 3, "pageSize": 100}]
    assert asked(answer(86, 386, 4)) == []
    assert asked(answer(0, 386, 2)) == []


def test_a_gateway_with_a_size_of_its_own_is_asked_for_that_size() -> None:
    assert asked(answer(15, 40)) == [{"pageNo": 2, "pageSize": 15}, {"pageNo": 3, "pageSize": 15}]


@pytest.mark.parametrize("body", ["", "<html>", "[]", "{}", '{"data":null}', '{"data":{"html":7}}', "[" * 100_000])
def test_an_answer_that_is_none_lists_nothing(body: str) -> None:
    page = Page(answer(1, 1).url, body.encode())
    assert (JPAAS.list_links(page), JPAAS.next_pages(page), JPAAS.expected_total(page)) == ([], [], None)


def test_articles_are_known_by_their_address() -> None:
    url = (
        "http://www.kongtong.test/zfxxgk/bmxxgk/ktqwjj/zfxxgknb/2019/art/2022/art_caafb63dd9714564ac3ef1f7bd80187f.html"
    )
    assert recognise_platform(Page(url, b"<html><body>x</body></html>")).name == "hanweb_jpaas"


@settings(max_examples=50, deadline=None)
@given(
    st.integers(-1, 10**13), st.integers(-1, 10**13) | st.text(max_size=3), st.integers(-1, 10**13), st.integers(0, 3)
)
def test_an_answer_never_asks_for_more_than_the_most(total: int, count: object, size: int, rows: int) -> None:
    assert len(asked(answer(rows, total, count, size))) <= MOST_FURTHER


@cache
def body(defect: str) -> bytes:
    return mounted(Publisher, 4, {defect}).page().body


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_page_cut_or_stuffed_anywhere_is_read_without_error(data: st.DataObject) -> None:
    whole = body(data.draw(st.sampled_from(Publisher.known_defects)))
    cut = data.draw(st.integers(0, len(whole)))
    stuffing = data.draw(st.sampled_from([b"", b"'", b'"', b"{", b"\xff", b"<script querydata='", b"count=99 rows=1"]))
    for url in (URL, answer(0, 0).url):
        page = Page(url, whole[:cut] + stuffing + whole[cut:])
        JPAAS.recognise(page)
        assert len(JPAAS.next_pages(page)) <= MOST_FURTHER
        assert all(link.url for link in JPAAS.list_links(page))
        JPAAS.unverified(page)
