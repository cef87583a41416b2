"""A small corpus with its archive: pages and a file, read by a replay of somebody's WARC. The places are invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from govcrawl.archive import Archive
from govcrawl.crawl.settings import RunSettings
from govcrawl.replay import replay
from govcrawl.simulator.report import ReportSpec, build_report

START = datetime(2023, 3, 1, 9, tzinfo=UTC)


def spec(number: int, shape: str = "html", seed: int = 0) -> ReportSpec:
    return ReportSpec(form="form2021", year=2022, agency=f"云砚县第{number}局", seed=seed or number, shape=shape)


def page(number: int) -> str:
    return f"http://www.yunyan.test/nb/t{number}.html"


def crawled(folder: Path, *visits: tuple[int, ReportSpec]) -> Path:
    """A corpus of pages seen one after the other; gives its data folder.

    Args:
        folder: to be made.
        visits: the number of a page, and what stood there.
    """
    with Archive(folder / "theirs", "x") as archive:
        for day, (number, given) in enumerate(visits):
            data = build_report(given).data
            archive.write(page(number), 200, (), data, START + timedelta(days=day))
    run = RunSettings.of({"GOVCRAWL_DATA_DIR": str(folder / "corpus"), "GOVCRAWL_WORKERS": 1})
    result = replay(run, warcs=sorted((folder / "theirs").glob("*.warc.gz")))
    assert result.right, result
    return folder / "corpus"
