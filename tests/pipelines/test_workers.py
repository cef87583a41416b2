"""Files are read in processes of their own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from govcrawl.documents import read_documents
from govcrawl.model import DocumentError, Grid, GridCell, ProblemKind
from govcrawl.simulator.report import ReportSpec, build_report
from govcrawl.workers import Limits, Workers, is_heavy
from govcrawl.workers.wire import document_of, to_json

BODY = build_report(ReportSpec()).data
LARGE = "政府信息公开".encode() * 800_000


@pytest.fixture
def workers() -> Iterator[Workers]:
    with Workers(1) as made:
        yield made


def read(workers: Workers, data: bytes = BODY, limits: Limits | None = None) -> object:
    return asyncio.run(workers.read(data, content_type="text/html", limits=limits))


def test_a_document_survives_its_way_through_json() -> None:
    (document,) = read_documents(BODY, url="http://www.yunyan.test/1.html", content_type="text/html")
    document = replace(
        document,
        blocks=(*document.blocks, Grid(((GridCell("7", True, 0.5), GridCell("7", False)),), False, "表一")),
        recognised=True,
        member="年报/1.png",
        pictures=3,
        notes=("rows_cut",),
    )
    assert document_of(json.loads(json.dumps(to_json(document)))) == document


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"PK\x03\x04word/", b"\x89PNG\r\n\x1a\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_every_file_is_read_by_a_worker(data: bytes) -> None:
    assert is_heavy(data, 1_000_000)


def test_a_page_is_read_by_a_worker_where_it_is_large() -> None:
    assert not is_heavy(BODY, len(BODY))
    assert is_heavy(BODY, len(BODY) - 1)


@pytest.mark.slow
def test_a_worker_reads_what_we_would_read_one_document_after_the_other(workers: Workers) -> None:
    expected = read_documents(BODY, content_type="text/html")
    assert [read(workers) for _ in range(3)] == [expected] * 3
    assert workers.begun == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("limits", "kind", "words"),
    [
        (Limits(wall=0.01), ProblemKind.TOO_LARGE, "more than 0.01 seconds"),
        (Limits(cpu=0), ProblemKind.TOO_LARGE, "seconds of computing"),
        (Limits(memory=30_000_000), ProblemKind.TOO_LARGE, "bytes of memory"),
    ],
)
def test_a_broken_limit_costs_one_document(workers: Workers, limits: Limits, kind: ProblemKind, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        read(workers, LARGE, limits=limits)
    assert caught.value.kind is kind
    assert read(workers) == read_documents(BODY, content_type="text/html")
    assert workers.begun == 2


@pytest.mark.slow
def test_a_worker_that_dies_costs_one_document(workers: Workers) -> None:
    read(workers)
    os.kill(workers._idle[0].pid, signal.SIGSEGV)
    with pytest.raises(DocumentError, match="crashed") as caught:
        read(workers)
    assert caught.value.kind is ProblemKind.EXTRACTION_FAILED
    assert read(workers)


@pytest.mark.slow
def test_a_worker_says_why_there_is_no_document_and_goes_on(workers: Workers) -> None:
    for data, kind in ((b" ", ProblemKind.EMPTY), (b"Rar!\x1a\x07\x00", ProblemKind.WRONG_TYPE)):
        with pytest.raises(DocumentError) as caught:
            read(workers, data)
        assert caught.value.kind is kind
    assert workers.begun == 1


@pytest.mark.slow
def test_a_worker_is_replaced_after_enough_documents_or_when_it_has_grown() -> None:
    for pool in (Workers(1, most=2), Workers(1, grown=1)):
        with pool as workers:
            for _ in range(4):
                read(workers)
            assert workers.begun in {2, 4}


@pytest.mark.slow
def test_many_documents_are_read_by_few_workers_without_keeping_the_loop() -> None:
    async def all_of_them(workers: Workers) -> list[int]:
        ticks, seen = 0, []

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0)
                ticks += 1

        async def watched() -> None:
            begun = ticks
            await workers.read(BODY)
            seen.append(ticks - begun)

        ticking = asyncio.create_task(tick())
        await asyncio.gather(*(watched() for _ in range(12)))
        ticking.cancel()
        return seen

    with Workers(2) as workers:
        seen = asyncio.run(all_of_them(workers))
        assert len(seen) == 12
        assert min(seen) > 10, "the loop went round while each was read"
        assert workers.begun == 2


@pytest.mark.slow
def test_nothing_is_left_of_a_pool_that_was_closed() -> None:
    with Workers(1) as workers:
        read(workers)
        pid = workers._idle[0].pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(DocumentError, match="ended"):
        workers.read_now(BODY)


@pytest.mark.slow
def test_a_worker_ends_with_a_parent_that_is_killed() -> None:
    script = (
        "import sys, time; from govcrawl.workers import Workers; w = Workers(1)\n"
        "w.read_now(b'<p>' + b'x' * 99 + b'</p>'); print(w._idle[0].pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 50
    while _is_there(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_there(worker)


def _is_there(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
def test_a_module_in_the_working_folder_is_not_run_by_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: Workers
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('not the library')", encoding="utf-8")
    (tmp_path / "govcrawl.py").write_text("raise SystemExit('not the package')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read(workers)
