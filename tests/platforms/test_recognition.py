"""Every platform's pages are recognised as its own, by the portal's marks and whatever the portal gets wrong."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest

from govcrawl.discovery import interstitial
from govcrawl.platforms import PLATFORMS, Page, recognise_platform
from govcrawl.platforms.base import ListRequest
from govcrawl.simulator.nation.publishers import publishers
from tests.platforms.walking import mounted, read

PUBLISHED = [(name, defect) for name, publisher in publishers().items() for defect in ("", *publisher.known_defects)]
ONE_FAMILY = {"ucap_json": "ucap", "hanweb_xxgk": "hanweb_jpage"}
"""Platforms whose articles cannot be told from those of another list protocol of the same vendor."""


def test_every_platform_has_a_publisher_in_the_simulator_and_cases_and_no_publisher_lacks_a_module() -> None:
    names = sorted(platform.name for platform in PLATFORMS)
    assert sorted({publisher.name for publisher in publishers().values()}) == names
    assert [name for name in names if not (Path(__file__).parent / f"test_{name}.py").is_file()] == []


@pytest.mark.parametrize(("name", "defect"), PUBLISHED)
def test_a_column_is_recognised_as_its_platforms(name: str, defect: str) -> None:
    column = mounted(publishers()[name], 12, [defect] if defect else [])
    page = column.page()
    if interstitial(Page(page.url, page.body)) is None:
        assert recognise_platform(page).name == column.publisher.name


@pytest.mark.parametrize(("name", "defect"), PUBLISHED)
def test_an_article_is_taken_for_no_other_platforms(name: str, defect: str) -> None:
    publisher = publishers()[name]
    column = mounted(publisher, 3, [defect] if defect else [])
    status, article = read(column.host, ListRequest(urljoin(column.url, column.rows[0].href.strip())))
    assert status == 200
    own = column.publisher.name
    assert recognise_platform(article).name in {own, ONE_FAMILY.get(own, own), "static_list"}
