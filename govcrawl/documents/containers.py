"""Files that hold files: ZIP archives and OLE files, opened without believing what they say of themselves."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import NamedTuple

import olefile

from govcrawl.documents.limits import Limits, too_large
from govcrawl.model import DocumentError, ProblemKind

ENTRIES = 20_000
"""Entries of a ZIP that are listed at all: a report of 300 sheets in OFD has some 2,000."""
_CENTRAL = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s22xHH")
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_UTF8 = 0x800
_BROKEN = ProblemKind.EXTRACTION_FAILED
_BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError, struct.error, UnicodeError)
"""What `zipfile` raises for broken archives; nothing else is done in its `try`s."""
_BROKEN_OLE = (OSError, ValueError, TypeError, IndexError, KeyError, RecursionError, struct.error, OverflowError)


class Budget:
    """Bytes that may still be unpacked.

    Raises:
        DocumentError: TOO_LARGE, from `spend`.
    """

    def __init__(self, limits: Limits) -> None:
        self.limit = self.left = limits.unpacked

    def spend(self, size: int) -> None:
        if size > self.left:
            raise too_large(f"the archive unpacks to more than {self.limit:,} bytes")
        self.left -= size


class Entry(NamedTuple):
    """A file in a ZIP archive, as its directory tells of it."""

    name: str
    info: zipfile.ZipInfo

    @property
    def is_encrypted(self) -> bool:
        return bool(self.info.flag_bits & _ENCRYPTED)


class Zipped:
    """A ZIP archive.

    Raises:
        DocumentError: TOO_LARGE for more entries than are listed, EXTRACTION_FAILED where the directory is broken.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(_CENTRAL) > ENTRIES:
            raise too_large(f"an archive of more than {ENTRIES:,} files")
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                infos = archive.infolist()
        except _BROKEN_ZIP as error:
            raise DocumentError(f"a ZIP file that is cut short or broken ({error})", _BROKEN) from error
        self._data = data
        named = (Entry(_name(info), info) for info in infos)
        self.entries = tuple(entry for entry in named if entry.name and not entry.name.endswith("/"))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(entry.name for entry in self.entries)

    def inflate(self, entry: Entry, budget: Budget) -> bytes:
        """The bytes of an entry, however long it says they are.

        Raises:
            DocumentError: TOO_LARGE, ENCRYPTED, or EXTRACTION_FAILED for damaged or unknown compression.
        """
        if entry.is_encrypted:
            raise DocumentError("packed with a password", ProblemKind.ENCRYPTED)
        method = entry.info.compress_type
        packed = self._packed(entry)
        if method == zipfile.ZIP_STORED:
            budget.spend(len(packed))
            return packed
        if method != zipfile.ZIP_DEFLATED:
            raise DocumentError(f"packed in a way that is not read (method {method})", _BROKEN)
        return inflated(packed, budget)

    def _packed(self, entry: Entry) -> bytes:
        at = entry.info.header_offset
        try:
            mark, name, extra = _LOCAL.unpack_from(self._data, at)
        except struct.error as error:
            raise DocumentError("a packed file lies outside its archive", _BROKEN) from error
        if mark != b"PK\x03\x04":
            raise DocumentError("a packed file is not where its archive says", _BROKEN)
        start = at + _LOCAL.size + name + extra
        return self._data[start : start + entry.info.compress_size]


def inflated(packed: bytes, budget: Budget, *, wbits: int = -zlib.MAX_WBITS) -> bytes:
    """Inflate a stream of zlib's, a piece at a time.

    Raises:
        DocumentError: TOO_LARGE as soon as the budget is spent, EXTRACTION_FAILED for a damaged stream.
    """
    inflater = zlib.decompressobj(wbits)
    pieces: list[bytes] = []
    rest = packed
    try:
        while not inflater.eof:
            piece = inflater.decompress(rest, _CHUNK)
            budget.spend(len(piece))
            pieces.append(piece)
            rest = inflater.unconsumed_tail
            if not (piece or rest or inflater.eof):
                raise DocumentError("a packed file is cut short", _BROKEN)
    except zlib.error as error:
        raise DocumentError(f"a packed file is damaged ({error})", _BROKEN) from error
    return b"".join(pieces)


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of files as they are: for readers of other makes, who find in it what was inflated here."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _name(info: zipfile.ZipInfo) -> str:
    """The name as printed: without its flag, `zipfile` takes the bytes for those of an old IBM page."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    return decoded_name(info.orig_filename.encode("cp437", "replace"))


def decoded_name(raw: bytes) -> str:
    """A file's name of unknown character set: UTF-8 if it can be, else GB18030."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


class Ole:
    """An OLE file: its streams by name.

    Raises:
        DocumentError: EXTRACTION_FAILED where its tables are broken.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._file = olefile.OleFileIO(BytesIO(data))
            self.names = frozenset("/".join(path) for path in self._file.listdir())
        except _BROKEN_OLE as error:
            raise DocumentError(f"an OLE file that is cut short or broken ({error})", _BROKEN) from error

    def read(self, name: str) -> bytes:
        """A stream as far as it is there.

        Raises:
            DocumentError: EXTRACTION_FAILED.
        """
        try:
            return bytes(self._file.openstream(name).read())
        except _BROKEN_OLE as error:
            raise DocumentError(f"{name} in an OLE file is broken ({error})", _BROKEN) from error

    def first(self, names: Sequence[str]) -> str | None:
        """The first of the names that is there; upper and lower case do not count in OLE."""
        known = {name.casefold(): name for name in self.names}
        return next((known[name.casefold()] for name in names if name.casefold() in known), None)


def records(stream: bytes, at: int = 0) -> Iterator[tuple[int, int, int]]:
    """The records of a BIFF stream (.xls) from a place on: number, and where its contents begin and end."""
    end = len(stream)
    while at + 4 <= end:
        number, size = struct.unpack_from("<HH", stream, at)
        yield number, at + 4, min(at + 4 + size, end)
        at += 4 + size
