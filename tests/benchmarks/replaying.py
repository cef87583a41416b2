"""Reading archived reports again, on one core and on two, against the crawl that found such reports."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from govcrawl.archive import Archive
from govcrawl.simulator.report import ReportSpec, build_report
from tests.benchmarks.clock import ROOT, environment
from tests.benchmarks.crawling import served
from tests.benchmarks.figures import Figure, Target, put

REPORTS = 5000
KINDS = 50
"""Different pages; the others differ from them in the agency's name alone."""
NAME = "云砚县第{:05}局"
AT = datetime(2023, 1, 20, tzinfo=UTC)
TIMEOUT = 7200
FLAT = Target("<=", 1.1)
KINDS_OF = {"foreign": "a WARC file of somebody else", "again": "replay --all"}


def figures(reports: int = REPORTS, provinces: int = 2) -> Iterator[Figure]:
    """All figures of the replay."""
    crawl = _crawl(provinces)
    yield Figure("crawl_reports_per_second", crawl, "reports/s", "the crawl of the simulated nation, on one core")
    with TemporaryDirectory(prefix="govcrawl-bench-") as made:
        folder = Path(made)
        warc = _archive(folder / "theirs", reports)
        costs = {}
        for cores in (1, 2):
            if cores > len(os.sched_getaffinity(0)):
                return
            data = folder / str(cores)
            for name, warcs in (("foreign", [str(warc)]), ("again", [])):
                costs[name, cores] = cost = _replay(data, cores, warcs)
                yield from _of(name, cores, cost, reports, crawl)
        for name in ("foreign", "again"):
            one, two = (costs[name, cores]["wall"] - costs[name, cores]["related"] for cores in (1, 2))
            how = "one core's time by that of two, without relating, which is one process's work"
            yield Figure(f"replay_{name}_gain_of_two_cores", one / two, "ratio", how)


def _of(name: str, cores: int, cost: dict[str, Any], reports: int, crawl: float) -> Iterator[Figure]:
    rate = reports / cost["wall"]
    how = f"{reports} reports, {KINDS_OF[name]}, {cores} cores and workers"
    detail = {
        "times_the_crawl": rate / crawl,
        "survey_seconds": cost["surveyed"],
        "relating_seconds": cost["related"],
        "cpu_ms_per_report": 1000 * cost["cpu"] / reports,
        "cpu_ms_of_workers_per_report": 1000 * cost["cpu_workers"] / reports,
    }
    yield Figure(f"replay_{name}_reports_per_second_{cores}", rate, "reports/s", how, detail=detail)
    resident = cost["resident_mb"]
    detail = {**resident, "peak": cost["peak_mb"], "peak_of_a_worker": cost["peak_worker_mb"]}
    grown = resident["end"] / resident["half"]
    yield Figure(f"replay_{name}_memory_end_by_half_{cores}", grown, "ratio", f"resident MB; {how}", FLAT, detail)


def _archive(folder: Path, reports: int) -> Path:
    """A WARC file of so many pages."""
    specs = [ReportSpec(form="form2021", year=2022, agency=NAME.format(0), seed=seed) for seed in range(KINDS)]
    pages = [build_report(spec).data for spec in specs]
    zero = NAME.format(0).encode()
    with Archive(folder, "theirs") as archive:
        for number in range(reports):
            body = pages[number % KINDS].replace(zero, NAME.format(number).encode())
            url = f"http://www.yunyan{number % 97}.test/nb/t{number}.html"
            archive.write(url, 200, {"Content-Type": "text/html"}, body, AT + timedelta(seconds=number))
    (path,) = folder.iterdir()
    return path


def _replay(data: Path, cores: int, warcs: list[str]) -> dict[str, Any]:
    given = {
        "data_dir": str(data),
        "workers": cores,
        "cores": sorted(os.sched_getaffinity(0))[:cores],
        "warcs": warcs,
        "everything": not warcs,
    }
    command = [sys.executable, "-m", "tests.benchmarks.replayer", json.dumps(given)]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment(), timeout=TIMEOUT
    )
    cost: dict[str, Any] = json.loads(done.stdout)
    if not cost["right"]:
        raise RuntimeError("a report could not be read")
    return cost


def _crawl(provinces: int) -> float:
    """Reports a second of the crawl, first sightings of any address."""
    with TemporaryDirectory(prefix="govcrawl-bench-") as made, served(Path(made), provinces) as bench:
        cost = bench.crawl("whole", "whole")
        return float(cost["reports"] / cost["wall"])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--provinces", type=int, default=2)
    asked = parser.parse_args()
    for figure in figures(asked.reports, asked.provinces):
        put(figure)


if __name__ == "__main__":
    main()
