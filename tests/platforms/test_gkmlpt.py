"""gkmlpt: the column is found in the tree by its name, its rows by the endpoint, and counts are not to be trusted."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from govcrawl.discovery import LinkKind, canonical, classify_link
from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.base import ListRequest
from govcrawl.platforms.gkmlpt import Gkmlpt
from govcrawl.simulator.platforms import gkmlpt as simulated
from tests.platforms.walking import Mounted, mounted, read, walk

GKMLPT = Gkmlpt()
ENTRY = "http://www.yunyan.test/yyxczj/gkmlpt/annualreport"
API = "http://www.yunyan.test/gkmlpt/api/all/2604?page=1&sid=975001"


def entry(config: str, url: str = ENTRY) -> Page:
    return Page(url, f"<html><body><script>window._CONFIG = {config};</script></body></html>".encode())


def answer(count: object, items: list[dict[str, object]], url: str = API) -> Page:
    return Page(url, json.dumps({"classify": {"post_count": count}, "articles": items}).encode())


def report_category(column: Mounted, url: str | None = None) -> str:
    page = read(column.host, ListRequest(url or column.url))[1]
    (found,) = [link for link in GKMLPT.columns(page) if classify_link(link) is LinkKind.COLUMN]
    return found.url


@pytest.mark.parametrize("defect", ["", *(each for each in simulated.Gkmlpt.known_defects if each != "wechat_item")])
@pytest.mark.parametrize("count", [0, 3, 20, 23])
def test_every_row_is_found_once_whatever_the_portal_gets_wrong(defect: str, count: int) -> None:
    column = mounted(simulated.Gkmlpt, count, [defect] if defect else [])
    walked = walk(GKMLPT, column.host, report_category(column))
    assert Counter(walked.titles) == Counter(column.titles)
    assert [link.published_on for link in walked.links] == [row.day for row in column.rows]
    assert walked.failed == []


def test_an_item_on_another_host_is_listed_as_it_stands() -> None:
    column = mounted(simulated.Gkmlpt, defects=["wechat_item"])
    walked = walk(GKMLPT, column.host, report_category(column))
    assert set(column.titles) < set(walked.titles)
    assert "https://mp.weixin.test/s/a1b2" in [link.url for link in walked.links]


def test_the_category_behind_the_fragment_is_found_without_it() -> None:
    column = mounted(simulated.Gkmlpt)
    printed = f"{column.url}#2614"
    assert report_category(column, canonical(printed)) == report_category(column)


def test_pages_none_and_one_are_the_same_so_the_second_page_is_two() -> None:
    rows: list[dict[str, object]] = [{"title": f"{n}", "url": f"/gkmlpt/content/{n}"} for n in range(1, 101)]
    for number in ("0", "1"):
        (second,) = GKMLPT.next_pages(answer(226, rows, API.replace("page=1", f"page={number}")))
        assert "page=2&" in second.url


def test_the_list_ends_where_the_pages_add_up_to_the_count() -> None:
    rows: list[dict[str, object]] = [{"title": f"{n}", "url": f"/gkmlpt/content/{n}"} for n in range(26)]
    assert GKMLPT.next_pages(answer(26, rows)) == []
    assert GKMLPT.next_pages(answer(226, rows, API.replace("page=1", "page=3"))) == []
    assert GKMLPT.next_pages(answer(226, [])) == []


def test_departments_have_the_platform_below_a_path_of_their_own() -> None:
    (found,) = GKMLPT.columns(entry('{"SID":"175","TREE":[{"id":2629,"name":"政府信息公开年报"}]}'))
    assert found.url == "http://www.yunyan.test/yyxczj/gkmlpt/api/all/2629?page=1&sid=175"


@pytest.mark.parametrize(
    "config",
    [
        '{"SID":"175","TREE":[{"id":1,"name":"甲","children":[{"id":2,"name":"乙"}]}],"X":{"a":[1,2]}}',
        '{APP_URL: \'\', SID: \'175\', TREE: [{"id":1,"name":"甲"},{"id":"2","name":"乙"}], F: function(){}}',
    ],
)
def test_the_tree_is_read_from_json_and_from_a_literal_of_the_script(config: str) -> None:
    assert [link.text for link in GKMLPT.columns(entry(config))] == ["甲", "乙"]


def test_a_category_that_jumps_leads_where_it_jumps_to() -> None:
    config = '{"SID":"1","TREE":[{"id":5,"name":"政府信息公开年报","jump_url":"/zwgk/zfxxgknb/"}]}'
    assert [link.url for link in GKMLPT.columns(entry(config))] == ["http://www.yunyan.test/zwgk/zfxxgknb/"]


def test_a_tree_that_cannot_be_read_is_told() -> None:
    assert "tree" in (GKMLPT.unverified(entry('{"SID":"1","TREE":[{"id":5,')) or "")
    assert GKMLPT.unverified(entry('{"SID":"1","TREE":[{"id":5,"name":"甲"}]}')) is None


def test_days_are_those_of_china() -> None:
    midnight_in_china = 1_706_630_400
    (link,) = GKMLPT.list_links(answer(1, [{"title": "甲", "url": "/a", "display_publish_time": midnight_in_china}]))
    assert link.published_on == date(2024, 1, 31)


def test_an_attachment_in_the_list_does_not_take_the_articles_place() -> None:
    item: dict[str, object] = {"title": "甲", "post_url": "/p.html", "attachment": [{"url": "/attachment/1/x.docx"}]}
    assert [link.url for link in GKMLPT.list_links(answer(1, [item]))] == ["http://www.yunyan.test/p.html"]


def test_a_page_that_only_links_to_the_platform_is_not_of_it() -> None:
    home = Page("http://www.yunyan.test/", b'<a href="/gkmlpt/index">x</a><script>var _CONFIGURED = 1;</script>')
    assert recognise_platform(home).name != "gkmlpt"
