"""Somebody walks over the whole site by its links: no page is broken, and every page can be used by everybody."""

from __future__ import annotations

from collections import Counter, deque

import pytest

from tests.site.visitor import Answer, Visitor

pytestmark = pytest.mark.slow

OF_A_KIND = 2
"""Pages of each kind that are looked at."""


def kind_of(address: str) -> str:
    """What sort of page an address leads to: stories one by one, of the others a few."""
    path, _, query = address.partition("#")[0].partition("?")
    parts = path.strip("/").split("/")
    if parts[0] == "stories":
        return path
    return f"{parts[0]}/{len(parts)}/{'sql' if 'sql=' in query else bool(query)}"


def walk(client: Visitor, language: str) -> dict[str, Answer]:
    """Address → answer, from the home page on."""
    seen: dict[str, Answer] = {}
    waiting, kinds = deque(["/"]), Counter[str]()
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if address in seen or kinds[kind] >= OF_A_KIND:
            continue
        kinds[kind] += 1
        seen[address] = answer = client.get(address, language)
        if (
            answer.status == 200
            and answer.headers["content-type"].startswith("text/html")
            and "/archive/" not in address
        ):
            links = [href.partition("#")[0] for href in answer.hrefs() if href.startswith("/")]
            waiting.extend(href for href in links if href and not href.startswith("/-/"))
    return seen


@pytest.fixture(scope="module", params=["zh", "en"])
def walked(request: pytest.FixtureRequest, client: Visitor) -> dict[str, Answer]:
    return walk(client, request.param)


@pytest.fixture(scope="module")
def pages(walked: dict[str, Answer]) -> dict[str, Answer]:
    """The pages of our own making."""
    return {
        address: answer
        for address, answer in walked.items()
        if answer.headers["content-type"].startswith("text/html") and not address.startswith("/archive/")
    }


def test_all_kinds_of_pages_are_met(walked: dict[str, Answer]) -> None:
    met = {address.strip("/").partition("?")[0].split("/")[0] for address in walked}
    assert {"", "report", "agency", "place", "stories", "compare", "archive", "corpus"} <= met


def test_every_link_leads_somewhere(walked: dict[str, Answer]) -> None:
    assert {address: answer.status for address, answer in walked.items() if answer.status != 200} == {}


def test_every_page_has_its_landmarks_and_one_heading(pages: dict[str, Answer]) -> None:
    for address, answer in pages.items():
        assert len(answer.all("//h1")) == 1, address
        assert len(answer.all("//main")) == 1, address
        assert answer.tree.get("lang"), address


def test_every_id_is_one_and_every_reference_leads_to_one(pages: dict[str, Answer]) -> None:
    for address, answer in pages.items():
        ids = Counter(answer.all("//@id"))
        assert [name for name, times in ids.items() if times > 1] == [], address
        named = {
            name
            for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for")
            for value in answer.all(f"//@{attribute}")
            for name in value.split()
        }
        assert named - set(ids) == set(), address


def test_every_control_has_a_name(pages: dict[str, Answer]) -> None:
    for address, answer in pages.items():
        labelled = set(answer.all("//label/@for"))
        for control in answer.all("//input[not(@type='hidden')] | //select | //textarea"):
            inside = control.xpath("ancestor::label")
            assert control.get("id") in labelled or inside or control.get("aria-label"), (address, control.get("name"))


def test_every_table_says_what_its_columns_are(pages: dict[str, Answer]) -> None:
    for address, answer in pages.items():
        for table in answer.all("//table"):
            assert table.xpath(".//th"), address
            assert table.xpath(".//th[not(@scope)]") == [], address


def test_nothing_is_in_a_page_that_the_policy_forbids(pages: dict[str, Answer]) -> None:
    for address, answer in pages.items():
        assert answer.all("//script[not(@src)][not(@type='application/json')]") == [], address
        assert answer.all("//style | //@style | //@*[starts-with(name(), 'on')]") == [], address
        loaded = [
            *answer.all("//script/@src | //img/@src"),
            *answer.all("//link[@rel='stylesheet' or @rel='icon']/@href"),
        ]
        assert [each for each in loaded if not each.startswith("/static/")] == [], address
