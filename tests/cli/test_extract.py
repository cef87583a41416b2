"""`govcrawl extract`: files of any shape, one JSON object a report, and every failure told in its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from govcrawl import local
from govcrawl.archive import read_record, read_warc
from govcrawl.cli import ExitCode, main
from govcrawl.lock import hold_lock
from govcrawl.model import ProblemKind
from govcrawl.simulator.report import ReportSpec, build_report
from govcrawl.store import open_corpus
from govcrawl.workers import Limits, Workers

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
HTML, TEXT = ROOT / "docs" / "example.html", ROOT / "docs" / "example.txt"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive's folder is relative where it is not named."""
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))


def extract(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["extract", *map(str, arguments)])


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_report_is_one_object_on_a_line() -> None:
    result = extract("--json", HTML, TEXT)
    assert result.exit_code == ExitCode.FINE
    assert [(found["agency"], found["report_year"], found["form"]) for found in objects(result)] == [
        ("云砚县教育局", 2023, "form2021"),
        ("云砚县人民政府", 2020, "form2019"),
    ]


def test_chinese_is_printed_as_it_is() -> None:
    assert "云砚县教育局" in extract("--json", HTML).stdout


def test_without_json_a_summary_is_printed() -> None:
    output = extract(HTML).stdout
    assert "form2021, version 2021  cells 200, 200 with a figure" in output
    assert "findings  0 error, 0 warning" in output


def test_what_cannot_be_read_is_told_in_its_place_after_which_the_others_follow(tmp_path: Path) -> None:
    empty, program = tmp_path / "empty.html", tmp_path / "program.html"
    empty.write_bytes(b"")
    program.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(200))
    result = extract("--json", empty, tmp_path / "nowhere.html", program, HTML)
    assert result.exit_code == ExitCode.BELOW
    found = objects(result)
    assert [each.get("kind") for each in found] == ["empty", "unreachable", "wrong_type", None]
    assert all(each["error"] and each["path"] for each in found[:3])
    assert found[3]["form"] == "form2021"
    assert "3 of 4 files could not be read" in result.stderr


def test_a_file_that_is_no_report_says_why(tmp_path: Path) -> None:
    page = tmp_path / "news.html"
    page.write_text("<html><body><h1>春季植树活动启动</h1><p>活动于今日启动。</p></body></html>", encoding="utf-8")
    result = extract("--json", page)
    assert result.exit_code == ExitCode.FINE
    (found,) = objects(result)
    assert found["form"] == "none"
    assert found["reason"]


def test_a_file_larger_than_any_report_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "MAX_BYTES", 10)
    (found,) = objects(extract("--json", HTML))
    assert found["kind"] == "too_large"


def test_a_reader_that_fails_on_one_file_does_not_take_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by chance")

    monkeypatch.setattr(local, "read_pieces", fail)
    result = extract("--json", HTML, TEXT)
    assert [each["kind"] for each in objects(result)] == ["extraction_failed"] * 2
    assert "ZeroDivisionError: by chance" in objects(result)[0]["error"]


def test_a_file_that_costs_too_much_is_told_and_takes_nothing_with_it(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(build_report(ReportSpec(shape="docx")).data)
    with Workers(1, Limits(wall=0.01)) as workers:
        result = local.read_file(path, workers)
    assert (result.kind, result.reports) == (ProblemKind.TOO_LARGE, ())


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    for name in ("b.html", ".hidden", "a/c.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(HTML.read_bytes())
    assert [Path(found["path"]).name for found in objects(extract("--json", tmp_path))] == ["c.html", "b.html"]


def test_save_stores_with_the_file_as_the_source(tmp_path: Path) -> None:
    db = tmp_path / "govcrawl.db"
    result = extract("--save", "--db", db, HTML, TEXT)
    assert result.exit_code == ExitCode.FINE
    assert f"{db}: 2 new" in result.stderr
    with open_corpus(db) as corpus:
        assert len(list(corpus.reports())) == 2
        urls = [url for (url,) in corpus.connection.execute("select url from report_sources order by url")]
    assert urls == [HTML.as_uri(), TEXT.as_uri()]


def test_save_keeps_the_file_in_the_archive(tmp_path: Path) -> None:
    extract("--save", "--data-dir", tmp_path, HTML)
    with open_corpus(tmp_path / "govcrawl.db") as corpus:
        (place,) = corpus.connection.execute("select warc_file, warc_offset from captures").fetchall()
    kept = read_record(tmp_path / "warc", *place)
    assert (kept.url, kept.status, kept.body) == (HTML.as_uri(), 200, HTML.read_bytes())
    assert list(read_warc(tmp_path / "warc" / place[0])) == [kept]


def test_a_link_to_a_folder_is_not_followed_and_a_folder_nobody_may_list_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "a.html").write_bytes(HTML.read_bytes())
    (inside / "loop").symlink_to(inside)
    (tmp_path / "link").symlink_to(inside)
    assert len(objects(extract("--json", tmp_path))) == 1
    assert len(objects(extract("--json", tmp_path / "link"))) == 1

    def deny(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", deny)
    result = extract("--json", inside)
    assert result.exit_code == ExitCode.BELOW
    assert objects(result)[0]["kind"] == "unreachable"


def test_saving_twice_stores_once(tmp_path: Path) -> None:
    db = tmp_path / "govcrawl.db"
    extract("--save", "--db", db, HTML)
    assert "1 read again and unchanged" in extract("--save", "--db", db, HTML).stderr
    with open_corpus(db) as corpus:
        assert corpus.connection.execute("select count(*) from captures").fetchone() == (1,)
        assert len(list(corpus.reports(state=None))) == 1


def test_what_is_stored_is_what_is_printed(tmp_path: Path) -> None:
    db = tmp_path / "govcrawl.db"
    (printed,) = objects(extract("--json", "--save", "--db", db, TEXT))
    del printed["path"]
    with open_corpus(db) as corpus:
        assert corpus.report(printed["content_hash"][:20]) == printed


def test_a_running_crawl_keeps_save_out(tmp_path: Path) -> None:
    db = tmp_path / "govcrawl.db"
    with hold_lock(db):
        assert extract("--save", "--db", db, HTML).exit_code == ExitCode.LOCKED


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed reports are not on this machine")
def test_the_seed_reports_are_read_whole() -> None:
    result = extract("--json", *sorted(SEEDS.glob("*.txt")))
    assert result.exit_code == ExitCode.FINE
    found = objects(result)
    assert [(each["division_code"], each["report_year"], each["template_version"]) for each in found] == [
        ("620522", 2020, "2020"),
        ("620423", 2020, "2020"),
        ("370303", 2019, "2019"),
        ("530126", 2020, "2020"),
        ("110118", 2020, "2020"),
    ]
    for each in found:
        cells = len(each["disclosure"]) + sum(
            len(row) for part in ("applications", "review_litigation") for row in each[part].values()
        )
        assert (each["form"], cells) == ("form2019", 198)
        assert [finding for finding in each["findings"] if finding["severity"] == "error"] == []
