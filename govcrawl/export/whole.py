"""Files and folders that have their name only once they are whole, and that one export at a time writes."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from govcrawl.model import ExportError


@contextmanager
def whole_file(to: Path) -> Iterator[TextIO]:
    """A file that takes its name when the block is over.

    Raises:
        ExportError: it cannot be written, or another export is writing it.
    """
    here = to.resolve()  # a link stays where it is
    part = here.with_name(f".{here.name}.part")
    with _told(to), _held(part, os.O_RDWR | os.O_CREAT, to) as descriptor:
        try:
            os.ftruncate(descriptor, 0)
            with open(descriptor, "w", encoding="utf-8", newline="\n", closefd=False) as file:
                yield file
            part.replace(here)
        finally:
            if _is(part, descriptor):
                part.unlink()


@contextmanager
def whole_folder(to: Path) -> Iterator[Path]:
    """A folder that takes its name, and the place of the one that had it, when the block is over.

    Raises:
        ExportError: it cannot be written, or another export is writing it.
    """
    here = to.resolve()  # a link stays where it is, and `.` has a name
    part, old = (here.with_name(f".{here.name}.{end}") for end in ("part", "old"))
    with _told(to):
        part.mkdir(parents=True, exist_ok=True)
        with _held(part, os.O_RDONLY, to) as descriptor:
            try:
                _empty(part)  # of what a run left that was killed
                if here.is_dir():
                    _remove(old)
                yield part
                if here.is_dir():
                    here.rename(old)
                part.rename(here)
            finally:
                if old.is_dir() and not here.is_dir():
                    old.rename(here)
                if _is(part, descriptor):
                    _remove(part)
                _remove(old)


@contextmanager
def _held(part: Path, flags: int, to: Path) -> Iterator[int]:
    """Open what is not whole yet, and keep others from it. The kernel lets go of it when the process ends."""
    descriptor = os.open(part, flags, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = _is(part, descriptor)
        except BlockingIOError:
            mine = False
        if not mine:
            raise ExportError(f"{to}: another export is writing to it")
        yield descriptor
    finally:
        os.close(descriptor)


def _is(path: Path, descriptor: int) -> bool:
    """Whether a file still has that name: whoever held it before may have given it another one."""
    return path.exists() and os.path.samestat(path.stat(), os.fstat(descriptor))


@contextmanager
def _told(to: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(f"{to}: cannot be written: {error.strerror or error}") from error


def _empty(folder: Path) -> None:
    for each in folder.iterdir():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
