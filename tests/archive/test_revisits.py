"""Answers that confirm a body: a revisit record, and what it refers to."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from govcrawl.archive import Archive, read_record, read_warc, scan_warc
from govcrawl.model import ArchiveError
from tests.archive.test_archive import damage_in

URL = "http://www.yunshan.test/nb/1.html"
BODY = b"<html>report</html>"
SHA256 = hashlib.sha256(BODY).hexdigest()
FIRST, LATER = datetime(2021, 3, 1, 8, tzinfo=UTC), datetime(2021, 4, 1, 8, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Archive(tmp_path, "r") as archive:
        archive.write(URL, 200, {"ETag": '"a"'}, BODY, FIRST)
        archive.write_revisit(URL, 200, {"ETag": '"b"'}, SHA256, LATER, (URL, FIRST))
        archive.write_revisit(URL, 304, (), SHA256, LATER, (URL, FIRST))
    (path,) = tmp_path.iterdir()
    return path


def test_a_revisit_says_what_it_refers_to(path: Path) -> None:
    with path.open("rb") as stream:
        records = [record.rec_headers for record in ArchiveIterator(stream) if record.rec_type == "revisit"]
    assert [each["WARC-Profile"].rpartition("/")[2] for each in records] == [
        "identical-payload-digest",
        "server-not-modified",
    ]
    for each in records:
        assert (each["WARC-Refers-To-Target-URI"], each["WARC-Refers-To-Date"]) == (URL, "2021-03-01T08:00:00Z")
        assert each["WARC-Payload-Digest"] == f"sha256:{SHA256}"


def test_the_file_passes_warcios_own_check(path: Path) -> None:
    assert damage_in(path) == 0


def test_a_revisit_is_told_apart_from_an_answer(path: Path) -> None:
    assert [capture.body for capture in read_warc(path)] == [BODY]
    first, second, third = scan_warc(path)
    assert first.capture is not None
    for entry in (second, third):
        assert entry.revisit is not None
        assert (entry.revisit.url, entry.revisit.at, entry.revisit.refers_at) == (URL, LATER, FIRST)
        assert entry.digest == first.digest
        with pytest.raises(ArchiveError, match="revisit"):
            read_record(path.parent, path.name, entry.revisit.offset)
