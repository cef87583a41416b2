"""Every kind of page, asked of the site itself: 20 different objects of each, with empty caches and then again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from govcrawl.site import addresses, make_site
from govcrawl.site.stories.loading import stories
from tests.benchmarks.figures import Figure, Target

EACH = 20
TARGET_MS = 300
PLACE = "SELECT code FROM divisions WHERE level = ? AND valid_to IS NULL ORDER BY code"
WORDS = [
    "公开",
    "教育",
    "食品安全",
    "生态环境",
    "不予公开",
    "政府采购",
    "行政复议",
    "疫苗",
    "土地",
    "校车",
    "供水",
    "第三方权益",
    "存在的主要问题",
    "融媒体中心",
    "招标",
    "就业",
    "信访",
    "拆迁",
    "扶贫",
    "预算",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """One page, with how long it took: seconds on the clock and seconds of the processor."""

    kind: str
    path: str
    status: int
    cold: tuple[float, float]
    warm: tuple[float, float]


def addresses_of(database: Path) -> Iterator[tuple[str, list[str]]]:
    """Each kind of page with addresses of it, drawn evenly over the corpus."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        yield from _addresses(connection)
    finally:
        connection.close()


def _addresses(connection: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    years = [row[0] for row in connection.execute("SELECT DISTINCT report_year FROM year_sums ORDER BY 1")]
    reports = _evenly(connection, "SELECT id FROM reports WHERE state = 'current' ORDER BY id")
    yield "home", ["/", *(f"/?year={year}" for year in years)]
    yield "report", [addresses.report(key) for (key,) in reports]
    broken = _evenly(connection, "SELECT id FROM reports WHERE errors_count > 0 ORDER BY id")
    yield "report with errors", [addresses.report(key) for (key,) in broken]
    superseded = _evenly(connection, "SELECT id FROM reports WHERE state = 'superseded' ORDER BY id")
    yield "report superseded", [addresses.report(key) for (key,) in superseded]
    yield "cell", [addresses.cell(key, "applications/new_received/total") for (key,) in reports]
    agencies = _evenly(connection, "SELECT division_code, key FROM agencies ORDER BY id")
    yield "agency", [addresses.agency(*each) for each in agencies]
    yield "nation", [addresses.place("100000"), *(f"{addresses.place('100000')}?year={year}" for year in years)]
    for level in ("province", "prefecture", "county"):
        yield level, [addresses.place(code) for (code,) in _evenly(connection, PLACE, level)]
    names = _evenly(connection, "SELECT name FROM divisions WHERE level = 'county' ORDER BY code")
    yield "search for words", [addresses.search(q=word) for word in WORDS]
    yield "search for a place's name", [addresses.search(q=name) for (name,) in names]
    places = _evenly(connection, PLACE, "province")
    yield (
        "search within",
        [
            addresses.search(q=word, place=code, year=years[number % len(years)])
            for number, (word, (code,)) in enumerate(zip(WORDS, places, strict=False))
        ],
    )
    yield (
        "search for two words",
        [addresses.search(q=f"{one} {two}") for one, two in zip(WORDS, WORDS[::-1], strict=True)],
    )
    yield (
        "archive",
        [addresses.archive(sha) for (sha,) in _evenly(connection, "SELECT body_sha256 FROM captures ORDER BY id")],
    )
    for story in stories().values():
        year = next((each.name for each in story.parameters if each.kind == "year"), None)
        place = next((each.name for each in story.parameters if each.kind == "place"), None)
        asked = [{}, *({year: each} for each in years if year), *({place: code} for (code,) in places if place)]
        yield f"story {story.id}", [addresses.story(story.id, **each) for each in asked[:EACH]]
    yield (
        "compare",
        [
            addresses.compare(
                agency=[f"{division}/{key}" for division, key in agencies[number : number + 3]],
                variable=["new_received_total", "denied_total"],
            )
            for number in range(len(agencies) - 3)
        ],
    )


def _evenly(connection: sqlite3.Connection, sql: str, *values: object, number: int = EACH) -> list[Any]:
    rows = connection.execute(sql, values).fetchall()
    step = max(1, len(rows) // number)
    return rows[step // 2 :: step][:number]


DATASETTE = {
    "datasette: database": ["/corpus"],
    "datasette: table": [f"/corpus/{name}" for name in ("reports", "indicators", "agencies", "findings", "sections")],
    "datasette: large table": [f"/corpus/{name}" for name in ("applications", "disclosure", "cross_checks")],
    "datasette: facet": [
        "/corpus/indicators?_facet=report_year",
        "/corpus/indicators?_facet=province_code",
        "/corpus/reports?_facet=form",
        "/corpus/coverage_rows?_facet=state",
    ],
    "datasette: filter and sort": [
        "/corpus/indicators?report_year=2021&_sort_desc=denied_total",
        "/corpus/coverage_rows?state=missing&report_year=2020",
        "/corpus/findings?severity=error",
    ],
    "datasette: json": [
        "/corpus/indicators.json?report_year=2022&_shape=array",
        "/corpus/agencies.json?_shape=objects",
    ],
    "datasette: panel of an agency": [f"/corpus/panel?agency_id={number}" for number in range(100, 20000, 2000)],
}
"""Datasette's own pages: tables, facets and filters."""


class Visitor:
    """A site of one thread, whose caches can be emptied."""

    def __init__(self, database: Path, data_dir: Path) -> None:
        self._database = database
        self._site = make_site(database, data_dir, settings={"num_sql_threads": 1, "sql_time_limit_ms": 60_000})

    async def ask(self, kind: str, path: str) -> Asked:
        """Ask once without anything in the caches of SQLite and of the system, and once with all of it."""
        self._forget()
        status, *cold = await self._timed(path)
        again, *warm = await self._timed(path)
        return Asked(kind, path, max(status, again), (cold[0], cold[1]), (warm[0], warm[1]))

    async def _timed(self, path: str) -> tuple[int, float, float]:
        wall, cpu = perf_counter(), process_time()
        response = await self._site.client.get(path)
        return response.status_code, perf_counter() - wall, process_time() - cpu

    def _forget(self) -> None:
        for connection in self._site.get_database("corpus")._all_file_connections:
            connection.set_authorizer(None)
            connection.execute("PRAGMA shrink_memory")
        if hasattr(os, "posix_fadvise"):
            with self._database.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def summary(kind: str, asked: Sequence[Asked]) -> Figure:
    """The median of a kind on the clock, with what stands behind it."""
    warm, cold = (sorted(getattr(each, way)[0] * 1000 for each in asked) for way in ("warm", "cold"))
    slowest = max(asked, key=lambda each: each.warm[0])
    detail: dict[str, Any] = {
        "p95_ms": warm[min(len(warm) - 1, round(0.95 * len(warm)))],
        "cpu_median_ms": median(each.warm[1] * 1000 for each in asked),
        "cold_median_ms": median(cold),
        "cold_p95_ms": cold[min(len(cold) - 1, round(0.95 * len(cold)))],
        "asked": len(asked),
        "slowest": slowest.path,
        "slowest_ms": slowest.warm[0] * 1000,
    }
    refused = [each for each in asked if each.status != 200]
    if refused:
        detail |= {"not_200": len(refused), "such_as": f"{refused[0].status} {refused[0].path}"}
    against = "asked again on a corpus of this size"
    return Figure(f"ask: {kind}", median(warm), "ms", against, Target("<", TARGET_MS), detail)
