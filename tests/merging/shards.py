"""Small corpora that overlap, with archives. The places are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from govcrawl.archive import Archive
from govcrawl.merging import Place
from govcrawl.model import Link, Portal, Problem, ProblemKind, Role
from govcrawl.store import HostMemory, PortalState, RememberedColumn, Store
from tests.store.builders import DIVISIONS, PORTAL, capture, report

OTHER = Portal("970100-jiaoyu", "云山市教育局", "970100", "http://jy.yunshan.test/")


def at(day: int, hour: int = 8) -> datetime:
    """A moment of March 2021."""
    return datetime(2021, 3, day, hour, tzinfo=UTC)


def page(number: int, host: str = "www.yunshan.test") -> str:
    return f"http://{host}/nianbao/{number}.html"


class Shard:
    """A corpus being crawled by hand."""

    def __init__(self, folder: Path, version: str = "0.1.0", day: int = 1) -> None:
        self.place = Place.of(folder / "govcrawl.db")
        self.store = Store.open(self.place.db, extractor_version=version)
        self.archive = Archive(self.place.archive, "run")
        self.store.save_divisions(DIVISIONS)
        self.store.save_portals([PORTAL, OTHER])
        self.run = self.store.start_run(at(day), "refresh", {"day": day})
        self.store.start_run(at(day), "crawl", {"refresh": self.run, "province": "云岭"})

    def close(self) -> None:
        self.store.finish_run(self.run, at(20), 0, {})
        self.archive.close()
        self.store.close()

    def sees(self, text: str, number: int, day: int, *, portal: Portal = PORTAL, **fields: object) -> str:
        """A report is found at a page; gives its id."""
        url = page(number, portal.homepage.split("/")[2])
        body = f"<html>{text} {number}".encode()
        name, offset = self.archive.write(url, 200, (), body, at(day))
        fetched = replace(
            capture(url, body),
            fetched_at=at(day),
            portal_id=portal.id,
            warc_file=name,
            warc_offset=offset,
            role=Role.PAGE,
            link=Link(url, text),
        )
        key = self.store.save_capture(fetched)
        self.store.save_listing(Link(url, text), portal.id, "http://www.yunshan.test/nianbao/", at(day))
        return self.store.save_report(report(text, **fields), key, url, portal.id, at(day)).report_id

    def misses(self, number: int, day: int) -> None:
        """A page answers that there is nothing."""
        self.store.save_problem(Problem(page(number), ProblemKind.NOT_FOUND, "404", PORTAL.id), at(day))


def make_shards(folder: Path) -> list[Place]:
    """Four corpora that have reports, versions, mirrors, problems, runs and names of files in common."""
    first, second, third, fourth = (Shard(folder / name, day=day) for day, name in enumerate("abcd", 1))
    for shard, day in ((first, 2), (second, 3)):
        shard.sees("同文", 1, day)
    first.sees("第一版", 2, 2, agency="云山市财政局")
    second.sees("第二版", 2, 5, agency="云山市财政局")
    third.sees("同文", 1, 4, portal=OTHER)
    third.misses(1, 6)
    third.misses(2, 4)
    fourth.sees("第一版", 2, 9, agency="云山市财政局")
    fourth.sees("无年", 7, 9, agency=None, report_year=None)
    fourth.misses(1, 3)
    first.store.clear_problem(page(2), at(5))
    first.store.save_host(HostMemory("www.yunshan.test", scheme="http"), at(2))
    second.store.save_host(HostMemory("www.yunshan.test", scheme="https", failures=2), at(3))
    second.store.mark_portal(PORTAL.id, PortalState.BLOCKED, at(3))
    third.store.mark_portal(PORTAL.id, PortalState.WORKING, at(6))
    for shard, day in ((first, 2), (fourth, 9)):
        column = RememberedColumn("http://www.yunshan.test/nianbao/", f"年报{day}", PORTAL.id, entry=day == 2, rows=day)
        shard.store.save_column(column, at(day))
        shard.store.save_redirect("http://www.yunshan.test/2", page(day), at(day))
    for shard in (first, second, third, fourth):
        shard.close()
    return [shard.place for shard in (first, second, third, fourth)]
