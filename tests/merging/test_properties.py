"""Joining rows is commutative, associative and idempotent, whatever the rows say."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govcrawl.store import Store, open_corpus
from govcrawl.store.dump import dump_rows
from govcrawl.store.merging import join_corpus, settle_merged
from tests.store.builders import DIVISIONS, PORTAL, URL, at, report

IDS = (report("甲").id, report("乙").id)
JOINED = ("problems", "report_sources", "hosts", "listings", "reports")
MOMENTS = st.sampled_from([f"2021-03-0{day}T08:00:00Z" for day in range(1, 6)])
SPANS = st.tuples(MOMENTS, MOMENTS).map(sorted)
PERHAPS = st.none() | MOMENTS


@st.composite
def problems(draw: st.DrawFn) -> tuple[Any, ...]:
    url, (first, last) = draw(st.sampled_from("xy")), draw(SPANS)
    return url, PORTAL.id, "not_found", first, last, draw(st.integers(1, 3)), draw(st.sampled_from("pq")), draw(PERHAPS)


@st.composite
def sources(draw: st.DrawFn) -> tuple[Any, ...]:
    gone = draw(PERHAPS)
    how = draw(st.sampled_from(["page", "row"])) if gone else None
    return draw(st.sampled_from(IDS)), draw(st.sampled_from("xy")), *draw(SPANS), gone, how, draw(st.integers(0, 1))


@st.composite
def hosts(draw: st.DrawFn) -> tuple[Any, ...]:
    return draw(st.sampled_from("xy")), draw(st.sampled_from(["http", "https", None])), draw(MOMENTS)


@st.composite
def listings(draw: st.DrawFn) -> tuple[Any, ...]:
    return draw(st.sampled_from("xy")), draw(st.sampled_from("pq")), *draw(SPANS), draw(PERHAPS)


INSERTS = {
    "problems": "(url, portal_id, kind, first_seen_at, last_seen_at, count, detail, mended_at)",
    "report_sources": "(report_id, url, first_seen_at, last_seen_at, vanished_at, vanished, position)",
    "hosts": "(host, scheme, updated_at)",
    "listings": "(url, title, first_seen_at, last_seen_at, changed_at)",
}
ROWS = st.fixed_dictionaries(
    {
        name: st.lists(each, max_size=3)
        for name, each in zip(INSERTS, (problems(), sources(), hosts(), listings()), strict=True)
    }
)

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two reports nobody has seen, and an empty one beside it."""
    folder = tmp_path_factory.mktemp("template")
    for name in ("empty", "two"):
        with Store.open(folder / f"{name}.db") as store:
            store.save_divisions(DIVISIONS)
            store.save_portals([PORTAL])
            if name == "two":
                for text in ("甲", "乙"):
                    store.save_report(report(text), None, URL, None, at())
                store.connection.execute("DELETE FROM report_sources")
    return folder


class World:
    """Small databases, made and merged."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.template, self.folder, self.names = template, folder, count()

    def made(self, rows: Rows) -> Path:
        path = Path(shutil.copyfile(self.template / "two.db", self.folder / f"{next(self.names)}.db"))
        connection = sqlite3.connect(path, isolation_level=None)
        for table, columns in INSERTS.items():
            marks = ", ".join("?" * (columns.count(",") + 1))
            connection.executemany(f"INSERT OR IGNORE INTO {table} {columns} VALUES ({marks})", rows[table])
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()
        return path

    def merged(self, inputs: Sequence[Path]) -> Path:
        path = Path(shutil.copyfile(self.template / "empty.db", self.folder / f"{next(self.names)}.db"))
        with Store.open(path) as store:
            for each in inputs:
                join_corpus(store, f"{each.as_uri()}?immutable=1", {})
            settle_merged(store)
        return path


def said(path: Path) -> list[Any]:
    with open_corpus(path) as corpus:
        return [list(dump_rows(corpus, name)) for name in JOINED]


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, ROWS, ROWS)
def test_any_rows_join_the_same_way_in_any_order_and_grouping(
    template: Path, tmp_path: Path, first: Rows, second: Rows, third: Rows
) -> None:
    world = World(template, tmp_path)
    a, b, c = (world.made(rows) for rows in (first, second, third))
    together = said(world.merged([a, b, c]))
    assert said(world.merged([c, a, b])) == together
    assert said(world.merged([a, world.merged([c, b])])) == together
    assert said(world.merged([world.merged([b, a]), c, a])) == together


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_what_is_merged_alone_says_what_it_said(template: Path, tmp_path: Path, rows: Rows) -> None:
    world = World(template, tmp_path)
    alone = world.made(rows)
    assert said(world.merged([alone, alone]))[:4] == said(alone)[:4]
