"""Reading captures back, from our own files or anybody's."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders

from govcrawl.archive.records import FILES, GZIP_MAGIC
from govcrawl.model import ArchiveError, Capture

MAX_BODY_BYTES = 256 << 20
"""A record whose body unpacks to more than this is refused when read."""

PIECE = 1 << 16
PACKED = {"br", "zstd"}
"""Codings that warcio would leave as they are, without a word, where it lacks a library for them."""


@dataclass(frozen=True, slots=True)
class Revisit:
    """A note that an answer was one that an archive has already."""

    url: str
    at: datetime | None
    refers_to: str | None
    """The address of that answer, where it says it."""
    refers_at: datetime | None
    """When that was given."""
    offset: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer in a WARC file, or a revisit."""

    digest: str
    """Of the body, as the record has it (`sha1:…`); empty where it says none."""
    capture: Capture | None = None
    revisit: Revisit | None = None


_FILE = StatusAndHeaders("200 OK", [])
"""What stands for the answer of a server where a file was read."""


def read_record(folder: Path | str, warc_file: str, offset: int, *, max_body: int = MAX_BODY_BYTES) -> Capture:
    """Read one archived body back by its place.

    Raises:
        ArchiveError: there is no such file, no response at that offset, or the record is cut off or damaged.
    """
    where = f"{warc_file} at {offset}"
    root = Path(folder).resolve()
    if "\0" in warc_file:
        raise ArchiveError(f"{where}: no file is called so")
    path = (root / warc_file).resolve()
    if not path.is_relative_to(root):
        raise ArchiveError(f"{where}: the file lies outside the archive {root}")
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            for record in WARCIterator(stream, check_digests=True):
                if record.rec_type != "response" and not _is_file(record):
                    raise ArchiveError(f"{where}: a {record.rec_type} record stands there, not a response")
                return _capture(record, warc_file, offset, where, max_body)
    except OSError as error:
        raise ArchiveError(f"{where}: {error.strerror or error}") from error
    except (ArchiveLoadFailed, EOFError, zlib.error) as error:
        raise ArchiveError(f"{where}: no readable record: {error}") from error
    raise ArchiveError(f"{where}: no record stands there")


def read_warc(
    path: Path | str, *, on_damage: Callable[[str], None] | None = None, max_body: int = MAX_BODY_BYTES
) -> Iterator[Capture]:
    """Every response (and file of a machine) of a WARC file, our own or anybody's, in order.

    Arguments and errors are those of `scan_warc`.
    """
    for entry in scan_warc(path, on_damage=on_damage, max_body=max_body):
        if entry.capture is not None:
            yield entry.capture


def scan_warc(
    path: Path | str, *, on_damage: Callable[[str], None] | None = None, max_body: int = MAX_BODY_BYTES
) -> Iterator[Entry]:
    """Every response of a WARC file, and every note that one was as before (`revisit`), in order.

    Args:
        path: `.warc` or `.warc.gz`.
        on_damage: told of each record that cannot be read; the others are still given. Without it damage raises.
        max_body: a body that unpacks to more is damage.

    Raises:
        ArchiveError: the file cannot be opened, or a record is damaged and nobody is told.
    """
    name = Path(path).name

    def damaged(message: str) -> None:
        if on_damage is None:
            raise ArchiveError(message)
        on_damage(message)

    offset, told = 0, False
    try:
        with Path(path).open("rb") as stream:
            records = WARCIterator(stream, check_digests=True)
            while True:
                try:
                    record = next(records, None)
                    if record is None:
                        break
                    offset, told = records.offset, False
                    if not _is_wanted(record):
                        continue
                    entry = _entry(record, name, offset, max_body)
                except ArchiveError as error:
                    damaged(str(error))
                    told = True
                    continue
                except (ArchiveLoadFailed, EOFError, zlib.error) as error:
                    damaged(f"{name}: no record can be read behind offset {offset}: {error}")
                    return
                yield entry
        if not told and not _ends_whole(Path(path), offset):
            damaged(f"{name}: the last record, behind offset {offset}, is cut off")
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}") from error


def _is_wanted(record: ArcWarcRecord) -> bool:
    if record.rec_type == "response":
        return record.http_headers is not None
    return record.rec_type == "revisit" or _is_file(record)


def _entry(record: ArcWarcRecord, name: str, offset: int, max_body: int) -> Entry:
    headers, where = record.rec_headers, f"{name} at {offset}"
    digest = headers.get_header("WARC-Payload-Digest") or ""
    if record.rec_type != "revisit":
        return Entry(digest, capture=_capture(record, name, offset, where, max_body))
    refers_to = headers.get_header("WARC-Refers-To-Target-URI")
    return Entry(
        digest,
        revisit=Revisit(
            _address(record),
            _moment(headers.get_header("WARC-Date"), where),
            refers_to.strip("<>") if refers_to else None,
            _moment(headers.get_header("WARC-Refers-To-Date"), where),
            offset,
        ),
    )


def _ends_whole(path: Path, offset: int) -> bool:
    """Whether the gzip members from an offset on end with the file; True for a file that is not gzip."""
    with path.open("rb") as stream:
        stream.seek(offset)
        data = stream.read(len(GZIP_MAGIC))
        if not GZIP_MAGIC.startswith(data):
            return True
        member = zlib.decompressobj(zlib.MAX_WBITS + 16)
        while data := data or stream.read(PIECE):
            member.decompress(data, PIECE)
            data = member.unconsumed_tail
            if member.eof:
                data = member.unused_data or stream.read(PIECE)
                if not data:
                    return True
                member = zlib.decompressobj(zlib.MAX_WBITS + 16)
        return False


def _is_file(record: ArcWarcRecord) -> bool:
    return record.rec_type == "resource" and _address(record).startswith(FILES)


def _address(record: ArcWarcRecord) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")


def _capture(record: ArcWarcRecord, warc_file: str, offset: int, where: str, max_body: int) -> Capture:
    body = _body(record, where, max_body)
    headers = record.http_headers or (_FILE if _is_file(record) else None)
    if headers is None:
        raise ArchiveError(f"{where}: the response has no HTTP headers")
    _whole(record, body, where)
    status = headers.get_statuscode()
    return Capture(
        url=_address(record),
        body=body,
        status=int(status) if status.isdigit() else 0,
        content_type=headers.get_header("Content-Type"),
        fetched_at=_moment(record.rec_headers.get_header("WARC-Date"), where),
        etag=headers.get_header("ETag"),
        last_modified=headers.get_header("Last-Modified"),
        body_sha256=hashlib.sha256(body).hexdigest(),
        warc_file=warc_file,
        warc_offset=offset,
    )


def _moment(text: str | None, where: str) -> datetime | None:
    """A WARC date; one without a zone is UTC, as the standard has it."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArchiveError(f"{where}: {text!r} is no date") from error
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _whole(record: ArcWarcRecord, body: bytes, where: str) -> None:
    """Raise where the record is shorter than it says, or its digest is another's."""
    limited: Any = record.raw_stream
    if getattr(limited, "limit", 0) > 0 and limited.read(1) == b"":
        raise ArchiveError(f"{where}: the record is cut off after {len(body)} bytes of body")
    if record.digest_checker.passed is False:
        raise ArchiveError(f"{where}: the record is damaged: {'; '.join(record.digest_checker.problems)}")


def _body(record: ArcWarcRecord, where: str, max_body: int) -> bytes:
    coding = (record.http_headers.get_header("Content-Encoding") or "").lower() if record.http_headers else ""
    if coding in PACKED - set(BufferedReader.get_supported_decompressors()):
        raise ArchiveError(f"{where}: the body is packed by {coding}, which this installation cannot undo")
    stream = record.content_stream()
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > max_body:
            raise ArchiveError(f"{where}: the body unpacks to more than {max_body} bytes")
    return b"".join(pieces)
