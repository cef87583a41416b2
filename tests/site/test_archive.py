"""`/archive/<sha256>`: what a portal sent, to the byte, and inert."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from govcrawl.archive import Archive
from govcrawl.archive.writer import FOLDER
from tests.site.visitor import Answer, Visitor

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
ACTIVE = (
    b"<!DOCTYPE html><html><script>alert(1)</script><body onload='alert(1)'>"
    b"<p>\xc4\xea\xb1\xa8</p><img src='//x.test/a.png'>"
)


def archived(corpus: Path, body: bytes, content_type: str = "text/html") -> str:
    """Put a body into the archive of a corpus; gives its SHA-256."""
    sha256 = hashlib.sha256(body).hexdigest()
    with Archive(corpus / FOLDER, "test") as archive:
        url, when = "http://www.yunling.test/x", datetime(2021, 3, 1, tzinfo=UTC)
        name, offset = archive.write(url, 200, (("Content-Type", content_type),), body, when)
    note(corpus, sha256, name, offset)
    return sha256


def note(corpus: Path, sha256: str, name: str, offset: int) -> None:
    connection = sqlite3.connect(corpus / "govcrawl.db")
    with connection:
        connection.execute(
            """INSERT INTO captures (url, fetched_at, status, content_type, body_sha256, warc_file, warc_offset, role)
            VALUES ('http://www.yunling.test/x', '2021-03-01T00:00:00Z', 200, NULL, ?, ?, ?, 'page')""",
            (sha256, name, offset),
        )
    connection.close()


def fetch(visit: Visitor, sha256: str) -> Answer:
    return visit.get(f"/archive/{sha256}")


def test_every_page_of_the_corpus_comes_back_to_the_byte(client: Visitor, db: Path) -> None:
    connection = sqlite3.connect(db)
    shas = [sha for (sha,) in connection.execute("SELECT DISTINCT body_sha256 FROM captures ORDER BY id LIMIT 20")]
    connection.close()
    assert shas
    for sha256 in shas:
        answer = fetch(client, sha256)
        assert answer.status == 200
        assert hashlib.sha256(answer.body).hexdigest() == sha256
        assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_nothing_in_an_archived_page_runs_or_loads(visit: Visitor, corpus_copy: Path) -> None:
    answer = fetch(visit, archived(corpus_copy, ACTIVE))
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox;")
    assert "default-src 'none'" in policy
    assert "allow-" not in policy
    assert "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.body == ACTIVE


def test_a_page_is_read_in_the_encoding_that_its_bytes_are_in(visit: Visitor, corpus_copy: Path) -> None:
    answer = fetch(visit, archived(corpus_copy, ACTIVE, "text/html; charset=utf-8"))
    assert answer.headers["content-type"] == "text/html; charset=gb18030"


def test_an_archived_page_says_when_it_was_fetched(visit: Visitor, corpus_copy: Path) -> None:
    assert fetch(visit, archived(corpus_copy, ACTIVE)).headers["memento-datetime"] == "Mon, 01 Mar 2021 00:00:00 GMT"


@pytest.mark.parametrize(
    ("body", "said", "extension"),
    [
        (PDF, "text/html", ".pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "image/png", ".png"),
        (b"\0\1\2\3" * 50, "text/html", ".bin"),
        (
            b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "image/svg+xml",
            None,
        ),
    ],
)
def test_what_is_no_page_is_to_be_saved_whatever_the_server_said(
    visit: Visitor, corpus_copy: Path, body: bytes, said: str, extension: str | None
) -> None:
    sha256 = archived(corpus_copy, body, said)
    answer = fetch(visit, sha256)
    assert answer.status == 200
    assert answer.body == body
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    if extension is None:
        assert answer.headers["content-type"].startswith(("text/plain", "application/octet-stream", "text/html"))
    else:
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"] == f'attachment; filename="{sha256[:16]}{extension}"'


def test_what_nobody_archived_is_not_there(client: Visitor) -> None:
    answer = fetch(client, "0" * 64)
    assert answer.status == 404
    assert "0" * 64 in answer.words


def test_a_corpus_without_its_archive_says_so(visit: Visitor, corpus_copy: Path) -> None:
    sha256 = archived(corpus_copy, ACTIVE)
    for file in (corpus_copy / FOLDER).iterdir():
        file.unlink()
    answer = fetch(visit, sha256)
    assert answer.status == 404
    assert "http://www.yunling.test/x" in answer.words
    assert str(corpus_copy) not in answer.text


def test_a_body_that_is_not_what_it_should_be_is_not_shown(visit: Visitor, corpus_copy: Path) -> None:
    sha256 = archived(corpus_copy, ACTIVE)
    connection = sqlite3.connect(corpus_copy / "govcrawl.db")
    with connection:
        connection.execute("UPDATE captures SET body_sha256 = ? WHERE body_sha256 = ?", ("f" * 64, sha256))
    connection.close()
    assert fetch(visit, "f" * 64).status == 404


@pytest.mark.parametrize(
    ("name", "offset"),
    [
        ("../govcrawl.db", 0),
        ("../../../../../../etc/passwd", 0),
        ("/etc/passwd", 0),
        ("x\0y", 0),
        (".", 0),
        ("../corpus/govcrawl.db", -1),
    ],
)
def test_a_database_that_names_a_file_outside_of_the_archive_gets_nothing(
    visit: Visitor, corpus_copy: Path, name: str, offset: int
) -> None:
    note(corpus_copy, "e" * 64, name, offset)
    answer = fetch(visit, "e" * 64)
    assert answer.status == 404
    assert "root:" not in answer.text
    assert "SQLite" not in answer.text
