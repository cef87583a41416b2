"""Links as pages print them: beneath a base, in scripts, in select boxes, with the slashes of another system."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from govcrawl.platforms import Page
from govcrawl.platforms import page as page_module
from govcrawl.platforms.articles import links_files

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


PIECES = [
    "<title>甲县</title>",
    "<title></title>",
    "<TITLE>乙\n县</TITLE>",
    '<meta name="SiteDomain" content="www.a.test">',
    '<META NAME="sitedomain" CONTENT=" www.b.test ">',
    '<meta name="SiteDomain">',
    "<!-- <title>没有</title> <body> -->",
    '<script>var page = "<body><title>没有</title>";</script>',
    "<svg><title>图</title></svg>",
    "<head>",
    "</head>",
    "<body>",
    "<BODY class=a>",
    "<p>县",
    "<frameset>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_the_head_alone_says_what_the_whole_page_says(pieces: list[str]) -> None:
    body = "".join(pieces).encode()
    whole = Page("http://www.a.test/", body)
    _ = whole.root
    assert Page("http://www.a.test/", body).title == whole.title
    assert Page("http://www.a.test/", body).metadata("SiteDomain") == whole.metadata("SiteDomain")


def test_what_the_head_says_is_had_without_parsing_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    tree = page_module._tree

    def noted(data: bytes) -> HtmlElement:
        parsed.append(len(data))
        return tree(data)

    monkeypatch.setattr(page_module, "_tree", noted)
    page = Page("http://www.a.test/", b"<title>A</title><meta name=B content=C><body>" + b"<p>text</p>" * 1000)
    assert (page.title, page.metadata("B")) == ("A", "C")
    assert parsed == [len(b"<title>A</title><meta name=B content=C>")]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="/f/1.PDF">', True),
        ("<a href=/f/1.docx?v=2>", True),
        ('<a href="/system/_content/download.jsp?wbfileid=12">', True),
        ('<a href="/module/download/down.jsp?i=1">', True),
        ('<a href="/module/download/DownFile.jsp?i=1">', True),
        ('<a href="/f/1.jpg">', True),
        ('<img src="/f/1.jpg">', False),
        ('<a href="/f/1.html">pdf</a>', False),
    ],
)
def test_whether_a_page_links_files_is_known_before_it_is_parsed(markup: str, expected: bool) -> None:
    assert links_files(Page("http://www.a.test/", markup.encode())) is expected
