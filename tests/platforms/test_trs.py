"""TRS WCM: recognised by its scripts, paged by its numbering, listed with the full titles."""

from __future__ import annotations

from datetime import date

import pytest

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.pagers import trs_call
from govcrawl.platforms.trs import Trs, article_sheets

COLUMN = "http://www.yunyan.test/zwgk/zfxxgknb/"
TRS = Trs()


def page(body: str, url: str = COLUMN) -> Page:
    return Page(url, f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode())


def pager(script: str, url: str = COLUMN) -> list[str]:
    return [each.url for each in TRS.next_pages(page(f"<script>{script}</script>", url))]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('createPageHTML(9, 0, "index", "html");', (9, 0, "index", "html")),
        ("createPageHTML(3,1,'index','shtml')", (3, 1, "index", "shtml")),
        ('createPage(4, 0, "list", "htm")', (4, 0, "list", "htm")),
        ('createPageHTML(132, 9, 0, "index", "html")', (9, 0, "index", "html")),
        ('createPageHTML(20, 132, 9, 2, "index", "html")', (9, 2, "index", "html")),
        ('createPageHTML( 5 ,0 ,"index" , "html" )', (5, 0, "index", "html")),
    ],
)
def test_the_builder_script_is_read_whatever_stands_before_the_four(call: str, expected: tuple[object, ...]) -> None:
    assert trs_call(call) == expected


def test_a_first_argument_that_is_a_string_is_another_platforms() -> None:
    assert trs_call("createPageHTML('page_div', 9, 1, 'abc', 'shtml', 180)") is None
    ucap = page("<script>createPageHTML('page_div',9,1,'abc','shtml',180)</script>")
    assert recognise_platform(ucap).name == "ucap"


def test_page_two_is_index_1_and_the_last_is_one_less_than_the_total() -> None:
    found = pager('createPageHTML(3, 0, "index", "html");')
    assert found == [f"{COLUMN}index_1.html", f"{COLUMN}index_2.html"]


def test_from_page_two_only_what_follows_is_left() -> None:
    assert pager('createPageHTML(3, 1, "index", "html");', f"{COLUMN}index_1.html") == [f"{COLUMN}index_2.html"]


def test_the_last_page_and_a_list_of_one_page_lead_nowhere() -> None:
    assert pager('createPageHTML(3, 2, "index", "html");', f"{COLUMN}index_2.html") == []
    assert pager('createPageHTML(1, 0, "index", "html");') == []


def test_bare_globals_are_a_pager_too() -> None:
    found = pager("var currentPage = 0; var countPage = 3;", f"{COLUMN}index.shtml")
    assert found == [f"{COLUMN}index_1.shtml", f"{COLUMN}index_2.shtml"]


def test_the_configuration_object_is_a_pager_too() -> None:
    assert pager("pagination_script_config = {pageNumber:'0', total:'2'}") == [f"{COLUMN}index_1.html"]


def test_the_jquery_pager_counts_from_one_in_files_of_its_own() -> None:
    found = pager('$(".pagination").pagination({totalData:34, showData:15})')
    assert found == [f"{COLUMN}index_pc_2.html", f"{COLUMN}index_pc_3.html"]


def test_a_column_that_numbers_page_two_as_two_is_the_same_pager_shifted() -> None:
    found = TRS.pager(page('<script>createPageHTML(3, 0, "index", "html")</script>'))
    assert found is not None
    assert found.shifted().url(2) == f"{COLUMN}index_2.html"
    assert found.shifted().following() == [f"{COLUMN}index_2.html", f"{COLUMN}index_3.html"]


def test_the_title_attribute_is_taken_over_a_cut_text() -> None:
    title = "云砚县教育局2020年政府信息公开工作年度报告"
    row = f'<ul><li><a href="./202101/t20210129_5.html" title="{title}">云砚县教育局2020…</a>'
    links = TRS.list_links(page(f"{row}<span>2021/01/29</span></li></ul>"))
    assert [(link.url, link.text, link.published_on) for link in links] == [
        (f"{COLUMN}202101/t20210129_5.html", "云砚县教育局2020年政府信息公开工作年度报告", date(2021, 1, 29))
    ]


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("../../jd/t20210129_5.html", "http://www.yunyan.test/jd/t20210129_5.html"),
        ("//jyj.yunyan.test/t20210129_5.html", "http://jyj.yunyan.test/t20210129_5.html"),
        ("\n  ./t20210129_5.html\n", f"{COLUMN}t20210129_5.html"),
        ("./P020210129348498606128.pdf", f"{COLUMN}P020210129348498606128.pdf"),
    ],
)
def test_links_are_resolved_however_they_are_written(href: str, url: str) -> None:
    assert [link.url for link in TRS.list_links(page(f'<ul><li><a href="{href}">报告</a></li></ul>'))] == [url]


def test_an_empty_row_and_a_popup_inside_a_row_are_no_rows() -> None:
    popup = '<div class="pop"><ul><li><a href="./t20210130_6.html">解读一</a></li></ul></div>'
    body = f'<ul><li><a href="./t20210129_5.html">报告</a>{popup}</li><li class="empty"></li></ul>'
    assert [link.text for link in TRS.list_links(page(body))] == ["报告"]


def test_rows_written_by_a_script_are_read() -> None:
    block = (
        '<script>var url="./202602/t20260210_{n}.shtml"; var title="云砚县{n}年年报"; FILENUM="{n}";'
        "document.writeln('<li>'+title+'</li><span>2026-02-10</span>');</script>"
    )
    links = TRS.list_links(page(block.replace("{n}", "1") + block.replace("{n}", "2")))
    assert [(link.text, link.published_on) for link in links] == [
        ("云砚县1年年报", date(2026, 2, 10)),
        ("云砚县2年年报", date(2026, 2, 10)),
    ]


@pytest.mark.parametrize(
    ("split", "day"),
    [("[2021-01-29]", 29), ("2021年01月29日", 29), ("2021.1.9", 9), ("<b>2021</b>-<i>01-</i>\n29", 29)],
)
def test_the_rows_date_is_read_in_every_shape(split: str, day: int) -> None:
    links = TRS.list_links(page(f'<ul><li><a href="./t1234567.html">报告</a><span>{split}</span></li></ul>'))
    assert [link.published_on for link in links] == [date(2021, 1, day)]


def test_an_article_cut_in_sheets_tells_its_others() -> None:
    url = f"{COLUMN}202101/t20210129_27775.html"
    sheets = article_sheets(page("<script>var currentPage = 0; var countPage = 3;</script>", url))
    assert sheets == [f"{COLUMN}202101/t20210129_27775_1.html", f"{COLUMN}202101/t20210129_27775_2.html"]
    assert article_sheets(page("<script>var countPage = 3;</script>", sheets[0])) == []


def test_attachments_are_named_as_the_reader_sees_them() -> None:
    body = '<div class="TRS_Editor">见附件<a href="./P020210129000000000001.ofd">云砚县2020年年报.ofd</a></div>'
    links = TRS.attachments(page(body, f"{COLUMN}t20210129_5.html"))
    assert [(link.url, link.text) for link in links] == [
        (f"{COLUMN}P020210129000000000001.ofd", "云砚县2020年年报.ofd")
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<script>createPageHTML(1, 0, "index", "html")</script>',
        '<div class="TRS_Editor">正文</div>',
        '<ul><li><a href="./202101/t20210129_5.html">报告</a></li></ul>',
    ],
)
def test_the_platform_is_recognised(body: str) -> None:
    assert recognise_platform(page(body)).name == "trs"
