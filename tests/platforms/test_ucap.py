"""UCAP with static lists: told from TRS by its pager's first argument, counted from one, its files named by readers."""

from __future__ import annotations

from collections import Counter

import pytest

from govcrawl.discovery import canonical, interstitial
from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.base import ListRequest
from govcrawl.platforms.ucap import Ucap
from govcrawl.simulator.platforms import ucap as simulated
from tests.platforms.walking import mounted, read, walk

UCAP = Ucap()
COLUMN = "http://www.yunyan.test/yyx/c100231/list.shtml"
STYLES = [(), *((defect,) for defect in simulated.Ucap.known_defects if defect != "shell")]


def page(body: str, url: str = COLUMN) -> Page:
    return Page(url, f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode())


@pytest.mark.parametrize("defects", STYLES, ids=" ".join)
def test_every_row_is_found_once_whatever_the_portal_gets_wrong(defects: tuple[str, ...]) -> None:
    column = mounted(simulated.Ucap, defects=defects)
    walked = walk(UCAP, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert walked.failed == []


@pytest.mark.parametrize("defects", STYLES, ids=" ".join)
def test_every_row_leads_to_its_article(defects: tuple[str, ...]) -> None:
    column = mounted(simulated.Ucap, count=7, defects=defects)
    for link in walk(UCAP, column.host, column.url).links:
        status, article = read(column.host, ListRequest(canonical(link.url)))
        assert (status, article.metadata("ArticleTitle")) == (200, link.text)


def test_the_pages_are_numbered_from_one_and_end_with_the_pagers_number() -> None:
    found = UCAP.next_pages(page("<script>createPageHTML('page_div', 3, 1,'fg','shtml',41);</script>"))
    assert [each.url.rpartition("/")[2] for each in found] == ["fg_2.shtml", "fg_3.shtml"]
    assert UCAP.next_pages(page("<script>createPageHTML('page_div', 3, 3,'fg','shtml',41);</script>")) == []


def test_the_pagers_last_number_is_the_total() -> None:
    assert UCAP.expected_total(mounted(simulated.Ucap).page()) == 23


def test_a_total_below_the_rows_on_the_page_is_stale_and_says_nothing() -> None:
    column = mounted(simulated.Ucap, defects=["stale_total"], per_page=20)
    assert UCAP.expected_total(column.page()) is None


def test_the_redirecting_shell_of_a_column_leads_to_its_list() -> None:
    column = mounted(simulated.Ucap, defects=["shell"])
    target = interstitial(Page(column.url, column.page().body))
    assert target is not None
    assert Counter(walk(UCAP, column.host, target).titles) == Counter(column.titles)


def test_a_pager_that_begins_with_a_number_is_not_ucaps() -> None:
    trs = page('<script>createPageHTML(9, 0, "index", "html");</script>')
    assert UCAP.recognise(trs) == 0.0
    assert UCAP.next_pages(trs) == []


@pytest.mark.parametrize(
    "mark",
    [
        '<meta name="channelid" content="157a95c3e64f41039bb3beb14dbc7638">',
        "<UCAPCONTENT><p>一、总体情况</p></UCAPCONTENT>",
        "<script>createPageHTML('page_div',10, 1,'list_zw_wj','shtml',278);</script>",
    ],
)
def test_any_of_the_platforms_own_marks_names_it(mark: str) -> None:
    assert recognise_platform(page(mark)).name == "ucap"


def test_attachments_keep_chinese_and_opaque_names_and_lose_line_ends() -> None:
    article = page(
        '<UCAPCONTENT><p>正文</p></UCAPCONTENT><ul><li><a href="/yyx/c1/files/《2023年年度报告》.pdf">附件1</a></li>'
        '<li><a href="/yyx/c1/files/2110839f98ac12db.docx\n\n">下载文字版</a></li></ul><a href="/about.pdf">关于</a>',
        "http://www.yunyan.test/yyx/c1/content.shtml",
    )
    assert [link.url.rpartition("/")[2] for link in UCAP.attachments(article)] == [
        "《2023年年度报告》.pdf",
        "2110839f98ac12db.docx",
    ]


def test_the_file_beside_an_article_in_its_row_is_no_row_of_its_own() -> None:
    row = (
        '<table><tr><td><a href="/csrc/c1/c1653889/content.shtml">2023年年度报告</a></td>'
        '<td><a href="/csrc/c1/c1653889/files/2110839f.docx\n">下载文字版</a></td></tr>'
        '<tr><td><a href="/csrc/c1/files/2020.docx">2020年年度报告</a></td></tr></table>'
    )
    assert [link.text for link in UCAP.list_links(page(row))] == ["2023年年度报告", "2020年年度报告"]


def test_a_column_printed_as_one_page_of_several_reports_is_told() -> None:
    form = "<table><tr><td>一、本年新收政府信息公开申请数量</td></tr></table>"
    url = "http://www.yunyan.test/slx/c107687/zwgk_cont.shtml"
    assert "several years" in (UCAP.unverified(page(form * 2, url)) or "")
    assert UCAP.unverified(page(form, url)) is None
    assert UCAP.unverified(page(form * 2)) is None
