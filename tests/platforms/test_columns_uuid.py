"""columns/UUID: the first page is read; further ones are followed where they are linked, else told."""

from __future__ import annotations

from collections import Counter

import pytest

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.columns_uuid import ColumnsUuid
from govcrawl.simulator.platforms import columns_uuid as simulated
from tests.platforms.walking import mounted, walk

COLUMNS = ColumnsUuid()
FOLDER = "http://www.yunyan.test/columns/8aef2fa0-cc14-409e-9f68-fbdba00a0c72/"
ROW = '<li><a href="202308/21/720faafd-6610-4d9e-9cc8-9e0f056c2101.html">云砚县年报</a></li>'


def page(body: str) -> Page:
    return Page(f"{FOLDER}index.html", f"<html><body><ul>{body}</ul></body></html>".encode())


@pytest.mark.parametrize("defects", [(), ("migrated",)], ids=" ".join)
def test_every_row_is_found_once(defects: tuple[str, ...]) -> None:
    column = mounted(simulated.ColumnsUuid, defects=defects)
    walked = walk(COLUMNS, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert COLUMNS.unverified(column.page()) is None


def test_a_row_without_a_date_is_known_by_its_address() -> None:
    assert [link.text for link in COLUMNS.list_links(page(ROW))] == ["云砚县年报"]


@pytest.mark.parametrize(
    "more", ["<p>共2条</p>", "<p>共2页</p>", '<a href="javascript:;">下一页</a>', "<span>下一页</span>"]
)
def test_a_list_that_goes_on_is_told_and_not_guessed_at(more: str) -> None:
    assert "not known" in (COLUMNS.unverified(page(ROW + more)) or "")
    assert COLUMNS.next_pages(page(ROW + more)) == []


def test_a_page_that_is_linked_is_followed() -> None:
    found = page(f'{ROW}<a href="index_2.html">下一页</a>')
    assert [each.url for each in COLUMNS.next_pages(found)] == [f"{FOLDER}index_2.html"]
    assert COLUMNS.unverified(found) is None


def test_it_is_known_by_its_address_and_by_the_addresses_it_lists() -> None:
    assert recognise_platform(page("")).name == "columns_uuid"
    home = ROW.replace('"202308', f'"{FOLDER}202308')
    assert recognise_platform(Page("http://www.yunyan.test/", home.encode())).name == "columns_uuid"
