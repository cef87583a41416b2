"""A crawl that cannot keep what it fetched ends as a failure."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.utils.test import get_crawler
from twisted.python.failure import Failure

from govcrawl.crawl.items import Unchanged
from govcrawl.crawl.writers import release
from govcrawl.model import ArchiveError, GovcrawlError, Portal, StoreError
from pipelines.giving_up import COUNTER, GivingUp
from pipelines.store import StorePipeline, exit_code
from spiders.run import RunReport

PORTAL = Portal("yunyan", "云砚县", "620423", "http://www.yunyan.test/")


class Engine:
    """Remembers why it was to close the spider."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    async def close_spider_async(self, *, reason: str) -> None:
        self.reasons.append(reason)


@pytest.mark.parametrize(
    ("reason", "code"),
    [("finished", 0), ("shutdown", 130), ("store_failed", 1), ("cancelled", 1), ("closespider_timeout", 1)],
)
def test_only_a_finished_run_is_fine(reason: str, code: int) -> None:
    assert exit_code(reason) == code


def test_a_run_that_could_not_keep_everything_is_not_fine_whatever_the_reason() -> None:
    assert exit_code("finished", broken=True) == 1
    assert RunReport({}, {"gansu": "shutdown", "yunnan": "store_failed"}, 1.0).interrupted is False


@pytest.mark.parametrize("error", [ArchiveError("no space left"), StoreError("the disk is full")])
def test_a_failure_of_archive_or_database_is_a_problem_and_counted(tmp_path: Path, error: GovcrawlError) -> None:
    crawler = get_crawler(settings_dict={"GOVCRAWL_DATA_DIR": str(tmp_path)})
    guard = GivingUp.from_crawler(crawler)
    engine = crawler.engine = Engine()  # type: ignore[assignment]
    try:
        guard.writers.store.save_portals([PORTAL])

        async def fail() -> None:
            failure = Failure(error)  # type: ignore[no-untyped-call]
            guard.item_failed(Unchanged("http://www.yunyan.test/1", PORTAL), failure)
            await asyncio.sleep(0)

        asyncio.run(fail())
        rows = guard.writers.store.connection.execute("SELECT url, kind, detail, portal_id FROM problems").fetchall()
        assert [tuple(row) for row in rows] == [("http://www.yunyan.test/1", "store_failed", str(error), "yunyan")]
        assert crawler.stats.get_value(COUNTER) == 1
        assert engine.reasons == ["store_failed"]
    finally:
        release(crawler, guard.run)


def test_a_failure_of_a_reader_ends_no_run(tmp_path: Path) -> None:
    crawler = get_crawler(settings_dict={"GOVCRAWL_DATA_DIR": str(tmp_path)})
    guard = GivingUp.from_crawler(crawler)
    try:
        guard.item_failed(Unchanged("http://www.yunyan.test/1", PORTAL), Failure(IndexError("row 7")))  # type: ignore[no-untyped-call]
        assert crawler.stats.get_value(COUNTER) is None
    finally:
        release(crawler, guard.run)


def test_an_end_that_cannot_be_stored_is_counted_and_the_database_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawler = get_crawler(settings_dict={"GOVCRAWL_DATA_DIR": str(tmp_path)})
    pipeline = StorePipeline.from_crawler(crawler)
    pipeline.open_spider()

    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(pipeline.writers.store, "finish_run", full)
    pipeline.finish(Spider("x"), "finished")
    assert crawler.stats.get_value(COUNTER) == 1
