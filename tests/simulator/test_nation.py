"""The miniature nation: what it holds, that it is always the same, and what a revision changes."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from govcrawl.divisions import load_divisions
from govcrawl.portals import load_portals
from govcrawl.simulator import answers
from govcrawl.simulator.hostile import KINDS
from govcrawl.simulator.nation import Nation
from tests.simulator.exploring import explore, fetch


@pytest.fixture(scope="module")
def nation() -> Nation:
    return Nation()


def test_it_is_as_large_as_the_demo_needs(nation: Nation) -> None:
    truth = nation.truth()
    assert len({filed.agency.division.province_code for filed in nation.reports}) == 4
    assert len(truth["agencies"]) >= 60
    assert len(truth["portals"]) >= 12
    assert {report["year"] for report in truth["reports"]} == set(range(2012, 2023))
    versions = {report["template_version"] for report in truth["reports"]}
    assert versions == {"2008", "2014", "2019", "2020", "2021"}


def test_the_same_seed_gives_the_same_nation() -> None:
    first, second = (Nation(3, provinces=1, counties=1) for _ in range(2))
    assert first.truth() == second.truth()
    for url in pages_of(first):
        assert fetch(first, url) == fetch(second, url)


def pages_of(nation: Nation) -> list[str]:
    """Every home page, every column, every report."""
    truth = nation.truth()
    homes = [site.seat.homepage for site in nation.sites]
    return [*homes, *(c["url"] for c in truth["columns"]), *(url for r in truth["reports"] for url in r["urls"])]


def test_a_page_that_was_forgotten_is_rendered_to_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers.KEPT, "most", 1)
    nation = Nation(4, provinces=1, counties=1)
    urls = pages_of(nation)
    before = [fetch(nation, url) for url in urls]
    assert [fetch(nation, url) for url in urls] == before


def test_every_report_is_served_at_every_address(nation: Nation) -> None:
    for filed in nation.reports:
        for _, url in filed.urls:
            data = fetch(nation, url)
            charset = "gb18030" if b'charset="gb2312"' in data else "utf-8"
            assert filed.built.body in data.decode(charset)


def test_some_reports_stand_at_two_addresses(nation: Nation) -> None:
    doubled = [filed for filed in nation.reports if len(filed.urls) == 2]
    assert doubled
    for filed in doubled:
        assert filed.urls[0][0] == filed.agency.portal_id
        assert len({urlsplit(url).netloc for _, url in filed.urls}) == 2


def test_every_report_can_be_reached_by_links_from_its_home_page() -> None:
    nation = Nation(1, provinces=2)
    for site in nation.sites:
        seen = explore(nation, site)
        urls = {url for filed in nation.reports for portal, url in filed.urls if portal == site.seat.portal_id}
        assert urls - seen == set()


def test_titles_that_look_like_reports_are_told_apart_in_the_truth(nation: Nation) -> None:
    truth = nation.truth()
    reports = {url for report in truth["reports"] for url in report["urls"]}
    assert len(truth["not_reports"]) >= 20
    assert not reports & set(truth["not_reports"])
    assert {problem["kind"] for problem in truth["problems"]} == {"not_found", "foreign_host"}


def test_what_is_written_can_be_loaded(nation: Nation, tmp_path: Path) -> None:
    truth = nation.write(tmp_path)
    portals = [portal for path in sorted((tmp_path / "portals").glob("*.csv")) for portal in load_portals(path)]
    divisions = load_divisions(tmp_path / "divisions.csv")
    assert {portal.id for portal in portals} == set(nation.truth()["portals"])
    assert all(portal.division_code in divisions for portal in portals)
    assert all(urlsplit(portal.homepage).netloc.endswith(".test") for portal in portals)
    assert json.loads(truth.read_text(encoding="utf-8"))["totals"]["reports"] == len(nation.reports)
    known = Counter(bool(portal.columns) for portal in portals)
    assert known[False] > known[True] > 0


def test_no_place_is_a_real_one(nation: Nation) -> None:
    path = Path(__file__).parents[2] / "data" / "divisions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        real = {row["name"] for row in csv.DictReader(file)}
    assert not real & {division.name for division in nation.divisions()}
    assert all(division.code[:2] in {"96", "97", "98", "99"} for division in nation.divisions())


def test_misbehaving_portals_stand_in_the_registry(tmp_path: Path) -> None:
    nation = Nation(1, provinces=1, counties=1, hostile=("status412", "film"))
    nation.write(tmp_path)
    portals = {p.id for path in (tmp_path / "portals").glob("*.csv") for p in load_portals(path)}
    assert {"hostile-status412", "hostile-film"} <= portals
    codes = [division.code for division in Nation(1, hostile=KINDS).divisions()]
    assert len(codes) == len(set(codes))
