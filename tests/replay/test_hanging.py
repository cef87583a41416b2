"""A page is read again with the files that hang on it, not with those of another page that has the same report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from govcrawl.archive import Archive
from govcrawl.documents import Limits
from govcrawl.model import Capture, Link
from govcrawl.replay.looking import hanging_on
from govcrawl.simulator.report import BuiltReport, ReportSpec, build_report
from tests.replay.test_again import again, change, rows

START = datetime(2023, 1, 20, 9, tzinfo=UTC)
ONE, TWO = "http://www.one.test/nb/t1.html", "http://www.two.test/nb/t1.html"
TITLE = "云砚县第1局2022年政府信息公开工作年度报告"
REPORTS = "SELECT id, state FROM reports ORDER BY 1"
SOURCES = "SELECT report_id, url, capture_id, first_seen_at, last_seen_at FROM report_sources ORDER BY 1, 2"


def built(shape: str, seed: int = 1) -> BuiltReport:
    return build_report(ReportSpec(form="form2021", year=2022, agency="云砚县第1局", seed=seed, shape=shape))


def page(file: str, printed: str = "") -> bytes:
    """A page that links its file, under the report where it prints one."""
    words = f'{printed}<p>附件：<a href="{file}">年度报告.docx</a></p>'
    head = f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>"
    return f'{head}<div class="TRS_Editor" id="zoom">{words}</div></body></html>'.encode()


def corpus(folder: Path, *answers: tuple[str, bytes]) -> Path:
    """What somebody's archive holds of these addresses, a minute apart."""
    with Archive(folder / "theirs", "x") as archive:
        for minute, (url, body) in enumerate(answers):
            archive.write(url, 200, (), body, START + timedelta(minutes=minute))
    again(folder, warcs=list((folder / "theirs").iterdir()))
    return folder


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Two portals print the same report, and under it each has a file of its own, whose figures are others."""
    report, file = built("html").body, built("docx", seed=2).data
    return corpus(
        tmp_path,
        (ONE, page("P0001.docx", report)),
        ("http://www.one.test/nb/P0001.docx", file),
        (TWO, page("P0002.docx", report)),
        ("http://www.two.test/nb/P0002.docx", file),
    )


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Two pages link one file; the later one prints the report above it, with words of its own."""
    return corpus(
        tmp_path,
        (ONE, page("P0001.docx")),
        ("http://www.one.test/nb/P0001.docx", built("docx").data),
        (TWO, page("http://www.one.test/nb/P0001.docx", built("html").body + "<p>以上为全文，特此公布。</p>")),
    )


@pytest.mark.parametrize("version", ["0.0.1", None])
@pytest.mark.parametrize(("kind", "reports", "sources"), [("copied", 1, 4), ("shared", 2, 4)])
def test_reading_again_gives_the_same_reports_of_the_same_sources(
    kind: str, reports: int, sources: int, version: str | None, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(kind)
    before = [rows(folder, sql) for sql in (REPORTS, SOURCES)]
    assert [len(each) for each in before] == [reports, sources]
    if version is not None:
        change(folder, f"UPDATE reports SET extractor_version = '{version}'")
    result = again(folder, everything=version is None)
    assert (result.pages, result.lost, result.changed_reports) == (2, 0, 0)
    assert [rows(folder, sql) for sql in (REPORTS, SOURCES)] == before


def test_what_was_read_otherwise_loses_its_pages_and_their_files(copied: Path) -> None:
    ((old, _),) = rows(copied, REPORTS)
    key = "f" * 20
    change(
        copied,
        "PRAGMA foreign_keys = off",
        f"UPDATE reports SET id = '{key}', content_hash = '{'f' * 64}', extractor_version = '0.0.1'",
        f"UPDATE report_sources SET report_id = '{key}'",
        "DELETE FROM report_tables",
        "DELETE FROM sections",
        "DELETE FROM findings",
        *(f"DELETE FROM {table}" for table in ("disclosure", "applications", "review_litigation")),
    )
    assert again(copied).lost == 1
    assert dict(rows(copied, REPORTS)) == {old: "current", key: "superseded"}
    assert {report for report, *_ in rows(copied, SOURCES)} == {old}


def test_a_file_read_alone_keeps_its_report_when_another_was_wrongly_read_as_that(tmp_path: Path) -> None:
    one, two = "http://www.one.test/nb/P0001.docx", "http://www.two.test/nb/P0002.docx"
    folder = corpus(tmp_path, (one, built("docx").data), (two, built("docx", seed=2).data))
    ((report, _),) = [row for row in rows(folder, "SELECT report_id, url FROM report_sources") if row[1] == one]
    change(
        folder,
        "UPDATE captures SET role = 'attachment', page_url = replace(url, '.docx', '.html')",
        f"""INSERT INTO report_sources (report_id, url, capture_id, portal_id, first_seen_at, last_seen_at)
        SELECT '{report}', url, capture_id, portal_id, first_seen_at, last_seen_at
        FROM report_sources WHERE url = '{two}'""",
    )
    assert again(folder, everything=True).lost == 0
    assert rows(folder, f"SELECT url FROM report_sources WHERE report_id = '{report}'") == [(one,)]


def test_what_a_wrong_reading_had_superseded_counts_again(copied: Path) -> None:
    ((right, _),) = rows(copied, REPORTS)
    wrong = "f" * 20
    change(
        copied,
        "CREATE TEMP TABLE mixed AS SELECT * FROM reports",
        f"UPDATE mixed SET id = '{wrong}', content_hash = '{'f' * 64}'",
        "INSERT INTO reports SELECT * FROM mixed",
        "UPDATE reports SET state = 'superseded' WHERE id = '" + right + "'",
        f"""INSERT INTO report_sources (report_id, url, capture_id, portal_id, first_seen_at, last_seen_at)
        SELECT '{wrong}', url, capture_id, portal_id, '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'
        FROM report_sources""",
    )
    assert again(copied, everything=True).lost == 1
    assert dict(rows(copied, REPORTS)) == {right: "current", wrong: "superseded"}


def test_a_page_whose_links_are_too_many_to_be_looked_for_has_no_files() -> None:
    capture = Capture(ONE, page("P0001.docx"), link=Link(ONE, TITLE, START.date()))
    assert hanging_on(capture) == {
        "http://www.one.test/nb/P0001.docx": Link("http://www.one.test/nb/P0001.docx", "年度报告.docx", START.date())
    }
    costly = page("P0001.docx").replace(b"<h1>", b"<i>" * (Limits().tags + 1) + b"<h1>")
    assert hanging_on(replace(capture, body=costly)) == {}
