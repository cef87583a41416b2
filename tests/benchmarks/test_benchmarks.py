"""The figures have the shape that readers of `make bench` rely on. Nothing here looks at how fast anything is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from govcrawl.simulator.report import truth_of
from govcrawl.simulator.truth import cells
from tests.benchmarks import formats, naming, sample, starting, storing
from tests.benchmarks.clock import race
from tests.benchmarks.figures import Figure, Target, put
from tests.benchmarks.programs import Watch


@pytest.mark.parametrize(
    ("sign", "value", "met"), [("<=", 6, True), ("<", 6, False), (">=", 6, True), (">=", 5.9, False), ("<", 5.9, True)]
)
def test_a_target_is_reached_or_not(sign: str, value: float, met: bool) -> None:
    assert Target(sign, 6).met_by(value) is met


def test_a_figure_is_one_line_of_json_and_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    put(Figure("rate", 0.123456, "ratio", "a bare spider", Target(">=", 0.5), {"ms": 1.23456}))
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {
        "name": "rate",
        "value": 0.1235,
        "unit": "ratio",
        "against": "a bare spider",
        "target": ">= 0.5",
        "met": False,
        "detail": {"ms": 1.235},
    }
    assert printed.out.count("\n") == 1
    assert "MISSED" in printed.err


def test_a_figure_without_a_target_says_nothing_of_one() -> None:
    assert set(Figure("a", 1.0, "ms", "b").to_dict()) == {"name", "value", "unit", "against"}


def test_contenders_run_in_turn() -> None:
    turns: list[str] = []
    best = race({"a": lambda: turns.append("a"), "b": lambda: turns.append("b")}, rounds=2, warm=1)
    assert turns == ["a", "b"] * 3
    assert all(seconds >= 0 for seconds in best.values())


def test_storing_is_measured_against_the_same_rows() -> None:
    names = [figure.name for figure in storing.figures(reports=4, rounds=1)]
    assert names == ["store_rows_per_second", "store_ms_per_report", "store_per_bare_insert"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux's /proc")
def test_the_cost_of_programs_is_seen_even_if_their_parent_does_not_wait_for_them() -> None:
    inner = "import time\nblock = b'x' * 60_000_000\nwhile time.process_time() < 0.4: pass"
    with Watch() as watch:
        subprocess.run(["sh", "-c", '"$@" & sleep 0.1; wait', "sh", sys.executable, "-c", inner], check=True)
    assert 0.1 < watch.cpu() < 5
    assert watch.peak_mb > 55


def test_samples_of_a_format_are_many_kinds_of_reports_and_always_the_same() -> None:
    specs = list(sample.specs("pdf", 48))
    assert specs == list(sample.specs("pdf", 48))
    assert {spec.form for spec in specs} == {"form2019", "form2021", "stat2014", "prose"}
    assert {spec.shape for spec in specs} == {"pdf", "pdf_office"}
    assert len({quirk for spec in specs for quirk in spec.quirks}) > 20
    assert any(spec.blanks for spec in specs)


@pytest.mark.slow
def test_a_format_is_read_by_a_process_of_its_own_and_compared(tmp_path: Path) -> None:
    outcome = formats.measure("xlsx", 2, tmp_path)
    assert outcome.total("cells") == sum(len(dict(cells(truth_of(spec)))) for spec in sample.specs("xlsx", 2))
    assert outcome.peak_mb > 10
    names = [figure.name.removeprefix("format_xlsx_") for figure in formats.figures_of(outcome)]
    assert names == ["cells_right", "reports_right", "wrong_proven", "seconds", "peak_memory_mb"]
    assert len(list(tmp_path.rglob("*.bin"))) == 2


@pytest.mark.slow
def test_pdfs_are_measured_against_pdfplumber(tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber")
    figure = formats.rival("pdf_unruled", 1, tmp_path)
    assert str(figure.target) == "<= 0.6"
    assert set(figure.detail) == {"ours_s", "pdfplumber_s"}


@pytest.mark.slow
def test_finding_a_division_is_measured() -> None:
    assert [figure.name for figure in naming.figures(rounds=1, finds=1)] == ["division_find_by_scan"]


def test_starting_is_measured() -> None:
    assert all(figure.unit == "ms" for figure in starting.figures(rounds=1))


@pytest.mark.slow
def test_extraction_is_measured_against_three_others() -> None:
    for rival in ("pandas", "html5lib", "bs4"):
        pytest.importorskip(rival)
    from tests.benchmarks import extraction

    figures = {figure.name: figure for figure in extraction.figures(rounds=1, stream=4, streams=1)}
    assert str(figures["extract_plain_per_lxml_parse"].target) == "<= 6"
    assert str(figures["extract_stream_per_read_html"].target) == "< 1"
    assert "extract_cold_ms" in figures


@pytest.mark.slow
def test_the_whole_crawl_and_the_bare_spider_fetch_the_same_pages() -> None:
    from tests.benchmarks import crawling

    figures = {figure.name: figure for figure in crawling.figures(provinces=1, years_each=1, rounds=1)}
    assert str(figures["crawl_rate_per_bare_spider"].target) == ">= 0.5"
    assert {"crawl_read_ms_per_page", "db_bytes_per_report", "crawl_peak_memory_mb"} <= set(figures)
    assert figures["small_requests_per_report"].value > 1
    assert figures["crawl_scrapy_ms_per_page"].value > 0


@pytest.mark.slow
def test_crawls_of_few_and_of_many_reports_are_weighed_against_each_other() -> None:
    from tests.benchmarks import crawling

    (figure,) = crawling.two_sizes(provinces=1, few=1, many=2)
    assert set(figure.detail) == {"few_mb", "many_mb"}
