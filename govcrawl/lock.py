"""One writer a database: the lock that a crawl holds while it runs."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from govcrawl.model import GovcrawlError, StoreError

_HELD: set[Path] = set()
"""The lock files this process holds."""


class LockedError(GovcrawlError):
    """Another run writes to the same database; raised by `hold_lock`."""


def lock_path(db: Path) -> Path:
    """The lock file of a database: beside it, so that two data folders never share one."""
    return db.with_name(f"{db.name}.lock")


@contextmanager
def hold_lock(db: Path) -> Iterator[None]:
    """Hold the lock of a database for the length of the block.

    The kernel drops the lock when the process ends, however it ends: a killed crawl leaves nothing to clean up.

    Raises:
        LockedError: another process holds it; the message names the process.
        StoreError: the lock file cannot be made or written.
    """
    path = lock_path(db)
    with ExitStack() as stack:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            stack.callback(os.close, descriptor)
            _take(descriptor, db)
        except OSError as error:
            raise StoreError(
                f"{path}: {error.strerror or error}; does its folder exist as a folder, and may this user write there?"
            ) from error
        held = path.resolve()
        _HELD.add(held)
        stack.callback(_HELD.discard, held)
        yield


@contextmanager
def join_lock(db: Path) -> Iterator[None]:
    """Hold the lock of a database as `hold_lock` does, or lean on the hold that this process has already.

    Raises:
        LockedError: another process holds it.
        StoreError: the lock file cannot be made or written.
    """
    if lock_path(db).resolve() in _HELD:
        yield
    else:
        with hold_lock(db):
            yield


@contextmanager
def share_lock(db: Path) -> Iterator[None]:
    """See to it that no run writes to a database for the length of the block, without making a file beside it.

    Raises:
        LockedError: a run does.
        StoreError: the lock file cannot be read.
    """
    path = lock_path(db)
    if not path.exists():  # no run ever wrote to it
        yield
        return
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(f"{db}: a run is writing to this database; wait for it") from None
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, db: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
        raise LockedError(
            f"{db}: another run (process {holder}) is writing to this database; "
            "wait for it, or name another one with --db"
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
