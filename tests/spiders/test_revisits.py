"""When a known report is asked for again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govcrawl.crawl.revisits import conditions
from govcrawl.store import KnownUrl

KNOWN = KnownUrl("http://www.yunyan.test/1", 1, "", None, None, None, True, "report", "年报", None, False)


@pytest.mark.parametrize(
    ("known", "headers"),
    [
        (None, {}),
        (KNOWN, None),
        (replace(KNOWN, read=False, etag="1"), {}),
        (replace(KNOWN, listing_changed=True, etag="1"), {}),
        (replace(KNOWN, etag="1", last_modified="Mon"), {"If-None-Match": "1", "If-Modified-Since": "Mon"}),
        (replace(KNOWN, report_id=None), {}),
        (replace(KNOWN, report_id=None, etag="1"), {"If-None-Match": "1"}),
    ],
)
def test_what_is_known_decides_how_it_is_asked_for(known: KnownUrl | None, headers: dict[str, str] | None) -> None:
    assert conditions(known) == headers


def test_a_full_run_asks_for_everything() -> None:
    assert conditions(replace(KNOWN, etag="1"), full=True) == {}
