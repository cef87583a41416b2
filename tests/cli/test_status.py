"""`govcrawl status`: what a corpus holds and lacks."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from govcrawl.model import Division, Portal, Problem, ProblemKind
from govcrawl.relating import relate
from govcrawl.store import Store
from tests.store.builders import report

WHEN = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "govcrawl.db"
    with Store.open(path) as store:
        store.save_divisions([Division("970000", "云泽省", "云泽省", "province", None, "970000")])
        store.save_portals([Portal("970000-yunze", "云泽省人民政府", "970000", "http://www.yunze.test/")])
        store.save_problem(Problem("http://www.yunze.test/", ProblemKind.BLOCKED, "412", "970000-yunze"), WHEN)
    return path


def test_it_prints_portals_and_problems(corpus: Path) -> None:
    result = CliRunner().invoke(main, ["status", "--db", str(corpus), "--portals"])
    assert result.exit_code == ExitCode.FINE
    assert "云泽省人民政府" in result.output
    assert "blocked\t1\t0" in result.output
    assert "1 open problems" in result.output


@pytest.fixture
def waiting(corpus: Path) -> Path:
    """The corpus, with two agencies that may be one."""
    with Store.open(corpus) as store:
        for number, (name, year) in enumerate((("云泽省水利厅", 2019), ("云泽省水务厅", 2020))):
            made = report(name, agency=name, title=name, division_code="970000", report_year=year)
            store.save_report(made, None, f"http://www.yunze.test/{number}", "970000-yunze", WHEN)
        relate(store)
    return corpus


def test_review_lists_agencies_that_may_be_one(waiting: Path) -> None:
    result = CliRunner().invoke(main, ["status", "--review", "--db", str(waiting)])
    assert result.exit_code == ExitCode.FINE
    assert "云泽省\t云泽省水利厅\t2019-2019\t云泽省水务厅\t2020-2020\talike\t0.5" in result.output


def test_review_as_json_has_the_keys_that_a_decision_needs(waiting: Path) -> None:
    result = CliRunner().invoke(main, ["status", "--review", "--json", "--db", str(waiting)])
    (pair,) = json.loads(result.output)
    assert (pair["key"], pair["other_key"], pair["division_code"]) == ("水利厅", "水务厅", "970000")


def test_review_says_when_nothing_waits(corpus: Path) -> None:
    result = CliRunner().invoke(main, ["status", "--review", "--db", str(corpus)])
    assert "No agencies wait for a review." in result.output


def test_json_has_every_part(corpus: Path) -> None:
    result = CliRunner().invoke(main, ["status", "--db", str(corpus), "--json"])
    found = json.loads(result.output)
    assert set(found) == {"totals", "freshness", "states", "years", "provinces", "portals", "agencies", "problems"}
    assert found["totals"]["open_problems"] == 1


def test_the_database_is_looked_for_in_the_data_folder(corpus: Path) -> None:
    result = CliRunner().invoke(main, ["status", "--data-dir", str(corpus.parent)])
    assert result.exit_code == ExitCode.FINE
    assert str(corpus) in result.output


def test_a_missing_database_is_told_with_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["status", "--data-dir", str(tmp_path)])
    assert result.exit_code == ExitCode.UNUSABLE
    assert "there is no database" in result.output
    assert "govcrawl doctor" in result.output


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear reader", encoding="utf-8")
    result = CliRunner().invoke(main, ["status", "--db", str(path)])
    assert result.exit_code == ExitCode.UNUSABLE
    assert str(path) in result.output


def test_a_province_that_was_not_crawled_yet_is_told_with_what_to_do(corpus: Path) -> None:
    result = CliRunner().invoke(main, ["status", "gansu", "--year", "2020", "--portals", "--db", str(corpus)])
    assert result.exit_code == ExitCode.FINE
    assert "gansu: the corpus has no portals of this province yet; `govcrawl crawl` visits them." in result.output


@pytest.mark.parametrize("name", ["gansu", "620000"])
def test_json_of_a_province_that_was_not_crawled_yet_has_every_part(corpus: Path, name: str) -> None:
    found = json.loads(CliRunner().invoke(main, ["status", name, "--db", str(corpus), "--json"]).output)
    assert found["provinces"] == []
    assert found["totals"]["portals"] == 1


@pytest.mark.parametrize("name", ["云泽省", "970000"])
def test_a_province_is_known_by_its_name_and_by_its_code(corpus: Path, name: str) -> None:
    result = CliRunner().invoke(main, ["status", name, "--db", str(corpus), "--portals"])
    assert "云泽省人民政府" in result.output


def test_what_is_no_province_is_a_usage_error_that_names_those_there_are(corpus: Path) -> None:
    result = CliRunner().invoke(main, ["status", "atlantis", "--db", str(corpus)])
    assert result.exit_code == ExitCode.USAGE
    said = " ".join(result.output.split())
    assert "atlantis: no such province" in said
    assert "gansu" in said
    assert "云泽省 (970000)" in said
