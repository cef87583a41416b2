"""The canonical dump: everything, in an order of its own, the same bytes for the same corpus."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from govcrawl.export import FORMATS, jsonl, write_jsonl
from govcrawl.merging import Place, merge
from govcrawl.model import ExportError
from govcrawl.store import Corpus, Store, open_corpus
from govcrawl.store.dump import dump_names
from govcrawl.store.merging import TABLES
from tests.merging.shards import make_shards, page
from tests.store.builders import PORTAL, report


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("export")
    into = Place.of(folder / "merged" / "govcrawl.db")
    merge(make_shards(folder / "in"), into)
    return into


@pytest.fixture
def corpus(place: Place) -> Iterator[Corpus]:
    with open_corpus(place.db) as opened:
        yield opened


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_table_and_view_is_written_with_all_its_rows(corpus: Corpus, tmp_path: Path) -> None:
    counts = write_jsonl(corpus, tmp_path / "x.jsonl").rows
    assert list(counts) == sorted(counts) == dump_names()
    expected = {name: corpus.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in counts}
    assert counts == expected
    written = [line["table"] for line in lines(tmp_path / "x.jsonl")]
    assert {name: written.count(name) for name in counts} == expected
    assert counts["reports"] == 4
    assert counts["panel"] == 2


def test_a_folder_gets_a_file_a_table(corpus: Corpus, tmp_path: Path) -> None:
    write_jsonl(corpus, tmp_path / "x.jsonl")
    (tmp_path / "x").mkdir()
    write_jsonl(corpus, tmp_path / "x")
    assert sorted(path.stem for path in (tmp_path / "x").iterdir()) == dump_names()
    together = lines(tmp_path / "x.jsonl")
    for name in dump_names():
        assert lines(tmp_path / "x" / f"{name}.jsonl") == [line["row"] for line in together if line["table"] == name]


def test_the_files_of_a_folder_have_their_names_only_when_all_are_whole(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = jsonl.dump_rows

    def broken(of: Corpus, name: str) -> Iterator[dict[str, Any]]:
        if name == "reports":
            raise KeyboardInterrupt
        yield from rows(of, name)

    (tmp_path / "agencies.jsonl").write_text("of before", encoding="utf-8")
    monkeypatch.setattr(jsonl, "dump_rows", broken)
    with pytest.raises(KeyboardInterrupt):
        write_jsonl(corpus, tmp_path)
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [
        ("agencies.jsonl", "of before")
    ]


def test_a_dump_behind_a_link_is_replaced_and_the_link_stays(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "link.jsonl").symlink_to("real.jsonl")
    for _ in range(2):
        write_jsonl(corpus, tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert {path.name for path in tmp_path.iterdir()} == {"link.jsonl", "real.jsonl"}


def test_what_is_no_file_is_never_replaced(corpus: Corpus, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportError, match="holds something else than a dump"):
        write_jsonl(corpus, tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()


def test_numbers_of_rows_are_told_as_what_they_stand_for(corpus: Corpus, tmp_path: Path) -> None:
    write_jsonl(corpus, tmp_path / "x.jsonl")
    (row,) = [
        line["row"]
        for line in lines(tmp_path / "x.jsonl")
        if line["table"] == "report_sources" and line["row"]["url"] == page(7)
    ]
    assert row["capture"][:2] == [page(7), "2021-03-09T08:00:00Z"]
    agencies = {
        line["row"]["id"]: line["row"]["agency"] for line in lines(tmp_path / "x.jsonl") if line["table"] == "reports"
    }
    assert agencies[report("无年").id] is None
    [(key, division)] = corpus.connection.execute("SELECT key, division_code FROM agencies WHERE name = '云山市教育局'")
    assert agencies[report("同文").id] == [key, division]


def test_no_number_of_a_row_is_left(corpus: Corpus, tmp_path: Path) -> None:
    write_jsonl(corpus, tmp_path / "x.jsonl")
    for line in lines(tmp_path / "x.jsonl"):
        numbers = [key for key, value in line["row"].items() if key.endswith("id") and isinstance(value, int)]
        assert numbers == [], line["table"]


def test_rows_stand_in_the_order_of_their_keys(corpus: Corpus, tmp_path: Path) -> None:
    write_jsonl(corpus, tmp_path / "x.jsonl")
    found = lines(tmp_path / "x.jsonl")
    for name in ("reports", "report_sources", "disclosure", "captures", "problems", "divisions"):
        rows = [line["row"] for line in found if line["table"] == name]
        keys = [tuple(str(row[column]) for column in TABLES[name].key) for row in rows]
        assert keys == sorted(keys), name


def test_what_is_not_wanted_is_left_out(corpus: Corpus, tmp_path: Path) -> None:
    counts = write_jsonl(corpus, tmp_path / "x.jsonl", ["evidence", "panel"]).rows
    assert set(dump_names()) - set(counts) == {"evidence", "panel"}
    with pytest.raises(ExportError, match="nonsense: no table or view"):
        write_jsonl(corpus, tmp_path / "y.jsonl", ["nonsense"])


def test_what_cannot_be_written_is_told_and_leaves_nothing(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        write_jsonl(corpus, tmp_path / "none" / "x.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_file_has_its_name_only_when_it_is_whole(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Iterator[dict[str, Any]]:
        yield {"a": 1}
        raise KeyboardInterrupt

    monkeypatch.setattr("govcrawl.export.jsonl.dump_rows", broken)
    with pytest.raises(KeyboardInterrupt):
        write_jsonl(corpus, tmp_path / "x.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_the_command_offers_every_format_there_is() -> None:
    assert tuple(FORMATS) == import_module("govcrawl.cli.export").FORMATS


def test_the_dump_is_of_one_state_of_the_corpus(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = jsonl.dump_rows

    def meanwhile(corpus: Corpus, name: str) -> Iterator[dict[str, Any]]:
        yield from rows(corpus, name)
        store.save_portals([replace(PORTAL, id=f"970100-{name}")])

    with Store.open(tmp_path / "x.db", extractor_version="0.1.0") as store, open_corpus(tmp_path / "x.db") as opened:
        store.save_portals([PORTAL])
        monkeypatch.setattr(jsonl, "dump_rows", meanwhile)
        assert write_jsonl(opened, tmp_path / "x.jsonl").rows["portals"] == 1


def test_two_dumps_to_one_file_do_not_mix(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = jsonl.dump_rows

    def meanwhile(of: Corpus, name: str) -> Iterator[dict[str, Any]]:
        if of is corpus and name == "hosts":
            with open_corpus(of.path) as other, pytest.raises(ExportError, match="another export is writing to it"):
                write_jsonl(other, tmp_path / "x.jsonl")
        yield from rows(of, name)

    monkeypatch.setattr(jsonl, "dump_rows", meanwhile)
    counts = write_jsonl(corpus, tmp_path / "x.jsonl").rows
    assert len(lines(tmp_path / "x.jsonl")) == sum(counts.values())
    assert [path.name for path in tmp_path.iterdir()] == ["x.jsonl"]


def test_what_a_killed_dump_left_is_in_nobodys_way(corpus: Corpus, tmp_path: Path) -> None:
    write_jsonl(corpus, tmp_path / "one.jsonl")
    (tmp_path / ".two.jsonl.part").write_text("x" * 10_000_000, encoding="utf-8")
    write_jsonl(corpus, tmp_path / "two.jsonl")
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
