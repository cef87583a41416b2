"""Merged cells of Word's tables, made plain: one rule for what Word, WPS and converters write in several ways."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element

from govcrawl.documents.docx.package import W

_VAL = f"{W}val"
_WIDEST = 1000
"""Columns; Word has 63."""
_HAIRLINE = 60
"""Twentieths of a point: a millimetre."""


def settle_tables(root: _Element) -> None:
    """Blank cells for skipped columns, spans for merged neighbours, and no vertical merge that continues nothing.

    Rows that repeat on every page lose that mark, for a cell may begin in one and end below.
    """
    for table in root.iter(f"{W}tbl"):
        hairlines = _hairlines(table)
        above: dict[int, int] = {}
        """Column → width of the vertically merged cell that the row above left open there."""
        for row in table.iterchildren(f"{W}tr"):
            _pad(row)
            _join_neighbours(row)
            _drop_hairlines(row, hairlines)
            above = _join_downwards(row, above)
    for mark in list(root.iter(f"{W}tblHeader")):
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)


def _pad(row: _Element) -> None:
    properties = row.find(f"{W}trPr")
    if properties is None:
        return
    for name in ("gridBefore", "gridAfter"):
        skipped = _number(properties.find(W + name), 0)
        if not skipped:
            continue
        blank = etree.Element(f"{W}tc")
        _set(blank, "gridSpan", str(skipped))
        etree.SubElement(blank, f"{W}p")
        first = next(row.iterchildren(f"{W}tc"), None)
        if name == "gridBefore" and first is not None:
            row.insert(row.index(first), blank)
        else:
            row.append(blank)


def _join_neighbours(row: _Element) -> None:
    """`hMerge`: a cell that continues its left neighbour becomes part of its span."""
    begun: _Element | None = None
    for cell in list(row.iterchildren(f"{W}tc")):
        merge = cell.find(f"{W}tcPr/{W}hMerge")
        if merge is None:
            begun = None
        elif merge.get(_VAL) == "restart" or begun is None:
            begun = cell
        else:
            _set(begun, "gridSpan", str(_width(begun) + _width(cell)))
            row.remove(cell)


def _hairlines(table: _Element) -> frozenset[int]:
    """Columns too narrow for a character: edges of cells that rounding set apart."""
    columns = enumerate(table.iterfind(f"{W}tblGrid/{W}gridCol"))
    return frozenset(at for at, column in columns if 0 < _whole(column.get(f"{W}w", ""), 0) <= _HAIRLINE)


def _drop_hairlines(row: _Element, hairlines: frozenset[int]) -> None:
    if not hairlines:
        return
    at = 0
    for cell in list(row.iterchildren(f"{W}tc")):
        end = at + _width(cell)
        columns = sum(1 for column in range(at, end) if column not in hairlines)
        at = end
        if columns or any(text.text for text in cell.iter(f"{W}t")):
            _set(cell, "gridSpan", str(max(1, columns)))
        else:
            row.remove(cell)


def _join_downwards(row: _Element, above: dict[int, int]) -> dict[int, int]:
    below: dict[int, int] = {}
    column = 0
    for cell in row.iterchildren(f"{W}tc"):
        width = _width(cell)
        _set(cell, "gridSpan", str(width))
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if merge is not None:
            if merge.get(_VAL) != "restart" and above.get(column) != width:
                merge.set(_VAL, "restart")
            below[column] = width
        column += width
    return below


def _width(cell: _Element) -> int:
    return max(1, _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1))


def _number(element: _Element | None, default: int) -> int:
    return min(_whole(element.get(_VAL, ""), default), _WIDEST) if element is not None else default


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else default


def _set(cell: _Element, name: str, value: str) -> None:
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = etree.Element(f"{W}tcPr")
        cell.insert(0, properties)
    element = properties.find(W + name)
    if element is None:
        element = etree.SubElement(properties, W + name)
    element.set(_VAL, value)
