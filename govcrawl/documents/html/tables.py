"""HTML table elements → grids. Inline markup is expected to be stripped and hidden elements removed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, cast

from lxml.etree import XPath, _Element

from govcrawl.documents.characters import BREAK, SHORT, SHORT_CELLS, clean, one_line
from govcrawl.documents.grids import PlainRow, Row, Slot, Spanned, span
from govcrawl.model import GridCell

CELLS = ("td", "th")
GROUPS = ("thead", "tbody", "tfoot")
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir",
        "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "legend",
        "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
        "th", "thead",
        "tr", "ul", "ucapcontent", "br",
    }
)  # fmt: skip
LONG_CELL = 400
"""A cell of more characters than any label or note of the forms: prose laid out with a table."""
LONG_LINE = 100
"""In a table of one column already this much is prose."""


class TableParts(NamedTuple):
    """What a table element holds, before its spans are expanded."""

    groups: list[list[Row]]
    caption: str
    stray: list[str]
    is_layout: bool
    """The table only arranges prose."""


_SPANNING = XPath("descendant-or-self::*/@rowspan/.. | descendant-or-self::*/@colspan/..")


def spanning_cells(element: _Element) -> frozenset[_Element]:
    """The elements inside that have a span: asked once, for that is much cheaper than asking every cell."""
    return frozenset(cast("list[_Element]", _SPANNING(element)))


@dataclass(slots=True)
class Found:
    """What comes to light while rows are read."""

    spanning: frozenset[_Element]
    """See `spanning_cells`."""
    stray: list[str] = field(default_factory=list)
    """Text that stands in the table outside its cells; browsers show it above."""
    longest: int = 0
    """Length of the longest cell, where one is longer than usual."""

    def cell(self, raw: str) -> GridCell:
        if len(raw) <= SHORT:
            return SHORT_CELLS[raw]
        text = clean(raw)
        self.longest = max(self.longest, len(text))
        return GridCell(text)

    def note(self, text: str | None) -> None:
        if text and not text.isspace():
            self.stray.append(text)


def holds_tables(element: _Element) -> bool:
    """Whether a table of more than one cell stands inside the element."""
    for inner in element.iter("table"):
        if inner is element:
            continue
        cells = inner.iter(*CELLS)
        next(cells, None)
        if next(cells, None) is not None:
            return True
    return False


def read_table(table: _Element, found: Found) -> TableParts:
    """Collect the cells of a table that holds no other table."""
    head: list[list[Row]] = []
    body: list[list[Row]] = []
    foot: list[list[Row]] = []
    loose: list[Row] = []
    caption = ""
    found.note(table.text)
    for child in table:
        tag = child.tag
        if tag in GROUPS:
            if loose:
                body.append(loose)
                loose = []
            found.note(child.text)
            rows = _read_rows(child, found)
            if tag == "thead" and not head:
                head.append(rows)
            elif tag == "tfoot" and not foot:
                foot.append(rows)
            else:
                body.append(rows)
        elif tag == "tr":
            loose.append(read_row(child, found))
        elif tag in CELLS:
            loose.append([read_cell(child, found)])
        elif tag == "caption":
            caption = one_line(element_text(child))
        elif tag not in ("colgroup", "col"):
            found.note(element_text(child))
        found.note(child.tail)
    if loose:
        body.append(loose)
    groups = head + body + foot
    return TableParts(groups, caption, found.stray, _is_layout(groups, found.longest))


def _read_rows(group: _Element, found: Found) -> list[Row]:
    rows: list[Row] = []
    for child in group:
        tag = child.tag
        if tag == "tr":
            rows.append(read_row(child, found))
        elif tag in CELLS:
            rows.append([read_cell(child, found)])
        else:
            found.note(element_text(child))
        found.note(child.tail)
    return rows


def read_row(row: _Element, found: Found) -> Row:
    """The cells of a `<tr>`; text between them is noted."""
    slots: list[Slot] = []
    plain = True
    spanning = found.spanning
    found.note(row.text)
    for child in row:
        if child.tag in CELLS:
            # The two commonest cells by far, plain text and one paragraph, are read here without a further call.
            children = len(child)
            if not children:
                raw = child.text or ""
            elif children == 1 and (only := child[0]).tag == "p" and not len(only):
                raw = only.text or ""
                if child.text or only.tail:
                    raw = f"{child.text or ''}{BREAK}{raw}{BREAK}{only.tail or ''}"
            else:
                raw = element_text(child)
            cell = SHORT_CELLS[raw] if len(raw) <= SHORT else found.cell(raw)
            if child in spanning:
                slots.append(_spanned(child, cell))
                plain = False
            else:
                slots.append(cell)
        else:
            found.note(element_text(child))
        tail = child.tail
        if tail is not None and not tail.isspace():
            found.note(tail)
    return cast("PlainRow", tuple(slots)) if plain else slots


def read_cell(cell: _Element, found: Found) -> Slot:
    """A cell that stands outside any row."""
    read = found.cell(element_text(cell))
    return _spanned(cell, read) if cell in found.spanning else read


def _spanned(element: _Element, cell: GridCell) -> Spanned:
    return Spanned(cell, span(element.get("rowspan")), span(element.get("colspan")))


def element_text(element: _Element) -> str:
    """Raw text of an element, with a `BREAK` where its blocks begin and end; filled-in form fields count as text."""
    parts = [element.text or ""]
    open_elements: list[_Element] = [element]
    children = [iter(element)]
    while children:
        child = next(children[-1], None)
        if child is None:
            children.pop()
            closed = open_elements.pop()
            if children:
                if closed.tag in BLOCKS:
                    parts.append(BREAK)
                parts.append(closed.tail or "")
            continue
        if child.tag in BLOCKS:
            parts.append(BREAK)
        elif child.tag == "input" and child.get("type", "text").lower() == "text":
            parts.append(child.get("value", ""))
        parts.append(child.text or "")
        open_elements.append(child)
        children.append(iter(child))
    return "".join(parts)


def _is_layout(groups: list[list[Row]], longest: int) -> bool:
    """One cell, or prose in one column, or one cell that holds nearly all there is: not a table of data."""
    widest = max((len(row) for group in groups for row in group), default=0)
    if widest > 1 and longest <= LONG_CELL:
        return False
    texts = [text for group in groups for row in group for slot in row if (text := _text(slot))]
    if widest <= 1:
        return len(texts) <= 1 or longest > LONG_LINE
    return longest > 0.8 * sum(map(len, texts))


def _text(slot: Slot) -> str:
    return slot.text if isinstance(slot, GridCell) else slot.cell.text
