"""The corpus of copies is one that the program could have made: references lead somewhere, nothing is there twice."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from govcrawl.relating import relate
from govcrawl.store import Store
from tests.benchmarks.asking.base import prepare
from tests.benchmarks.asking.cloning import clone, cloned_tables, expression
from tests.benchmarks.asking.places import hosted, tagged
from tests.relating.test_across import of_year
from tests.store import builders

COPIES = 40


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("asking")
    with Store.open(folder / "base.db") as store:
        store.save_divisions(builders.DIVISIONS)
        store.save_portals([builders.PORTAL])
        for year in (2019, 2020, 2021):
            report = replace(of_year(year), published_on=date(year + 1, 2, 3))
            store.save_report(report, None, f"http://www.yunshan.test/{year}.html", builders.PORTAL.id, builders.at())
        relate(store)
    prepare(folder / "base.db")
    assert clone(folder / "base.db", folder / "large.db", 3 * COPIES) == COPIES
    with Store.open(folder / "large.db") as store:
        relate(store)
        yield store.connection


def test_a_copy_is_marked_within_the_id() -> None:
    assert tagged("0123456789abcdef0123", 255) == "0123456789abcdef01ff"
    assert tagged(None, 1) is None
    assert hosted("http://www.yunshan.test/a.test/", 3) == "http://www.yunshan03.test/a.test/"


def test_every_column_that_names_something_else_is_told_how() -> None:
    assert expression("report_links", "other_id") == expression("reports", "id") == "tagged({}, k)"
    assert expression("agency_reviews", "other_id") == "{} + k * {agencies}"
    assert expression("disclosure", "code") == "{}"
    assert {"reports", "sections", "cross_checks"} <= set(cloned_tables())
    assert "coverage_rows" not in cloned_tables()


def test_there_are_as_many_reports_as_asked_for_and_no_id_twice(large: sqlite3.Connection) -> None:
    assert large.execute("SELECT count(DISTINCT id), count(DISTINCT content_hash) FROM reports").fetchone() == (
        3 * COPIES,
        3 * COPIES,
    )


def test_every_reference_leads_somewhere(large: sqlite3.Connection) -> None:
    assert large.execute("PRAGMA foreign_key_check").fetchall() == []


def test_provinces_are_few_and_places_have_names_of_their_own(large: sqlite3.Connection) -> None:
    assert large.execute("SELECT count(*) FROM divisions WHERE level = 'province'").fetchone() == (32,)
    names = [name for (name,) in large.execute("SELECT DISTINCT name FROM agencies WHERE kind = 'department'")]
    assert len(names) == COPIES


def test_the_steps_of_relating_fill_what_is_not_copied(large: sqlite3.Connection) -> None:
    for table in ("coverage_rows", "indicators", "search_reports"):
        assert large.execute(f"SELECT count(report_id) FROM {table}").fetchone() == (3 * COPIES,), table


def test_every_kind_of_page_is_asked_and_answers(large: sqlite3.Connection) -> None:
    pytest.importorskip("datasette")
    from tests.benchmarks.asking.pages import Visitor, addresses_of, summary

    database = Path(large.execute("PRAGMA database_list").fetchone()[2])
    visitor = Visitor(database, database.parent)

    async def first_of_each() -> dict[str, int]:
        kinds = {kind: paths[0] for kind, paths in addresses_of(database) if paths and kind != "archive"}
        return {kind: (await visitor.ask(kind, path)).status for kind, path in kinds.items()}

    statuses = asyncio.run(first_of_each())
    assert {"home", "report", "agency", "province", "search for words", "story who-refuses"} <= set(statuses)
    assert set(statuses.values()) == {200}
    asked = [asyncio.run(visitor.ask("home", "/")) for _ in range(3)]
    figure = summary("home", asked)
    assert figure.target is not None
    assert str(figure.target) == "< 300"
    assert figure.detail["slowest"] == "/"
