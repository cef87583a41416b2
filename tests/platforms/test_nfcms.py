"""NFCMS: known by its globals, numbered from one, each article once and not its twin for telephones."""

from __future__ import annotations

from collections import Counter

import pytest

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.nfcms import Nfcms
from govcrawl.simulator.platforms import nfcms as simulated
from tests.platforms.walking import mounted, walk

NFCMS = Nfcms()


@pytest.mark.parametrize("defect", ["", *simulated.Nfcms.known_defects])
@pytest.mark.parametrize("count", [0, 3, 20, 23])
def test_every_row_is_found_once_whatever_the_portal_gets_wrong(defect: str, count: int) -> None:
    column = mounted(simulated.Nfcms, count, [defect] if defect else [])
    walked = walk(NFCMS, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert walked.failed == []


def test_the_second_page_is_index_2() -> None:
    column = mounted(simulated.Nfcms, defects=["counted_pages"])
    assert NFCMS.next_pages(column.page())[0].url.endswith("/index_2.html")


def test_the_twin_for_telephones_is_kept_only_where_it_stands_alone() -> None:
    row = '<li><a href="content/{}_9.html">2023年年度报告</a><span>2024-01-30</span></li>'
    alone = Page("http://www.yunyan.test/nb/", f"<ul>{row.format('mpost')}</ul>".encode())
    both = Page("http://www.yunyan.test/nb/", f"<ul>{row.format('mpost')}{row.format('post')}</ul>".encode())
    assert [link.url.rpartition("/")[2] for link in NFCMS.list_links(alone)] == ["mpost_9.html"]
    assert [link.url.rpartition("/")[2] for link in NFCMS.list_links(both)] == ["post_9.html"]


def test_the_globals_name_the_platform() -> None:
    found = recognise_platform(Page("http://www.yunyan.test/", b"<script>NFCMS_POST_ID = 7;</script>"))
    assert found.name == "nfcms"
