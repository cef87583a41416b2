"""Hanweb's disclosure module: tables asked for by a heading's code, and the tree of headings."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.discovery import LinkKind, classify_link
from govcrawl.platforms import ListRequest, Page
from govcrawl.platforms.hanweb import MOST_FURTHER, query_of
from govcrawl.platforms.hanweb_xxgk import HanwebXxgk, nodes, parameters
from govcrawl.simulator.platforms.hanweb_xxgk import HanwebXxgk as Publisher
from tests.platforms.walking import mounted, read, walk

XXGK = HanwebXxgk()
SHELLS = ("tree_shell", "subject_shell")
COLUMN = "http://www.yunyan.test/col/col13008/index.html"
SEARCH = "http://www.yunyan.test/module/xxgk/search.jsp"
ROW = '<tr class="tr_main_value_odd"><td><a href="/art/2021/1/9/art_1_{n}.html" title="{n}局年报">{n}</a></td></tr>'


def table(footer: str, query: str = "infotypeId=A0203&currpage=1", rows: int = 2) -> Page:
    lines = "".join(ROW.replace("{n}", str(number)) for number in range(rows))
    return Page(f"{SEARCH}?{query}", f"<table>{lines}</table><div>{footer}</div>".encode())


def pages_asked(page: Page) -> list[str]:
    return [query_of(each.url)["currpage"] for each in XXGK.next_pages(page)]


@pytest.mark.parametrize("defects", [(), *((each,) for each in Publisher.known_defects if each not in SHELLS)])
@pytest.mark.parametrize("count", [1, 5, 23])
def test_every_row_is_found_once(defects: tuple[str, ...], count: int) -> None:
    place = mounted(Publisher, count, defects)
    walked = walk(XXGK, place.host, place.url)
    assert walked.titles == place.titles
    assert walked.failed == []


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("tree", [(), ("script_tree",), ("referer_required",)])
def test_behind_a_shell_the_headings_of_the_tree_are_columns(shell: str, tree: tuple[str, ...]) -> None:
    place = mounted(Publisher, 12, {shell, *tree})
    walked = walk(XXGK, place.host, place.url)
    headings = {link.text: link for link in XXGK.columns(walked.pages[-1])}
    assert list(headings) == ["机构职能", "政策文件", "政府信息公开年报"]
    reports = headings["政府信息公开年报"]
    assert classify_link(reports, inside=LinkKind.DISCLOSURE_INDEX) is LinkKind.COLUMN
    _, first = read(place.host, ListRequest(reports.url), referer=place.url)
    found = [link.text for link in XXGK.list_links(first)]
    for each in XXGK.next_pages(first):
        found += [link.text for link in XXGK.list_links(read(place.host, each)[1])]
    assert found == place.titles


def test_the_columns_own_script_says_what_to_ask_for() -> None:
    script = (
        "loadDynamic('/module/xxgk/search.jsp?standardXxgk=1&infotypeId='+a+'&vc_title='+encodeURI(b)+"
        "'&area=11970100MB0000001C', 'div4', '0','0','950','7','','');"
    )
    page = Page(f"{COLUMN}?vc_xxgkarea=&number=A0203", f"<script>{script}</script>".encode())
    assert parameters(page) == {
        "infotypeId": "A0203",
        "jdid": "7",
        "area": "11970100MB0000001C",
        "divid": "div4",
        "standardXxgk": "1",
    }
    (asked,) = XXGK.next_pages(page)
    assert query_of(asked.url) == {**parameters(page), "currpage": "1"}
    assert dict(asked.headers)["Referer"] == page.url


def test_hidden_fields_are_parameters_too() -> None:
    fields = (
        '<input type="hidden" name="jdid" value="7"><input id="infotypeId" value="B01"><input name="other" value="1">'
    )
    assert parameters(Page(COLUMN, fields.encode())) == {"jdid": "7", "infotypeId": "B01"}


def test_a_column_without_a_headings_code_is_told() -> None:
    page = Page(COLUMN, b"<script>load('/module/xxgk/search.jsp?infotypeId='+a)</script>")
    assert XXGK.next_pages(page) == []
    assert "infotypeId" in (XXGK.unverified(page) or "")


def test_headings_without_readable_names_are_told() -> None:
    page = Page("http://www.yunyan.test/module/xxgk/tree.jsp", b"<script>x=[funclick('A01')]</script>")
    assert XXGK.columns(page) == []
    assert "could not be read" in (XXGK.unverified(page) or "")


@pytest.mark.parametrize(
    "markup",
    [
        "<a onclick=\"funclick('A0203')\">政府信息公开年报</a>",
        "<a href=\"javascript:funclick('A0203')\"><b>政府信息公开</b>年报</a>",
        "<script>d.add(3,1,'政府信息公开年报',\"javascript:funclick('A0203')\");</script>",
        "<script>d.add(3,1,\"政府信息公开年报\", 'funclick(\\'A0203\\')');</script>",
    ],
)
def test_headings_are_read_however_the_tree_writes_them(markup: str) -> None:
    assert nodes(Page(COLUMN, markup.encode())) == {"A0203": "政府信息公开年报"}


def test_the_footer_tells_the_pages_in_spite_of_its_wide_spaces() -> None:
    assert pages_asked(table("共4页 第1页 下一页 尾　页")) == ["2", "3", "4"]
    assert pages_asked(table("共4页 第3页", "infotypeId=A0203&currpage=3")) == ["4"]
    assert pages_asked(table("共4页", "infotypeId=A0203&currpage=4")) == []
    assert pages_asked(table("共4页", rows=0)) == []


@pytest.mark.parametrize("total", ["1000000000000", "9999", "0", "999999999"])
def test_a_hostile_number_of_pages_asks_for_no_endless_list(total: str) -> None:
    assert len(pages_asked(table(f"共{total}页"))) <= MOST_FURTHER


@cache
def body(defect: str) -> bytes:
    return mounted(Publisher, 4, {defect}).page().body


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_page_cut_or_stuffed_anywhere_is_read_without_error(data: st.DataObject) -> None:
    whole = body(data.draw(st.sampled_from(Publisher.known_defects)))
    cut = data.draw(st.integers(0, len(whole)))
    stuffing = data.draw(
        st.sampled_from([b"", b"'", b"funclick('", b"search.jsp", b"\xff", b"<tr class=tr_main_value_"])
    )
    for url in (COLUMN, f"{SEARCH}?currpage=1", "http://www.yunyan.test/module/xxgk/tree.jsp?area='"):
        page = Page(url, whole[:cut] + stuffing + whole[cut:])
        XXGK.recognise(page)
        assert len(XXGK.next_pages(page)) <= MOST_FURTHER
        assert all(link.url and link.text for link in XXGK.list_links(page) + XXGK.columns(page))
        XXGK.unverified(page)
