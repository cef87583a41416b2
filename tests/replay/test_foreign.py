"""Somebody's archive over years: every capture of an address is a version, in order of time."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from govcrawl.archive import Archive
from govcrawl.crawl.settings import RunSettings
from govcrawl.portals import load_portals
from govcrawl.replay import replay
from govcrawl.simulator.report import ReportSpec, build_report

START = datetime(2023, 1, 20, 9, tzinfo=UTC)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = "http://www.yunyan.test/nb/t1.html"
SPEC = ReportSpec(form="form2021", year=2022, agency="云砚县第1局", seed=1)


@dataclass(frozen=True)
class Answer:
    day: int
    body: bytes = b""
    url: str = PAGE
    status: int = 200

    @property
    def at(self) -> datetime:
        return START + timedelta(days=self.day)


def day(number: int) -> str:
    return f"{START + timedelta(days=number):%Y-%m-%dT%H:%M:%SZ}"


def first() -> bytes:
    return build_report(SPEC).data


def second() -> bytes:
    return build_report(replace(SPEC, seed=2)).data


def write(folder: Path, name: str, answers: Sequence[Answer]) -> Path:
    with Archive(folder / name, name) as archive:
        for each in answers:
            archive.write(each.url, each.status, {"Content-Type": "text/html"}, each.body, each.at)
    (path,) = (folder / name).glob("*.warc.gz")
    return path


def settings(folder: Path, workers: int = 1, **more: str) -> RunSettings:
    return RunSettings.of({"GOVCRAWL_DATA_DIR": str(folder), "GOVCRAWL_WORKERS": str(workers), **more})


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "govcrawl.db") as connection:
        return connection.execute(sql).fetchall()


SOURCED = "SELECT url, first_seen_at, last_seen_at FROM report_sources ORDER BY 2, 1"
SOURCES = """SELECT r.state, s.first_seen_at, s.last_seen_at, s.vanished_at, s.vanished
FROM report_sources AS s JOIN reports AS r ON r.id = s.report_id ORDER BY s.first_seen_at"""


def test_the_captures_of_an_address_are_versions_whatever_files_they_lie_in(tmp_path: Path) -> None:
    late = write(tmp_path, "late", [Answer(9, second()), Answer(30, second())])
    early = write(tmp_path, "early", [Answer(0, first()), Answer(5, first())])
    data = tmp_path / "data"
    result = replay(settings(data), warcs=[late, early])
    assert (result.reports, result.pages) == ({"new": 1, "revised": 1}, 2)
    assert rows(data, SOURCES) == [
        ("superseded", day(0), day(5), None, None),
        ("current", day(9), day(30), None, None),
    ]


def test_an_older_archive_read_later_gives_the_same(tmp_path: Path) -> None:
    late = write(tmp_path, "late", [Answer(9, second())])
    early = write(tmp_path, "early", [Answer(0, first()), Answer(5, b"", status=404)])
    one, other = tmp_path / "one", tmp_path / "other"
    replay(settings(one), warcs=[early, late])
    replay(settings(other), warcs=[late])
    replay(settings(other), warcs=[early])
    assert rows(other, SOURCES) == rows(one, SOURCES)
    assert rows(other, "SELECT count(*) FROM problems WHERE mended_at IS NULL") == [(0,)]


@pytest.mark.parametrize("status", [404, 410])
def test_a_later_missing_page_has_vanished_on_that_day(tmp_path: Path, status: int) -> None:
    path = write(
        tmp_path, "x", [Answer(0, first()), Answer(7, b"gone", status=status), Answer(9, b"gone", status=status)]
    )
    result = replay(settings(tmp_path), warcs=[path])
    assert result.gone == 2
    assert rows(tmp_path, SOURCES) == [("current", day(0), day(0), day(7), "page")]
    assert rows(tmp_path, "SELECT url, kind, last_seen_at, count FROM problems") == [(PAGE, "not_found", day(9), 2)]
    replay(settings(tmp_path), warcs=[path])
    assert rows(tmp_path, SOURCES) == [("current", day(0), day(0), day(7), "page")]
    assert rows(tmp_path, "SELECT count FROM problems") == [(2,)]


def test_a_page_that_is_back_has_not_vanished(tmp_path: Path) -> None:
    path = write(tmp_path, "x", [Answer(0, first()), Answer(7, b"gone", status=404), Answer(9, first())])
    replay(settings(tmp_path), warcs=[path])
    assert rows(tmp_path, SOURCES) == [("current", day(0), day(9), None, None)]
    assert rows(tmp_path, "SELECT mended_at IS NULL FROM problems") == [(0,)]


def test_a_page_that_returns_to_its_older_text_makes_that_current(tmp_path: Path) -> None:
    path = write(tmp_path, "x", [Answer(0, first()), Answer(7, second()), Answer(9, first())])
    replay(settings(tmp_path), warcs=[path])
    assert rows(tmp_path, SOURCES) == [
        ("current", day(0), day(9), None, None),
        ("superseded", day(7), day(7), None, None),
    ]
    before = list(_dump(tmp_path))
    again = replay(settings(tmp_path), warcs=[path])
    assert again.reports == {"unchanged": 3}
    assert list(_dump(tmp_path)) == before


def test_a_revisit_record_confirms_what_it_refers_to(tmp_path: Path) -> None:
    mirror = PAGE.replace("yunyan", "yunfeng")
    digest = hashlib.sha256(first()).hexdigest()
    one = write(tmp_path, "one", [Answer(0, first()), Answer(3, second())])
    with Archive(tmp_path / "two", "two") as archive:
        archive.write_revisit(PAGE, 304, (), "", Answer(2).at, None)
        archive.write_revisit(PAGE, 200, (), digest, Answer(9).at, (PAGE, Answer(0).at))
        archive.write_revisit(mirror, 200, (), digest, Answer(5).at, (PAGE, Answer(0).at))
        archive.write_revisit(f"{mirror}?none", 200, (), "0" * 64, Answer(5).at, None)
    result = replay(settings(tmp_path / "data"), warcs=[one, *(tmp_path / "two").iterdir()])
    assert rows(tmp_path / "data", f"SELECT s.url, s.first_seen_at, s.last_seen_at FROM ({SOURCED}) AS s") == [
        (PAGE, day(0), day(9)),
        (PAGE, day(3), day(3)),
        (mirror, day(5), day(5)),
    ]
    assert result.damaged == ["1 revisit records are of answers that are in none of the files"]


def test_what_a_killed_replay_unpacked_is_removed(tmp_path: Path) -> None:
    left = tmp_path / "data" / ".replay-left"
    left.mkdir(parents=True)
    (left / "x.warc").write_bytes(b"x")
    replay(settings(tmp_path / "data"), warcs=[write(tmp_path, "x", [Answer(0, first())])])
    assert list((tmp_path / "data").glob(".replay-*")) == []


def test_a_file_that_changes_under_its_page_makes_a_version(tmp_path: Path) -> None:
    title = "云砚县第1局2022年政府信息公开工作年度报告"
    article = f'<div class="TRS_Editor"><p><a href="P1.docx">{title}</a></p></div>'
    page = f"<html><title>{title}</title><body><h1>{title}</h1>{article}"
    file = PAGE.replace("t1.html", "P1.docx")
    docx = [build_report(replace(SPEC, seed=seed, shape="docx")).data for seed in (1, 2)]
    path = write(tmp_path, "x", [Answer(0, page.encode()), Answer(1, docx[0], file), Answer(8, docx[1], file)])
    replay(settings(tmp_path), warcs=[path])
    assert rows(tmp_path, "SELECT state, count(*) FROM reports GROUP BY state") == [("current", 1), ("superseded", 1)]
    told = rows(
        tmp_path,
        "SELECT r.state, s.url, s.last_seen_at FROM report_sources AS s JOIN reports AS r ON r.id = s.report_id",
    )
    assert set(told) == {
        ("superseded", PAGE, day(1)),
        ("superseded", file, day(1)),
        ("current", PAGE, day(8)),
        ("current", file, day(8)),
    }
    assert replay(settings(tmp_path), everything=True).changes == {}
    assert set(rows(tmp_path, "SELECT state, count(*) FROM reports GROUP BY state")) == {
        ("current", 1),
        ("superseded", 1),
    }


def test_the_portal_is_the_one_of_the_host(tmp_path: Path) -> None:
    registry = tmp_path / "portals"
    registry.mkdir()
    head = "id,name,division_code,homepage,platform,columns,notes"
    lines = [
        "all,云砚县,110101,http://www.yunyan.test/,,,",
        "part,云砚县乡,110101,http://www.yunyan.test/xiang/,,,",
    ]
    (registry / "x.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    assert [portal.id for portal in load_portals(registry / "x.csv")] == ["all", "part"]
    inside = PAGE.replace("/nb/", "/xiang/nb/")
    path = write(tmp_path, "x", [Answer(0, first()), Answer(0, second(), inside)])
    replay(settings(tmp_path, GOVCRAWL_REGISTRY=str(registry)), warcs=[path])
    found = rows(tmp_path, "SELECT url, portal_id FROM report_sources ORDER BY 1")
    assert found == [(PAGE, "all"), (inside, "part")]


def test_one_worker_and_two_store_the_same_in_the_same_order(tmp_path: Path) -> None:
    answers = [
        Answer(
            number % 3,
            build_report(replace(SPEC, seed=number, agency=f"云砚县第{number % 7}局")).data,
            f"{PAGE}?{number % 9}",
        )
        for number in range(24)
    ]
    path = write(tmp_path, "x", [*answers, Answer(2, b"<p>no report</p>" * 99, f"{PAGE}?n")])
    dumps = []
    for workers in (1, 2):
        data = tmp_path / str(workers)
        replay(settings(data, workers), warcs=[path], now=lambda: NOW)
        dumps.append(list(_dump(data)))
    assert len(dumps[0]) > 1000
    assert dumps[0] == dumps[1]


def _dump(folder: Path) -> list[str]:
    """Every row of the database, apart from where bodies lie: the ids of WARC records are random.

    The full-text index cannot be listed; the tables beneath it can.
    """
    with sqlite3.connect(folder / "govcrawl.db") as connection:
        connection.execute("UPDATE captures SET warc_file = '', warc_offset = 0")
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        names = [name for (name,) in connection.execute(listed) if name not in ("_sqlite_migrations", "divisions")]
        lines = [f"{name} {row}" for name in names for row in connection.execute(f"SELECT * FROM {name}")]
        connection.rollback()
    return lines


def test_what_the_command_prints_can_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, "x", [Answer(0, first())])
    told = replay(settings(tmp_path), warcs=[path]).to_dict()
    assert json.loads(json.dumps(told)) == told
