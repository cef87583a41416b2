"""The fallback: rows with dates, pagers made of plain links."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.base import ListRequest
from govcrawl.platforms.page import MOST_LINKS
from govcrawl.platforms.static_list import StaticList

LIST = StaticList()
URL = "http://www.yunyan.test/nb/index.html"


def page(body: str, url: str = URL) -> Page:
    return Page(url, f"<html><body>{body}</body></html>".encode())


def test_rows_are_links_with_a_date_or_an_articles_address() -> None:
    body = (
        '<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>'
        '<table><tr><td><a href="/a/show.php?id=7">甲</a></td><td>2021-01-29</td></tr></table>'
        '<p><a href="/info/1025/61695.htm">乙</a></p>'
    )
    assert [link.text for link in LIST.list_links(page(body))] == ["甲", "乙"]


def test_the_same_address_twice_is_one_row_with_the_longer_title() -> None:
    body = '<ul><li><a href="/info/1/2.htm"><img alt="图"></a><a href="/info/1/2.htm">云砚县年报</a></li></ul>'
    assert [link.text for link in LIST.list_links(page(body))] == ["云砚县年报"]


@pytest.mark.parametrize("word", ["下一页", "下页", "后一页", ">", "»", "下一页>"])
def test_the_next_page_is_found_by_its_word(word: str) -> None:
    assert LIST.next_pages(page(f'<a href="?page=2">{word}</a>')) == [ListRequest(f"{URL}?page=2")]


@pytest.mark.parametrize("stem", ["index_", "list_", ""])
def test_all_pages_up_to_the_last_are_known_where_they_are_named_alike(stem: str) -> None:
    body = f'<a href="{stem}2.html">2</a><a href="{stem}2.html">下一页</a><a href="{stem}4.html">尾页</a>'
    base = "http://www.yunyan.test/nb/"
    assert LIST.next_pages(page(body)) == [ListRequest(f"{base}{stem}{n}.html") for n in (2, 3, 4)]


def test_a_calendars_days_are_no_pager() -> None:
    body = "".join(f'<a href="/rl/2021/{day}/">{day}</a>' for day in range(1, 32))
    assert LIST.next_pages(page(body)) == []


def test_the_stated_total_is_read() -> None:
    assert LIST.expected_total(page("<p>共 132 条记录</p>")) == 132
    assert LIST.expected_total(page("<p>无</p>")) is None


def test_an_unknown_page_is_a_static_list() -> None:
    assert recognise_platform(page("<p>无</p>")).name == "static_list"


def test_a_row_of_very_many_links_is_read_in_no_time() -> None:
    links = "".join(f'<a href="/info/1/{n}.htm">公告{n}</a>' for n in range(5000))
    for body in (f"<ul><li>{links} 2021-01-29</li></ul>", f"<ul><li>{links}<ul><li>{links}</li></ul></li></ul>"):
        began = time.process_time()
        LIST.list_links(page(body))
        assert time.process_time() - began < 5


def test_more_links_than_a_page_can_have_are_left_out_and_told() -> None:
    links = '<a href="/a">公告</a>' * (MOST_LINKS + 1)
    assert len(page(links).links()) == MOST_LINKS
    assert page(links).has_more_links()
    assert not page('<a href="/a">公告</a>').has_more_links()


@pytest.mark.parametrize(
    "opening", ['<div id="Zoom">', '<div class="a TRS_PreAppend">', "<UCAPCONTENT>", '<td id="vsb_content">']
)
def test_the_container_of_an_article_is_known_by_the_reviewed_list(opening: str) -> None:
    end = "</ucapcontent></td></div>" if "td" not in opening else "</td></tr></table>"
    start = f"<table><tr>{opening}" if "td" in opening else opening
    body = LIST.body(page(f"<p>首页</p>{start}正文{end}"))
    assert body is not None
    assert body.xpath("string(.)").get() == "正文"


@given(st.binary(max_size=400))
def test_no_bytes_can_break_the_reader(body: bytes) -> None:
    broken = Page(URL, body)
    platform = recognise_platform(broken)
    assert isinstance(platform.list_links(broken), list)
    assert isinstance(platform.next_pages(broken), list)
    assert isinstance(platform.attachments(broken), list)


@pytest.mark.parametrize("href", ["http://www.qc.gov.cn：8080/", "http://[bad", "//[bad/a.pdf", "http://a.test:x/"])
def test_one_bad_address_costs_no_other_link(href: str) -> None:
    made = page(f'<ul><li><a href="{href}">甲</a></li><li><a href="/info/1/2.htm">乙</a> 2021-01-29</li></ul>')
    assert [link.text for link in made.links()] == ["乙"]
    assert made.bad_hrefs == {href}
    assert LIST.list_links(made)
    assert LIST.next_pages(made) == []
    assert [link.text for link in LIST.attachments(made)] == []
