"""Columns of the nation: how lists are published, and what goes wrong with them while they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest
from lxml import html

from govcrawl.simulator.answers import Asked, Host
from govcrawl.simulator.nation import Nation
from govcrawl.simulator.nation.hosts import NationHost, Turning
from govcrawl.simulator.nation.publishers import draw_defects, out_of_reach, publishers
from govcrawl.simulator.platforms.base import Column, Row
from govcrawl.simulator.platforms.snowflake import Snowflake
from govcrawl.simulator.platforms.static_list import StaticList
from govcrawl.simulator.platforms.trs import PAGERS, STYLES, Trs
from tests.simulator.exploring import fetch


def wrap(title: str, main: str, metadata: Mapping[str, str]) -> bytes:
    return f"<html><head><title>{title}</title></head><body>{main}</body></html>".encode()


def column(count: int) -> Column:
    rows = [Row(f"./202301/t20230101_{number}.html", f"标题{number}", None) for number in range(count)]
    return Column("/nb/", "年报", rows, 1)


def markup(host: Host, path: str) -> str:
    answer = host.answer(Asked(path))
    return answer.body.decode() if answer.status == 200 else ""


@pytest.mark.parametrize("pager", ["", *PAGERS])
def test_every_row_stands_on_one_page_of_a_trs_column(pager: str) -> None:
    host = Host("www.yunyan.test")
    Trs(host, wrap, defects=frozenset({pager} - {""}), per_page=10).serve(column(25))
    pages = {markup(host, f"/nb/{file}") for file in ("", *(f"index_{number}.html" for number in range(1, 5)))}
    assert sum(page.count("<a ") for page in pages) == 25


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_rows_names_every_title(style: str) -> None:
    host = Host("www.yunyan.test")
    Trs(host, wrap, defects=frozenset({style}), per_page=50).serve(column(25))
    text = markup(host, "/nb/")
    assert all(f"标题{number}" in text for number in range(25))


def test_a_plain_list_leads_from_page_to_page() -> None:
    host = Host("www.yunyan.test")
    StaticList(host, wrap, per_page=10).serve(column(25))
    second = html.fromstring(markup(host, "/nb/list_2.html"))
    assert second.xpath("//a[text()='下一页']/@href") == ["list_3.html"]
    assert not html.fromstring(markup(host, "/nb/list_3.html")).xpath("//a[text()='下一页']")


def test_defects_that_exclude_each_other_are_not_drawn_together() -> None:
    for publisher in publishers().values():
        for seed in range(40):
            drawn = draw_defects(publisher, Random(seed), 4)
            assert drawn <= set(publisher.known_defects)
            assert all(len(drawn & set(group)) <= 1 for group in publisher.exclusive), (publisher, drawn)


def test_a_defect_that_loses_rows_says_which_problem_explains_them() -> None:
    assert out_of_reach(Trs(Host("www.yunyan.test"), wrap)) == (None, None)
    lost = Snowflake(Host("www.yunyan.test"), wrap, defects=frozenset({"no_pager"}))
    assert out_of_reach(lost) == (None, "unsupported")


def test_a_row_that_comes_in_while_pages_are_read_pushes_the_others_on() -> None:
    before, after = Host("www.yunyan.test"), Host("www.yunyan.test")
    StaticList(before, wrap, per_page=10).serve(column(25))
    incoming = Row("./new.html", "新来的", None)
    StaticList(after, wrap, per_page=10).serve(Column("/nb/", "年报", [incoming, *column(25).rows], 1))
    host = NationHost("www.yunyan.test")
    host.turnings.append(Turning(before, after, "/nb/"))
    first, second = markup(host, "/nb/"), markup(host, "/nb/list_2.html")
    assert "新来的" not in first
    assert "标题9<" in first
    assert "标题9<" in second
    assert "新来的" in markup(host, "/nb/")


def test_a_host_is_filled_when_it_is_first_asked() -> None:
    host, filled = NationHost("www.yunyan.test"), []
    host.later(lambda: filled.append(True))
    assert filled == []
    host.answer(Asked("/"))
    host.answer(Asked("/"))
    assert filled == [True]


def test_a_portal_may_be_shut_after_some_answers() -> None:
    host = NationHost("www.yunyan.test", gate="412_later")
    statuses = [host.answer(Asked("/")).status for _ in range(20)]
    assert statuses[0] == 404
    assert statuses[-1] == 412
    assert statuses == sorted(statuses)


def test_the_last_row_of_a_page_stands_again_on_the_next_where_rows_are_doubled() -> None:
    nation = Nation(1)
    site = nation.sites[2]
    site.knobs = replace(site.knobs, structure="flat", doubled=True, per_page=5)
    nation.revise(1)
    files = [fetch(nation, f"{site.column_url}{file}").decode() for file in ("", "list_2.html")]
    first, second = (re.findall(r"<li><a href=\"([^\"]+)\"", file.partition("news-list")[2]) for file in files)
    assert first[-1] == second[0]
