"""The pager detector: pages of every spelling are found, what is no pager is passed over, nothing runs away."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.platforms import Page
from govcrawl.platforms.embedded import MOST_PAGES
from govcrawl.platforms.linked import linked_pages, places
from govcrawl.platforms.pagers import trs_pager
from govcrawl.platforms.static_list import StaticList
from govcrawl.simulator.answers import Answer, Asked, Host
from govcrawl.simulator.platforms.static_varieties import StaticVarieties
from tests.platforms.walking import MOST_ASKED, mounted, walk

LIST = StaticList()
FOLDER = "http://www.yunyan.test/nb/"
VARIETIES = [each for each in StaticVarieties.known_defects if each not in StaticVarieties.losing]


def page(body: str, url: str = f"{FOLDER}index.html") -> Page:
    return Page(url, f"<html><body>{body}</body></html>".encode())


def link(href: str, text: str) -> str:
    return f'<a href="{href}">{text}</a>'


def further(body: str, url: str = f"{FOLDER}index.html") -> list[str]:
    return [each.removeprefix(FOLDER) for each in linked_pages(page(body, url))]


@pytest.mark.parametrize("variety", VARIETIES)
def test_every_row_is_found_once_however_pages_are_numbered(variety: str) -> None:
    column = mounted(StaticVarieties, defects=[variety])
    walked = walk(LIST, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert walked.failed == []


@pytest.mark.parametrize("variety", VARIETIES)
def test_a_column_of_one_page_has_no_further_ones(variety: str) -> None:
    column = mounted(StaticVarieties, 4, [variety])
    assert walk(LIST, column.host, column.url).asked == 1


def test_pages_that_only_a_script_turns_are_told() -> None:
    assert "5 pages" in (LIST.unverified(mounted(StaticVarieties, defects=["clicked"]).page()) or "")
    for variety in VARIETIES:
        column = mounted(StaticVarieties, defects=[variety])
        assert [LIST.unverified(each) for each in walk(LIST, column.host, column.url).pages] == [None] * 5


@pytest.mark.parametrize("next_page", ["下一页", "[下一页]", "下 页", "后页", "下一页&gt;&gt;", "Next"])
def test_the_words_for_the_next_page(next_page: str) -> None:
    assert further(link("list_2.html", next_page)) == ["list_2.html"]


@pytest.mark.parametrize(
    ("second", "last", "third"),
    [
        ("list2.html", "list4.html", "list3.html"),
        ("?cat_id=15980&amp;cur_page=2", "?cat_id=15980&amp;cur_page=4", "index.html?cat_id=15980&cur_page=3"),
        ("?pageNo=2&amp;id=77", "?pageNo=4&amp;id=77", "index.html?pageNo=3&id=77"),
        ("c1_2.jhtml", "c1_4.jhtml", "c1_3.jhtml"),
        ("2/", "4/", "3/"),
        ("page_2.html", "page_4.html", "page_3.html"),
    ],
)
def test_pages_between_the_next_and_the_last_are_known_by_the_figure_that_differs(
    second: str, last: str, third: str
) -> None:
    found = further(link(second, "下一页") + link(last, "尾 页"))
    assert len(found) == 3
    assert found[1] == third


def test_a_last_page_alone_is_asked_for_and_nothing_made_up() -> None:
    assert further(link("index_9.html", "尾页")) == ["index_9.html"]


def test_pages_that_count_down_are_followed_as_they_are_linked() -> None:
    assert further(link("nb/10.htm", "下一页") + link("nb/1.htm", "尾页")) == ["nb/10.htm", "nb/1.htm"]


@pytest.mark.parametrize(
    "body",
    [
        "".join(link(f"?date=2024-01-{day:02}", str(day)) for day in range(1, 29)),
        "".join(link(f"2024/{day}/", str(day)) for day in (3, 8, 9, 21)),
        link("?year=2024&amp;month=2", "&gt;") + link("?year=2025", "&gt;&gt;"),
        link("/zwgk/index.html", "&gt;"),
        link("2019.html", "2019") + link("2020.html", "2020"),
        link("/rl/2.html", "2"),
        link("javascript:next()", "下一页"),
        link("http://[bad", "下一页"),
    ],
)
def test_what_is_no_pager_is_passed_over(body: str) -> None:
    assert further(body) == []


@pytest.mark.parametrize("number", [2001, 9999, 10**12])
def test_a_last_page_beyond_belief_adds_no_pages(number: int) -> None:
    assert len(further(link("list_2.html", "下一页") + link(f"list_{number}.html", "尾页"))) <= 2
    assert len(linked_pages(page("共9999页", f"{FOLDER}list.jsp?pageNo=1"))) <= MOST_PAGES


def test_a_pager_that_never_ends_ends_with_the_repetition_of_its_pages() -> None:
    host = Host("www.yunyan.test")
    row = '<li><a href="/nr/1/10001.html">云砚县年报</a>2024-01-31</li>'

    def answer(asked: Asked) -> Answer:
        number = min(int(asked.parameter("page", "1")) + 1, 40)
        return Answer(body=f"<ul>{row}</ul>{link(f'?page={number}', '下一页')}".encode())

    host.serve("/nb/", answer)
    assert walk(LIST, host, FOLDER).asked <= 41 < MOST_ASKED


@given(
    st.lists(
        st.tuples(st.text(max_size=20), st.sampled_from(["下一页", "尾页", "2", "3", ">", "99", "共3页"])), max_size=8
    )
)
def test_whatever_is_linked_is_read_without_a_fall(links: list[tuple[str, str]]) -> None:
    body = "".join(f'<a href="{href}">{text}</a>' for href, text in links)
    for url in (f"{FOLDER}index.html", f"{FOLDER}list.jsp?page=1&x=2", FOLDER):
        assert len(linked_pages(page(body, url))) <= MOST_PAGES


@given(st.text(max_size=60), st.integers(0, 10**15))
def test_a_place_is_where_its_number_stands(name: str, number: int) -> None:
    for url in (f"{FOLDER}{name}{number}.html", f"{FOLDER}?{name}={number}"):
        for place in places(url):
            assert place.at(place.number).replace("0", "") == url.replace("0", "")


@pytest.mark.parametrize("script", ["pageNumber:'0', total:'{}'", "totalData:{}, showData:15", "countPage = {}"])
def test_a_scripts_number_of_any_length_is_read(script: str) -> None:
    found = trs_pager(page(f"<script>{script.format('9' * 5000)}</script>"))
    assert found is None or len(found.following()) <= 2000
