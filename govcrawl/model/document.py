"""A document as its reader sees it: prose and grids, without the site's frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from govcrawl.model.kinds import DocumentKind


class GridCell(NamedTuple):
    """A cell of a grid, placed after its spans were expanded. A tuple, since whole rows are looked up by value."""

    text: str
    origin: bool = True
    """False where a rowspan or colspan repeats a cell that starts elsewhere."""
    confidence: float = 1.0
    """How sure the recognition of a picture is of the text, 0 to 1; of text that is text, 1."""


BLANK = GridCell("", origin=False)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table after span expansion.

    `rows` need not be rectangular: where `aligned` is false (flattened text) the column a cell stands in
    proves nothing, only the order within its row does.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    aligned: bool = True
    caption: str = ""

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or heading of prose. `level` is 1 to 6 for a marked-up heading, else 0."""

    text: str
    level: int = 0


Block = Text | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader made of the bytes: prose and grids in reading order, without the site's frame."""

    kind: DocumentKind
    blocks: tuple[Block, ...]
    title: str = ""
    """The page's own title (metadata, or the heading above the body), not the site's name."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Page metadata under the names of the national standard: ArticleTitle, PubDate, ContentSource, SiteName,
    ColumnName, SiteIDCode, Url … as printed."""
    url: str | None = None
    encoding: str = ""
    body_source: str = ""
    """How the main body was told from the frame: `container`, `tables`, `trafilatura`, `whole`."""
    pictures: int = 0
    """Pictures inside the main body."""
    recognised: bool = False
    """Its words, or some of them, were recognised from pictures."""
    member: str = ""
    """The name inside the archive it came in."""
    notes: tuple[str, ...] = ()
    """Repairs the reader made (`span_clamped`, `charset_relabelled`, `rows_cut`), for findings; behind the code, after
    a colon, may follow what is to be told (`member_unreadable: a.rar: …`)."""

    def texts(self) -> Iterator[str]:
        """Yield the prose of the document, paragraph by paragraph."""
        for block in self.blocks:
            if isinstance(block, Text):
                yield block.text

    def grids(self) -> Iterator[Grid]:
        """Yield the grids in reading order."""
        for block in self.blocks:
            if isinstance(block, Grid):
                yield block
