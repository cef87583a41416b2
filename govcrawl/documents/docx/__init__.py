"""DOCX → Document: the markup cleaned, by mammoth to HTML, and by the reader of HTML tables to blocks."""

from __future__ import annotations

from typing import Any

import mammoth
from lxml import etree
from lxml.etree import _Element

from govcrawl.documents.characters import one_line
from govcrawl.documents.docx.markup import clean_markup, hiding_styles, slim
from govcrawl.documents.docx.merged import settle_tables
from govcrawl.documents.docx.numbering import print_numbers
from govcrawl.documents.docx.package import Package, W, packed
from govcrawl.documents.docx.pictures import could_be_tables, read_with_pictures
from govcrawl.documents.grids import Budget
from govcrawl.documents.html import flattened, parse, read_body
from govcrawl.documents.limits import Limits, too_large
from govcrawl.model import Block, Document, DocumentError, DocumentKind, Grid, ProblemKind, Text

_ELEMENTS = 5
"""Elements of Word's markup for one tag of a page: every cell and every run has properties."""
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"


def read(data: bytes, *, url: str | None, limits: Limits, kind: DocumentKind = DocumentKind.DOCX) -> tuple[Document]:
    """Read a document of Word.

    Args:
        data: The file.
        url: Where it came from; kept, not looked at.
        limits: What it may cost.
        kind: What it was before it became a DOCX.

    Raises:
        DocumentError: EXTRACTION_FAILED (broken), ENCRYPTED, TOO_LARGE, EMPTY, or UNREADABLE where all tables may be
            pictures and recognition is not installed.
    """
    package = Package(data, limits)
    notes: list[str] = []
    html = _to_html(package, limits)
    body = _body(html)
    pictures = sum(1 for _ in body.iter("img"))
    blocks = read_body(body, Budget(limits), notes)
    recognised = False
    if not any(isinstance(block, Grid) for block in blocks):
        fresh = _body(html)
        if could_be_tables(fresh):
            notes = []
            blocks, recognised = read_with_pictures(fresh, package, limits, notes)
    if not any(isinstance(block, Grid) for block in blocks):
        blocks = flattened(blocks, limits, notes)
    blocks += _footnotes(package)
    if not blocks and not pictures:
        if any(each.endswith("/aFChunk") for each, _ in package.targets.values()):
            message = "the document keeps its text as a chunk of another format"
            raise DocumentError(message, ProblemKind.EXTRACTION_FAILED)
        raise DocumentError("the document holds no readable text", ProblemKind.EMPTY)
    document = Document(
        kind=kind, blocks=tuple(blocks), url=url, pictures=pictures, recognised=recognised, notes=tuple(notes)
    )
    return (document,)


def _to_html(package: Package, limits: Limits) -> bytes:
    root = package.tree(package.main)
    if root is None:
        raise DocumentError("the document's main part is missing", ProblemKind.EXTRACTION_FAILED)
    elements = sum(1 for _ in root.iter())
    if elements > _ELEMENTS * limits.tags:
        raise too_large(f"{elements:,} elements, more than the limit of {_ELEMENTS * limits.tags:,}")
    styles = package.related("styles")
    clean_markup(root, hiding_styles(styles))
    settle_tables(root)
    print_numbers(root, package.related("numbering"), styles)
    slim(root, styles)
    try:
        converted = mammoth.convert_to_html(
            packed(root, styles),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(_named),
            external_file_access=False,
        )
    except RecursionError as error:
        raise too_large("the document nests deeper than its reader goes") from error
    except (ValueError, KeyError, AttributeError, TypeError, OSError) as error:
        raise DocumentError(f"the document's markup is broken: {error!r}", ProblemKind.EXTRACTION_FAILED) from error
    return str(converted.value).encode()


def _named(image: Any) -> dict[str, str]:
    """An `<img>` without its bytes: nothing is opened."""
    return {"src": image.alt_text}


def _body(html: bytes) -> _Element:
    if not html:
        return etree.Element("body")
    body = parse(html).find("body")
    return body if body is not None else etree.Element("body")


def _footnotes(package: Package) -> list[Block]:
    """The text of the notes, behind everything: their marks are not in the text, so no digit is mistaken for one."""
    blocks: list[Block] = []
    for kind in ("footnotes", "endnotes"):
        root = package.related(kind)
        for note in root if root is not None else ():
            if note.get(f"{W}type", "normal") == "normal":
                text = one_line("".join(part.text or "" for part in note.iter(f"{W}t")))
                if text:
                    blocks.append(Text(text))
    return blocks
