"""What a question on a connection of the site sees, and for how long."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from govcrawl.model import SlowQuestionError
from govcrawl.store import Store
from govcrawl.store.asking.connection import connect_for_asking, within

COUNT = "SELECT count(*) FROM crawl_runs"
FOREVER = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def run(store: Store) -> None:
    store.connection.execute("INSERT INTO crawl_runs (command, started_at) VALUES ('crawl', '2022-12-01T00:00:00Z')")


def test_a_question_of_several_statements_sees_one_state(tmp_path: Path) -> None:
    with Store.open(tmp_path / "govcrawl.db") as store:
        asking = connect_for_asking(tmp_path / "govcrawl.db")

        def twice(connection: sqlite3.Connection) -> tuple[int, int]:
            (before,) = connection.execute(COUNT).fetchone()
            run(store)
            (after,) = connection.execute(COUNT).fetchone()
            return before, after

        assert within(asking, 3, twice) == (0, 0)
        assert within(asking, 3, lambda held: held.execute(COUNT).fetchone()) == (1,)
        asking.close()


def test_a_question_that_was_broken_off_holds_nothing_back(tmp_path: Path) -> None:
    with Store.open(tmp_path / "govcrawl.db") as store:
        asking = connect_for_asking(tmp_path / "govcrawl.db")
        with pytest.raises(SlowQuestionError):
            within(asking, 0.05, lambda held: held.execute(FOREVER).fetchone())
        run(store)
        assert asking.execute(COUNT).fetchone() == (1,)
        assert store.connection.execute("PRAGMA wal_checkpoint (RESTART)").fetchone()[0] == 0
        asking.close()
