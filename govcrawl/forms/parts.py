"""Where one report ends and the next begins: years one after another on a page, the collection of a county.

A report begins anew where its sections or its tables come by a second time. Its title, the last one printed before
that, is its first line. A title alone begins nothing: tables of contents, links and attachments print titles, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from govcrawl.forms.lexicon import bare, headings
from govcrawl.forms.sections import LONGEST_HEADING
from govcrawl.forms.segments import Line
from govcrawl.forms.title import LONGEST_TITLE, agency_in_title, is_report_title, squeeze, title_year
from govcrawl.lookups import pattern
from govcrawl.model import Block, Document, Grid, Text

LATE = 4
"""Behind the heading of this number, the first heading begins another report, also without a title."""
MAX_REPORTS = 400
"""Reports in one document; a county has a hundred agencies."""
_ALIKE = 0.6
"""From this share of known rows on, a table is the same table once more."""
_FEWEST = 3
_NUMBERED = re.compile(r"^(?:[(（]?[一二三四五六七八九十百]{1,4}[)）、.．]+|\d{1,3}[、.．](?!\d))")
_OF_EVERY_PART = frozenset({"SiteName", "SiteIDCode", "Url"})
_SHEET = re.compile(r"^sheet\d*$", re.IGNORECASE)


@dataclass(slots=True)
class _Going:
    """The report at hand, as far as it has been seen."""

    start: int = 0
    title: str | None = None
    """Its title; None where nobody has asked yet."""
    first: int = -1
    """Its first heading or table of a form."""
    last: int = -1
    """Its last one."""
    reached: int = 0
    """The highest number of a heading."""
    filled: int = 0
    """How many of its headings have prose below them."""
    empty: bool = False
    """Nothing has come yet below the last heading."""
    rows: set[str] = field(default_factory=set)
    """The rows of its tables."""

    @property
    def has_body(self) -> bool:
        """Whether there is more to it than headings, as in a table of contents."""
        return self.filled > 1 or len(self.rows) >= _FEWEST

    def repeats(self, rows: set[str]) -> bool:
        """Whether a table with these rows was there before."""
        again = len(rows & self.rows)
        return again >= _FEWEST and again >= _ALIKE * len(rows)

    def see(self, place: int, number: int | None, rows: set[str]) -> None:
        """A heading or a table of the report."""
        self.first = place if self.first < 0 else self.first
        self.last = place
        if number == 1 and not self.has_body:
            self.reached = 0
        self.reached = max(self.reached, number or 0)
        self.empty = number is not None
        self.rows |= rows


def parts_of(document: Document, lines: Sequence[Line]) -> tuple[Document, ...]:
    """The document cut into its reports; itself, where it holds one (or none).

    Args:
        document: the document.
        lines: the rows of its grids.
    """
    starts = _starts(document.blocks, _rows_by_grid(lines))
    if len(starts) < 2:
        return (document,)
    ends = (*starts[1:], len(document.blocks))
    return tuple(_part(document, start, end) for start, end in zip(starts, ends, strict=True))


def _rows_by_grid(lines: Sequence[Line]) -> dict[int, set[str]]:
    """Grid → the labels of its rows that are rows of a form and hold a value."""
    found: dict[int, set[str]] = {}
    for line in lines:
        if line.values and line.labels and line.speech.row:
            found.setdefault(line.grid, set()).add(line.labels[-1])
    return found


def _starts(blocks: Sequence[Block], rows_of: dict[int, set[str]]) -> list[int]:
    """The first block of each report."""
    going = _Going()
    starts: list[int] = []
    grid = 0
    for place, block in enumerate(blocks):
        rows: set[str] = set()
        number = None
        if isinstance(block, Text):
            number = headings().get(bare(block.text)) if len(block.text) <= LONGEST_HEADING else None
        else:
            rows = rows_of.get(grid, rows)
            grid += 1
        if number is None and not rows:
            going.filled += going.empty
            going.empty = False
            continue
        if going.first >= 0 and going.has_body and (number == 1 or going.repeats(rows)):
            begun = _new_report(going, blocks, place, number)
            if begun is not None:
                starts = starts or [_first_start(going, blocks)]
                starts.append(begun.start)
                going = begun
        going.see(place, number, rows)
        if len(starts) >= MAX_REPORTS:
            break
    return starts


def _new_report(going: _Going, blocks: Sequence[Block], place: int, number: int | None) -> _Going | None:
    """The report that a heading or table begins, since it came by before; None where it belongs to the one at hand."""
    start, title = _title_before(blocks, going.last + 1, place, beside=_title(going, blocks))
    if number is not None:
        late = going.reached >= (2 if title else LATE)
        return _Going(start if title else place, title) if late else None
    if not title:
        start, title = place, _named(blocks[place])
    return _Going(start, title) if title and _is_other(_title(going, blocks), title) else None


def _title(going: _Going, blocks: Sequence[Block]) -> str:
    if going.title is None:
        going.title = _title_before(blocks, 0, going.first)[1] or _named(blocks[going.first])
    return going.title


def _first_start(going: _Going, blocks: Sequence[Block]) -> int:
    """Where the first report of several begins: behind the cover and the table of contents."""
    start, title = _title_before(blocks, 0, going.first)
    return start if title else 0


def _title_before(blocks: Sequence[Block], begin: int, end: int, beside: str = "") -> tuple[int, str]:
    """(its first block, the title): the last title printed between two blocks, joined where it is broken over lines.

    An agency that stands above a title which names none belongs to it, unless it signed the report before (`beside`).
    """
    for place in range(end - 1, begin - 1, -1):
        title = _joined(blocks, place, end)
        if not title:
            continue
        if agency_in_title(title) is None and place > begin:
            above = _text(blocks[place - 1])
            whole = f"{_unnumbered(above)}{title}"
            signed = pattern("reports", "signature", "agency").search(unicodedata.normalize("NFKC", _unnumbered(above)))
            if signed and is_report_title(whole) and agency_in_title(beside) != _unnumbered(above):
                return place - 1, whole
        return place, title
    return end, ""


def _joined(blocks: Sequence[Block], place: int, end: int) -> str:
    """The title that begins in a block and ends in it or in one of the next two; empty where none does."""
    joined = ""
    for block in blocks[place : min(place + 3, end)]:
        text = squeeze(_text(block))
        if not text or len(joined) + len(text) > LONGEST_TITLE:
            return ""
        joined += text
        if is_report_title(joined):
            return joined
    return ""


def _text(block: Block) -> str:
    return block.text if isinstance(block, Text) else ""


def _is_other(one: str, two: str) -> bool:
    """Whether two titles, or names of sheets, are of reports of different agencies or years."""
    agencies = [agency_in_title(title) if is_report_title(title) else title for title in (one, two)]
    years = [title_year(title) for title in (one, two)]
    return any(None not in pair and "" not in pair and pair[0] != pair[1] for pair in (agencies, years))


def _named(block: Block) -> str:
    """The title or the agency that a table bears: in its first rows, or as the name of its sheet."""
    if not isinstance(block, Grid):
        return ""
    for row in block.rows[:3]:
        texts = [cell.text for cell in row if cell.origin and cell.text.strip()]
        if len(texts) == 1 and is_report_title(squeeze(texts[0])):
            return squeeze(texts[0])
    caption = squeeze(block.caption)
    return "" if _SHEET.match(caption) else caption


def _unnumbered(text: str) -> str:
    return _NUMBERED.sub("", squeeze(text))


def _part(document: Document, start: int, end: int) -> Document:
    """One report of the document. What the page says of itself as a whole says nothing of this one."""
    blocks = list(document.blocks[start:end])
    first, title, column = blocks[0], "", ""
    if isinstance(first, Text):
        blocks[0] = replace(first, text=_NUMBERED.sub("", first.text.strip()) or first.text)
    else:
        title = column = _named(first)
    kept = {key: value for key, value in document.metadata.items() if key in _OF_EVERY_PART}
    return replace(document, blocks=tuple(blocks), title=title, metadata={**kept, "ColumnName": column})
