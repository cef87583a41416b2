"""The large nation: its size, its names, what can be reached in it and what cannot."""

from __future__ import annotations

import csv
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from govcrawl.divisions import load_divisions
from govcrawl.platforms import platform_named
from govcrawl.portals import load_portals
from govcrawl.simulator.answers import Asked
from govcrawl.simulator.hostile import KINDS
from govcrawl.simulator.nation import Nation
from govcrawl.simulator.nation.knobs import GATES, STRUCTURES, large_knobs
from govcrawl.simulator.nation.large import SPIDERS
from govcrawl.simulator.nation.names import stems
from govcrawl.simulator.nation.publishers import publishers
from govcrawl.simulator.platforms.base import Publisher
from tests.simulator.exploring import explore, fetch

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def nation() -> Nation:
    return Nation(1, size="large")


def test_it_has_every_province_platform_structure_and_trouble(nation: Nation) -> None:
    truth = nation.truth()
    registry = dict(nation.registry())
    assert tuple(registry) == SPIDERS
    assert len(SPIDERS) == 33
    assert all(registry.values())
    assert len(truth["portals"]) >= 200
    assert truth["totals"]["reports"] >= 5000
    assert {report["year"] for report in truth["reports"]} == set(range(2008, 2025))
    assert {site.knobs.publisher for site in nation.sites} == set(publishers().values())
    assert {site.knobs.structure for site in nation.sites} == set(STRUCTURES)
    assert {site.knobs.gate for site in nation.sites} == {"", *GATES}
    assert {portal["portal"] for portal in truth["hostile"]} == {f"hostile-{kind}" for kind in KINDS}


def test_every_defect_of_a_platform_occurs_in_some_large_nation() -> None:
    drawn: dict[type[Publisher], set[str]] = {}
    for seed in range(20):
        for knobs in large_knobs(231, seed):
            drawn.setdefault(knobs.publisher, set()).update(knobs.defects)
    assert drawn == {publisher: set(publisher.known_defects) for publisher in publishers().values()}


def test_it_is_drawn_and_told_quickly() -> None:
    started = time.process_time()
    nation = Nation(2, size="large")
    assert len(nation.hosts) > 200
    assert time.process_time() - started < 5


def test_names_are_invented_and_unique(nation: Nation) -> None:
    with (DATA / "divisions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    real = {row["name"] for row in rows}
    stems_of_real = {name[:-1] for name in real}
    names = [division.name for division in nation.divisions()]
    assert len(names) == len(set(names))
    assert not real & set(names)
    assert not stems_of_real & {name[:2] for name in names}
    assert not stems_of_real & {stem for stem, _ in islice(stems(Random(1)), 1000)}
    codes = [division.code for division in nation.divisions()]
    assert len(codes) == len(set(codes))
    assert not {code[:2] for code in codes} & {"71", "81", "82", *(row["code"][:2] for row in rows)}


def test_hosts_are_unique_and_cannot_be_real(nation: Nation) -> None:
    names = [host.name for host in nation.hosts]
    assert len(names) == len(set(names))
    assert all(name.endswith(".test") for name in names)


def test_what_is_written_can_be_loaded(nation: Nation, tmp_path: Path) -> None:
    nation.write(tmp_path)
    portals = [portal for path in sorted((tmp_path / "portals").glob("*.csv")) for portal in load_portals(path)]
    divisions = load_divisions(tmp_path / "divisions.csv")
    assert {portal.id for portal in portals} == set(nation.truth()["portals"])
    assert all(portal.division_code in divisions for portal in portals)


def test_every_report_that_can_be_reached_is_served_at_its_addresses(nation: Nation) -> None:
    for filed in nation.reports[::11]:
        for _, url in filed.urls:
            if url not in filed.out_of_reach:
                data = fetch(nation, url)
                charset = "gb18030" if b'charset="gb2312"' in data else "utf-8"
                assert filed.built.body in data.decode(charset), url


def test_what_cannot_be_reached_is_explained_and_is_little(nation: Nation) -> None:
    truth = nation.truth()
    kinds = Counter(truth["unreachable"].values())
    assert {"blocked", "robots"} <= set(kinds)
    assert Counter(report["published_as"] for report in truth["reports"])["docx"] > 5
    assert kinds.total() < 0.2 * truth["totals"]["reports"]
    assert truth["totals"]["reachable"] == truth["totals"]["reports"] - kinds.total()


def test_blocked_portals_answer_nothing_else() -> None:
    nation = Nation(1, size="large", years_each=1)
    for site in nation.sites:
        if site.knobs.gate in {"412", "521", "468", "403"}:
            host = site.channel().host
            assert host.answered == 0
            for _ in range(3):
                answer = host.answer(Asked("/"))
                assert answer.status == int(site.knobs.gate)


@pytest.mark.slow
def test_every_report_can_be_reached_from_its_home_page(nation: Nation) -> None:
    missed = []
    for site in nation.sites:
        if site.knobs.gate or platform_named(site.knobs.publisher.name) is None:
            continue
        urls = {
            url
            for filed in nation.reports
            for portal, url in filed.urls
            if portal == site.seat.portal_id and url not in filed.out_of_reach
        }
        lost = urls - explore(nation, site)
        if lost:
            knobs = site.knobs
            missed.append((knobs.publisher.name, knobs.structure, sorted(knobs.defects), len(lost), min(lost)))
    assert missed == []
