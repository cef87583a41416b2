"""pc/list: the rows and their files are an array in the page's script; what lies beyond the first page is told."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from govcrawl.platforms import Page
from govcrawl.platforms.pc_list import PcList, articles
from govcrawl.simulator.platforms import pc_list as simulated
from tests.platforms.walking import mounted, walk

PC_LIST = PcList()
URL = "http://www.yunyan.test/rmzf/zfxxg105/pc/list.html"
ROW = {
    "title": "云砚县年报[2023]",
    "pubDate": "2024-01-31 09:10:11",
    "urls": '{"pc":"/rmzf/pc/content/content_7.html"}',
}
FILE = {"fileName": "年报.pdf", "filePath": "/a/1.pdf", "domainName": "http://files.yunyan.test/"}


def page(array: str, rest: str = "", url: str = URL) -> Page:
    return Page(url, f"<html><body><script>var articleList = {array}</script>{rest}</body></html>".encode())


def of(*rows: object, rest: str = "") -> Page:
    return page(json.dumps(rows, ensure_ascii=False) + ";", rest)


@pytest.mark.parametrize("defects", [(), ("object_urls",), ("files",)], ids=" ".join)
def test_every_row_is_found_once(defects: tuple[str, ...]) -> None:
    column = mounted(simulated.PcList, defects=defects)
    walked = walk(PC_LIST, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert walked.asked == 1
    assert PC_LIST.unverified(column.page()) is None


def test_brackets_and_quotes_in_titles_do_not_end_the_array() -> None:
    (link,) = PC_LIST.list_links(of({**ROW, "title": '甲]}"乙"[{'}))
    assert (link.text, link.url, str(link.published_on)) == (
        '甲]}"乙"[{',
        "http://www.yunyan.test/rmzf/pc/content/content_7.html",
        "2024-01-31",
    )


def test_the_files_come_with_the_list() -> None:
    (link,) = PC_LIST.attachments(of({**ROW, "articleFiles": [FILE]}))
    assert (link.url, link.text) == ("http://files.yunyan.test/a/1.pdf", "年报.pdf")


def test_an_article_without_an_address_is_its_file() -> None:
    (link,) = PC_LIST.list_links(of({**ROW, "urls": "", "articleFiles": [FILE]}))
    assert (link.url, link.text) == ("http://files.yunyan.test/a/1.pdf", ROW["title"])


def test_the_files_of_an_article_stand_beside_its_text() -> None:
    body = '<div class="article-content-body">正文</div><div class="fj-a"><a href="1.docx">附件</a></div>'
    found = Page(URL.replace("list", "content/content_1"), body.encode())
    assert [link.text for link in PC_LIST.attachments(found)] == ["附件"]
    assert PC_LIST.body(found) is not None


def test_a_list_that_goes_on_is_told_and_not_guessed_at() -> None:
    for found in (
        mounted(simulated.PcList, defects=["paged"]).page(),
        of(ROW, rest="<p>共2条</p>"),
        of(ROW, rest="<p>共3页</p>"),
        of(ROW, rest="<span>下一页</span>"),
    ):
        assert "not known" in (PC_LIST.unverified(found) or "")
        assert PC_LIST.next_pages(found) == []


def test_of_a_broken_array_the_whole_rows_are_read_and_the_rest_is_told() -> None:
    column = mounted(simulated.PcList, defects=["truncated_array"])
    walked = walk(PC_LIST, column.host, column.url)
    assert walked.titles == column.titles[:-1]
    assert "broken" in (PC_LIST.unverified(column.page()) or "")


@pytest.mark.parametrize("array", ["", "[", "[{", "[null, 1, [], {}]", '[{"title": 1, "urls": "{"}]', "[" * 100_000])
def test_an_array_of_nonsense_has_no_rows(array: str) -> None:
    assert PC_LIST.list_links(page(array)) == []
    assert PC_LIST.attachments(page(array)) == []
    assert isinstance(articles(page(array))[1], bool)
