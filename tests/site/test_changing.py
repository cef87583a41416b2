"""What is written while the site stands, by a run or by hand, is shown without starting it again."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from govcrawl.store.asking.connection import MAX_SQL_BYTES, connect_for_asking
from tests.site.visitor import Visitor


def change(db: Path, sql: str) -> None:
    with closing(sqlite3.connect(db, isolation_level=None)) as writer:
        writer.execute(sql)


@pytest.mark.parametrize("sql", ["VACUUM", "CREATE TABLE later (a)", "DROP VIEW IF EXISTS none"])
def test_a_changed_schema_breaks_no_page(visit: Visitor, corpus_copy: Path, sql: str) -> None:
    """As the first run of an upgrade changes it: SQLite then reads all views again, longer than a question may be."""
    for path in ("/", "/corpus"):
        assert visit.get(path).status == 200
    change(corpus_copy / "govcrawl.db", sql)
    for path in ("/", "/corpus", "/corpus.json?sql=select+1", "/corpus/panel_corrected"):
        assert visit.get(path).status == 200, path


def test_a_database_put_in_the_place_of_another_is_shown(visit: Visitor, corpus_copy: Path) -> None:
    db = corpus_copy / "govcrawl.db"
    assert visit.get("/corpus.json?sql=select+a+from+later").status == 400
    change(db, "PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(db, corpus_copy / "new.db")
    change(corpus_copy / "new.db", "CREATE TABLE later AS SELECT 7 AS a")
    (corpus_copy / "new.db").rename(db)
    for _ in range(5):  # every thread of the site
        assert visit.get("/corpus.json?sql=select+a+from+later&_shape=arrays").status == 200
    assert visit.get("/").status == 200


def test_a_database_that_is_away_for_a_moment_is_shown_as_it_was(visit: Visitor, corpus_copy: Path) -> None:
    assert visit.get("/").status == 200
    (corpus_copy / "govcrawl.db").rename(corpus_copy / "away.db")
    assert visit.get("/").status == 200


def test_a_long_statement_of_a_stranger_is_refused(corpus_copy: Path) -> None:
    long = f"SELECT '{'字' * (MAX_SQL_BYTES // 3)}'"
    with (
        closing(connect_for_asking(corpus_copy / "govcrawl.db")) as connection,
        pytest.raises(sqlite3.OperationalError, match="longer than 100,000 bytes"),
    ):
        connection.cursor().execute(long)
