"""The miniature nation: what it holds, that it is always the same, and what a revision changes."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from govcrawl.divisions import load_divisions
from govcrawl.portals import load_portals
from govcrawl.simulator.answers import Asked, Host
from govcrawl.simulator.hostile import KINDS
from govcrawl.simulator.nation import Nation
from govcrawl.simulator.nation.lists import TRS_PAGERS, Row, static_pages, trs_pages


@pytest.fixture(scope="module")
def nation() -> Nation:
    return Nation()


def fetch(nation: Nation, url: str) -> bytes:
    parts = urlsplit(url)
    host = next(host for host in nation.hosts if host.name == parts.netloc)
    answer = host.answer(Asked(parts.path))
    assert answer.status == 200, url
    return answer.body


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
    assert [sorted(host.pages) for host in first.hosts] == [sorted(host.pages) for host in second.hosts]
    assert fetch(first, first.reports[0].urls[0][1]) == fetch(second, second.reports[0].urls[0][1])


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
        seen = reachable(nation, site.host, site.seat.homepage)
        missing = [
            url
            for filed in nation.reports
            for portal, url in filed.urls
            if portal == site.seat.portal_id and url not in seen
        ]
        assert missing == []


def reachable(nation: Nation, host: Host, start: str) -> set[str]:
    """Follow links, pagers (by their files) and shells inside one host."""
    seen, queue = {start}, [start]
    while queue:
        url = queue.pop()
        answer = host.answer(Asked(urlsplit(url).path))
        if answer.status != 200:
            continue
        text = answer.body.decode("gb18030" if b'charset="gb2312"' in answer.body else "utf-8")
        page = html.fromstring(text)
        hrefs = [str(href).strip() for href in page.xpath("//a/@href")] + re.findall(r'var url="([^"]+)"', text)
        if "location.href=" in text:
            hrefs.append(text.split('location.href="')[1].split('"')[0])
        if "reatePage" in text or "countPage" in text:
            hrefs += [f"index_{number}.html" for number in range(1, 12)]
        for href in hrefs:
            target = urljoin(url, href)
            if urlsplit(target).netloc == host.name and target not in seen:
                seen.add(target)
                queue.append(target)
    return seen


def test_titles_that_look_like_reports_are_told_apart_in_the_truth(nation: Nation) -> None:
    truth = nation.truth()
    reports = {url for report in truth["reports"] for url in report["urls"]}
    assert len(truth["not_reports"]) >= 20
    assert not reports & set(truth["not_reports"])
    assert {problem["kind"] for problem in truth["problems"]} == {"not_found", "foreign_host"}


def test_a_revision_changes_a_few_pages_in_place() -> None:
    nation = Nation(5, provinces=1)
    before = {url: fetch(nation, url) for filed in nation.reports for _, url in filed.urls}
    revised = nation.revise(3)
    after = {url: fetch(nation, url) for filed in nation.reports for _, url in filed.urls}
    assert before.keys() == after.keys()
    changed = {filed.id for filed in nation.reports for _, url in filed.urls if before[url] != after[url]}
    assert sorted(changed) == revised
    assert len(revised) == 3
    for report in nation.truth()["reports"]:
        assert report["revision"] == (report["id"] in changed)
        assert len(report["former"]) == report["revision"]
        if report["revision"]:
            assert report["former"][0] != report["expected"]


def test_revisions_are_the_same_every_time() -> None:
    first, second = Nation(5, provinces=1), Nation(5, provinces=1)
    assert first.revise(2) == second.revise(2)
    assert first.truth() == second.truth()


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
    nation = Nation(1, provinces=1, counties=1, hostile=("status412", "jpeg"))
    nation.write(tmp_path)
    portals = {p.id for path in (tmp_path / "portals").glob("*.csv") for p in load_portals(path)}
    assert {"hostile-status412", "hostile-jpeg"} <= portals
    codes = [division.code for division in Nation(1, hostile=KINDS).divisions()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("pager", TRS_PAGERS)
def test_every_row_stands_on_one_page_of_a_trs_column(pager: str) -> None:
    rows = [Row(f"./{n}.html", f"标题{n}", None) for n in range(25)]
    pages = [page for page in trs_pages(rows, pager, 10) if not page.stub]
    files = [page.file for page in pages]
    assert files == ["", "index_1.html", "index_2.html", "index_3.html"][: len(files)]
    distinct = {page.markup for page in pages}
    assert sum(markup.count("<a ") for markup in distinct) == 25


def test_a_plain_list_leads_from_page_to_page() -> None:
    rows = [Row(f"/{n}.html", f"标题{n}", None) for n in range(25)]
    pages = list(static_pages(rows, 10))
    assert [page.file for page in pages] == ["", "list_2.html", "list_3.html"]
    assert 'href="list_3.html">下一页' in pages[1].markup
    assert "下一页" not in pages[2].markup
