"""Archived captures are read again without the network."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govcrawl.archive import Archive
from govcrawl.cli import ExitCode, main
from govcrawl.simulator.report import ReportSpec, build_many, build_report
from tests.spiders.test_crawl import crawl

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
PAGE, FILE = "http://www.yunyan.test/nb/t20230120_1.html", "http://www.yunyan.test/nb/P0001.docx"
BLOCKED = ("rapidocr", "onnxruntime", "cv2", "PIL")
BLOCKER = f"""
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {BLOCKED!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Refuse())
"""


def replay(folder: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit status of the command, and what it printed."""
    done = CliRunner().invoke(main, ["replay", "--json", "--data-dir", str(folder), *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, json.loads(done.stdout)


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with sqlite3.connect(folder / "govcrawl.db") as connection:
        return connection.execute(sql).fetchall()


def built(number: int, shape: str) -> ReportSpec:
    return ReportSpec(form="form2021", year=2022, agency=f"云砚县第{number}局", seed=number, shape=shape)


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """Somebody's archive: a list, a page with its file, a report, a file alone, a missing page."""
    title = "云砚县第1局2022年政府信息公开工作年度报告"
    page = f'<h1>{title}</h1><div class="TRS_Editor"><p><a href="P0001.docx">{title}</a></p></div>'
    answers = [
        ("http://www.yunyan.test/nb/", 200, "<title>年报</title><ul><li>无</li></ul>".encode()),
        (PAGE, 200, f"<html><title>{title}</title><body>{page}</body></html>".encode()),
        (FILE, 200, build_report(built(1, "docx")).data),
        ("http://www.yunyan.test/nb/t2.html", 200, build_report(built(2, "html")).data),
        ("http://www.yunyan.test/nb/P0003.xlsx", 200, build_report(built(3, "xlsx")).data),
        ("http://www.yunyan.test/nb/t4.html", 404, b"<p>gone</p>"),
    ]
    with Archive(tmp_path / "theirs", "x") as archive:
        for url, status, body in answers:
            archive.write(url, status, (), body, NOW)
    (path,) = (tmp_path / "theirs").glob("*.warc.gz")
    return path


def test_the_reports_of_a_warc_file_are_read_pages_with_their_files(tmp_path: Path, warc: Path) -> None:
    code, told = replay(tmp_path, str(warc))
    assert (code, told["reports"], told["skipped"]) == (ExitCode.FINE, {"new": 3}, 2)
    found = rows(tmp_path, "SELECT agency_name, form FROM reports ORDER BY 1")
    assert found == [(f"云砚县第{n}局", "form2021") for n in (1, 2, 3)]
    sources = rows(tmp_path, "SELECT url FROM report_sources WHERE url IN ('" + PAGE + "', '" + FILE + "')")
    assert len(sources) == 2
    again, told = replay(tmp_path, str(warc))
    assert (again, told["reports"]) == (ExitCode.FINE, {"unchanged": 3})
    assert rows(tmp_path, "SELECT count(*) FROM captures") == [(4,)]


def test_what_another_release_read_is_read_again_and_nothing_else(tmp_path: Path, warc: Path) -> None:
    replay(tmp_path, str(warc))
    assert replay(tmp_path)[1]["captures"] == 0
    assert replay(tmp_path, "--all")[1]["captures"] == 4
    with sqlite3.connect(tmp_path / "govcrawl.db") as connection:
        connection.execute("UPDATE reports SET extractor_version = '0.0.1' WHERE agency_name = '云砚县第1局'")
        connection.execute("UPDATE reports SET title = 'as it was' WHERE agency_name = '云砚县第1局'")
    code, told = replay(tmp_path)
    assert (code, told["captures"]) == (ExitCode.FINE, 2)
    assert rows(tmp_path, "SELECT count(*) FROM reports WHERE title = 'as it was'") == [(0,)]
    assert replay(tmp_path)[1]["captures"] == 0


def test_a_damaged_archive_is_told_and_a_page_is_not_read_without_its_file(tmp_path: Path, warc: Path) -> None:
    replay(tmp_path, str(warc))
    before = rows(tmp_path, "SELECT id, state FROM reports ORDER BY 1")
    (own,) = (tmp_path / "warc").glob("*.warc.gz")
    own.write_bytes(own.read_bytes()[:-40])
    code, told = replay(tmp_path, "--all")
    assert code == ExitCode.BELOW
    assert len(told["damaged"]) == 1
    assert told["captures"] == 2
    assert rows(tmp_path, "SELECT id, state FROM reports ORDER BY 1") == before


def test_a_replay_waits_for_no_crawl(tmp_path: Path, warc: Path) -> None:
    replay(tmp_path, str(warc))
    holding = (
        "import sys; from pathlib import Path; from govcrawl.lock import hold_lock\n"
        "with hold_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holding, str(tmp_path / "govcrawl.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        done = CliRunner().invoke(main, ["replay", "--data-dir", str(tmp_path)])
        other.communicate()
    assert done.exit_code == ExitCode.LOCKED


def test_there_must_be_a_database_and_the_ways_to_choose_are_not_mixed(tmp_path: Path, warc: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["replay", "--data-dir", str(tmp_path / "none")]).exit_code == ExitCode.USAGE
    mixed = ["replay", str(warc), "--all", "--data-dir", str(tmp_path)]
    assert runner.invoke(main, mixed).exit_code == ExitCode.USAGE
    unknown = ["replay", "--province", "atlantis", "--db", str(warc), "--data-dir", str(tmp_path)]
    assert runner.invoke(main, unknown).exit_code == ExitCode.USAGE


@pytest.mark.slow
def test_files_that_need_a_tool_say_which_and_are_read_once_it_is_there(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    files, blocker, folder = tmp_path / "files", tmp_path / "blocker", tmp_path / "corpus"
    for made in (files, blocker, folder):
        made.mkdir()
    (blocker / "sitecustomize.py").write_text(BLOCKER, encoding="utf-8")
    for report in build_many([built(1, "doc"), built(2, "png"), built(3, "docx")]):
        name = f"{report.spec.agency[4:-1]}{report.suffix}"
        (files / name).write_bytes(report.data)
    without = {
        "PYTHONPATH": str(blocker),
        "GOVCRAWL_SOFFICE": "/nonexistent/soffice",
        "GOVCRAWL_TEST_FILES": str(files),
    }
    portals = {"folder": "http://www.folder.test/"}
    done = crawl(folder, "attached:from_folder", portals, environment=without)
    assert done.rows("SELECT agency_name FROM reports") == [("云砚县第3局",)]
    told = dict(done.rows("SELECT url, detail FROM problems WHERE kind = 'unreadable'"))
    assert "LibreOffice" in told["http://www.folder.test/f/1.doc"]
    assert "govcrawl[ocr]" in told["http://www.folder.test/f/2.png"]
    assert done.rows("SELECT count(*) FROM unread_reports WHERE kind = 'unreadable'") == [(2,)]
    asked = len(done.asked)
    code, result = replay(folder)
    assert (code, result["reports"]) == (ExitCode.FINE, {"new": 2})
    assert [agency for (agency,) in done.rows("SELECT agency_name FROM reports ORDER BY 1")] == [
        f"云砚县第{n}局" for n in (1, 2, 3)
    ]
    assert done.rows("SELECT count(*) FROM unread_reports") == [(0,)]
    assert done.rows("SELECT count(*) FROM problems WHERE mended_at IS NULL") == [(0,)]
    assert len(done.asked) == asked
    assert replay(folder)[1]["captures"] == 0
