"""The pipelines one after the other, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

import govcrawl.crawl.bundles
from govcrawl.archive import read_record, scan_warc
from govcrawl.crawl.items import Fetched, Unchanged
from govcrawl.crawl.writers import release
from govcrawl.model import Capture, DocumentError, Portal, Problem, ProblemKind, Role
from govcrawl.simulator.report import ReportSpec, build_report
from pipelines.archive import ArchivePipeline
from pipelines.check import CheckPipeline
from pipelines.deduplicate import DeduplicatePipeline
from pipelines.extract import ExtractPipeline
from pipelines.read import ReadPipeline
from pipelines.store import StorePipeline

PORTAL = Portal("yunyan", "云砚县", "620423", "http://www.yunyan.test/")
URL = "http://www.yunyan.test/nb/1.html"
BODY = build_report(ReportSpec()).data


class Line:
    """All pipelines on one database."""

    def __init__(self, folder: Path) -> None:
        self.crawler: Crawler = get_crawler(settings_dict={"GOVCRAWL_DATA_DIR": str(folder)})
        classes = (ArchivePipeline, ReadPipeline, ExtractPipeline, CheckPipeline, DeduplicatePipeline, StorePipeline)
        self.pipelines: list[Any] = [each.from_crawler(self.crawler) for each in classes]
        self.store = self.pipelines[0].writers.store
        self.store.save_portals([PORTAL])

    def send(self, item: Any) -> Any:
        """One item through all of them, as Scrapy would."""

        async def through() -> Any:
            passed = item
            for pipeline in self.pipelines:
                passed = pipeline.process_item(passed)
                if asyncio.iscoroutine(passed):
                    passed = await passed
            return passed

        return asyncio.run(through())

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return [tuple(row) for row in self.store.connection.execute(sql).fetchall()]

    def stat(self, name: str) -> int:
        """A counter."""
        return int(self.crawler.stats.get_value(f"govcrawl/{name}", 0))


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    made = Line(tmp_path)
    yield made
    release(made.crawler, made.pipelines[0].run)


def fetched(body: bytes = BODY, url: str = URL, role: Role = Role.PAGE) -> Fetched:
    capture = Capture(url, body, content_type="text/html", fetched_at=datetime.now(UTC), role=role, portal_id="yunyan")
    return Fetched(capture, PORTAL, headers=(("Content-Type", "text/html"),), expects_report=role is Role.PAGE)


def test_a_report_is_kept_read_proven_and_stored(line: Line, tmp_path: Path) -> None:
    item = line.send(fetched())
    assert line.rows("SELECT form, state FROM reports") == [("form2019", "current")]
    assert [line.stat(name) for name in ("archive/page", "read/html", "extract/form2019", "store/new")] == [1, 1, 1, 1]
    assert item.capture.warc_file is not None
    kept = read_record(tmp_path / "warc", item.capture.warc_file, item.capture.warc_offset)
    assert (kept.url, kept.body) == (URL, BODY)


def test_the_same_body_is_not_read_again(line: Line) -> None:
    line.send(fetched())
    line.send(fetched())
    assert line.stat("read/html") == 1
    assert line.stat("archive/same_body") == 1
    assert line.rows("SELECT count(*) FROM captures") == [(1,)]


def test_an_answer_that_confirms_a_body_is_archived_as_a_revisit(line: Line, tmp_path: Path) -> None:
    line.send(fetched())
    line.send(Unchanged(URL, PORTAL))
    ((capture, status, file, offset),) = line.rows("SELECT capture_id, status, warc_file, warc_offset FROM revisits")
    assert (capture, status) == (line.store.known(URL).capture_id, 304)
    found = [entry.revisit for entry in scan_warc(tmp_path / "warc" / file) if entry.revisit is not None]
    assert [(each.url, each.offset) for each in found] == [(URL, offset)]


def test_a_body_archived_and_never_read_is_read_after_a_kill(line: Line) -> None:
    first = line.pipelines[0]
    first.keeper.keep(first.process_item(fetched()))
    line.send(fetched())
    assert line.rows("SELECT count(*) FROM reports") == [(1,)]
    assert line.rows("SELECT count(*) FROM captures") == [(1,)]


def test_a_body_without_a_row_after_a_kill_is_kept_by_the_next_fetch(line: Line, tmp_path: Path) -> None:
    killed = line.pipelines[0].process_item(fetched())
    assert line.rows("SELECT count(*) FROM captures") == [(0,)]
    assert read_record(tmp_path / "warc", killed.capture.warc_file, killed.capture.warc_offset).body == BODY
    line.send(fetched())
    assert line.rows("SELECT count(*), count(read_at) FROM captures") == [(1, 1)]


def test_a_capture_and_its_report_come_in_one_transaction(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("killed")

    monkeypatch.setattr(line.store, "clear_problem", broken)
    with pytest.raises(OSError, match="killed"):
        line.send(fetched())
    assert line.rows("SELECT (SELECT count(*) FROM captures), (SELECT count(*) FROM reports)") == [(0, 0)]


def test_the_same_content_elsewhere_is_one_report_with_two_sources(line: Line) -> None:
    line.send(fetched())
    line.send(fetched(url="http://www.yunyan.test/copy.html"))
    assert line.rows("SELECT count(*) FROM reports") == [(1,)]
    assert line.rows("SELECT count(*) FROM report_sources") == [(2,)]
    assert line.stat("deduplicate/duplicate") == 1


def test_a_column_is_kept_and_not_read(line: Line) -> None:
    line.send(fetched(b"<p>list</p>", "http://www.yunyan.test/nb/", Role.COLUMN))
    assert line.stat("archive/column") == 1
    assert line.stat("read/html") == 0


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"Rar!\x1a\x07\x01\x00" + b"\x08" * 4000, ProblemKind.WRONG_TYPE),
        (b"  \n ", ProblemKind.EMPTY),
        ("<title>通知</title><p>请各单位按时报送材料。</p>".encode(), ProblemKind.NOT_A_REPORT),
    ],
)
def test_what_is_no_report_is_a_problem_and_stays_archived(line: Line, body: bytes, kind: ProblemKind) -> None:
    with pytest.raises(DropItem):
        line.send(fetched(body))
    assert line.rows("SELECT url, kind FROM problems") == [(URL, kind)]
    assert line.rows("SELECT count(*), count(read_at) FROM captures") == [(1, 1)]


def test_a_reader_that_fails_is_a_problem_with_the_last_line(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise IndexError("row 7")

    monkeypatch.setattr(govcrawl.crawl.bundles, "read_pieces", broken)
    with pytest.raises(IndexError):
        line.send(fetched())
    ((kind, detail),) = line.rows("SELECT kind, detail FROM problems")
    assert kind == ProblemKind.EXTRACTION_FAILED
    assert detail.startswith("IndexError: row 7 (test_pipelines.py:")
    assert line.rows("SELECT count(*) FROM captures") == [(1,)]


def test_a_problem_is_counted_and_mended_by_the_next_good_answer(line: Line) -> None:
    problem = Problem(URL, ProblemKind.UNREACHABLE, "no answer in time", "yunyan")
    line.send(problem)
    line.send(problem)
    assert line.rows("SELECT count, mended_at FROM problems") == [(2, None)]
    line.send(fetched())
    assert line.rows("SELECT count(*) FROM problems WHERE mended_at IS NULL") == [(0,)]


@pytest.mark.parametrize("again", [Unchanged(URL, PORTAL), None])
def test_an_unchanged_page_mends_what_was_wrong_with_fetching_alone(line: Line, again: Unchanged | None) -> None:
    line.send(fetched())
    for kind in (ProblemKind.UNREACHABLE, ProblemKind.EMPTY, ProblemKind.NO_TABLE, ProblemKind.UNSUPPORTED):
        line.send(Problem(URL, kind, "", "yunyan"))
    line.send(again or fetched())
    still = line.rows("SELECT kind FROM problems WHERE mended_at IS NULL ORDER BY kind")
    assert still == [("no_table",), ("unsupported",)]


def test_a_redirect_is_remembered_and_mends_both_addresses(line: Line) -> None:
    asked = "http://www.yunyan.test/go/1"
    for url in (URL, asked):
        line.send(Problem(url, ProblemKind.UNREACHABLE, "", "yunyan"))
    item = fetched()
    item.asked_url = asked
    line.send(item)
    assert line.rows("SELECT count(*) FROM problems WHERE mended_at IS NULL") == [(0,)]
    known = line.store.known(asked)
    assert known is not None
    assert known.report_id == line.store.known(URL).report_id
    line.send(fetched(url=asked))
    assert line.rows("SELECT count(*) FROM redirects") == [(0,)], "it answers for itself now"


def test_a_confirmation_touches_the_source(line: Line) -> None:
    line.send(fetched())
    line.pipelines[5].now = lambda: datetime(2099, 1, 1, tzinfo=UTC)
    line.send(Unchanged(URL, PORTAL))
    assert line.rows("SELECT substr(last_seen_at, 1, 10) FROM report_sources") == [("2099-01-01",)]
    assert line.stat("store/not_modified") == 1


def test_a_document_the_forms_refuse_is_told_by_its_kind(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise DocumentError("a table of 5,000 rows", ProblemKind.TOO_LARGE)

    monkeypatch.setattr(govcrawl.crawl.bundles, "read_pieces", refuse)
    with pytest.raises(DropItem):
        line.send(fetched())
    assert line.rows("SELECT kind, detail FROM problems") == [("too_large", "a table of 5,000 rows")]
    assert line.rows("SELECT count(*) FROM captures WHERE read_at IS NOT NULL") == [(1,)]
