"""The files of an archive brought into another: named by what they hold, so that no two differ under one name."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from govcrawl.divisions import TABLE
from govcrawl.model import ArchiveError

DIGITS = 16
"""Hexadecimal figures of the SHA-256 of a file in its name."""
NAME = re.compile(r"(?P<stem>.+?)(?:-[0-9a-f]{16})?(?P<suffix>\.warc(?:\.gz)?)?")
NO_LINKS = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EACCES}
"""What the system says where a file cannot have a second name."""


def archived_name(name: str, digest: str) -> str:
    """What a file is called in a merged archive; a name that has its digest already stays as it is.

    Args:
        name: of the file.
        digest: SHA-256 of what it holds, in hexadecimal figures.
    """
    found = NAME.fullmatch(name)
    stem, suffix = (found["stem"], found["suffix"] or "") if found else (name, "")
    return f"{stem}-{digest[:DIGITS]}{suffix}"


def bring_files(names: Iterable[str], source: Path, target: Path) -> dict[str, str]:
    """Bring files into another archive, by hard links where the disk is the same; gives their names there.

    A file that is there already is left alone, so stopped at any moment it can be done again. Nothing is overwritten.

    Raises:
        ArchiveError: a file is not there, or cannot be brought.
    """
    brought = {}
    for name in names:
        path = _inside(source, name)
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            brought[name] = archived_name(name, digest)
            target.mkdir(parents=True, exist_ok=True)
            if not (target / brought[name]).exists():
                _bring(path, target / brought[name])
        except OSError as error:
            raise ArchiveError(f"{path}: the file cannot be brought to {target}: {error.strerror or error}") from error
    if brought:
        _sync_folder(target)
    return brought


def bring_table(sources: Iterable[Path], target: Path) -> bool:
    """Bring the table of divisions that corpora have beside their databases; gives whether all were read with one.

    Where they differ, or only some have one of their own, none is brought. Nothing is overwritten.

    Args:
        sources: their folders.
        target: the folder of the result.

    Raises:
        ArchiveError: it cannot be brought.
    """
    try:
        tables = {path.read_bytes() if path.is_file() else None for path in (source / TABLE for source in sources)}
        if len(tables) > 1:
            return False
        for table in tables:
            if table is not None and not (target / TABLE).exists():
                part = target / f".{TABLE}.part"
                part.write_bytes(table)
                part.replace(target / TABLE)
    except OSError as error:
        raise ArchiveError(f"{target / TABLE}: cannot be written: {error.strerror or error}") from error
    return True


def drop_files(names: Iterable[str], folder: Path) -> None:
    """Take away names of files that stand in the folder under another name too."""
    for name in names:
        with suppress(FileNotFoundError):
            _inside(folder, name).unlink()


def missing(names: Iterable[str], folder: Path) -> list[str]:
    """Those of the files that are not in the folder."""
    return [name for name in names if not _inside(folder, name).is_file()]


def _inside(folder: Path, name: str) -> Path:
    if Path(name).name != name:
        raise ArchiveError(f"{name}: no name of a file in an archive")
    return folder / name


def _bring(path: Path, target: Path) -> None:
    with suppress(FileExistsError):
        try:
            os.link(path, target)
            return
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
        part = target.with_name(f".{target.name}.part")
        with path.open("rb") as read, part.open("wb") as written:
            shutil.copyfileobj(read, written, 1 << 20)
            written.flush()
            os.fsync(written.fileno())
        part.replace(target)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
