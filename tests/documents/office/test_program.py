"""LibreOffice's failings are told by name; a stand-in plays them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from govcrawl.documents import office, read_documents
from govcrawl.documents.sandbox import Cost, Sandbox
from govcrawl.model import DocumentError, ProblemKind

OUT = 'while [ "$1" != --outdir ]; do shift; done; out=$2; mkdir -p "$out"'


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary folders are made here; the stand-in is not shut in, for it is not where programs are."""
    monkeypatch.setattr("govcrawl.documents.sandbox.sandbox", lambda: Sandbox.NONE)
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "soffice"
    monkeypatch.setenv("GOVCRAWL_SOFFICE", str(path))
    return path


def play(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def failure(**cost: float) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        office.convert(b"{\\rtf1 x}", "rtf", "docx", Cost(**{"wall": 20.0, **cost}))  # type: ignore[arg-type]
    return caught.value


def test_without_libreoffice_the_state_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVCRAWL_SOFFICE", str(tmp_path / "none"))
    with pytest.raises(DocumentError, match="needs LibreOffice") as caught:
        read_documents(b"{\\rtf1 x}")
    assert caught.value.kind is ProblemKind.UNREADABLE


def test_a_result_is_handed_over_and_nothing_is_left(stand_in: Path, folders: Path) -> None:
    play(stand_in, f"{OUT}; printf made > $out/0.docx")
    assert office.convert(b"{\\rtf1 x}", "rtf", "docx") == b"made"
    assert list(folders.iterdir()) == []


def test_many_files_are_one_start(stand_in: Path, tmp_path: Path) -> None:
    play(stand_in, f"echo start >> {tmp_path}/starts; {OUT}; for n in 0 1 2; do printf $n > $out/$n.doc; done")
    assert office.convert_all([(b"a", "odt"), (b"b", "odt"), (b"c", "rtf")], "doc") == [b"0", b"1", b"2"]
    assert (tmp_path / "starts").read_text() == "start\n"


def test_what_libreoffice_cannot_read_is_told_in_its_words(stand_in: Path, folders: Path) -> None:
    play(stand_in, "echo Error: source file could not be loaded >&2")
    error = failure()
    assert error.kind is ProblemKind.EXTRACTION_FAILED
    assert "source file could not be loaded" in str(error)
    assert list(folders.iterdir()) == []


def test_a_crash_is_told(stand_in: Path) -> None:
    play(stand_in, "kill -SEGV $$")
    assert failure().kind is ProblemKind.TOO_LARGE


def test_what_takes_too_long_is_told_and_nothing_is_left(stand_in: Path, folders: Path) -> None:
    play(stand_in, "sleep 60")
    assert failure(wall=0.5).kind is ProblemKind.TOO_LARGE
    assert list(folders.iterdir()) == []


def test_a_result_beyond_the_limit_is_told(stand_in: Path) -> None:
    play(stand_in, f"{OUT}; exec head -c 2000000 /dev/zero > $out/0.docx")
    assert failure(file=1_000_000).kind is ProblemKind.TOO_LARGE


def test_a_program_that_cannot_be_started_is_told(stand_in: Path) -> None:
    play(stand_in, "exit 127")
    error = failure()
    assert error.kind is ProblemKind.EXTRACTION_FAILED
    assert "127" in str(error)
