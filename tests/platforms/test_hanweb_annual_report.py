"""Hanweb's report pages: an address for each agency and year, and titles made of what the links say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.discovery import LinkKind, classify_link
from govcrawl.discovery.years import year_of_title
from govcrawl.forms.title import agency_in_title
from govcrawl.model import Link
from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.hanweb_annual_report import HanwebAnnualReport, titled
from govcrawl.platforms.page import MOST_LINKS
from govcrawl.simulator.platforms.hanweb_annual_report import HanwebAnnualReport as Publisher
from tests.platforms.walking import mounted, walk

REPORTS = HanwebAnnualReport()
SCRIPT = "http://www.yunyan.test/module/xxgk/xxgkAnnualReport.jsp"
REPORT = f"{SCRIPT}?area=01251010-066&fbtime=2020"
TITLE = "云砚县教育局2020年政府信息公开工作年度报告"
AREAS = (
    '<select name="area"><option value="">请选择单位</option>'
    '<option value="01">甲局</option><option value="02">乙局</option></select>'
)
YEARS = '<select id="fbtime"><option>请选择</option><option value="2019">2019年</option><option>2020</option></select>'


@pytest.mark.parametrize("defects", [(), *((each,) for each in Publisher.known_defects)])
def test_every_report_of_the_list_is_found_under_a_title_of_its_own(defects: tuple[str, ...]) -> None:
    place = mounted(Publisher, 23, defects)
    walked = walk(REPORTS, place.host, place.url)
    assert [year_of_title(title) for title in walked.titles] == [row.day.year - 1 for row in place.rows if row.day]
    assert [agency_in_title(title) for title in walked.titles] == [f"云砚县第{number + 1}局" for number in range(23)]
    assert {classify_link(link, inside=LinkKind.COLUMN) for link in walked.links} == {LinkKind.REPORT}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("云砚县教育局", TITLE),
        ("云砚县教育局2020年", TITLE),
        ("云砚县教育局（2020年度）", TITLE),
        ("《云砚县教育局2020年度政府信息公开工作年报》", TITLE),
        ("云砚县教育局政府信息公开年度报告", TITLE),
        ("2020年", "2020年政府信息公开工作年度报告"),
        ("查看", "2020年政府信息公开工作年度报告"),
        ("云砚县委社会工作部2020年", "云砚县委社会工作部2020年政府信息公开工作年度报告"),
    ],
)
def test_a_title_is_made_of_the_agency_and_the_year(text: str, title: str) -> None:
    assert titled(Link(REPORT, text)).text == title


@pytest.mark.parametrize("url", ["http://www.yunyan.test/art_1_2.html?fbtime=2020", SCRIPT, f"{SCRIPT}?fbtime=99"])
def test_links_that_name_no_year_keep_their_text(url: str) -> None:
    assert titled(Link(url, "云砚县教育局2020年")).text == "云砚县教育局2020年"


def test_the_choices_of_a_report_page_are_the_reports_there_are() -> None:
    links = REPORTS.list_links(Page(SCRIPT, f"<form>{AREAS}{YEARS}</form>".encode()))
    assert [(link.url, link.text) for link in links] == [
        (f"{SCRIPT}?area={area}&fbtime={year}", f"{agency}{year}年政府信息公开工作年度报告")
        for area, agency in (("01", "甲局"), ("02", "乙局"))
        for year in (2019, 2020)
    ]


def test_where_only_the_year_can_be_chosen_the_agency_is_the_pages_own() -> None:
    links = REPORTS.list_links(Page(f"{REPORT}&showType=2", YEARS.encode()))
    assert [link.url for link in links] == [
        f"{SCRIPT}?area=01251010-066&fbtime={year}&showType=2" for year in (2019, 2020)
    ]


def test_a_report_that_is_linked_is_not_listed_again_by_the_choices() -> None:
    body = f'<a href="?fbtime=2019&area=01">甲局2019年</a>{AREAS}{YEARS}'
    assert len(REPORTS.list_links(Page(SCRIPT, body.encode()))) == 4


def test_a_page_without_area_and_year_that_names_no_reports_is_told() -> None:
    assert "no source says" in (REPORTS.unverified(Page(SCRIPT, b"<p>none</p>")) or "")
    assert REPORTS.unverified(Page(f"{SCRIPT}?area=01", YEARS.encode())) is None
    assert REPORTS.unverified(Page(REPORT, b"<p>a report</p>")) is None


@pytest.mark.parametrize(
    "query", ["area=01251010-066&fbtime=2020", "fbtime=2018&area=1", "area=0&fbtime=2022&showType=2"]
)
def test_report_pages_are_known_by_their_address(query: str) -> None:
    page = Page(f"{SCRIPT}?{query}", b"<html><body><p>report</p></body></html>")
    assert recognise_platform(page).name == "hanweb_annual_report"
    assert classify_link(Link(page.url, "2020年"), inside=LinkKind.COLUMN) is LinkKind.REPORT


def test_no_number_of_choices_is_listed_without_end() -> None:
    options = "".join(f'<option value="{n}">{n}</option>' for n in range(2000))
    years = "".join(f"<option>{2000 + n % 150}</option>" for n in range(2000))
    page = Page(SCRIPT, f"<select name=area>{options}</select><select name=fbtime>{years}</select>".encode())
    assert len(REPORTS.list_links(page)) == MOST_LINKS


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 400))
def test_a_page_cut_or_stuffed_anywhere_is_read_without_error(stuffing: bytes, cut: int) -> None:
    whole = f'<a href="{REPORT}">2020年</a>{AREAS}{YEARS}'.encode()
    page = Page(SCRIPT, whole[:cut] + stuffing + whole[cut:])
    assert all(link.url for link in REPORTS.list_links(page))
    REPORTS.unverified(page)
    REPORTS.next_pages(page)
