"""No page of half a megabyte takes Hanweb's modules long, whatever it repeats."""

from __future__ import annotations

import time

import pytest

from govcrawl.platforms import PLATFORMS, Page

HOST = "http://www.yunyan.test"
URLS = (
    f"{HOST}/col/col1/index.html",
    f"{HOST}/module/web/jpage/dataproxy.jsp?page=1&perpage=100&startrecord=1",
    f"{HOST}/module/xxgk/tree.jsp",
)
MARKS = b"dataproxy.jsp unitbuild.js search.jsp funclick tr_main_value_ pdfurl xxgkAnnualReport.jsp "
REPEATED = (
    b"\\'",
    b'href="dataproxy.jsp',
    b"<record><a href=x>1</a></record>",
    b"search.jsp ,'div",
    b"'ab','funclick('",
    b"pdfurl='/a.pdf",
    b"<ul class=fjxx>",
)


@pytest.mark.slow
@pytest.mark.parametrize("repeated", REPEATED)
def test_a_page_that_repeats_itself_is_read_in_time(repeated: bytes) -> None:
    body = MARKS + repeated * (500_000 // len(repeated))
    for url in URLS:
        for platform in (each for each in PLATFORMS if each.name.startswith("hanweb")):
            page = Page(url, body)
            assert page.root is not None
            started = time.process_time()
            platform.recognise(page)
            platform.list_links(page)
            platform.next_pages(page)
            platform.columns(page)
            platform.unverified(page)
            platform.attachments(page)
            assert time.process_time() - started < 5, f"{platform.name} took too long"
