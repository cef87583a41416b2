"""Heavy documents in a process of their own."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from govcrawl.documents import read_document
from govcrawl.model import DocumentError, ProblemKind
from govcrawl.simulator.report import ReportSpec, build_report
from govcrawl.workers import Limits, document_of, read_heavy, to_json

BODY = build_report(ReportSpec()).data


def test_a_document_survives_its_way_through_json() -> None:
    document = read_document(BODY, url="http://www.yunyan.test/1.html", content_type="text/html")
    assert document_of(json.loads(json.dumps(to_json(document)))) == document


@pytest.mark.slow
def test_a_worker_reads_what_we_would_read() -> None:
    assert asyncio.run(read_heavy(BODY, content_type="text/html")) == read_document(BODY, content_type="text/html")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("limits", "kind"),
    [
        (Limits(wall=0.01), ProblemKind.TOO_LARGE),
        (Limits(cpu=0), ProblemKind.TOO_LARGE),
    ],
)
def test_a_worker_over_its_limits_is_one_problem(limits: Limits, kind: ProblemKind) -> None:
    with pytest.raises(DocumentError) as caught:
        asyncio.run(read_heavy(BODY, limits=limits))
    assert caught.value.kind is kind


@pytest.mark.slow
def test_a_worker_says_why_there_is_no_document() -> None:
    with pytest.raises(DocumentError) as caught:
        asyncio.run(read_heavy(b" "))
    assert caught.value.kind is ProblemKind.EMPTY


@pytest.mark.slow
def test_a_module_in_the_working_folder_is_not_run_by_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('not the library')", encoding="utf-8")
    (tmp_path / "govcrawl.py").write_text("raise SystemExit('not the package')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert asyncio.run(read_heavy(BODY)).blocks
