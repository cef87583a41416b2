"""Rows in a JSON file beside the list."""

from __future__ import annotations

from datetime import date

from govcrawl.platforms import ListRequest, Page
from govcrawl.platforms.static_list import StaticList
from govcrawl.platforms.trs import Trs

FOLDER = "http://www.yunyan.test/nb/"
FILE = f"{FOLDER}2022nb.json"


def asked(script: str, body: str = "") -> list[ListRequest]:
    page = Page(FOLDER, f"<html><body>{body}<script>{script}</script></body></html>".encode())
    return StaticList().next_pages(page)


def answered(text: str) -> Page:
    return Page(FILE, text.encode(), request=ListRequest(FILE))


def test_the_file_is_asked_for_where_the_page_lists_nothing() -> None:
    assert asked("$.getJSON('./2022nb.json?v=3', show)") == [ListRequest(FILE)]
    assert asked("$.getJSON('2022nb.json')", '<a href="/info/1/2.htm">年报</a>') == []
    assert asked("$.getJSON('/static/config.json')") == []


def test_its_rows_are_read_with_their_dates() -> None:
    page = answered('{"data": [{"url": "./a/1.html", "title": "甲<b>局</b>", "PubDate": "2023-01-18"}, {"url": ""}]}')
    for platform in (StaticList(), Trs()):
        assert [(link.url, link.text, link.published_on) for link in platform.list_links(page)] == [
            (f"{FOLDER}a/1.html", "甲局", date(2023, 1, 18))
        ]
        assert platform.unverified(page) is None


def test_rows_without_titles_are_told() -> None:
    page = answered('{"data": [{"url": "./a/1.html", "PubDate": "2023-01-18", "order": 1}]}')
    for platform in (StaticList(), Trs()):
        assert platform.list_links(page) == []
        assert "titles" in (platform.unverified(page) or "")
