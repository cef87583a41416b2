"""Our files open in a reader that shares no code with ours."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from govcrawl.archive import Archive

AT = datetime(2021, 3, 1, 8, tzinfo=UTC)
TYPES = [WarcRecordType.warcinfo, WarcRecordType.response, WarcRecordType.request, WarcRecordType.revisit]


def test_fastwarc_reads_every_record_and_finds_each_at_its_offset(tmp_path: Path) -> None:
    bodies = [bytes([number]) * 3000 for number in range(5)]
    headers = {"Content-Type": "text/html", "Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}
    places: dict[int, bytes] = {}
    with Archive(tmp_path, "f") as archive:
        for number, body in enumerate(bodies):
            url = f"http://www.yunshan.test/年报/{number}.html"
            _, offset = archive.write(url, 200, headers, body, AT, {"User-Agent": "govcrawl"})
            places[offset] = body
            archive.write_revisit(url, 304, (), hashlib.sha256(body).hexdigest(), AT, (url, AT))
    (path,) = tmp_path.iterdir()
    with path.open("rb") as stream:
        found = [(record.record_type, record.stream_pos, record.reader.read()) for record in ArchiveIterator(stream)]
    assert [kind for kind, _, _ in found] == TYPES[:1] + TYPES[1:] * 5
    assert {at: body for kind, at, body in found if kind == WarcRecordType.response} == places
