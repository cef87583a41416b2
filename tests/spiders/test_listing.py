"""What a column's page is read as: its reports, and the ways on."""

from __future__ import annotations

from govcrawl.crawl.columns import Listing, read_listing
from govcrawl.discovery import LinkKind
from govcrawl.platforms import ListRequest, Page
from govcrawl.platforms.static_list import StaticList

URL = "http://www.yunyan.test/nb/"


def listing(body: str, inside: LinkKind = LinkKind.COLUMN) -> Listing:
    page = Page(URL, f"<html><body>{body}</body></html>".encode())
    return read_listing(page, StaticList(), inside, frozenset())


def test_an_agencys_name_over_an_articles_address_is_a_report_without_a_date() -> None:
    found = listing('<a href="/view.php?id=4689">东镇人民政府</a><a href="/bm/dz/">西镇人民政府</a>')
    assert [link.url for link in found.reports] == ["http://www.yunyan.test/view.php?id=4689"]
    assert [step.link.url for step in found.steps] == ["http://www.yunyan.test/bm/dz/"]


def test_the_years_of_a_select_box_are_columns_within_a_column_alone() -> None:
    box = '<select><option value="/nb/2021/">2021年</option><option value="/bm/">教育局</option></select>'
    assert [step.link.text for step in listing(box).steps] == ["2021年"]
    assert listing(box, LinkKind.DISCLOSURE_INDEX).steps == ()


def test_more_under_a_groups_name_is_that_groups_column() -> None:
    found = listing('<h3>县直部门 <a href="bm/">更多</a></h3><h3>要闻 <a href="/yw/">更多</a></h3>')
    assert [(step.link.url, step.kind) for step in found.steps] == [(f"{URL}bm/", LinkKind.COLUMN)]


def test_rows_that_a_platform_asked_for_count_wherever_the_list_stands() -> None:
    body = '<li><a href="/info/1/2.htm">云砚县教育局2022年政府信息公开工作年度报告</a></li>'.encode()
    page = Page(f"{URL}rows", body, request=ListRequest(f"{URL}rows"))
    found = read_listing(page, StaticList(), LinkKind.AGENCY_COLUMN, frozenset())
    assert [link.url for link in found.reports] == ["http://www.yunyan.test/info/1/2.htm"]
