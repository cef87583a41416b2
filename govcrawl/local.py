"""Files on this machine as sources of reports: read one, store what it held."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from govcrawl import __version__
from govcrawl.divisions import load_divisions
from govcrawl.documents import read_documents
from govcrawl.lock import hold_lock
from govcrawl.model import Capture, DocumentError, ProblemKind, Report, Role
from govcrawl.reading import Piece, read_pieces
from govcrawl.workers import Workers, is_heavy

if TYPE_CHECKING:
    from govcrawl.archive import Archive
    from govcrawl.store import Saved, Store

MAX_BYTES = 64 * 1024 * 1024
"""A larger file is no report, and is not even opened."""
_HEAVY = 1_000_000
"""Bytes of markup or text above which a worker reads them."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of a file: its reports, or why there are none."""

    path: Path
    data: bytes = b""
    reports: tuple[Report, ...] = ()
    error: str | None = None
    kind: ProblemKind | None = None


def files_under(path: Path) -> Iterator[Path]:
    """The file itself, or every file in a folder and below it, by name; hidden ones and links to folders are left out.

    A folder that cannot be listed is given itself: reading it tells why.
    """
    if not path.is_dir():
        yield path
        return
    try:
        children = sorted(path.iterdir())
    except OSError:
        yield path
        return
    for child in children:
        if not child.name.startswith(".") and not (child.is_symlink() and child.is_dir()):
            yield from files_under(child)


def read_file(path: Path, workers: Workers) -> FileResult:
    """Read every report of a file, a heavy one in a worker. Whatever is wrong is in the result; nothing is raised."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return FileResult(path, error=f"{size} bytes are more than a report can have", kind=ProblemKind.TOO_LARGE)
        data = path.read_bytes()
    except OSError as error:
        return FileResult(path, error=error.strerror or str(error), kind=ProblemKind.UNREACHABLE)
    try:
        documents = workers.read_now(data) if is_heavy(data, _HEAVY) else read_documents(data)
        found = read_pieces((Piece(documents, is_page=True, name=path.name),), divisions=load_divisions())
        return FileResult(path, data, tuple(each.report for each in found))
    except DocumentError as error:
        return FileResult(path, data, error=str(error), kind=error.kind)
    except Exception as error:  # a reader that fails on one file must not take the others with it
        detail = f"the reader failed: {type(error).__name__}: {error}"
        return FileResult(path, data, error=detail, kind=ProblemKind.EXTRACTION_FAILED)


@dataclass(frozen=True, slots=True)
class Saving:
    """Where the reports of files are stored, and the files themselves kept."""

    store: Store
    archive: Archive


@contextmanager
def open_for_saving(db: Path, data_dir: Path, started_at: datetime) -> Iterator[Saving]:
    """The database, locked, with the divisions in it, and the archive of the data folder.

    Raises:
        LockedError: a crawl is writing to it.
        StoreError: it cannot be used.
    """
    from govcrawl.archive import Archive
    from govcrawl.store import Store

    with (
        hold_lock(db),
        Store.open(db, extractor_version=__version__) as store,
        Archive.of_run(data_dir, started_at) as archive,
    ):
        store.save_divisions(load_divisions())
        yield Saving(store, archive)


def save_file(saving: Saving, result: FileResult, seen_at: datetime) -> tuple[Saved, ...]:
    """Store the reports of a file, with its URI as their source. A file stored before is not captured twice.

    Raises:
        ArchiveError: the file cannot be archived.
        StoreError: the database cannot be used.
    """
    store, uri = saving.store, result.path.resolve().as_uri()
    digest = hashlib.sha256(result.data).hexdigest()
    known = store.known(uri)
    with store.atomic():
        if known and known.body_sha256 == digest:
            capture_id = known.capture_id
            store.touch_source(uri, seen_at)
        else:
            capture_id = store.save_capture(_archived(saving.archive, uri, result.data, digest, seen_at))
        return tuple(store.save_report(report, capture_id, uri, None, seen_at) for report in result.reports)


def _archived(archive: Archive, uri: str, data: bytes, digest: str, seen_at: datetime) -> Capture:
    capture = Capture(url=uri, body=data, fetched_at=seen_at, role=Role.PAGE, body_sha256=digest)
    file, offset = archive.write(uri, capture.status, (), data, seen_at, sha256=digest)
    return replace(capture, warc_file=file, warc_offset=offset)
