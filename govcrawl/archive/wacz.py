"""WACZ files (Browsertrix, ArchiveWeb.page): ZIP files of WARC files with an index and their hashes."""

from __future__ import annotations

import hashlib
import json
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from govcrawl.model import ArchiveError

MOST_BYTES = 64 << 30
"""A WACZ file that unpacks to more is refused."""

DESCRIPTION = "datapackage.json"
_PIECE = 1 << 20


def warcs_of(paths: Iterable[Path], folder: Path, on_damage: Callable[[str], None]) -> Iterator[Path]:
    """The WARC files among files, and those in the WACZ files among them, unpacked one at a time.

    Args:
        paths: WARC and WACZ files.
        folder: where to unpack; what is unpacked stays there.
        on_damage: told of each WARC file inside that is not what the WACZ file says of it; it is given all the same.

    Raises:
        ArchiveError: a WACZ file cannot be read, or holds no WARC file.
    """
    for number, path in enumerate(paths):
        if is_zipfile(path):
            yield from _unpacked(path, folder / str(number), on_damage)
        else:
            yield path


def _unpacked(path: Path, folder: Path, on_damage: Callable[[str], None]) -> Iterator[Path]:
    try:
        with ZipFile(path) as wacz:
            hashes = _hashes(wacz)
            names = [each.filename for each in wacz.infolist() if _is_warc(each.filename)]
            nested = [each.filename for each in wacz.infolist() if each.filename.lower().endswith(".wacz")]
            if not names and not nested:
                raise ArchiveError(f"{path}: holds no WARC file; is it a WACZ file?")
            if sum(wacz.getinfo(name).file_size for name in names + nested) > MOST_BYTES:
                raise ArchiveError(f"{path}: unpacks to more than {MOST_BYTES} bytes")
            for number, name in enumerate(names + nested):
                file = folder / f"{number}-{name.rpartition('/')[2]}"
                digest = _unpack(wacz, name, file)
                if hashes.get(name, digest) != digest:
                    on_damage(f"{path.name}: {name} is not what {DESCRIPTION} says: its SHA-256 is {digest}")
                if number < len(names):
                    yield file
                else:
                    yield from _unpacked(file, folder / f"{number}-members", on_damage)
    except (BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise ArchiveError(f"{path}: cannot be unpacked: {error}") from error


def _is_warc(name: str) -> bool:
    return name.lower().endswith((".warc", ".warc.gz"))


def _hashes(wacz: ZipFile) -> dict[str, str]:
    """Path in the file to its SHA-256, as far as the description tells."""
    try:
        told = json.loads(wacz.read(DESCRIPTION))
        resources = [(each["path"], str(each["hash"])) for each in told["resources"]]
    except (KeyError, TypeError, ValueError):
        return {}
    return {path: digest.removeprefix("sha256:") for path, digest in resources if digest.startswith("sha256:")}


def _unpack(wacz: ZipFile, name: str, file: Path) -> str:
    """Write a member to a file; gives its SHA-256."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with wacz.open(name) as packed, file.open("wb") as out:
        shutil.copyfileobj(packed, out, _PIECE)
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
