"""`govcrawl demo`: its judgement, and the whole of it on a small nation."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from govcrawl.demo import ExpectedReport, compare
from govcrawl.demo.run import clear_folder
from govcrawl.reading import read_report
from govcrawl.simulator.report import ReportSpec, build_report

URL, MIRROR = "http://www.yunyan.test/a.html", "http://www.yunyan.test/b.html"


@pytest.fixture(scope="module")
def built() -> tuple[dict[str, Any], dict[str, Any]]:
    """A report's truth, and what the reader makes of it."""
    report = build_report(ReportSpec(form="form2021", year=2022))
    return report.truth, read_report(report.data).to_dict()


def judged(truth: dict[str, Any], *found: dict[str, Any], urls: tuple[str, ...] = (URL,)) -> Any:
    reports = {f"r{number}": report for number, report in enumerate(found)}
    return compare([ExpectedReport(urls, truth)], {url: list(reports) for url in urls}, reports)


def test_an_exact_report_is_right(built: tuple[dict[str, Any], dict[str, Any]]) -> None:
    truth, found = built
    result = judged(truth, found)
    assert result.right, result.wrong
    assert (result.found, result.cells, result.cells_right) == (1, 200, 200)


def test_one_wrong_cell_is_noticed(built: tuple[dict[str, Any], dict[str, Any]]) -> None:
    truth, found = copy.deepcopy(built)
    found["applications"]["new_received"]["natural_person"] = 987654
    result = judged(truth, found)
    assert not result.right
    assert result.cells_right == 199
    assert "987654" in result.wrong[0]


def test_a_zero_read_as_blank_is_wrong(built: tuple[dict[str, Any], dict[str, Any]]) -> None:
    truth, found = copy.deepcopy(built)
    cells = found["review_litigation"]["review"]
    cells["total"] = None
    assert judged(truth, found).cells_right == 199


def test_a_report_that_was_not_found_costs_all_its_cells(built: tuple[dict[str, Any], dict[str, Any]]) -> None:
    result = judged(built[0])
    assert not result.right
    assert (result.found, result.cells_right, result.cells) == (0, 0, 200)


def test_a_copy_at_a_second_address_counts_as_merged(built: tuple[dict[str, Any], dict[str, Any]]) -> None:
    truth, found = built
    result = judged(truth, found, urls=(URL, MIRROR))
    assert (result.duplicates_merged, result.duplicates_expected) == (1, 1)


def test_a_copy_stored_as_a_report_of_its_own_is_wrong(built: tuple[dict[str, Any], dict[str, Any]]) -> None:
    truth, found = built
    sources = {URL: ["r0"], MIRROR: ["r1"]}
    result = compare([ExpectedReport((URL, MIRROR), truth)], sources, {"r0": found, "r1": found})
    assert not result.right
    assert (result.duplicates_merged, result.superfluous) == (0, 1)


def test_a_version_that_was_not_superseded_is_wrong(built: tuple[dict[str, Any], dict[str, Any]]) -> None:
    truth, found = built
    assert judged(truth, found, found).superfluous == 1


def test_the_demo_removes_what_it_made_and_nothing_else(tmp_path: Path) -> None:
    for name in ("warc", "nation"):
        (tmp_path / name).mkdir()
    for name in ("govcrawl.db", "govcrawl.db-wal", "crawl.log", "divisions.csv", "letter.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    clear_folder(tmp_path, tmp_path / "govcrawl.db")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_database_of_the_users_is_not_overwritten(tmp_path: Path) -> None:
    db = tmp_path / "mine.db"
    db.write_text("precious", encoding="utf-8")
    result = CliRunner().invoke(main, ["demo", "--db", str(db), "--data-dir", str(tmp_path)])
    assert result.exit_code == ExitCode.USAGE
    assert db.read_text(encoding="utf-8") == "precious"


@pytest.mark.slow
def test_the_demo_of_one_province_is_right_where_two_reports_in_five_are_files(tmp_path: Path) -> None:
    options = ["--provinces", "1", "--attachments", "40", "--json", "--data-dir", str(tmp_path)]
    result = CliRunner().invoke(main, ["demo", *options])
    assert result.exit_code == ExitCode.FINE, result.output
    found = json.loads(result.stdout)
    assert found["right"] is True
    assert found["first"]["cells"]["all"] == found["first"]["cells"]["right"] > 1000
    truth = json.loads((tmp_path / "demo" / "nation" / "truth.json").read_text(encoding="utf-8"))
    files = sum(report["published_as"] != "page" for report in truth["reports"])
    assert files > 0.35 * len(truth["reports"])
    assert found["first"]["duplicates"]["merged"] > 0
    assert found["first"]["problems"]["missing"] == []
    assert found["first"]["peace"]["asked_again"] == {}
    assert found["revised"]["new_versions"] == found["revised"]["revised"] == 3
    assert found["revised"]["fetched_unrevised"] == []
    assert found["unchanged"]["requests"]["reports"] == 0
    assert found["unchanged"]["per_column_page"] <= 1.2
    assert found["night"]["changes"]["changed"] == found["night"]["changes"]["found"]
    assert set(found["night"]["changes"]["found"]) == {"new", "edited", "moved", "vanished"}
    checked = CliRunner().invoke(main, ["check", "--deep", "--json", "--data-dir", str(tmp_path / "demo")])
    assert checked.exit_code == ExitCode.FINE, checked.output
    looked_at = json.loads(checked.stdout)["looked_at"]
    assert looked_at["cells"] > 1000
    assert "not_stored" not in looked_at
    replayed = CliRunner().invoke(main, ["replay", "--all", "--json", "--data-dir", str(tmp_path / "demo")])
    told = json.loads(replayed.stdout)
    assert told["damaged"] == []
    assert set(told["reports"]) == {"unchanged"}
    assert told["changed_reports"] == told["lost"] == 0
