"""A simulated nation crawled in overlapping parts and merged is the nation crawled at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govcrawl.archive import Archive
from govcrawl.audit import Scope, audit
from govcrawl.export import write_jsonl
from govcrawl.merging import Place, merge
from govcrawl.simulator.chronicle import Chronicle
from govcrawl.store import Corpus, open_corpus
from tests.benchmarks.remembering import replay

pytestmark = pytest.mark.slow

ORDERS = ((0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1))
SAID = (
    "SELECT id, state, agency_name FROM reports ORDER BY 1",
    "SELECT report_id, url, first_seen_at, last_seen_at, vanished_at, vanished FROM report_sources ORDER BY 1, 2",
    "SELECT key, division_code, name, level, kind FROM agencies ORDER BY 1, 2",
    "SELECT report_id, earlier_id, silent FROM report_versions ORDER BY 1, 2",
    'SELECT report_id, code, "where", verdict FROM cross_checks ORDER BY 1, 2, 3, 4',
    "SELECT report_id, other_id, kind, score, position FROM report_links ORDER BY 1, 2, 3, 5",
    "SELECT url, fetched_at, body_sha256 FROM captures ORDER BY 1, 2",
)


def crawled(chronicle: Chronicle, folder: Path, seen: Callable[[str], bool]) -> Place:
    """The corpus of those addresses that were seen."""
    folder.mkdir(parents=True)
    chronicle.write_places(folder)
    with Archive(folder / "foreign", "chronicle") as archive:
        for got in chronicle.captures():
            if seen(got.url):
                archive.write(got.url, got.status, got.headers, got.body, got.fetched_at)
    replay(folder, "GOVCRAWL_WORKERS=1")
    return Place.of(folder / "corpus" / "govcrawl.db")


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> list[Place]:
    """The whole nation; and four parts, each address in one or two of them."""
    folder = tmp_path_factory.mktemp("nation")
    chronicle = Chronicle(seed=3, agencies=12, years=range(2018, 2021))
    chance = random.Random(5)
    addresses = sorted({got.url for got in chronicle.captures()})
    parts = {url: chance.sample(range(4), chance.choice([1, 2])) for url in addresses}
    whole = crawled(chronicle, folder / "whole", lambda url: True)
    return [whole, *(crawled(chronicle, folder / str(n), lambda url, n=n: n in parts[url]) for n in range(4))]


@pytest.fixture(scope="module")
def merged(places: list[Place], tmp_path_factory: pytest.TempPathFactory) -> list[Place]:
    """The parts, merged in some orders."""
    folder = tmp_path_factory.mktemp("merged")
    found = [Place.of(folder / "".join(map(str, order)) / "govcrawl.db") for order in ORDERS]
    for order, into in zip(ORDERS, found, strict=True):
        merge([places[1 + part] for part in order], into)
    return found


@pytest.fixture
def corpus(merged: list[Place]) -> Iterator[Corpus]:
    with open_corpus(merged[0].db) as opened:
        yield opened


def test_the_dumps_of_all_orders_are_the_same_bytes(merged: list[Place], tmp_path: Path) -> None:
    dumps = set()
    for place in merged:
        with open_corpus(place.db) as opened:
            write_jsonl(opened, tmp_path / "x.jsonl")
        dumps.add((tmp_path / "x.jsonl").read_bytes())
    assert len(dumps) == 1


@pytest.mark.parametrize("sql", SAID)
def test_the_parts_say_together_what_the_whole_says(places: list[Place], corpus: Corpus, sql: str) -> None:
    with open_corpus(places[0].db) as whole:
        expected = whole.connection.execute(sql).fetchall()
    assert corpus.connection.execute(sql).fetchall() == expected
    assert expected


def test_every_cell_of_the_merged_nation_is_what_its_archived_bytes_say(
    places: list[Place], merged: list[Place], corpus: Corpus
) -> None:
    divisions = places[1].db.parents[1] / "divisions.csv"
    found = audit(Scope(corpus, merged[0].archive, divisions=divisions, workers=1), deep=True)
    assert found.faults == []
    (reports,) = corpus.connection.execute("SELECT count(*) FROM reports").fetchone()
    assert found.looked_at["reports"] == reports > 12
