"""What the frame of a page tells about the report: metadata, title, date and source; and its lines inside the body."""

from __future__ import annotations

import re

from lxml.etree import XPath, _Element

from govcrawl.documents import lookups
from govcrawl.documents.characters import one_line
from govcrawl.documents.html.mainbody import matches
from govcrawl.model import Block, Text

_TEXT = XPath("string(.)", smart_strings=False)
_SEPARATORS = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s+|\s*--+\s*")
_GAP = re.compile(r"[^\w【\[(（]*")


def page_metadata(root: _Element) -> dict[str, str]:
    """Metadata under the names of the national standard, as printed; the first of a name wins."""
    spellings = lookups.frame().metadata
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property")
        if name is None:
            continue
        standard = spellings.get(name.strip().lower())
        if standard and standard not in found and (content := one_line(meta.get("content") or "")):
            found[standard] = content
    return found


def page_title(root: _Element, metadata: dict[str, str]) -> str:
    """The page's own title: metadata, else its heading, else `<title>` without the site's name."""
    if title := metadata.get("ArticleTitle"):
        return title
    frame = lookups.frame()
    for selector in frame.title_selectors:
        for element in root.iter(selector.tag or "*"):
            if matches(element.tag, element.get("id"), element.get("class"), (selector,)):
                text = one_line(str(_TEXT(element)))
                if text and not is_site_name(text, metadata):
                    return text
    return without_site_name(one_line(root.findtext(".//title") or ""), metadata)


def is_site_name(text: str, metadata: dict[str, str]) -> bool:
    """Whether a piece of a title names the site or its column."""
    known = {metadata.get("SiteName"), metadata.get("ColumnName")}
    return text in known or text.endswith(lookups.frame().site_endings)


def without_site_name(title: str, metadata: dict[str, str]) -> str:
    """`<title>` as portals build it: article, column and site in any order, between separators."""
    pieces = [piece for piece in _SEPARATORS.split(title) if piece]
    if len(pieces) < 2:
        last = title.rpartition("-")
        return last[0].strip() if last[0] and is_site_name(last[2].strip(), metadata) else title
    own = [piece for piece in pieces if not is_site_name(piece, metadata)]
    return max(own or pieces, key=len)


def drop_noise(blocks: list[Block], metadata: dict[str, str], outside: str) -> list[Block]:
    """Drop the frame's lines at both ends of the body; add the date and the source they carry to `metadata`.

    `outside` is the text of the page around the body, asked only for what the body's own lines do not say.
    """
    noise = lookups.noise()
    dropped: set[int] = set()
    for ends in (range(len(blocks)), range(len(blocks) - 1, -1, -1)):
        looked = 0
        for index in ends:
            block = blocks[index]
            if not isinstance(block, Text):
                continue
            looked += 1
            if looked > noise.edge_blocks:
                break
            if index not in dropped and len(block.text) <= noise.longest and is_noise(block.text):
                dropped.add(index)
    said = [block.text for index, block in enumerate(blocks) if index in dropped and isinstance(block, Text)]
    for name, pattern in noise.metadata.items():
        if name in metadata:
            continue
        match = next((match for text in (*said, outside) if (match := pattern.search(text))), None)
        if match:
            metadata[name] = match[1].strip()
    return [block for index, block in enumerate(blocks) if index not in dropped] if dropped else blocks


def is_noise(text: str) -> bool:
    """Whether a line is made of nothing but date, source, counter, print and navigation."""
    item = lookups.noise().item
    at = _skip(text, 0)
    while at < len(text):
        match = item.match(text, at)
        if match is None or match.end() == at:
            return False
        at = _skip(text, match.end())
    return True


def _skip(text: str, at: int) -> int:
    """The position behind punctuation and space; a bracket may belong to what follows it."""
    match = _GAP.match(text, at)
    return match.end() if match else at
