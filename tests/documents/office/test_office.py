"""What only an office program reads: the same tables as in the document it was made from, and nothing reached."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import docx
import pytest

from govcrawl.documents import office, read_documents
from govcrawl.documents.office import program
from govcrawl.documents.sandbox import Cost, Sandbox
from govcrawl.model import DocumentError, DocumentKind, ProblemKind
from tests.documents.docx.made import rows
from tests.documents.office import made
from tests.documents.office.test_sandbox import assert_none_runs

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(office.find_soffice() is None, reason="LibreOffice is not installed"),
]
ROWS = [["合并", "合并", "右"], ["竖", "1", "2"], ["竖", "3", "4"]]
TITLE = "云砚县教育局2020年政府信息公开工作年度报告"
KINDS = {"doc": DocumentKind.DOC, "rtf": DocumentKind.RTF, "odt": DocumentKind.ODT}


def source() -> bytes:
    """A document of Word with columns of a width, by which the others place their cells."""
    made = docx.Document()
    made.add_paragraph(TITLE)
    table = made.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "竖"
    made.add_paragraph("完")
    written = BytesIO()
    made.save(written)
    return written.getvalue()


@pytest.fixture(scope="module", params=KINDS)
def written(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    """(suffix, bytes) of the same document in every format."""
    return request.param, office.convert(source(), "docx", request.param)


def test_every_format_is_read_as_the_document_it_was(written: tuple[str, bytes]) -> None:
    suffix, data = written
    (document,) = read_documents(data)
    assert document.kind is KINDS[suffix]
    assert rows(document) == ROWS
    assert list(document.texts()) == [TITLE, "完"]


def test_the_xml_of_word_2003_is_read() -> None:
    (document,) = read_documents(made.word_2003([["合并", "右"], ["甲", "1"]]))
    assert document.kind is DocumentKind.DOC
    assert rows(document) == [["合并", "右"], ["甲", "1"]]


def test_a_broken_document_is_told() -> None:
    with pytest.raises(DocumentError) as caught:
        office.convert(b"PK\x03\x04 broken", "odt", "docx")
    assert caught.value.kind is ProblemKind.EXTRACTION_FAILED


def test_no_libreoffice_is_left_behind_a_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mark = f"govcrawl-{secrets.token_hex(6)}-"
    monkeypatch.setattr("govcrawl.documents.office.program._PREFIX", mark)
    with pytest.raises(DocumentError, match="more than 0 seconds") as caught:
        office.convert(source(), "docx", "doc", Cost(wall=0.3))
    assert caught.value.kind is ProblemKind.TOO_LARGE
    assert_none_runs(mark)


class Counting(ThreadingHTTPServer):
    """Counts what is asked of it, and has nothing."""

    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), Refusing)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Refusing(BaseHTTPRequestHandler):
    def refuse(self) -> None:
        assert isinstance(self.server, Counting)
        self.server.asked.append(self.path)
        self.send_error(404)

    do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = refuse  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Counting]:
    with Counting() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def reaching(url: str, path: Path) -> list[tuple[bytes, str]]:
    """Documents that ask for something of the server, or would write a file."""
    texts = (made.linked_picture, made.linked_object, made.linked_section, made.floating_frame, made.dde)
    fields = (made.rtf_picture, made.rtf_text, made.rtf_template)
    return [
        *((make(url), "odt") for make in texts),
        *((make(url), "rtf") for make in fields),
        (made.macro(str(path)), "odt"),
    ]


@pytest.mark.parametrize("walls", ["those of this machine", "none"])
def test_nothing_is_fetched_and_nothing_is_run(
    walls: str, server: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where only LibreOffice's settings forbid it."""
    if walls == "none":
        monkeypatch.setattr("govcrawl.documents.sandbox.sandbox", lambda: Sandbox.NONE)
    files = reaching(server.url, tmp_path / "ran.txt")
    assert len(office.convert_all(files, "docx")) == len(files)
    assert server.asked == []
    assert not (tmp_path / "ran.txt").exists()


def test_without_walls_and_settings_it_would_be_fetched(
    server: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govcrawl.documents.sandbox.sandbox", lambda: Sandbox.NONE)
    monkeypatch.setattr("govcrawl.documents.sandbox._NOWHERE", "")
    monkeypatch.setattr(program, "write_settings", lambda folder: None)
    office.convert_all(reaching(server.url, tmp_path / "ran.txt"), "docx")
    assert {"/picture.png", "/object.odt", "/dde"} <= set(server.asked)
