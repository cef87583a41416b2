"""A crawl of every simulated platform: the lists are read to their end by the platform's own protocol."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spiders.nations import host_of_platform, publisher_kinds
from tests.spiders.test_crawl import crawl

CUT_SHORT = {"gongkai": "unsupported", "pc-list": "unsupported", "columns-uuid": "unsupported"}
"""Platforms of whose lists no source says how they go on, and the problem that tells it."""


@pytest.mark.slow
def test_every_platforms_list_is_read_to_its_end_or_told(tmp_path: Path) -> None:
    names = [kind.name.replace("_", "-") for kind in publisher_kinds()]
    done = crawl(tmp_path, "publishers", {name: f"http://{host_of_platform(name)}/" for name in names})
    found = dict(done.rows("SELECT portal_id, count(*) FROM report_sources GROUP BY portal_id"))
    assert {name: found.get(name, 0) for name in names if name not in CUT_SHORT} == {
        name: 7 for name in names if name not in CUT_SHORT
    }
    problems = done.problems()
    assert {(name, kind) for name, kind in CUT_SHORT.items() if name in names} <= problems
    assert {portal for portal, _ in problems} <= set(CUT_SHORT)
