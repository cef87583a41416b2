"""The zip of XML that an OFD document is, unpacked member by member and never further than allowed."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from govcrawl.documents.limits import Limits, too_large
from govcrawl.model import DocumentError, ProblemKind

Element = Any
"""An element of a parsed member."""

_ENCRYPTED = 1
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)
"""What the zip reader raises of broken archives."""


class Package:
    """An OFD package. Names are only looked up among its members: none leads out of it."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open it.

        Raises:
            DocumentError: EXTRACTION_FAILED, the archive is broken beyond reading.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise _broken(str(error)) from error
        self._left = limits.unpacked
        self._limits = limits
        self._names = {_folded(info.filename): info for info in self._zip.infolist() if not info.is_dir()}
        self._read: dict[str, bytes] = {}

    def find(self, path: str, base: str = "") -> str | None:
        """The member that a location names, as seen from the member `base`; None where there is none."""
        path = path.strip().replace("\\", "/")
        folder = posixpath.dirname(base)
        for candidate in (posixpath.join("/" + folder, path), "/" + path):
            name = posixpath.normpath(candidate).lstrip("/")
            if _folded(name) in self._names:
                return name
        return None

    def read(self, name: str, most: int | None = None) -> bytes:
        """The bytes of a member, counted as they are unpacked: what the archive declares proves nothing.

        Raises:
            DocumentError: TOO_LARGE, ENCRYPTED or EXTRACTION_FAILED.
        """
        info = self._names[_folded(name)]
        if info.flag_bits & _ENCRYPTED:
            raise DocumentError("the OFD document only opens with a password", ProblemKind.ENCRYPTED)
        most = min(self._left, most or self._left)
        unpacked = bytearray()
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    unpacked += chunk
                    if len(unpacked) > most:
                        raise too_large(f"{info.filename[:80]} unpacks to more than {most:,} bytes")
        except _BROKEN as error:
            raise _broken(f"{info.filename[:80]}: {error}") from error
        self._left -= len(unpacked)
        return bytes(unpacked)

    def xml(self, name: str) -> Element:
        """The root element of a member.

        Raises:
            DocumentError: as `read`; EXTRACTION_FAILED also where the member is no XML, or declares types or entities,
                which no OFD document does.
        """
        data = self.read(name, self._limits.bytes)
        if data.count(b"<") > 20 * self._limits.tags:
            raise too_large(f"{name[:80]} has more tags than the limits allow")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
        )
        try:
            root: Element = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _broken(f"{name[:80]}: {error}") from error
        if root.getroottree().docinfo.doctype:
            raise _broken(f"{name[:80]} declares a document type or entities")
        return root


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _broken(message: str) -> DocumentError:
    return DocumentError(f"the OFD document is broken: {message}", ProblemKind.EXTRACTION_FAILED)


def name_of(element: Element) -> str:
    """An element's name without its namespace: writers disagree about it. Empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The child elements of these names, in their order."""
    return (child for child in element if name_of(child) in names)


def child(element: Element, *path: str) -> Element | None:
    """The first element at the end of a path of names."""
    found: Element | None = element
    for name in path:
        found = next(children(found, name), None) if found is not None else None
    return found


def text_at(element: Element, *path: str) -> str:
    """The text of the element at the end of a path, empty where there is none."""
    found = child(element, *path)
    return (found.text or "").strip() if found is not None else ""


def numbers(text: str | None) -> list[float]:
    """The numbers of an array; empty where one of them is none, or is beyond all paper."""
    try:
        values = [float(part) for part in (text or "").replace(",", " ").split()]
    except ValueError:
        return []
    return values if all(abs(value) < 1e7 for value in values) else []
