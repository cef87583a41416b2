from __future__ import annotations

import argparse
import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from govcrawl.archive import Archive, read_record, read_warc
from govcrawl.model import ArchiveError

URL = "http://www.yunshan.test/年报/2020.html?a=1"
AT = datetime(2021, 3, 1, 8, tzinfo=UTC)
HEADERS = {"Content-Type": "text/html; charset=gbk", "ETag": '"abc"', "Last-Modified": "Mon, 01 Mar 2021 08:00:00 GMT"}
BODY = "<html>政府信息公开工作年度报告</html>".encode("gbk")


def write(archive: Archive, body: bytes = BODY, url: str = URL) -> tuple[str, int]:
    return archive.write(url, 200, HEADERS, body, AT)


def damage_in(path: Path) -> int:
    """What warcio's own checker says: 0 where every digest is right."""
    return int(Checker(argparse.Namespace(inputs=[str(path)], verbose=False)).process_all())


def test_a_capture_is_read_back_by_its_place(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as archive:
        write(archive, b"before")
        file, offset = write(archive)
        write(archive, b"behind")
    got = read_record(tmp_path, file, offset)
    assert (got.url, got.status, got.body, got.fetched_at) == (URL, 200, BODY, AT)
    assert (got.content_type, got.etag) == ("text/html; charset=gbk", '"abc"')
    assert got.last_modified == "Mon, 01 Mar 2021 08:00:00 GMT"
    assert got.body_sha256 == hashlib.sha256(BODY).hexdigest()
    assert (got.warc_file, got.warc_offset) == (file, offset)


def test_a_capture_can_be_read_while_the_archive_is_open(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as archive:
        file, offset = write(archive)
        assert read_record(tmp_path, file, offset).body == BODY


@given(st.lists(st.binary(max_size=5000), min_size=1, max_size=4), st.sampled_from([200, 404, 412, 521, 599]))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_body_is_read_back_as_it_was(tmp_path: Path, bodies: list[bytes], status: int) -> None:
    with Archive(tmp_path, "any") as archive:
        places = [archive.write(URL, status, {}, body, AT) for body in bodies]
    for place, body in zip(places, bodies, strict=True):
        got = read_record(tmp_path, *place)
        assert (got.body, got.status) == (body, status)


def test_the_files_pass_warcios_own_check(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as archive:
        for number in range(20):
            archive.write(f"{URL}&{number}", 200, HEADERS, BODY * number, AT, {"User-Agent": "govcrawl"})
    (path,) = tmp_path.iterdir()
    assert damage_in(path) == 0


def test_a_file_is_warc_1_1_and_begins_with_its_description(tmp_path: Path) -> None:
    with Archive(tmp_path, 7, software="govcrawl/0.1.0") as archive:
        archive.write(URL, 200, HEADERS, BODY, AT, {"User-Agent": "govcrawl"})
    (path,) = tmp_path.iterdir()
    assert path.name == "govcrawl-000007-00001.warc.gz"
    with path.open("rb") as stream:
        records = [(r.rec_type, r.rec_headers.protocol, r.rec_headers["WARC-Date"]) for r in ArchiveIterator(stream)]
    assert records == [(kind, "WARC/1.1", "2021-03-01T08:00:00Z") for kind in ("warcinfo", "response", "request")]
    assert b"software: govcrawl/0.1.0" in gzip.decompress(path.read_bytes())


def test_a_request_names_its_response(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as archive:
        archive.write(URL, 200, HEADERS, BODY, AT, {"User-Agent": "govcrawl"})
    (path,) = tmp_path.iterdir()
    with path.open("rb") as stream:
        _, response, request = [(r.rec_headers, r.http_headers) for r in ArchiveIterator(stream)]
    assert request[0]["WARC-Concurrent-To"] == response[0]["WARC-Record-ID"]
    assert request[1]["User-Agent"] == "govcrawl"


def test_a_response_carries_the_sha256_of_its_body(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as archive:
        file, _ = write(archive)
        archive.write(URL, 200, HEADERS, BODY, AT, sha256=hashlib.sha256(BODY).hexdigest())
    with (tmp_path / file).open("rb") as stream:
        digests = [r.rec_headers["WARC-Payload-Digest"] for r in ArchiveIterator(stream) if r.rec_type == "response"]
    assert digests == [f"sha256:{hashlib.sha256(BODY).hexdigest()}"] * 2
    assert damage_in(tmp_path / file) == 0


def test_a_full_file_is_followed_by_another(tmp_path: Path) -> None:
    with Archive(tmp_path, 7, max_bytes=1500) as archive:
        places = [write(archive, bytes([number]) * 50) for number in range(12)]
    assert len({file for file, _ in places}) > 2
    assert [read_record(tmp_path, *place).body[0] for place in places] == list(range(12))


def test_a_run_that_goes_on_begins_a_file_of_its_own(tmp_path: Path) -> None:
    files = []
    for _ in range(3):
        with Archive(tmp_path, 7) as archive:
            files.append(write(archive)[0])
    assert files == [f"govcrawl-000007-0000{number}.warc.gz" for number in (1, 2, 3)]


def test_two_writers_of_one_run_never_share_a_file(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as one, Archive(tmp_path, 7) as two:
        assert write(one)[0] != write(two)[0]


def test_a_run_that_fetched_nothing_leaves_no_file(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive", 7):
        pass
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("kept", [1, 40, 200, 320, -40])
def test_a_last_record_cut_off_by_a_kill_costs_only_itself(tmp_path: Path, kept: int) -> None:
    with Archive(tmp_path, 7) as archive:
        whole = [write(archive, BODY + bytes([number])) for number in range(3)]
        file, offset = write(archive, BODY * 50)
    path = tmp_path / file
    end = offset + kept if kept > 0 else path.stat().st_size + kept
    path.write_bytes(path.read_bytes()[:end])

    assert [read_record(tmp_path, *place).body[-1] for place in whole] == [0, 1, 2]
    with pytest.raises(ArchiveError):
        read_record(tmp_path, file, offset)
    told: list[str] = []
    assert len(list(read_warc(path, on_damage=told.append))) == 3
    assert len(told) == 1
    with pytest.raises(ArchiveError):
        list(read_warc(path))
    with Archive(tmp_path, 7) as archive:
        assert read_record(tmp_path, *write(archive)).body == BODY


def test_a_damaged_record_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as archive:
        places = [write(archive, BODY + bytes([number])) for number in range(3)]
    path = tmp_path / places[1][0]
    data = bytearray(path.read_bytes())
    first, last = places[1][1], places[2][1]
    record = gzip.decompress(bytes(data[first:last])).replace(b"<html>", b"<HTML>")
    path.write_bytes(bytes(data[:first]) + gzip.compress(record) + bytes(data[last:]))
    with pytest.raises(ArchiveError, match="damaged"):
        read_record(tmp_path, *places[1])
    told: list[str] = []
    assert [got.body[-1] for got in read_warc(path, on_damage=told.append)] == [0, 2]
    assert len(told) == 1


def test_an_uncompressed_warc_of_somebody_else_is_read(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as archive:
        file, _ = write(archive)
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress((tmp_path / file).read_bytes()))
    assert [got.body for got in read_warc(plain)] == [BODY]


def test_a_file_that_is_no_warc_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.warc").write_bytes(b"<html>no archive</html>" * 20)
    with pytest.raises(ArchiveError):
        list(read_warc(tmp_path / "x.warc"))
    with pytest.raises(ArchiveError, match=r"x\.warc at 0"):
        read_record(tmp_path, "x.warc", 0)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="No such file"):
        read_record(tmp_path, "missing.warc.gz", 0)
    with pytest.raises(ArchiveError, match="No such file"):
        list(read_warc(tmp_path / "missing.warc.gz"))


def test_a_place_outside_the_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="outside the archive"):
        read_record(tmp_path / "archive", "../secret.warc.gz", 0)


def test_a_record_that_is_no_response_is_refused(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as archive:
        file, _ = write(archive)
    with pytest.raises(ArchiveError, match="warcinfo"):
        read_record(tmp_path, file, 0)


def test_a_body_that_unpacks_too_far_is_refused(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as archive:
        place = write(archive, bytes(3_000_000))
    with pytest.raises(ArchiveError, match="more than 1000000 bytes"):
        read_record(tmp_path, *place, max_body=1_000_000)


def test_headers_that_no_longer_describe_the_body_are_kept_aside(tmp_path: Path) -> None:
    headers = [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"), ("Content-Length", "7")]
    with Archive(tmp_path, 7) as archive:
        file, offset = archive.write(URL, 200, headers, BODY, AT)
    assert read_record(tmp_path, file, offset).body == BODY
    text = gzip.decompress((tmp_path / file).read_bytes())
    assert all(f"X-Crawler-{name}: {value}".encode() in text for name, value in headers)
    assert f"Content-Length: {len(BODY)}".encode() in text


def test_a_body_still_packed_is_unpacked_when_read(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as archive:
        place = archive.write(URL, 200, {"Content-Encoding": "gzip"}, gzip.compress(BODY), AT)
    assert read_record(tmp_path, *place).body == BODY


def test_line_breaks_in_urls_and_headers_forge_no_header(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as archive:
        place = archive.write(
            "http://a.test/\r\nWARC-Type: x", 200, {"X": "1\r\nSet-Cookie: y", "标题": "值"}, BODY, AT
        )
    got = read_record(tmp_path, *place)
    assert (got.url, got.body) == ("http://a.test/%0D%0AWARC-Type:%20x", BODY)
    assert damage_in(tmp_path / place[0]) == 0


def test_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    with Archive(tmp_path, 7) as archive, pytest.raises(ArchiveError, match="time zone"):
        archive.write(URL, 200, {}, BODY, datetime(2021, 3, 1))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Archive(tmp_path / "file", 7) as archive, pytest.raises(ArchiveError, match="cannot be archived"):
        write(archive)


def test_a_disk_that_fills_up_leaves_whole_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Filling:
        def __init__(self, file: object) -> None:
            self.file = file

        def __getattr__(self, name: str) -> object:
            return getattr(self.file, name)

        def write(self, data: memoryview) -> int:
            if len(data) < 100:
                raise OSError(28, "No space left on device")
            return self.file.write(data[: len(data) - 50])  # type: ignore[attr-defined, no-any-return]

    with Archive(tmp_path, 7) as archive:
        first = write(archive)
        file = archive._file
        monkeypatch.setattr(archive, "_file", Filling(file))
        with pytest.raises(ArchiveError, match="No space left"):
            write(archive)
        monkeypatch.setattr(archive, "_file", file)
        second = write(archive)
    assert [read_record(tmp_path, *place).body for place in (first, second)] == [BODY, BODY]
    assert damage_in(tmp_path / first[0]) == 0
