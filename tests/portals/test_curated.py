"""The registry that comes with the project: who is in it, under which ids, at which addresses."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from govcrawl.discovery import host_of
from govcrawl.divisions import load_divisions
from govcrawl.model import Portal
from govcrawl.platforms import PLATFORMS
from govcrawl.portals import load_registry, registry_folder
from spiders.run import spider_names

REGISTRY = load_registry(registry_folder())
EVERY = [portal for portals in REGISTRY.values() for portal in portals]
SPIDERS = spider_names()
SHARED = {"www.yanbian.gov.cn", "www.chizhou.gov.cn", "www.putuo.gov.cn"}
"""Home pages of two portals, for the survey knew no other; the notes of one of them say so."""
HOST = re.compile(r"^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?$")


def test_every_spider_has_a_registry_file_and_every_file_a_spider() -> None:
    assert set(REGISTRY) == set(SPIDERS)
    assert len(REGISTRY) == 33


def test_every_portal_of_the_survey_is_there() -> None:
    assert len(EVERY) >= 3_200
    counts = {name: len(portals) for name, portals in REGISTRY.items()}
    assert {name: count for name, count in counts.items() if count < 13} == {}
    assert counts["sichuan"] >= 205
    assert counts["central"] >= 20


def test_an_id_is_unique_over_all_files() -> None:
    assert [key for key, count in Counter(portal.id for portal in EVERY).items() if count > 1] == []


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_a_file_is_sorted_and_holds_divisions_in_force_of_its_own_province(name: str) -> None:
    divisions = load_divisions()
    portals = REGISTRY[name]
    assert [portal.id for portal in portals] == sorted(portal.id for portal in portals)
    for portal in portals:
        division = divisions.get(portal.division_code)
        assert division is not None, portal
        assert division.valid_to is None, portal
        assert division.province_code == SPIDERS[name], portal


def test_an_id_begins_with_the_code_of_its_division_or_of_one_around_it() -> None:
    divisions = load_divisions()

    def is_stable(portal: Portal) -> bool:
        return divisions.contains(portal.id[:6], portal.division_code) and portal.id[6:7] in {"", "-"}

    assert [portal.id for portal in EVERY if not is_stable(portal)] == []


def test_every_address_has_a_host_that_could_exist_and_stands_under_gov_cn() -> None:
    hosts = [(portal.id, host_of(address)) for portal in EVERY for address in (portal.homepage, *portal.columns)]
    assert [(key, host) for key, host in hosts if not HOST.match(host) or not host.endswith(".gov.cn")] == []


def test_a_home_page_belongs_to_one_portal_unless_it_is_told() -> None:
    homes = Counter(host_of(portal.homepage) + portal.homepage.partition("//")[2].partition("/")[2] for portal in EVERY)
    assert {home for home, count in homes.items() if count > 1} == SHARED
    assert {host_of(portal.homepage) for portal in EVERY if "survey" in portal.notes} >= SHARED


def test_a_platform_that_is_named_is_one_that_a_module_speaks() -> None:
    assert {portal.platform for portal in EVERY} - {None} <= {platform.name for platform in PLATFORMS}
