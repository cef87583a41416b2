"""Documents of Word, written part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from govcrawl.documents import docx
from govcrawl.documents.limits import Limits
from govcrawl.model import Document

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": _OFFICE,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def part(name: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {DECLARED}>{inner}</w:{name}>'


def packed(body: str, parts: Mapping[str, str | bytes] | None = None, links: str = "") -> bytes:
    """A DOCX with this body, further parts below `word/`, and further relationships."""
    related = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for name in ("styles", "numbering", "footnotes")
        if f"{name}.xml" in (parts or {})
    )
    relationships = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", CONTENT_TYPES)
        target.writestr(
            "_rels/.rels",
            f'{relationships}<Relationship Id="d" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        target.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        target.writestr("word/_rels/document.xml.rels", f"{relationships}{related}{links}</Relationships>")
        for name, data in (parts or {}).items():
            target.writestr(f"word/{name}", data)
    return made.getvalue()


def read(data: bytes, limits: Limits | None = None) -> Document:
    (document,) = docx.read(data, url=None, limits=limits or Limits())
    return document


def read_body(body: str, parts: Mapping[str, str | bytes] | None = None) -> Document:
    return read(packed(body, parts))


def p(inner: str = "", properties: str = "") -> str:
    """A paragraph; text stands for a run of it."""
    inner = inner if inner.startswith("<") or not inner else run(inner)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t>{text}</w:t></w:r>"


def tc(inner: str = "", properties: str = "") -> str:
    """A cell; text stands for a paragraph of it."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if inner.startswith('<w:') else p(inner)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def rows(document: Document) -> list[list[str]]:
    """The texts of the first grid."""
    return [[cell.text for cell in row] for row in next(document.grids()).rows]


def merged(way: str = "") -> str:
    return f'<w:vMerge w:val="{way}"/>' if way else "<w:vMerge/>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'
