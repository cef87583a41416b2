"""The zip of XML that an OFD document is, unpacked member by member and never further than allowed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from lxml import etree

from govcrawl.documents.containers import Budget, Zipped
from govcrawl.documents.limits import Limits, too_large
from govcrawl.model import DocumentError, ProblemKind

Element = Any
"""An element of a parsed member."""


class Package:
    """An OFD package. Names are only looked up among its members: none leads out of it."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open it.

        Raises:
            DocumentError: TOO_LARGE (more members than are listed) or EXTRACTION_FAILED (broken beyond reading).
        """
        self._zip = Zipped(data)
        self._limits = limits
        self._budget = Budget(limits)
        self._entries = {_folded(entry.name): entry for entry in self._zip.entries}

    def find(self, path: str, base: str = "") -> str | None:
        """The member that a location names, as seen from the member `base`; None where there is none."""
        path = path.strip().replace("\\", "/")
        folder = posixpath.dirname(base)
        for candidate in (posixpath.join("/" + folder, path), "/" + path):
            name = posixpath.normpath(candidate).lstrip("/")
            if _folded(name) in self._entries:
                return name
        return None

    def read(self, name: str, most: int | None = None) -> bytes:
        """The bytes of a member, counted as they are unpacked: what the archive declares proves nothing.

        Raises:
            DocumentError: TOO_LARGE, ENCRYPTED or EXTRACTION_FAILED.
        """
        budget = Budget(self._limits)
        budget.limit = budget.left = min(self._budget.left, most or self._budget.left)
        data = self._zip.inflate(self._entries[_folded(name)], budget)
        self._budget.spend(len(data))
        return data

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
