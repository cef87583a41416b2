"""What happens in the nation between two crawls, and that the truth tells it."""

from __future__ import annotations

from typing import Any

import pytest

from govcrawl.platforms.base import ListRequest
from govcrawl.simulator.nation import Nation
from tests.simulator.exploring import ask, explore, fetch


def contents(nation: Nation) -> dict[str, bytes]:
    """URL of every report → its page."""
    return {url: fetch(nation, url) for filed in nation.reports for _, url in filed.urls}


def test_a_revision_changes_a_few_pages_in_place() -> None:
    nation = Nation(5, provinces=1)
    before = contents(nation)
    revised = nation.revise(3)
    after = contents(nation)
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


@pytest.fixture(scope="module")
def night() -> tuple[Nation, dict[str, bytes], dict[str, Any]]:
    """A nation after a night, its pages before, and what changed."""
    nation = Nation(6)
    before = contents(nation)
    return nation, before, nation.advance()


def test_nights_are_the_same_every_time() -> None:
    first, second = Nation(5, provinces=1), Nation(5, provinces=1)
    assert [first.advance(), first.advance()] == [second.advance(), second.advance()]
    assert first.truth() == second.truth()


def test_a_night_brings_every_kind_of_change(night: tuple[Nation, dict[str, bytes], dict[str, Any]]) -> None:
    nation, _, changes = night
    assert all(changes.values())
    assert len(changes["new"]) == 4
    assert nation.truth()["changes"] == [changes]


def test_new_reports_are_listed_and_served(night: tuple[Nation, dict[str, bytes], dict[str, Any]]) -> None:
    nation, before, changes = night
    for filed in nation.reports:
        if filed.id in changes["new"]:
            assert not {url for _, url in filed.urls} & set(before)
            site = next(site for site in nation.sites if site.seat.portal_id == filed.agency.portal_id)
            assert filed.urls[0][1] in explore(nation, site)
            assert filed.built.body.encode() in fetch(nation, filed.urls[0][1])


def test_edited_reports_have_other_contents_at_their_addresses(
    night: tuple[Nation, dict[str, bytes], dict[str, Any]],
) -> None:
    nation, before, changes = night
    moved = {move["portal"] for move in changes["moved"]}
    after = contents(nation)
    changed = {
        filed.id
        for filed in nation.reports
        for portal, url in filed.urls
        if portal not in moved and url in before and before[url] != after[url]
    }
    edited = {filed.id for filed in nation.reports if filed.id in changes["edited"]}
    assert changed == {
        filed.id for filed in nation.reports if filed.id in edited and filed.agency.portal_id not in moved
    }
    assert set(changes["silent"]) < edited


def test_vanished_reports_are_gone_and_told_apart(night: tuple[Nation, dict[str, bytes], dict[str, Any]]) -> None:
    nation, before, changes = night
    truth = nation.truth()
    assert [report["id"] for report in truth["vanished"]] == changes["vanished"]
    assert not {report["id"] for report in truth["reports"]} & set(changes["vanished"])
    standing = {url for filed in nation.reports for _, url in filed.urls}
    for url in set(before) - standing:
        answer = ask(nation, ListRequest(url))
        assert answer is not None
        assert answer.status == 404


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_column_that_moved_is_found_from_the_home_page(seed: int) -> None:
    nation = Nation(seed, provinces=2)
    before = {site.seat.portal_id: site.listed.copy() for site in nation.sites}
    moved = nation.advance()["moved"]
    assert moved
    for move in moved:
        site = next(site for site in nation.sites if site.seat.portal_id == move["portal"])
        assert move["from"] in before[move["portal"]]
        assert move["from"] not in site.listed
        urls = {url for filed in nation.reports for portal, url in filed.urls if portal == move["portal"]}
        assert urls - explore(nation, site) == set()


def test_the_registry_still_knows_the_old_address() -> None:
    nation = Nation(1)
    columns = {portal.id: portal.columns for _, portals in nation.registry() for portal in portals}
    nation.advance()
    assert {portal.id: portal.columns for _, portals in nation.registry() for portal in portals} == columns
