"""The zip of a DOCX: its parts, bounded, and a new one of clean parts for mammoth to turn into HTML."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element

from govcrawl.documents.containers import Budget, Zipped
from govcrawl.documents.limits import Limits, too_large
from govcrawl.model import DocumentError, ProblemKind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
_MAIN = "word/document.xml"
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/></Types>'
)
_RELATIONSHIPS = '<Relationships xmlns="%s"><Relationship Id="p" Type="%simage" Target="p.png"/></Relationships>'


class Package:
    """The parts of a DOCX by name. Every byte unpacked counts against the limit, whatever the zip's directory says.

    Raises:
        DocumentError: EXTRACTION_FAILED or TOO_LARGE.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._zip = Zipped(data)
        self._budget = Budget(limits)
        self._entries = {entry.name.replace("\\", "/").lstrip("/").lower(): entry for entry in self._zip.entries}
        self.main = self._find_main()
        self.targets = self._links(self.main)

    def _find_main(self) -> str:
        for kind, target in self._links("").values():
            if kind.endswith("/officeDocument") and target.lower() in self._entries:
                return target
        if _MAIN not in self._entries:
            raise _broken("the document's main part is missing")
        return _MAIN

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none.

        Raises:
            DocumentError: TOO_LARGE, ENCRYPTED or EXTRACTION_FAILED.
        """
        entry = self._entries.get(name.lower())
        return None if entry is None else self._zip.inflate(entry, self._budget)

    def tree(self, name: str) -> _Element | None:
        """A part as XML in the transitional namespaces; None where there is none. Entities are left alone."""
        data = self.part(name)
        if data is None:
            return None
        root = _parse(data, name)
        if _STRICT in data:
            data = etree.tostring(root, encoding="utf-8")
            for strict, transitional in _TRANSITIONAL:
                data = data.replace(strict, transitional)
            root = _parse(data, name)
        return root

    def related(self, kind: str) -> _Element | None:
        """The part that the main part names as its `kind` ("styles", "numbering", "footnotes")."""
        for each, target in self.targets.values():
            if each.endswith("/" + kind):
                return self.tree(target)
        return None

    def picture(self, relationship: str) -> bytes | None:
        """The bytes of an embedded picture; None where the relationship leads out of the document, or nowhere."""
        _, target = self.targets.get(relationship, ("", ""))
        return self.part(target) if target else None

    def _links(self, name: str) -> dict[str, tuple[str, str]]:
        """Id → (type, the part's name) of what a part refers to inside the package."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for link in root.iter(f"{_PACKAGE}Relationship") if root is not None else ():
            if link.get("TargetMode", "").lower() != "external":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(link.get("Target", ""))))
                found[link.get("Id", "")] = (link.get("Type", ""), target.lstrip("/"))
        return found


def packed(document: _Element, styles: _Element | None) -> BytesIO:
    """A DOCX of nothing but these parts, and a relationship `p` that every picture may name."""
    made = BytesIO()
    office = R[1:-1] + "/"
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("[Content_Types].xml", _CONTENT_TYPES)
        target.writestr("word/_rels/document.xml.rels", _RELATIONSHIPS % (_PACKAGE[1:-1], office))
        target.writestr(_MAIN, etree.tostring(document, encoding="utf-8"))
        if styles is not None:
            target.writestr("word/styles.xml", etree.tostring(styles, encoding="utf-8"))
    made.seek(0)
    return made


def _parse(data: bytes, name: str) -> _Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower() or "huge" in str(error).lower():
            raise too_large(f"{name} nests deeper, or holds longer text, than the parser goes") from error
        raise _broken(f"{name} is no XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _broken(f"{name} declares a document type, which no document of Word does")
    return root


def _broken(message: str) -> DocumentError:
    return DocumentError(message, ProblemKind.EXTRACTION_FAILED)
