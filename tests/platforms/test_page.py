"""Links as pages print them: beneath a base, in scripts, in select boxes, with the slashes of another system."""

from __future__ import annotations

import pytest

from govcrawl.platforms import Page

URL = "http://www.yunyan.test/nb/list.html"


def page(body: str, head: str = "") -> Page:
    return Page(URL, f"<html><head>{head}</head><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ('<base href="/content/">', "http://www.yunyan.test/content/1.html"),
        ('<BASE target="_blank" href="http://xxgk.yunyan.test/a/b.html">', "http://xxgk.yunyan.test/a/1.html"),
        ('<base target="_blank">', "http://www.yunyan.test/nb/1.html"),
        ('<base href="javascript:void(0)">', "http://www.yunyan.test/nb/1.html"),
        ('<base href="http://[bad/">', "http://www.yunyan.test/nb/1.html"),
    ],
)
def test_relative_links_start_from_the_base(base: str, expected: str) -> None:
    assert [link.url for link in page('<a href="1.html">甲</a>', base).links()] == [expected]


@pytest.mark.parametrize(
    "markup",
    [
        "<a href=\"javascript:window.open('/nb/1.html','_blank')\">甲</a>",
        "<a href='javascript:void(0)' onclick=\"window.open('/nb/1.html')\">甲</a>",
        "<a href='#' onclick=\"location.href='1.html';return false\">甲</a>",
        "<a onclick='window.location = \"./1.html\"'>甲</a>",
        "<a href='\\nb\\1.html'>甲</a>",
    ],
)
def test_a_link_leads_where_its_script_goes(markup: str) -> None:
    assert [link.url for link in page(markup).links()] == ["http://www.yunyan.test/nb/1.html"]


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='javascript:void(0)' onclick=\"SetHome(this,'/nb/1.html')\">甲</a>",
        "<a href='#' onclick=\"window.open('about:blank')\">甲</a>",
        "<a name='top'>甲</a>",
    ],
)
def test_a_script_that_goes_nowhere_known_is_no_link(markup: str) -> None:
    assert page(markup).links() == []


def test_options_are_choices_where_their_values_are_addresses() -> None:
    options = '<option value="">年份</option><option value="3">三</option><option value="../2021/">2021年</option>'
    found = page(f'<select>{options}<option value="2020.html">2020年</option></select>').choices()
    assert [(link.url, link.text) for link in found] == [
        ("http://www.yunyan.test/2021/", "2021年"),
        ("http://www.yunyan.test/nb/2020.html", "2020年"),
    ]
