"""What a newer extractor reads otherwise takes the place of the old values, which are kept."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govcrawl.archive import Archive
from govcrawl.cli import main
from govcrawl.crawl.settings import RunSettings
from govcrawl.model import RegistryError
from govcrawl.replay import Replayed, replay
from govcrawl.simulator.report import ReportSpec, build_report

START = datetime(2023, 1, 20, 9, tzinfo=UTC)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = "http://www.yunyan.test/nb/t1.html"


def again(folder: Path, **how: Any) -> Replayed:
    run = RunSettings.of({"GOVCRAWL_DATA_DIR": str(folder), "GOVCRAWL_WORKERS": "1"})
    return replay(run, now=lambda: NOW, **how)


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "govcrawl.db") as connection:
        return connection.execute(sql).fetchall()


def change(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / "govcrawl.db") as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two versions of a page."""
    with Archive(tmp_path / "theirs", "x") as archive:
        for seed in (1, 2):
            spec = ReportSpec(form="form2021", year=2022, agency="云砚县第1局", seed=seed)
            archive.write(PAGE, 200, {}, build_report(spec).data, START.replace(month=seed))
    again(tmp_path, warcs=list((tmp_path / "theirs").iterdir()))
    return tmp_path


def test_reading_everything_again_by_the_same_extractor_changes_nothing(corpus: Path) -> None:
    before = rows(corpus, "SELECT * FROM report_sources ORDER BY 1, 2")
    result = again(corpus, everything=True)
    assert (result.pages, result.changed_reports, result.lost) == (2, 0, 0)
    assert rows(corpus, "SELECT count(*) FROM rereadings") == [(0,)]
    assert rows(corpus, "SELECT * FROM report_sources ORDER BY 1, 2") == before


DIVISIONS = """code,name,full_name,level,parent_code,province_code,valid_from,valid_to
970000,云岭省,云岭省,province,,970000,,
970121,云砚县,云岭省云砚县,county,970000,970000,,
"""


def test_a_table_of_divisions_beside_the_corpus_is_its_own(corpus: Path) -> None:
    (corpus / "divisions.csv").write_text(DIVISIONS, encoding="utf-8")
    again(corpus, everything=True)
    assert rows(corpus, "SELECT DISTINCT division_code FROM reports WHERE state = 'current'") == [("970121",)]


def test_a_corpus_with_divisions_of_its_own_is_not_read_without_them(corpus: Path) -> None:
    (corpus / "divisions.csv").write_text(DIVISIONS, encoding="utf-8")
    again(corpus, everything=True)
    (corpus / "divisions.csv").unlink()
    before = rows(corpus, "SELECT * FROM reports ORDER BY id")
    with pytest.raises(RegistryError, match="another table of divisions: 1 of its divisions, as 970121 云岭省云砚县"):
        again(corpus, everything=True)
    assert rows(corpus, "SELECT * FROM reports ORDER BY id") == before


def test_a_superseded_version_is_read_again_too_and_old_values_are_kept(corpus: Path) -> None:
    (code,) = rows(corpus, "SELECT min(code) FROM disclosure WHERE value IS NOT NULL")[0]
    right = rows(corpus, f"SELECT report_id, value FROM disclosure WHERE code = '{code}' ORDER BY 1")
    change(
        corpus,
        f"UPDATE disclosure SET value = 77777, raw = NULL WHERE code = '{code}'",
        "UPDATE reports SET extractor_version = '0.0.1'",
        "UPDATE reports SET title = 'as it was' WHERE state = 'superseded'",
    )
    result = again(corpus)
    assert result.pages == 2
    assert (result.changed_reports, result.changes) == (2, {"disclosure": 2, "title": 1})
    assert rows(corpus, f"SELECT report_id, value FROM disclosure WHERE code = '{code}' ORDER BY 1") == right
    noted = rows(
        corpus,
        """SELECT report_id, "where", old, new, old_version, reread_at FROM rereadings
        WHERE "where" <> 'title' ORDER BY 1""",
    )
    assert noted == [
        (report_id, f"disclosure/{code}", 77777, value, "0.0.1", "2026-03-01T00:00:00Z") for report_id, value in right
    ]
    assert rows(corpus, """SELECT old FROM rereadings WHERE "where" = 'title'""") == [("as it was",)]


def test_all_finds_what_another_installation_had_read_otherwise(corpus: Path) -> None:
    change(corpus, "UPDATE sections SET text = 'as it was' WHERE position = 1")
    assert again(corpus).pages == 0
    result = again(corpus, everything=True)
    assert result.changes == {"sections": 2}
    assert [old for *_, old, _ in result.values] == [
        text for (text,) in rows(corpus, "SELECT old FROM rereadings ORDER BY report_id")
    ]


def test_the_command_prints_what_changed(corpus: Path) -> None:
    change(corpus, "UPDATE reports SET title = 'as it was'")
    done = CliRunner().invoke(main, ["replay", "--all", "--data-dir", str(corpus)])
    assert done.exit_code == 0
    assert "2 known reports are read otherwise than before: 2 title" in done.stdout
    assert "title: as it was -> 云砚县第1局" in done.stdout


def test_a_report_that_nothing_is_read_as_any_more_stays_and_is_told(corpus: Path) -> None:
    (old,) = rows(corpus, "SELECT id FROM reports WHERE state = 'current'")[0]
    other, key = "f" * 64, "f" * 20
    change(
        corpus,
        "PRAGMA foreign_keys = off",
        f"UPDATE reports SET id = '{key}', content_hash = '{other}' WHERE id = '{old}'",
        "UPDATE reports SET extractor_version = '0.0.1'",
        *(
            f"UPDATE {table} SET report_id = '{key}' WHERE report_id = '{old}'"
            for table in ("report_sources", "disclosure", "applications", "review_litigation", "sections", "findings")
        ),
        f"DELETE FROM report_tables WHERE report_id = '{old}'",
    )
    result = again(corpus)
    assert (result.lost, result.reports["revised"] + result.reports["new"]) == (1, 1)
    assert rows(corpus, f"SELECT state FROM reports WHERE id = '{key}'") == [("superseded",)]
    assert rows(corpus, f"SELECT state FROM reports WHERE id = '{old}'") == [("current",)]
    told = rows(corpus, """SELECT report_id, old, new FROM rereadings WHERE "where" = 'report'""")
    assert told == [(key, key, old)]


def test_what_cannot_be_read_here_leaves_what_was_read_elsewhere(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from govcrawl.crawl.bundles import NoReportError
    from govcrawl.model import ProblemKind
    from govcrawl.replay import reading

    def unread(*_: object) -> None:
        raise NoReportError(ProblemKind.UNREADABLE, "needs a tool", PAGE)

    monkeypatch.setattr(reading.Reader, "end", unread)
    before = rows(corpus, "SELECT report_id, url, capture_id FROM report_sources ORDER BY 1")
    result = again(corpus, everything=True)
    assert not result.right
    assert rows(corpus, "SELECT report_id, url, capture_id FROM report_sources ORDER BY 1") == before


def test_a_file_whose_page_is_not_in_the_archive_is_read_alone(corpus: Path) -> None:
    change(
        corpus,
        "UPDATE captures SET role = 'attachment', page_url = 'http://www.yunyan.test/lost.html'",
        "UPDATE reports SET extractor_version = '0.0.1'",
    )
    result = again(corpus)
    assert (result.pages, dict(result.reports), result.lost) == (2, {"unchanged": 2}, 0)


def test_relate_holds_what_is_stored_against_each_other(corpus: Path) -> None:
    from govcrawl.relating import STEPS

    done = CliRunner().invoke(main, ["relate", "--json", "--data-dir", str(corpus)])
    assert done.exit_code == 0, done.output
    assert set(json.loads(done.stdout)) == set(STEPS)
    assert CliRunner().invoke(main, ["relate", "--data-dir", str(corpus / "none")]).exit_code == 2
