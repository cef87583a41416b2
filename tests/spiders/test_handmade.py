"""Portals written by hand: exactly their reports are stored, and exactly their problems are told."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.spiders.test_crawl import crawl

sys.path.insert(0, str(Path(__file__).parent))
from handmade import PORTALS
from handmade.kit import Made, key


def differences(done: Any, portals: dict[str, Made]) -> list[tuple[str, str, list[Any]]]:
    """Portal, sort of difference and what differs between what is to be found and what was."""
    wrong: list[tuple[str, str, list[Any]]] = []
    for name, made in portals.items():
        stored = done.rows(f"SELECT url FROM report_sources WHERE portal_id = '{name}'")
        found = [key(url) for (url,) in stored]
        open_ones = f"SELECT kind, url FROM problems WHERE portal_id = '{name}' AND mended_at IS NULL"
        told = {(kind, key(url)) for kind, url in done.rows(open_ones)}
        sorts: dict[str, set[Any]] = {
            "missing": made.reports - set(found),
            "too many": set(found) - made.reports,
            "twice": {url for url in found if found.count(url) > 1},
            "not told": made.problems - told,
            "told for nothing": told - made.problems,
        }
        wrong += [(name, sort, sorted(what)) for sort, what in sorts.items() if what]
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("nation", ["handmade:nation", "handmade.disturbed:once"])
def test_of_handmade_portals_exactly_the_reports_are_stored_and_the_rest_is_told(tmp_path: Path, nation: str) -> None:
    homes = {name: made.home for name, made in PORTALS.items()}
    done = crawl(tmp_path, nation, homes, settings={"DOWNLOAD_TIMEOUT": 20}, timeout=300)
    assert differences(done, PORTALS) == []
