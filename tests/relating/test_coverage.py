"""What is owed and found, kept as rows: the same as the view says, whatever happened since the last time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from govcrawl.relating.coverage import relate_coverage
from govcrawl.store import Store
from govcrawl.store.coverage_rows import COLUMNS
from tests.relating.test_across import keep, of_year
from tests.store import builders


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "govcrawl.db") as opened:
        opened.save_divisions(builders.DIVISIONS)
        opened.save_portals([builders.PORTAL])
        yield opened


def kept_is_seen(store: Store) -> bool:
    """Whether the table has exactly the rows of the view, and the counts are those of the rows."""
    rows = [
        store.connection.execute(f"SELECT {COLUMNS} FROM {name} ORDER BY portal_id, report_year, agency_id").fetchall()
        for name in ("coverage", "coverage_rows")
    ]
    sums = [
        store.connection.execute(sql).fetchone()
        for sql in (
            "SELECT count(*), count(report_id), coalesce(sum(late), 0), count(DISTINCT state) FROM coverage",
            """SELECT coalesce(sum(expected), 0), coalesce(sum(found), 0), coalesce(sum(late), 0),
                count(DISTINCT state) FROM coverage_counts""",
        )
    ]
    return bool(rows[0]) and rows[0] == rows[1] and sums[0] == sums[1]


def test_the_rows_are_those_of_the_view(store: Store) -> None:
    keep(store, of_year(2019), of_year(2021), of_year(2020, "云山市财政局"))
    counts = relate_coverage(store)
    assert kept_is_seen(store)
    assert counts["changed"] == counts["expected"] > counts["found"] == 3


def test_nothing_is_written_where_nothing_changed(store: Store) -> None:
    keep(store, of_year(2019), of_year(2021))
    relate_coverage(store)
    assert relate_coverage(store)["changed"] == 0


def test_a_year_that_came_adds_its_own_rows_alone(store: Store) -> None:
    keep(store, of_year(2019), of_year(2021))
    relate_coverage(store)
    keep(store, of_year(2020))
    assert relate_coverage(store)["changed"] == 2  # the agency's, and that of its government
    assert kept_is_seen(store)


def test_a_portal_that_blocks_changes_what_is_not_found(store: Store) -> None:
    keep(store, of_year(2019), of_year(2021))
    relate_coverage(store)
    store.connection.execute("UPDATE portals SET state = 'blocked'")
    relate_coverage(store)
    assert kept_is_seen(store)
    states = store.connection.execute("SELECT DISTINCT state FROM coverage_rows WHERE report_id IS NULL").fetchall()
    assert ("blocked",) in states
    assert ("missing",) not in states


def test_rows_of_agencies_that_are_gone_go_too(store: Store) -> None:
    keep(store, of_year(2019))
    relate_coverage(store)
    store.connection.execute("UPDATE reports SET agency_id = NULL")
    relate_coverage(store)
    assert kept_is_seen(store)
    assert store.connection.execute("SELECT count(*) FROM coverage_rows WHERE agency_id IS NOT NULL").fetchone() == (0,)
