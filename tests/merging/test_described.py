"""Every table of the schema is described for merging, as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from govcrawl.store import Store
from govcrawl.store.merging import TABLES, Described, Kind
from govcrawl.store.merging.described import is_index
from govcrawl.store.merging.wholes import release
from govcrawl.store.rows import PARTS


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("described") / "govcrawl.db") as opened:
        yield opened


def columns(store: Store, table: str) -> list[str]:
    return [row[1] for row in store.connection.execute(f'PRAGMA table_info("{table}")')]


def test_no_table_is_forgotten_and_none_is_invented(store: Store) -> None:
    names = {row[0] for row in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in names if not name.startswith(("_", "sqlite_")) and not is_index(name)} == set(TABLES)


def named(described: Described) -> set[str]:
    terms = (*described.key, *described.numbered, *described.newest, *described.combined, *described.files)
    found = {name for term in terms for name in re.findall(r"\b[a-z_0-9]+\b", re.sub(r"'[^']*'", "", term))}
    return found - {"json_remove", "max", "coalesce"} | set(described.refers) | set(described.within)


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_that_are_named_exist(store: Store, table: str) -> None:
    assert named(TABLES[table]) <= set(columns(store, table))


def test_tables_with_numbers_are_those_whose_key_is_a_number(store: Store) -> None:
    numbered = {
        table
        for table in TABLES
        for row in store.connection.execute(f'PRAGMA table_info("{table}")')
        if row[1] == "id" and row[2] == "INTEGER" and row[5]
    }
    assert numbered == {table for table, described in TABLES.items() if described.numbered}


@pytest.mark.parametrize("table", TABLES)
def test_whatever_refers_to_a_numbered_row_is_described_so(store: Store, table: str) -> None:
    numbered = {name for name, described in TABLES.items() if described.numbered}
    refers = {
        row[3]: row[2] for row in store.connection.execute(f'PRAGMA foreign_key_list("{table}")') if row[2] in numbered
    }
    assert refers == dict(TABLES[table].refers)


@pytest.mark.parametrize("table", [name for name, each in TABLES.items() if not each.numbered])
def test_the_key_of_a_table_without_numbers_is_unique(store: Store, table: str) -> None:
    keys = {tuple(column.strip('"') for column in TABLES[table].key)}
    primary = sorted((row[5], row[1]) for row in store.connection.execute(f'PRAGMA table_info("{table}")') if row[5])
    unique = {tuple(name for _, name in primary)}
    indexes = store.connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (table,))
    for (sql,) in indexes:
        found = re.search(r"UNIQUE INDEX \w+ ON \w+ \((.*)\)$", sql or "")
        if found:
            unique.add(tuple(re.findall(r"\b(?!coalesce)[a-z_]+\b", found[1])))
    assert {tuple(sorted(key)) for key in keys} <= {tuple(sorted(key)) for key in unique}


@pytest.mark.parametrize("table", TABLES)
def test_what_is_joined_refers_to_what_was_joined_before(store: Store, table: str) -> None:
    order = [name for name, described in TABLES.items() if described.kind in {Kind.JOINED, Kind.REPORTS}]
    for referred in TABLES[table].refers.values():
        assert table not in order or order.index(referred) < order.index(table)


def test_the_parts_of_a_report_are_those_that_are_written_with_it() -> None:
    assert {name for name, described in TABLES.items() if described.kind is Kind.PART} == set(PARTS)


def test_every_name_of_a_file_is_known_to_be_one(store: Store) -> None:
    files = {(table, column) for table in TABLES for column in columns(store, table) if column == "warc_file"}
    assert files == {(table, column) for table, described in TABLES.items() for column in described.files}


def test_releases_sort_by_their_figures() -> None:
    assert sorted(["10.0", "0.10.0", "1.0.0.1", "0.2.0", "1.0.0"], key=release) == [
        "0.2.0",
        "0.10.0",
        "1.0.0",
        "1.0.0.1",
        "10.0",
    ]
