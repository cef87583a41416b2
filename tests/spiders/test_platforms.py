"""A crawl of every simulated platform: the lists are read to their end by the platform's own protocol."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spiders.nations import portal_of_platform, publisher_kinds
from tests.spiders.test_crawl import crawl

REPORTS = 7


@pytest.mark.slow
def test_every_platforms_list_is_read_to_its_end_whatever_its_defects_or_told(tmp_path: Path) -> None:
    losing = {portal_of_platform("gongkai"), portal_of_platform("gongkai", "bare")}
    portals = []
    for kind in publisher_kinds():
        portals += [portal_of_platform(kind.name, defect) for defect in ("", *kind.known_defects)]
        losing |= {portal_of_platform(kind.name, defect) for defect in kind.losing}
    done = crawl(tmp_path, "publishers", {portal: f"http://www.{portal}.test/" for portal in portals}, timeout=300)
    found = dict(done.rows("SELECT portal_id, count(DISTINCT report_id) FROM report_sources GROUP BY portal_id"))
    short = {portal for portal in portals if found.get(portal, 0) < REPORTS}
    assert losing - short == {"vsb-captcha-attachment"}  # its files are lost, and its reports are on their pages
    assert short == losing & short
    nobody_can_know = {"snowflake-no-pager"}  # nothing on the page says that there are more
    assert short - {portal for portal, _ in done.problems()} == nobody_can_know
