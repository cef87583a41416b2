"""Corpora become one: nothing is lost, and neither order nor grouping nor repetition matters."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from govcrawl.archive import read_record
from govcrawl.export import write_jsonl
from govcrawl.lock import LockedError, hold_lock
from govcrawl.merging import Place, merge
from govcrawl.model import ArchiveError, StoreError
from govcrawl.store import Store, open_corpus
from tests.merging.shards import Shard, at, make_shards, page
from tests.store.builders import report


def dump(place: Place, to: Path) -> bytes:
    with open_corpus(place.db) as corpus:
        write_jsonl(corpus, to)
    return to.read_bytes()


def rows(place: Place, sql: str) -> list[tuple[Any, ...]]:
    with open_corpus(place.db) as corpus:
        return corpus.connection.execute(sql).fetchall()


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def shards(tmp_path: Path) -> list[Place]:
    return make_shards(tmp_path / "in")


@pytest.fixture
def merged(tmp_path: Path, shards: list[Place]) -> Place:
    into = Place.of(tmp_path / "merged" / "govcrawl.db")
    merge(shards, into)
    return into


def test_captures_that_were_confirmed_at_one_moment_keep_their_own_confirmations(tmp_path: Path) -> None:
    shard = Shard(tmp_path / "in")
    shard.sees("后", 1, 5)
    shard.sees("前", 2, 4)  # fetched earlier, so the two exchange their numbers
    urls = dict(shard.store.connection.execute("SELECT id, url FROM captures"))
    for number in urls:
        shard.store.save_revisit(number, at(9), 304 if urls[number] == page(1) else 200, None, None)
    shard.close()
    merge([shard.place], into := Place.of(tmp_path / "merged" / "govcrawl.db"))
    sql = "SELECT c.id, c.url, r.status FROM revisits AS r JOIN captures AS c ON c.id = r.capture_id ORDER BY c.id"
    assert rows(into, sql) == [(1, page(2), 200), (2, page(1), 304)]


@pytest.mark.slow
def test_every_order_gives_the_same_bytes(tmp_path: Path, shards: list[Place], merged: Place) -> None:
    expected = dump(merged, tmp_path / "expected.jsonl")
    for number, order in enumerate(permutations(shards)):
        into = Place.of(tmp_path / f"into{number}" / "govcrawl.db")
        merge(order, into)
        assert dump(into, tmp_path / "got.jsonl") == expected


def test_every_grouping_gives_the_same_bytes(tmp_path: Path, shards: list[Place], merged: Place) -> None:
    first, second, third, fourth = shards
    left, right, both, chain = (Place.of(tmp_path / name / "x.db") for name in ("left", "right", "both", "chain"))
    merge([first, third], left)
    merge([fourth, second], right)
    merge([right, left], both)
    for shard in shards:
        merge([shard], chain)
    expected = dump(merged, tmp_path / "expected.jsonl")
    assert dump(both, tmp_path / "both.jsonl") == expected
    assert dump(chain, tmp_path / "chain.jsonl") == expected


def test_a_corpus_can_be_merged_into_one_of_the_others(tmp_path: Path, shards: list[Place], merged: Place) -> None:
    merge(shards[1:], shards[0])
    assert dump(shards[0], tmp_path / "into.jsonl") == dump(merged, tmp_path / "expected.jsonl")


def test_merging_again_changes_nothing(tmp_path: Path, shards: list[Place], merged: Place) -> None:
    before, files = dump(merged, tmp_path / "before.jsonl"), contents(merged.archive)
    merge(shards, merged)
    assert dump(merged, tmp_path / "after.jsonl") == before
    assert contents(merged.archive) == files


def test_the_numbers_of_rows_do_not_depend_on_it_either(tmp_path: Path, shards: list[Place], merged: Place) -> None:
    other = Place.of(tmp_path / "other" / "govcrawl.db")
    merge(shards[::-1], other)
    for table in ("agencies", "captures", "crawl_runs", "problems", "report_sources", "reports"):
        sql = f"SELECT rowid, * FROM {table} ORDER BY 1" if table != "report_sources" else f"SELECT * FROM {table}"
        assert rows(other, sql) == rows(merged, sql)


def test_the_inputs_are_not_changed(tmp_path: Path, shards: list[Place]) -> None:
    before = contents(tmp_path / "in")
    merge(shards, Place.of(tmp_path / "into" / "govcrawl.db"))
    assert contents(tmp_path / "in") == before


def test_one_content_is_one_report_with_the_places_of_all(merged: Place) -> None:
    sql = "SELECT url, first_seen_at, last_seen_at FROM report_sources WHERE report_id = ? ORDER BY url"
    with open_corpus(merged.db) as corpus:
        found = corpus.connection.execute(sql, (report("同文").id,)).fetchall()
    assert found == [
        (page(1, "jy.yunshan.test"), "2021-03-04T08:00:00Z", "2021-03-04T08:00:00Z"),
        (page(1), "2021-03-02T08:00:00Z", "2021-03-03T08:00:00Z"),
    ]


def test_the_version_that_was_seen_last_anywhere_is_current(merged: Place) -> None:
    states = dict(rows(merged, "SELECT id, state FROM reports"))
    assert states[report("第一版").id] == "current"
    assert states[report("第二版").id] == "superseded"


def test_every_capture_can_be_read_back_from_the_merged_archive(merged: Place) -> None:
    found = rows(merged, "SELECT warc_file, warc_offset, body_sha256 FROM captures")
    assert len(found) == 7
    for file, offset, digest in found:
        assert hashlib.sha256(read_record(merged.archive, file, offset).body).hexdigest() == digest


def test_files_of_one_name_and_other_contents_are_both_kept(merged: Place, shards: list[Place]) -> None:
    assert {path.name for shard in shards for path in shard.archive.iterdir()} == {"govcrawl-run-00001.warc.gz"}
    assert len(list(merged.archive.iterdir())) == 4


def test_files_are_copied_where_the_disk_is_another(
    tmp_path: Path, shards: list[Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr("os.link", refuse)
    into = Place.of(tmp_path / "into" / "govcrawl.db")
    merge(shards, into)
    assert sorted(contents(into.archive).values()) == sorted(
        digest for shard in shards for digest in contents(shard.archive).values()
    )


def test_a_missing_file_of_an_archive_is_told_before_anything_is_changed(tmp_path: Path, shards: list[Place]) -> None:
    next(shards[3].archive.iterdir()).unlink()
    into = Place.of(tmp_path / "into" / "govcrawl.db")
    with pytest.raises(ArchiveError, match=r"1 files of its archive are not in .*govcrawl-run-00001"):
        merge(shards, into)
    assert not into.db.exists()


def test_a_problem_is_open_where_it_was_met_last_and_mended_where_it_was_mended_last(merged: Place) -> None:
    found = rows(merged, "SELECT url, first_seen_at, last_seen_at, mended_at FROM problems ORDER BY url")
    assert found == [
        (page(1), "2021-03-03T08:00:00Z", "2021-03-06T08:00:00Z", None),
        (page(2), "2021-03-04T08:00:00Z", "2021-03-04T08:00:00Z", None),
    ]


def test_what_is_remembered_of_hosts_portals_and_columns_is_what_was_learnt_last(merged: Place) -> None:
    assert rows(merged, "SELECT scheme, failures FROM hosts") == [("https", 2)]
    assert rows(merged, "SELECT state FROM portals WHERE id = '970101-yunshan'") == [("working",)]
    assert rows(merged, "SELECT title, entry, rows, first_seen_at FROM columns") == [
        ("年报9", 1, 9, "2021-03-02T08:00:00Z")
    ]
    assert rows(merged, "SELECT url FROM redirects") == [(page(9),)]


def test_a_spiders_run_names_its_refresh_as_before(merged: Place) -> None:
    found = rows(
        merged,
        """SELECT a.started_at, b.started_at, b.command FROM crawl_runs AS a
        JOIN crawl_runs AS b ON b.id = json_extract(a.arguments, '$.refresh') ORDER BY 1""",
    )
    assert found == [(f"2021-03-0{day}T08:00:00Z", f"2021-03-0{day}T08:00:00Z", "refresh") for day in (1, 2, 3, 4)]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_readings_of_one_content_that_of_the_newer_release_counts(tmp_path: Path, order: int) -> None:
    places = []
    for name, version, day, value in (("old", "0.9.0", 5, 3), ("new", "0.10.0", 2, 4)):
        shard = Shard(tmp_path / name, version)
        shard.sees("同文", 1, day, disclosure={"rules_made": value})
        shard.close()
        places.append(shard.place)
    into = Place.of(tmp_path / "into" / "govcrawl.db")
    merge(places[::order], into)
    assert rows(into, "SELECT value FROM disclosure WHERE code = 'rules_made'") == [(4,)]
    assert rows(into, "SELECT extractor_version FROM reports") == [("0.10.0",)]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_readings_of_one_second_the_same_one_counts_in_any_order(tmp_path: Path, order: int) -> None:
    places = []
    for value in (3, 4):
        shard = Shard(tmp_path / str(value))
        shard.sees("同文", 1, 2, disclosure={"rules_made": value})
        shard.close()
        places.append(shard.place)
    into, again = (Place.of(tmp_path / name / "govcrawl.db") for name in ("into", "again"))
    merge(places, into)
    merge(places[::order], again)
    sql = "SELECT code, value FROM disclosure ORDER BY code"
    assert rows(again, sql) == rows(into, sql)
    assert dict(rows(into, sql))["rules_made"] in {3, 4}


def test_a_database_of_an_older_program_is_brought_up_to_date_as_a_copy(tmp_path: Path, shards: list[Place]) -> None:
    old = shards[0].db
    with sqlite3.connect(old) as connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm011_cross_checks'")
        connection.execute("DROP TABLE cross_checks")
        connection.commit()
    connection.close()
    before = old.read_bytes()
    into = Place.of(tmp_path / "into" / "govcrawl.db")
    assert merge(shards, into).reports == 4
    assert old.read_bytes() == before
    assert not list(into.db.parent.glob("*.merging"))


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path, shards: list[Place]) -> None:
    with sqlite3.connect(shards[2].db) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('govcrawl', 'm999_x', '')"
        )
    connection.close()
    with pytest.raises(StoreError, match="m999_x"):
        merge(shards, Place.of(tmp_path / "into" / "govcrawl.db"))


def test_transactions_that_are_only_in_the_log_of_an_input_count(tmp_path: Path) -> None:
    shard = Shard(tmp_path / "a")
    shard.sees("同文", 1, 2)
    wal = shard.place.db.with_name("govcrawl.db-wal")
    assert wal.stat().st_size
    before = contents(tmp_path / "a")
    merged = merge([shard.place], Place.of(tmp_path / "into" / "govcrawl.db"))
    assert merged.reports == 1
    assert contents(tmp_path / "a") == before
    shard.close()


def test_a_file_that_is_no_corpus_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.db") as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(StoreError, match="not made by govcrawl"):
        merge([Place.of(tmp_path / "x.db")], Place.of(tmp_path / "into" / "govcrawl.db"))


def test_a_corpus_is_not_merged_into_itself(shards: list[Place]) -> None:
    with pytest.raises(StoreError, match="cannot be one of"):
        merge(shards, shards[1])


def test_a_corpus_that_is_being_written_is_waited_for(tmp_path: Path, shards: list[Place]) -> None:
    with hold_lock(shards[0].db), pytest.raises(LockedError):
        merge(shards, Place.of(tmp_path / "into" / "govcrawl.db"))


def test_no_row_refers_to_none(merged: Place) -> None:
    assert rows(merged, "PRAGMA foreign_key_check") == []


def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path: Path, shards: list[Place]) -> None:
    with Store.open(shards[0].db) as store:
        store.connection.execute("UPDATE captures SET warc_file = '../govcrawl.db'")
    with pytest.raises(ArchiveError, match="no name of a file"):
        merge(shards, Place.of(tmp_path / "into" / "govcrawl.db"))


def test_the_archive_may_lie_elsewhere(tmp_path: Path, shards: list[Place]) -> None:
    moved = tmp_path / "elsewhere"
    shards[0].archive.rename(moved)
    into = Place.of(tmp_path / "into" / "govcrawl.db")
    merge([replace(shards[0], archive=moved)], into)
    assert len(list(into.archive.iterdir())) == 1
    assert at(1).year == 2021


def test_the_table_of_divisions_that_all_have_comes_along(tmp_path: Path, shards: list[Place]) -> None:
    for each in shards:
        (each.db.parent / "divisions.csv").write_text("theirs", encoding="utf-8")
    into = Place.of(tmp_path / "into" / "govcrawl.db")
    for _ in range(2):
        assert merge(shards, into).one_table
        assert (into.db.parent / "divisions.csv").read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize("other", ["another", None])
def test_of_different_tables_of_divisions_none_is_taken(tmp_path: Path, shards: list[Place], other: str | None) -> None:
    (shards[0].db.parent / "divisions.csv").write_text("theirs", encoding="utf-8")
    if other is not None:
        for each in shards[1:]:
            (each.db.parent / "divisions.csv").write_text(other, encoding="utf-8")
    into = Place.of(tmp_path / "into" / "govcrawl.db")
    assert not merge(shards, into).one_table
    assert not (into.db.parent / "divisions.csv").exists()
