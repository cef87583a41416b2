"""What it costs to store a report, against the same rows inserted by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from tests.benchmarks.extraction import pages
from tests.benchmarks.figures import Figure

NOW = datetime(2024, 1, 1, tzinfo=UTC)
BESIDE = ("report_sources",)
Rows = list[tuple[str, list[tuple[Any, ...]]]]
"""Statement, and the rows it inserts."""


def figures(reports: int = 300, rounds: int = 3) -> Iterator[Figure]:
    """Rows a second, milliseconds a report."""
    import govcrawl
    from govcrawl.store.rows import PARTS

    read = [govcrawl.read_report(data) for data in pages(reports, "store")]
    tables = ("reports", *PARTS, *BESIDE)
    times: dict[str, list[tuple[float, float]]] = {"ours": [], "bare": []}
    with TemporaryDirectory(prefix="govcrawl-bench-") as made:
        for number in range(rounds):
            ours, bare = Path(made) / f"ours-{number}.db", Path(made) / f"bare-{number}.db"
            times["ours"].append(_store(ours, read))
            units = _units(ours, tables)
            times["bare"].append(_insert(bare, ours, units))
            _same_rows(ours, bare, tables)
    rows = sum(len(part) for unit in units for _, part in unit)
    cpu, wall = (min(each) for each in zip(*times["ours"], strict=True))
    bare_cpu, bare_wall = (min(each) for each in zip(*times["bare"], strict=True))
    how = f"{len(units)} reports, {rows} rows, one transaction each, best of {rounds}"
    detail = {"rows_per_report": rows / len(units), "wall_rows_per_second": rows / wall}
    yield Figure("store_rows_per_second", rows / cpu, "rows per CPU second", how, detail=detail)
    yield Figure(
        "store_ms_per_report",
        cpu * 1000 / len(units),
        "ms",
        f"CPU: {how}",
        detail={"wall_ms": wall * 1000 / len(units), "bare_ms": bare_cpu * 1000 / len(units)},
    )
    yield Figure(
        "store_per_bare_insert",
        cpu / bare_cpu,
        "ratio",
        f"the same rows by sqlite3.executemany into the same tables, CPU: {how}",
        detail={"wall_ratio": wall / bare_wall},
    )


def _store(path: Path, reports: Sequence[Any]) -> tuple[float, float]:
    """CPU and wall seconds of storing the reports as the pipeline does."""
    from govcrawl.store import Store

    with Store.open(path) as store:
        cpu, wall = process_time(), perf_counter()
        for number, report in enumerate(reports):
            url = f"http://www.yunyan.test/{number}.html"
            with store.atomic():
                store.save_report(report, None, url, None, NOW)
                store.clear_problem(url, NOW)
        return process_time() - cpu, perf_counter() - wall


def _units(path: Path, tables: Sequence[str]) -> list[Rows]:
    """The rows of each report, ready to be inserted."""
    with sqlite3.connect(path) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM reports")]
        units: list[Rows] = []
        for key in ids:
            unit: Rows = []
            for table in tables:
                column = "id" if table == "reports" else "report_id"
                rows = connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (key,)).fetchall()
                if rows:
                    unit.append((f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows))
            units.append(unit)
    connection.close()
    return units


def _insert(path: Path, source: Path, units: Sequence[Rows]) -> tuple[float, float]:
    """CPU and wall seconds of inserting rows as they are."""
    from govcrawl.store import Store

    with Store.open(path) as store:
        connection = store.connection
        connection.execute("ATTACH ? AS source", (str(source),))
        for table in ("divisions", "agencies"):
            connection.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM source.{table}")
        connection.execute("DETACH source")
        cpu, wall = process_time(), perf_counter()
        for unit in units:
            connection.execute("BEGIN IMMEDIATE")
            for statement, rows in unit:
                connection.executemany(statement, rows)
            connection.execute("COMMIT")
        return process_time() - cpu, perf_counter() - wall


def _same_rows(ours: Path, bare: Path, tables: Sequence[str]) -> None:
    """Both contenders must have done the same work."""
    counts = []
    for path in (ours, bare):
        connection = sqlite3.connect(path)
        counts.append([connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables])
        connection.close()
    if counts[0] != counts[1]:
        raise RuntimeError(f"the contenders stored different rows: {counts}")
