"""Hanweb jpage: the records inside the column, and the blocks behind its proxy, whatever the proxy gets wrong."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.hanweb import MOST_FURTHER
from govcrawl.platforms.hanweb_jpage import HanwebJpage, units
from govcrawl.simulator.platforms.hanweb_jpage import HanwebJpage as Publisher
from tests.platforms.walking import Mounted, mounted, walk

JPAGE = HanwebJpage()
URL = "http://www.yunyan.test/col/col84242/index.html"
PROXY = "http://www.yunyan.test/module/web/jpage/dataproxy.jsp"
NEXT = '<a href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=1&path=/&columnid=84242&unitid=294071"></a>'
WHOLE = sorted(set(Publisher.known_defects) - {"encrypted"})


def column(records: str = "", next_group: str = NEXT, rest: str = "", url: str = URL) -> Page:
    group = f"<nextgroup><![CDATA[{next_group}]]></nextgroup>"
    store = f"<datastore>{group}<recordset>{records}</recordset></datastore>"
    return Page(url, f'<html><body><script type="text/xml">{store}</script>{rest}</body></html>'.encode())


def record(number: int, title: str = "云砚县教育局2020年政府信息公开工作年度报告") -> str:
    link = f'<a href="/art/2021/1/9/art_84242_{number}.html" title="{title}">{title[:9]}…</a>'
    return f"<record><![CDATA[<li>{link}<span>2021-01-09</span></li>]]></record>"


def answer(rows: int, total: int | str, count: int = 1, size: int = 100) -> Page:
    url = f"{PROXY}?startrecord={(count - 1) * size + 1}&endrecord={count * size}&perpage={size}&page={count}"
    records = "".join(record(number) for number in range(rows))
    body = f"<datastore><totalrecord>{total}</totalrecord><recordset>{records}</recordset></datastore>"
    return Page(url, body.encode())


def blocks(page: Page) -> list[str]:
    return [each.url.partition("?")[2] for each in JPAGE.next_pages(page)]


@pytest.mark.parametrize("defects", [(), *((each,) for each in WHOLE), ("escaped", "wrong_type", "short_blocks")])
@pytest.mark.parametrize("count", [1, 15, 16, 137])
def test_every_row_is_found_whatever_the_proxy_gets_wrong(defects: tuple[str, ...], count: int) -> None:
    place: Mounted = mounted(Publisher, count, defects)
    walked = walk(JPAGE, place.host, place.url)
    assert list(dict.fromkeys(walked.titles)) == place.titles
    assert walked.failed == []


def test_a_list_that_the_column_holds_whole_is_not_asked_for() -> None:
    place = mounted(Publisher, 15)
    walked = walk(JPAGE, place.host, place.url)
    assert (walked.asked, walked.titles) == (1, place.titles)


def test_the_total_is_told_by_the_column_and_by_the_proxy() -> None:
    place = mounted(Publisher, 137)
    assert [JPAGE.expected_total(page) for page in walk(JPAGE, place.host, place.url).pages] == [137] * 3


def test_rows_are_dated_and_bear_their_whole_titles() -> None:
    place = mounted(Publisher, 3, {"table_rows"})
    links = JPAGE.list_links(place.page())
    assert [(link.text, link.published_on) for link in links] == [(row.title, row.day) for row in place.rows]


def test_encrypted_ids_are_not_asked_for_and_the_shortfall_is_told() -> None:
    place = mounted(Publisher, 23, {"encrypted"})
    walked = walk(JPAGE, place.host, place.url)
    assert (walked.asked, walked.titles) == (1, place.titles[:5])
    assert JPAGE.expected_total(place.page()) == 23
    assert "encrypted ids" in (JPAGE.unverified(place.page()) or "")


def test_encrypted_ids_matter_only_where_rows_are_left() -> None:
    assert JPAGE.unverified(mounted(Publisher, 5, {"encrypted"}).page()) is None


def test_a_proxy_that_answers_with_nothing_ends_the_list() -> None:
    assert blocks(answer(0, 463)) == []
    assert JPAGE.expected_total(answer(0, 463)) == 463


def test_the_proxy_is_asked_as_the_page_asks_it_by_record_and_by_page() -> None:
    (asked,) = JPAGE.next_pages(column(record(1)))
    assert asked.url == f"{PROXY}?startrecord=1&endrecord=100&perpage=100&page=1"
    assert dict(asked.form or ()) == {"appid": "1", "webid": "1", "path": "/", "columnid": "84242", "unitid": "294071"}
    assert dict(asked.headers) == {"Referer": URL, "X-Requested-With": "XMLHttpRequest"}


def test_parameters_are_read_from_the_script_where_there_is_no_next_group() -> None:
    script = (
        "<script>var unitid = 5;$('#1').jpage({totalRecord:'463',proxyUrl:'/module/jpage/dataproxy.jsp',"
        "ajaxParam:{col:1,'webid':12,\"path\":'/',columnid:722,unitid:'8000',webname:'县政府'}});</script>"
    )
    page = Page(URL, script.encode())
    (unit,) = units(page)
    assert unit.proxy == "http://www.yunyan.test/module/jpage/dataproxy.jsp"
    assert [unit[name] for name in ("webid", "columnid", "unitid", "webname")] == ["12", "722", "8000", "县政府"]
    assert JPAGE.expected_total(page) == 463


def test_quotes_inside_the_addresss_parameters_are_no_part_of_them() -> None:
    (unit,) = units(column(next_group="<a href=\"/module/jpage/dataproxy.jsp?path='/'&columnid=3&unitid=8\"></a>"))
    assert (unit["path"], unit["columnid"], unit["unitid"]) == ("/", "3", "8")


def test_several_columns_are_asked_for_at_once() -> None:
    link = '<a href="/module/web/jpage/morecolumndataproxy.jsp?columnid=1,2,3&unitid=8&keyWordCount=999"></a>'
    (asked,) = JPAGE.next_pages(column(next_group=link))
    assert ("columnid", "1,2,3") in (asked.form or ())


def test_two_lists_on_a_page_are_both_asked_for() -> None:
    second = column(next_group=NEXT.replace("84242", "84243").replace("294071", "294072"))
    page = Page(URL, column().body + second.body)
    assert [dict(each.form or ())["columnid"] for each in JPAGE.next_pages(page)] == ["84242", "84243"]


def test_a_proxy_without_ids_is_told() -> None:
    page = column(next_group='<a href="/module/web/jpage/dataproxy.jsp?page=1"></a>')
    assert JPAGE.next_pages(page) == []
    assert "names a list's proxy" in (JPAGE.unverified(page) or "")


def test_all_blocks_follow_from_the_first_answer_and_only_the_next_from_others() -> None:
    assert [each.rpartition("page=")[2] for each in blocks(answer(100, 463))] == ["2", "3", "4", "5"]
    assert [each.rpartition("page=")[2] for each in blocks(answer(100, 463, 4))] == ["5"]
    assert blocks(answer(63, 463, 5)) == []


def test_a_proxy_with_a_size_of_its_own_is_asked_for_that_size() -> None:
    assert blocks(answer(30, 75)) == [
        "startrecord=31&endrecord=60&perpage=30&page=2",
        "startrecord=61&endrecord=90&perpage=30&page=3",
    ]


def test_a_row_broken_off_in_the_middle_is_no_row() -> None:
    whole = answer(3, 3)
    cut = Page(whole.url, whole.body[: whole.body.rindex(b"</li>")])
    assert len(JPAGE.list_links(cut)) == 2


def test_a_record_with_broken_markup_leaves_the_next_alone() -> None:
    broken = '<record><![CDATA[<li style=<br/><a href="/art/2021/1/8/art_1_2.html" title="a>甲局</a></li>]]></record>'
    links = JPAGE.list_links(column(broken + record(5)))
    assert links[-1].url.endswith("art_84242_5.html")


def test_an_array_of_the_old_proxy_is_read_with_its_escapes() -> None:
    text = r"""var totalRecord=1; a=['<li><a href=\"\/art\/2021\/1\/9\/art_1_2.html\">\u7532局<\/a>2021-1-9<\/li>'];"""
    (link,) = JPAGE.list_links(Page(f"{PROXY}?page=1&perpage=100", text.encode()))
    assert (link.url, link.text) == ("http://www.yunyan.test/art/2021/1/9/art_1_2.html", "甲局")
    assert link.published_on == date(2021, 1, 9)


def test_a_column_that_prints_its_rows_plainly_lists_those() -> None:
    row = '<ul><li><a href="/art/2021/1/9/art_1_2.html">甲局</a><span>2021-01-09</span></li></ul>'
    assert [link.text for link in JPAGE.list_links(column(rest=row))] == ["甲局"]


@pytest.mark.parametrize("url", ["http://tj.test/art/2020/2/2/art_85323_10429043.html"])
def test_articles_are_known_by_their_address(url: str) -> None:
    assert recognise_platform(Page(url, b"<html><body><div id='zoom'></div></body></html>")).name == "hanweb_jpage"


@pytest.mark.parametrize("total", ["1000000000000", "9" * 20, "999999999", "-1", "1e9", "", "０９"])
def test_a_hostile_total_asks_for_no_endless_list(total: str) -> None:
    assert len(blocks(answer(2, total))) <= MOST_FURTHER
    assert len(blocks(column(rest=f"<script>totalRecord:{total}</script>"))) <= 1


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**12), st.integers(-5, 10**12), st.integers(-5, 10**12), st.integers(0, 3))
def test_an_answer_never_asks_for_more_than_the_most(total: int, count: int, size: int, rows: int) -> None:
    page = answer(rows, total, count, size)
    asked = JPAGE.next_pages(page)
    assert len(asked) <= MOST_FURTHER
    assert page.url not in {each.url for each in asked}


@cache
def body(defect: str) -> bytes:
    return mounted(Publisher, 4, {defect}).page().body


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_page_cut_or_stuffed_anywhere_is_read_without_error(data: st.DataObject) -> None:
    whole = body(data.draw(st.sampled_from(Publisher.known_defects)))
    cut = data.draw(st.integers(0, len(whole)))
    stuffing = data.draw(
        st.sampled_from([b"", b"'", b'"', b"<record>", b"<![CDATA[", b"\\", b"\xff\xfe", b"&lt;record&gt;"])
    )
    for url in (URL, f"{PROXY}?page=1&perpage=100&startrecord=1"):
        page = Page(url, whole[:cut] + stuffing + whole[cut + data.draw(st.integers(0, 50)) :])
        JPAGE.recognise(page)
        assert all(link.url for link in JPAGE.list_links(page))
        assert len(JPAGE.next_pages(page)) <= MOST_FURTHER
        JPAGE.expected_total(page)
        JPAGE.unverified(page)
