"""The files of Hanweb's articles: behind scripts, named by their addresses or by the reader's text, each once."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.articles import is_article, is_attachment
from govcrawl.simulator.answers import Asked, Host
from govcrawl.simulator.platforms.hanweb_jpage import HanwebJpage as Publisher
from tests.platforms.walking import wrap

URL = "http://www.yunyan.test/art/2021/1/29/art_123_456.html"
HIDDEN = "98ac12db3c0e41e9bf28e71c619f0581.pdf"
NAME = "云砚县教育局2020年年报.pdf"


def files(markup: str, charset: str = "utf-8") -> list[tuple[str, str]]:
    page = Page(
        URL, f'<html><head><meta charset="{charset}"><title>年报</title></head><body>{markup}</body></html>'.encode()
    )
    return [(link.url.partition("/module")[2], link.text) for link in recognise_platform(page).attachments(page)]


@pytest.mark.parametrize(
    "url",
    [
        f"/module/download/downfile.jsp?classid=0&filename={HIDDEN}&showname=a",
        f"/module/download/downfile.jsp?filename={HIDDEN}&classid=0",
        "/module/download/down.jsp?i_ID=4567&colID=12",
    ],
)
def test_download_scripts_are_files(url: str) -> None:
    assert is_attachment(url)
    assert not is_article(url)


@pytest.mark.parametrize("url", ["/module/xxgk/search.jsp?a=1", "/countdown.jsp?id=1", "/module/download/downfile.jsp"])
def test_other_scripts_are_none(url: str) -> None:
    assert not is_attachment(url)


@pytest.mark.parametrize("shown", [quote(NAME), NAME, quote(NAME.encode("gb18030"))])
def test_a_file_is_called_as_its_address_shows_it(shown: str) -> None:
    markup = (
        f'<div id="zoom"><a href="/module/download/downfile.jsp?filename={HIDDEN}&amp;showname={shown}">附件</a></div>'
    )
    assert [text for _, text in files(markup)] == [NAME]


def test_without_a_name_shown_the_readers_text_is_the_name() -> None:
    markup = f'<div id="zoom"><a href="/module/download/down.jsp?i_ID=4567&colID=12">{NAME}</a></div>'
    assert files(markup) == [("/download/down.jsp?i_ID=4567&colID=12", NAME)]


def test_one_file_under_two_addresses_is_one() -> None:
    first = f'<a href="/module/download/downfile.jsp?classid=0&filename={HIDDEN}">{NAME}</a>'
    second = f'<a href="/module/download/downfile.jsp?filename={HIDDEN}&classid=0">下载</a>'
    assert [text for _, text in files(f'<div id="zoom">{first}{second}</div>')] == [NAME]


def test_the_list_of_files_below_the_text_counts() -> None:
    link = f'<a href="/module/download/downfile.jsp?filename={HIDDEN}">{NAME}</a>'
    assert [text for _, text in files(f'<div id="zoom">正文</div><ul class="fjxx"><li>{link}</li></ul>')] == [NAME]


def test_a_file_that_only_a_script_names_is_called_as_the_page() -> None:
    script = f'<script>var pdfurl = "/module/download/downfile.jsp?filename={HIDDEN}&classid=0";</script>'
    assert files(f'<div id="zoom"></div>{script}') == [(f"/download/downfile.jsp?filename={HIDDEN}&classid=0", "年报")]


def test_the_simulated_script_serves_a_file_under_its_chinese_name() -> None:
    host = Host("www.yunyan.test")
    address = Publisher(host, wrap).serve_file(NAME, b"%PDF-1.4")
    assert [text for _, text in files(f'<div id="zoom"><a href="{address}">附件</a></div>')] == [NAME]
    path, _, query = address.partition("?")
    found = host.answer(Asked(path, query))
    assert (found.body, found.headers["Content-Disposition"]) == (
        b"%PDF-1.4",
        f"attachment; filename*=UTF-8''{quote(NAME)}",
    )
