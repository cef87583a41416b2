"""What lies in an archive, and in the archives inside it, under one budget for all of them."""

from __future__ import annotations

import email
import tarfile
import zlib
from collections.abc import Callable, Iterator
from email.message import Message
from io import BytesIO
from typing import NamedTuple

from govcrawl.documents.containers import Budget, Zipped, decoded_name, inflated
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.sniff import kind_of_file
from govcrawl.model import DocumentError, DocumentKind, ProblemKind

_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini", "._")
"""What operating systems leave behind: begins of a path, or of its last part."""
_GZIP = b"\x1f\x8b"
_PK = b"PK"
_TAR_FAILS = (tarfile.TarError, OSError, ValueError, EOFError)
_PARTS_IN_PARTS = 64
"""Each part is read through all it lies in."""
_NAME_FLAG, _EXTRA_FLAG = 0x08, 0x04
_PACKAGES = frozenset({DocumentKind.DOCX, DocumentKind.XLSX, DocumentKind.ODT, DocumentKind.ODS, DocumentKind.OFD})
"""Documents that are ZIP archives themselves: what they unpack to counts."""


class Member(NamedTuple):
    """A file in an archive that is none itself."""

    name: str
    data: bytes
    content_type: str | None = None


class Unread(NamedTuple):
    """A member that could not be had, or read."""

    name: str
    error: DocumentError


Found = Member | Unread


class _Account:
    """What all archives of a document may cost together."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.budget = Budget(limits)
        self._members = 0

    def count(self) -> None:
        self._members += 1
        if self._members > self.limits.members:
            raise too_large(f"an archive of more than {self.limits.members:,} files")


def members_of(data: bytes, limits: Limits) -> Iterator[Found]:
    """The members of an archive, those of archives inside it too.

    Raises:
        DocumentError: TOO_LARGE for more members or bytes than the limits allow, or EXTRACTION_FAILED.
    """
    return _walk(data, "", limits.depth, _Account(limits))


def _walk(data: bytes, folder: str, depth: int, account: _Account) -> Iterator[Found]:
    if depth <= 0:
        message = f"archives inside archives, more than {account.limits.depth:,} deep"
        yield Unread(folder.rstrip("/"), too_large(message))
        return
    for found in _opener(data)(data, account):
        name = f"{folder}{found.name}".strip("/")
        if isinstance(found, Unread):
            yield Unread(name, found.error)
            continue
        try:
            kind = kind_of_file(found.data, account.limits)
            if kind in _PACKAGES:
                account.budget.spend(sum(entry.info.file_size for entry in Zipped(found.data).entries))
        except DocumentError as error:
            yield Unread(name, error)
            continue
        if kind is DocumentKind.ZIP:
            yield from _inside(found.data, f"{name}/", depth - 1, account)
        else:
            yield Member(name, found.data, found.content_type)


def _inside(data: bytes, folder: str, depth: int, account: _Account) -> Iterator[Found]:
    """An archive in an archive: where it is broken it is one member that cannot be read."""
    try:
        yield from _walk(data, folder, depth, account)
    except DocumentError as error:
        if error.kind is ProblemKind.TOO_LARGE:
            raise
        yield Unread(folder.rstrip("/"), error)


def _opener(data: bytes) -> Callable[[bytes, _Account], Iterator[Found]]:
    if data.startswith(_PK):
        return _zip
    if data.startswith(_GZIP):
        return _gzip
    return _tar if data[257:262] == b"ustar" else _web


def _is_litter(name: str) -> bool:
    path = name.replace("\\", "/").casefold()
    return path.startswith(_LITTER) or path.rpartition("/")[2].startswith(_LITTER)


def _zip(data: bytes, account: _Account) -> Iterator[Found]:
    archive = Zipped(data)
    for entry in archive.entries:
        if _is_litter(entry.name):
            continue
        account.count()
        try:
            yield Member(entry.name, archive.inflate(entry, account.budget))
        except DocumentError as error:
            if error.kind is ProblemKind.TOO_LARGE:
                raise
            yield Unread(entry.name, error)


def _gzip(data: bytes, account: _Account) -> Iterator[Found]:
    account.count()
    yield Member(_name_in_gzip(data), inflated(data, account.budget, wbits=16 + zlib.MAX_WBITS))


def _name_in_gzip(data: bytes) -> str:
    if not data[3] & _NAME_FLAG or data[3] & _EXTRA_FLAG:
        return ""
    return decoded_name(data[10:1024].partition(b"\0")[0])


def _tar(data: bytes, account: _Account) -> Iterator[Found]:
    try:
        with tarfile.open(fileobj=BytesIO(data), mode="r:", errors="surrogateescape") as archive:
            for info in archive:
                name = decoded_name(info.name.encode("utf-8", "surrogateescape"))
                if not info.isreg() or info.issparse() or _is_litter(name):
                    continue
                account.count()
                account.budget.spend(info.size)
                file = archive.extractfile(info)
                yield Member(name, file.read() if file else b"")
    except _TAR_FAILS as error:
        message = f"a tar archive that is cut short or broken ({error})"
        raise DocumentError(message, ProblemKind.EXTRACTION_FAILED) from error


def _web(data: bytes, account: _Account) -> Iterator[Found]:
    """A saved web page: its pages without their pictures. The first is the page; of a frame, those it shows are."""
    if data.lower().count(b"multipart/") > _PARTS_IN_PARTS:
        raise too_large("a web archive of parts inside parts")
    parsed = email.message_from_bytes(data)
    pages = [_page(part) for part in parsed.walk() if part.get_content_type() == "text/html"]
    framed = len(pages) > 1 and b"<frameset" in pages[0].data.lower()
    for page in pages[1:] if framed else pages[:1]:
        account.count()
        account.budget.spend(len(page.data))
        yield page if framed else page._replace(name="")


def _page(part: Message) -> Member:
    body = part.get_payload(decode=True)
    location = str(part.get("Content-Location", "")).rpartition("/")[2]
    charset = part.get_content_charset()
    return Member(
        location, body if isinstance(body, bytes) else b"", f"text/html; charset={charset}" if charset else None
    )
