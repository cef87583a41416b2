"""Lonsun: the endpoint's parameters are those the page's script prints, and a column ends with an empty fragment."""

from __future__ import annotations

from collections import Counter

import pytest

from govcrawl.platforms import Page
from govcrawl.platforms.embedded import parameter
from govcrawl.platforms.lonsun import Lonsun
from govcrawl.simulator.platforms import lonsun as simulated
from govcrawl.simulator.platforms.base import Column
from tests.platforms.walking import mounted, walk

LONSUN = Lonsun()
COLUMN = "http://www.yunyan.test/public/column/25481?type=3&timeFrame=2021"


def page(script: str, body: str = "", url: str = COLUMN) -> Page:
    head = '<head><meta name="SiteId" content="6781961"></head>'
    return Page(url, f"<html>{head}<body>{body}<script>{script}</script></body></html>".encode())


@pytest.mark.parametrize("defect", ["", *simulated.Lonsun.known_defects])
@pytest.mark.parametrize("count", [0, 3, 20, 23])
def test_every_row_is_found_once_whatever_the_install(defect: str, count: int) -> None:
    column = mounted(simulated.Lonsun, count, [defect] if defect else [])
    walked = walk(LONSUN, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert walked.failed == []


@pytest.mark.parametrize("parameters", ["", "object_parameters"])
def test_a_list_without_rows_or_number_of_pages_is_read_to_its_empty_end(parameters: str) -> None:
    defects = ["nothing_inline", "no_page_count", *filter(None, [parameters])]
    column = mounted(simulated.Lonsun, 20, defects)
    walked = walk(LONSUN, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)


def test_the_agencies_that_a_script_lists_are_columns_of_annual_reports() -> None:
    column = mounted(simulated.Lonsun, defects=["organs", "prefix"])
    other = column.publisher.column_path("/zwgk/", 2)
    column.publisher.serve(Column(other, "云砚县教育局", column.rows[:2], 2))
    (found,) = LONSUN.columns(column.page())
    assert (found.text, found.url) == ("云砚县教育局", f"http://www.yunyan.test{other}")


def test_parameters_of_an_object_are_copied_and_its_variables_looked_up() -> None:
    script = (
        "var yxCatId = '6708461'; Ls.pagination({pageCount: 2}); $.get('/site/label/8888', {_: Math.random(), "
        "labelName: 'publicInfoList', pageSize: 18, pageIndex: i, catIds: yxCatId, keyWords: '', "
        "type: 3, result: '暂无相关信息', file: '/xxgk/publicInfoList_new'});"
    )
    first, second = LONSUN.next_pages(page(script))
    sent = {name: parameter(second.url, name) for name in ("catIds", "pageSize", "siteId", "organId", "pageIndex", "_")}
    assert sent == {
        "catIds": "6708461",
        "pageSize": "18",
        "siteId": "6781961",
        "organId": "25481",
        "pageIndex": "2",
        "_": "",
    }
    assert parameter(first.url, "pageIndex") == "1"


def test_a_query_that_the_script_puts_together_is_read_and_its_variables_filled_in() -> None:
    script = (
        "Ls.get('/site/label/8888?labelName=publicInfoList&siteId=' + siteId + '&pageSize=15&pageIndex=' + index +"
        " '&organId=' + organ.id + '&type=3' + '&file=/xxgk/list'); var o = {pageCount: 1};"
    )
    (first,) = LONSUN.next_pages(page(script))
    sent = [parameter(first.url, name) for name in ("siteId", "pageIndex", "organId", "type", "file")]
    assert sent == ["6781961", "1", "25481", "3", "/xxgk/list"]


def test_without_printed_parameters_the_columns_own_address_is_paged() -> None:
    (second,) = LONSUN.next_pages(page("Ls.pagination({pageCount: 2})"))
    assert second.url == f"{COLUMN}&pageIndex=2"


def test_parameters_that_are_computed_are_told() -> None:
    computed = page("Ls.get('/site/label/8888', build('publicInfoList'))")
    assert "parameters" in (LONSUN.unverified(computed) or "")


def test_a_report_shown_in_the_column_itself_leads_nowhere() -> None:
    shown = page(
        "", "<p>一、总体情况</p>", "http://www.yunyan.test/public/column/24601?action=detail&title=2020&type=3"
    )
    assert LONSUN.next_pages(shown) == []
    assert LONSUN.unverified(shown) is None


def test_the_standards_site_code_is_not_the_platforms_site_id() -> None:
    standard = b'<meta name="SiteIDCode" content="9700000001"><a href="/public/column/1?type=3">x</a>'
    assert LONSUN.recognise(Page("http://www.yunyan.test/public/column/1", standard)) == 0.0
