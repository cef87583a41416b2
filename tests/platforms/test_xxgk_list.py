"""xxgk-list: rows are posted for with the form that the page's own script writes down."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from govcrawl.platforms import Page
from govcrawl.platforms.base import ListRequest
from govcrawl.platforms.xxgk_list import XxgkList
from govcrawl.simulator.platforms import xxgk_list as simulated
from tests.platforms.walking import mounted, walk

XXGK_LIST = XxgkList()
URL = "http://www.yunyan.test/xxgk-list-zfxxgknb.html"
STYLES = [(), *((each,) for each in simulated.XxgkList.known_defects if each not in simulated.XxgkList.losing)]


def shell(script: str) -> Page:
    return Page(URL, f"<html><script>$.post('/api-ajax_list-1.html', {script});</script></html>".encode())


def answered(body: str, page: int = 1) -> Page:
    url = f"http://www.yunyan.test/api-ajax_list-{page}.html"
    return Page(url, body.encode(), request=ListRequest(url, (("ajax_type[]", "21_xxgk"),)))


@pytest.mark.parametrize("defects", STYLES, ids=" ".join)
def test_every_row_is_found_once(defects: tuple[str, ...]) -> None:
    column = mounted(simulated.XxgkList, defects=defects)
    walked = walk(XXGK_LIST, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert walked.failed == []


def test_a_total_is_believed_where_one_is_told() -> None:
    column = mounted(simulated.XxgkList, defects=["total"])
    walked = walk(XXGK_LIST, column.host, column.url)
    assert walked.asked == 1 + 5
    assert XXGK_LIST.expected_total(walked.pages[-1]) == 23


def test_the_form_is_the_pages_own_with_the_order_one_level_deeper() -> None:
    (request,) = XXGK_LIST.next_pages(
        shell("{ajax_type: ['21_xxgk', \"45\", 21, ['is_top DESC', 'inputtime DESC']], is_ds: 1}")
    )
    assert request.url == "http://www.yunyan.test/api-ajax_list-1.html"
    assert request.form == (
        ("ajax_type[]", "21_xxgk"),
        ("ajax_type[]", "45"),
        ("ajax_type[]", "21"),
        ("ajax_type[3][]", "is_top DESC"),
        ("ajax_type[3][]", "inputtime DESC"),
        ("is_ds", "1"),
    )
    headers = dict(request.headers)
    assert (headers["X-Requested-With"], headers["Referer"]) == ("XMLHttpRequest", URL)


def test_the_list_goes_on_until_an_empty_answer() -> None:
    row = json.dumps({"data": [{"title": "年报", "url": "/xxgk-show-1.html", "inputtime": "2024-01-31"}]})
    (request,) = XXGK_LIST.next_pages(answered(row, 7))
    assert request.url.endswith("/api-ajax_list-8.html")
    assert XXGK_LIST.next_pages(answered('{"data":[]}', 8)) == []


def test_a_form_made_of_variables_is_told_and_not_guessed_at() -> None:
    page = mounted(simulated.XxgkList, defects=["scripted_form"]).page()
    assert XXGK_LIST.next_pages(page) == []
    assert "constant" in (XXGK_LIST.unverified(page) or "")


def test_a_file_shown_in_a_frame_is_an_attachment() -> None:
    body = (
        '<meta name="ArticleTitle" content="云砚县年报"/><div class="xxgk_content">'
        '<iframe src="/uploadfile/1.pdf"></iframe><iframe src="/web/viewer.html?file=/uploadfile/2.pdf"></iframe>'
        '<iframe src="/count.html"></iframe></div>'
    )
    links = XXGK_LIST.attachments(Page("http://www.yunyan.test/xxgk-show-7.html", body.encode()))
    assert [(link.url.rpartition("/")[2], link.text) for link in links] == [
        ("1.pdf", "云砚县年报"),
        ("2.pdf", "云砚县年报"),
    ]


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", '{"data":{}}', '{"code":0,"msg":"error"}', '{"data":null}'])
def test_an_answer_without_rows_is_told(body: str) -> None:
    assert XXGK_LIST.list_links(answered(body)) == []
    assert XXGK_LIST.next_pages(answered(body)) == []
    assert XXGK_LIST.unverified(answered(body)) is not None


def test_a_number_of_many_figures_asks_for_nothing() -> None:
    page = Page(f"http://www.yunyan.test/api-ajax_list-{'9' * 5000}.html", b'{"data":[]}')
    assert XXGK_LIST.next_pages(page) == []
