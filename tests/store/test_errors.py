from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

from govcrawl.model import StoreError
from govcrawl.store import Store, open_corpus
from govcrawl.store.connection import breakable
from govcrawl.store.errors import explained
from tests.store.builders import PORTAL, URL, at, report


def test_a_file_that_is_no_database_is_left_alone(database: Path) -> None:
    database.write_bytes(b"%PDF-1.4 " * 200)
    with pytest.raises(StoreError, match="not an SQLite database; name another --db"):
        Store.open(database)
    assert database.read_bytes().startswith(b"%PDF")


def test_a_database_of_another_program_is_left_alone(database: Path) -> None:
    with sqlite3.connect(database) as other:
        other.execute("CREATE TABLE reports (id)")
    other.close()
    with pytest.raises(StoreError, match="already exists"):
        Store.open(database)
    with pytest.raises(StoreError, match="not made by govcrawl"):
        open_corpus(database)
    other = sqlite3.connect(database)
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("reports",)]
    other.close()


@pytest.mark.parametrize("opener", [Store.open, open_corpus])
def test_a_database_of_a_newer_program_is_refused(store: Store, database: Path, opener: type) -> None:
    store.connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('govcrawl', 'm999_future', 'x')"
    )
    with pytest.raises(StoreError, match=r"newer govcrawl made this database.*m999_future.*upgrade"):
        opener(database)


def test_a_database_that_is_not_there_is_made_only_when_asked(database: Path) -> None:
    with pytest.raises(StoreError, match="there is no database; run `govcrawl crawl` first"):
        Store.open(database, create=False)
    with pytest.raises(StoreError, match="there is no database"):
        open_corpus(database)
    assert not database.exists()


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    Store.open(tmp_path / "a" / "b" / "c.db").close()
    assert (tmp_path / "a" / "b" / "c.db").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="the folder cannot be made"):
        Store.open(tmp_path / "file" / "c.db")


def test_a_folder_in_the_place_of_the_database_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path)


def test_a_lock_of_another_program_is_told(store: Store, database: Path) -> None:
    with Store.open(database, busy_timeout=0.05) as waiting:
        with store.atomic(), pytest.raises(StoreError, match="another program is writing to it"):
            waiting.save_report(report(), None, URL, PORTAL.id, at())
        waiting.save_report(report(), None, URL, PORTAL.id, at())


def test_a_read_only_database_is_told(store: Store) -> None:
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="may not write"):
        store.save_report(report(), None, URL, PORTAL.id, at())


def test_a_full_disk_is_told_and_leaves_no_half_report(store: Store) -> None:
    store.save_report(report("first"), None, URL, PORTAL.id, at())
    (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    fat = report("云" * 300_000, report_year=2019)
    with pytest.raises(StoreError, match="full; free some space"):
        store.save_report(fat, None, URL + "?2", PORTAL.id, at())
    for table in ("reports", "report_sources"):
        assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)
    assert store.connection.execute("SELECT count(DISTINCT report_id) FROM disclosure").fetchone() == (1,)

    store.connection.execute("PRAGMA max_page_count = 1000000")
    store.save_report(fat, None, URL + "?2", PORTAL.id, at())
    assert store.connection.execute("SELECT count(*) FROM reports").fetchone() == (2,)
    assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_damaged_database_is_told(store: Store, database: Path) -> None:
    for number in range(200):
        store.save_report(report(str(number), report_year=1000 + number), None, f"{URL}?{number}", PORTAL.id, at())
    store.close()
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (database.stat().st_size - 4096))
    with pytest.raises(StoreError, match=r"damaged|malformed"), Store.open(database) as broken:
        broken.status()


def test_a_database_of_an_older_program_says_what_brings_it_up_to_date(store: Store, database: Path) -> None:
    store.connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm006_unread'")
    store.connection.execute("DROP TABLE unread_reports")
    with pytest.raises(StoreError, match=r"older govcrawl made this database.*brings it up to date"):
        open_corpus(database)
    Store.open(database).close()
    with open_corpus(database) as corpus:
        assert corpus.status()["totals"]["reports"] == 0


@pytest.fixture
def hearing() -> Iterator[None]:
    """A job in the background begins deaf to Ctrl-C, and Datasette has SQLite print what callbacks raise."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    sqlite3.enable_callback_tracebacks(False)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("hearing")
def test_a_long_question_of_an_export_is_broken_off_by_ctrl_c(store: Store, database: Path) -> None:
    pressing = Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    counting = (
        "WITH RECURSIVE n (i) AS (SELECT begun() UNION ALL SELECT i + 1 FROM n LIMIT 200000000) SELECT max(i) FROM n"
    )
    with open_corpus(database) as corpus:
        corpus.connection.create_function("begun", 0, lambda: pressing.start() or 1)
        with pytest.raises(KeyboardInterrupt), explained(database), breakable(corpus.connection):
            corpus.connection.execute(counting).fetchone()
