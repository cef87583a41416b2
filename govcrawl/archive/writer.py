"""Appending captures to the archive's files."""

from __future__ import annotations

import http
import os
import re
import string
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import BaseWARCWriter

from govcrawl.model import ArchiveError

GZIP_LEVEL = 3
"""A page of 30 KB of table markup takes 0.32 ms at level 3, 0.45 ms at warcio's own 9, and is 7 % smaller there; prose
without markup takes 0.6 and 1.7 ms for the same gain. The crawl has one core and the disk is cheap."""

MAX_FILE_BYTES = 1 << 30
CONTROL = re.compile(r"[\x00-\x20\x7f]+")
GZIP_MAGIC = b"\x1f\x8b"
PRINTED = string.punctuation

Headers = Mapping[str, str] | Iterable[tuple[str, str]]


class Archive:
    """The folder of a corpus's captures, open for appending by one run; a context manager.

    Args:
        folder: made where it is missing.
        run_id: names the files.
        max_bytes: a file that has reached this size is followed by another.
        software: named in each file's `warcinfo` record.
    """

    def __init__(
        self, folder: Path | str, run_id: int | str, max_bytes: int = MAX_FILE_BYTES, software: str = "govcrawl"
    ) -> None:
        self.folder = Path(folder)
        self.run_id = f"{run_id:06}" if isinstance(run_id, int) else re.sub(r"[^0-9A-Za-z_.-]", "_", run_id)
        self.max_bytes = max_bytes
        self.software = software
        self._writer = _Writer()
        self._file: BinaryIO | None = None
        self._name = ""
        self._offset = 0

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file that is open, if one is, and see it onto the disk."""
        if self._file is not None:
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None

    def write(
        self,
        url: str,
        status: int,
        headers: Headers,
        body: bytes,
        fetched_at: datetime,
        request_headers: Headers | None = None,
    ) -> tuple[str, int]:
        """Append a response (and its request, where the headers are given).

        Returns:
            The file's name inside the folder, and the offset of the response record.

        Raises:
            ArchiveError: the folder or the file cannot be written. What was written before stays readable.
        """
        date = _warc_date(fetched_at)
        response = self._writer.response(url, status, _pairs(headers), body, date)
        data = self._writer.packed(response)
        if request_headers is not None:
            data += self._writer.packed(self._writer.request(url, _pairs(request_headers), date, response))
        try:
            if self._file is None or self._offset >= self.max_bytes:
                self._next_file(date)
            return self._name, self._append(data)
        except OSError as error:
            raise ArchiveError(f"{self.folder}: a capture cannot be archived: {error.strerror or error}") from error

    def _append(self, data: bytes) -> int:
        """Write a record as a whole or not at all."""
        assert self._file is not None
        start = self._offset
        view = memoryview(data)
        try:
            while view:
                view = view[self._file.write(view) :]
        except OSError:
            self._file.truncate(start)
            self._file.seek(start)
            raise
        self._offset = start + len(data)
        return start

    def _next_file(self, date: str) -> None:
        self.close()
        self.folder.mkdir(parents=True, exist_ok=True)
        number = 1 + max((_number(path) for path in self.folder.glob(f"govcrawl-{self.run_id}-*.warc.gz")), default=0)
        while True:
            name = f"govcrawl-{self.run_id}-{number:05}.warc.gz"
            try:
                self._file = (self.folder / name).open("xb", buffering=0)
                break
            except FileExistsError:  # another process took it between the listing and here
                number += 1
        self._name, self._offset = name, 0
        self._append(self._writer.packed(self._writer.info(name, self.software, date)))


class _Writer(BaseWARCWriter):  # type: ignore[misc]
    """warcio's writer, with a gzip level of our choice and no clock."""

    def __init__(self) -> None:
        super().__init__(gzip=False, warc_version="1.1")

    def packed(self, record: ArcWarcRecord) -> bytes:
        out = _GzipMember()
        self._write_warc_record(out, record)
        return out.data

    def info(self, name: str, software: str, date: str) -> ArcWarcRecord:
        fields = {"software": software, "format": "WARC File Format 1.1"}
        record = self.create_warcinfo_record(name, fields)
        record.rec_headers.replace_header("WARC-Date", date)
        return record

    def response(self, url: str, status: int, headers: list[tuple[str, str]], body: bytes, date: str) -> ArcWarcRecord:
        return self.create_warc_record(
            _safe_url(url),
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(_status_line(status), _true_headers(headers, body), protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": date},
        )

    def request(self, url: str, headers: list[tuple[str, str]], date: str, response: ArcWarcRecord) -> ArcWarcRecord:
        target = _safe_url(url)
        path = quote("/" + target.split("://", 1)[-1].partition("/")[2].partition("#")[0], safe=PRINTED)
        return self.create_warc_record(
            target,
            "request",
            http_headers=StatusAndHeaders(f"GET {path} HTTP/1.1", headers, is_http_request=True),
            warc_headers_dict={
                "WARC-Date": date,
                "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
            },
        )


class _GzipMember:
    """What warcio writes a record into: one gzip member in memory."""

    def __init__(self) -> None:
        self.compressor = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        self.data = b""

    def write(self, data: bytes) -> None:
        self.data += self.compressor.compress(data)

    def flush(self) -> None:
        self.data += self.compressor.flush()


def _true_headers(headers: list[tuple[str, str]], body: bytes) -> list[tuple[str, str]]:
    """The headers, where they describe the body; those that no longer do under `X-Crawler-…`."""
    kept = []
    for name, value in headers:
        lower = name.lower()
        stale = (
            lower == "transfer-encoding"
            or (lower == "content-length" and value != str(len(body)))
            or (lower == "content-encoding" and "gzip" in value.lower() and not body.startswith(GZIP_MAGIC))
        )
        kept.append((f"X-Crawler-{name}" if stale else name, value))
    if not any(name.lower() == "content-length" for name, _ in kept):
        kept.append(("Content-Length", str(len(body))))
    return kept


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    return [(quote(CONTROL.sub("", name), safe=PRINTED), CONTROL.sub(" ", value).strip()) for name, value in pairs]


def _safe_url(url: str) -> str:
    return CONTROL.sub(lambda found: "".join(f"%{ord(char):02X}" for char in found[0]), url)


def _status_line(status: int) -> str:
    try:
        return f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


def _warc_date(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ArchiveError(f"{moment.isoformat()} has no time zone; give the archive aware datetimes")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(path: Path) -> int:
    digits = path.name.removesuffix(".warc.gz").rpartition("-")[2]
    return int(digits) if digits.isdigit() else 0
