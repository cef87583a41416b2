"""HTML → Document: one parse, one walk."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from lxml import etree
from lxml.etree import HTMLParser, _Element

from govcrawl.documents import lookups
from govcrawl.documents.characters import one_line, settable
from govcrawl.documents.charset import Decoded
from govcrawl.documents.grids import Budget
from govcrawl.documents.html.blocks import BlockReader
from govcrawl.documents.html.frame import drop_noise, page_metadata, page_title
from govcrawl.documents.html.mainbody import MainBody, drop, drop_frame, find_main_body, is_mostly_frame
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.text import may_be_table, read_lines
from govcrawl.model import Block, Document, DocumentError, DocumentKind, Grid, ProblemKind, Text

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_INLINE = (
    "span", "font", "b", "strong", "i", "em", "u", "a", "o:p", "sub", "sup", "s", "strike", "del", "ins",
    "small", "big",
    "label", "nobr", "tt", "code", "st1:chsdate", "st1:chmetcnv", "st1:personname", "st1:placename",
    "st1:place", "w:sdt",
)  # fmt: skip
_UNSEEN = (
    "script", "style", "template", "noscript", "select", "textarea", "button", "iframe", "object", "embed",
    "audio", "video",
    "svg", "title", "xml",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_HIDING_WORDS = (b"ispla", b"ISPLA", b"idden", b"-hide")
"""Five letters each: what is longer takes longer to look for."""
_ICON = 40
_TRAFILATURA_BYTES = 2_000_000
_ENOUGH = 80


def parse(utf8: bytes) -> _Element:
    """Parse once, with the encoding already decided.

    Raises:
        DocumentError: TOO_LARGE where elements nest deeper than the parser goes, EMPTY where no element is left.
    """
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = cast("_Element | None", etree.fromstring(utf8, parser))
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise too_large("elements nested deeper than the parser goes") from error
        raise DocumentError(f"no element in the page ({error})", ProblemKind.EMPTY) from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise too_large("elements nested deeper than the parser goes")
    if root is None:
        raise DocumentError("no element in the page", ProblemKind.EMPTY)
    return root


def read_html(decoded: Decoded, *, url: str | None, limits: Limits) -> Document:
    """Read a web page.

    Raises:
        DocumentError: TOO_LARGE, or EMPTY for a page without a readable character.
    """
    root = parse(decoded.utf8)
    metadata = page_metadata(root)
    title = page_title(root, metadata)
    main = find_main_body(root)
    notes = list(decoded.notes)
    pictures = sum(1 for picture in main.element.iter("img") if not _is_icon(picture))
    outside = _frame_text(root, main, metadata)
    _strip(main, decoded.utf8, notes)
    source = main.source
    blocks: list[Block] | None = None
    if source == "whole" and is_mostly_frame(main.element):
        blocks = _with_trafilatura(decoded, limits, notes)
        source = "trafilatura" if blocks else source
    if not blocks:
        blocks = read_body(main.element, Budget(limits), notes)
    blocks = _without_residue(blocks)
    blocks = drop_noise(blocks, metadata, outside)
    if not any(isinstance(block, Grid) for block in blocks):
        blocks = flattened(blocks, limits, notes)
    if not blocks and not pictures and not title:
        raise DocumentError("the page holds no readable text", ProblemKind.EMPTY)
    return Document(
        kind=DocumentKind.HTML,
        blocks=tuple(blocks),
        title=title,
        metadata=metadata,
        url=url,
        encoding=decoded.encoding,
        body_source=source,
        pictures=pictures,
        notes=tuple(notes),
    )


def read_body(body: _Element, budget: Budget, notes: list[str]) -> list[Block]:
    """The blocks of an element all of which is to be read: nothing is hidden in it, nothing around it counts."""
    _keep_raised(body)
    etree.strip_tags(body, *_INLINE)
    reader = BlockReader(budget)
    blocks = reader.read(body)
    notes += reader.notes
    return blocks


def _keep_raised(body: _Element) -> None:
    """Raised digits stay raised when their tags go: a footnote's mark is no digit of the number before it."""
    for mark in body.iter("sup"):
        if mark.text:
            mark.text = settable(mark.text.translate(_RAISED))


def _strip(main: MainBody, utf8: bytes, notes: list[str]) -> None:
    """Take out what a reader of the page does not see."""
    body = main.element
    etree.strip_elements(body, *_UNSEEN, with_tail=False)
    if main.has_frame:
        drop_frame(body)
    if not _hides(utf8):
        return
    hidden = [
        element
        for element in body.iterdescendants("*")
        if ((style := element.get("style")) is not None and _HIDDEN.search(style)) or element.get("hidden") is not None
    ]
    for element in hidden:
        if element.find(".//tr") is not None and "hidden_table_dropped" not in notes:
            notes.append("hidden_table_dropped")
        drop(element)


def _hides(utf8: bytes) -> bool:
    """Whether an attribute of the page may hide an element; the rules of style sheets do not count."""
    for word in _HIDING_WORDS:
        at = utf8.find(word)
        while at >= 0:
            if utf8.rfind(b"<", 0, at) > utf8.rfind(b">", 0, at):
                return True
            at = utf8.find(word, at + 1)
    return False


def _is_icon(picture: _Element) -> bool:
    return any(_pixels(picture.get(side)) <= _ICON for side in ("width", "height"))


@lru_cache(maxsize=256)
def _pixels(text: str | None) -> int:
    match = re.match(r"\s*(\d{1,6})\s*(?:px)?\s*$", text) if text else None
    return int(match[1]) if match else _ICON + 1


def _frame_text(root: _Element, main: MainBody, metadata: dict[str, str]) -> str:
    """Text of the page outside the body, where date and source are looked for when no metadata names them."""
    if main.source == "whole" or all(name in metadata for name in lookups.noise().metadata):
        return ""
    inside = set(main.element.iter())
    words = [
        part
        for element in root.iter()
        if element not in inside and element.tag not in _UNSEEN
        for part in (element.text, element.tail)
        if part
    ]
    return one_line(" ".join(words))


def _with_trafilatura(decoded: Decoded, limits: Limits, notes: list[str]) -> list[Block] | None:
    """The last resort, for prose on a page nothing is known of. Imported late: that takes longer than a report."""
    if len(decoded.utf8) > _TRAFILATURA_BYTES:
        return None
    import trafilatura

    text = trafilatura.extract(decoded.text, include_comments=False, include_tables=True, favor_recall=True)
    if not text or len(text) < _ENOUGH:
        return None
    read = read_lines(text.split("\n"), limits)
    notes += read.notes
    return read.blocks


def _without_residue(blocks: list[Block]) -> list[Block]:
    residue = lookups.noise().residue
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Text):
            text = block.text
            if "[" in text or "{" in text or "<" in text or "xml:" in text:
                text, found = residue.subn("", text)
                if found:
                    if text := text.strip():
                        kept.append(Text(text, block.level))
                    continue
        kept.append(block)
    return kept


def flattened(blocks: list[Block], limits: Limits, notes: list[str]) -> list[Block]:
    """Blocks without a table, which may hold one as lines of text."""
    lines = [line for block in blocks if isinstance(block, Text) for line in block.text.split("\n")]
    if not may_be_table(lines):
        return [Text(one_line(block.text), block.level) if isinstance(block, Text) else block for block in blocks]
    read = read_lines(lines, limits)
    notes += read.notes
    return read.blocks
