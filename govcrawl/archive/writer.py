"""Appending captures to the archive's files."""

from __future__ import annotations

import hashlib
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from govcrawl.archive.records import (
    FILES,
    Headers,
    info_record,
    new_id,
    request_record,
    resource_record,
    response_record,
    revisit_record,
)
from govcrawl.model import ArchiveError

MAX_FILE_BYTES = 1 << 30
FOLDER = "warc"
"""The archive's folder inside a data folder."""


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
        self._file: BinaryIO | None = None
        self._name = ""
        self._offset = 0

    @classmethod
    def of_run(cls, data_dir: Path, started_at: datetime) -> Archive:
        """A run's archive in its data folder. Files are named after moment and process: no two runs write to one."""
        return cls(data_dir / FOLDER, f"{started_at:%Y%m%d%H%M%S}-{os.getpid()}")

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
        sha256: str | None = None,
    ) -> tuple[str, int]:
        """Append a response (and its request, where the headers are given), or a file, which has neither.

        Args:
            sha256: of the body, in hexadecimal figures, where the caller has it already.

        Returns:
            The file's name inside the folder, and the offset of the response (or resource) record.

        Raises:
            ArchiveError: the folder or the file cannot be written. What was written before stays readable.
        """
        date = _warc_date(fetched_at)
        record_id = new_id()
        digest = sha256 or hashlib.sha256(body).hexdigest()
        if url.startswith(FILES):
            data = resource_record(record_id, url, body, digest, date)
        else:
            data = response_record(record_id, url, status, headers, body, digest, date)
        if request_headers is not None:
            data += request_record(url, request_headers, record_id, date)
        return self._put(data, date)

    def write_revisit(
        self,
        url: str,
        status: int,
        headers: Headers,
        sha256: str,
        seen_at: datetime,
        original: tuple[str, datetime] | None = None,
    ) -> tuple[str, int]:
        """Append the note that an answer was a body which the archive has.

        Args:
            sha256: of that body.
            original: the address of the answer that it came with, and when that was.

        Returns and raises as `write`.
        """
        date = _warc_date(seen_at)
        known = (original[0], _warc_date(original[1])) if original is not None else None
        return self._put(revisit_record(url, status, headers, sha256, date, known), date)

    def _put(self, data: bytes, date: str) -> tuple[str, int]:
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
        self._append(info_record(name, self.software, date))


def _warc_date(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ArchiveError(f"{moment.isoformat()} has no time zone; give the archive aware datetimes")
    return f"{moment.astimezone(UTC).isoformat(timespec='seconds')[:19]}Z"


def _number(path: Path) -> int:
    digits = path.name.removesuffix(".warc.gz").rpartition("-")[2]
    return int(digits) if digits.isdigit() else 0
