"""Tables that the end of a sheet cuts → one table: headers printed again, rows cut in two, labels that go on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from unicodedata import normalize, numeric

from govcrawl.documents.layout.celltext import EMPTY, CellText
from govcrawl.documents.layout.halves import both, group_goes_on, is_value, join_row
from govcrawl.documents.layout.printed import PrintedCell, PrintedTable

WANDER = 5.0
"""Points by which the columns of a table may wander from sheet to sheet."""
WIDER = 0.03
"""Share by which one part may be wider than the other."""
COMMON = 0.7
"""Share of the fewer columns that must go on below the cut."""
NEAR = 0.35
"""Share of a column's width by which figures may stand beside its middle."""
HEADER = 6
"""Rows that a header printed again has at most."""
ALIKE = 0.85
"""Share of its characters that a header printed again has in common with the first at least."""


def join(upper: PrintedTable, lower: PrintedTable, notes: list[str]) -> PrintedTable | None:
    """Join the parts of a table; None where they are not surely one.

    Args:
        upper: the last table of a sheet.
        lower: the first of the next.
        notes: gets `header_repeated`, `row_joined`.
    """
    if upper.ruled != lower.ruled:
        return None
    if upper.ruled:
        xs = _common_columns(upper.xs, lower.xs)
        if xs is None:
            return None
        above, below = _on(xs, upper), _on(xs, lower)
    else:
        both = _on_figures(upper, lower)
        if both is None:
            return None
        above, below = both
    repeated = _repeated(above, below)
    if repeated:
        notes.append("header_repeated")
        below = below.without(repeated)
    elif not lower.ruled and lower.headed:
        return None
    below, row_joined = join_row(above, below)
    if row_joined:
        notes.append("row_joined")
    return _stacked(above, below)


def _common_columns(upper: Sequence[float], lower: Sequence[float]) -> list[float] | None:
    """Column edges that serve both parts, where the narrower one's go on in the other."""
    shift = lower[0] - upper[0]
    if abs((lower[-1] - lower[0]) - (upper[-1] - upper[0])) > max(WANDER, WIDER * (upper[-1] - upper[0])):
        return None
    shifted = [x - shift for x in lower]
    fewer, more = sorted((list(upper), shifted), key=len)
    inner = fewer[1:-1]
    if sum(_near(more, x) is not None for x in inner) < COMMON * len(inner):
        return None
    return sorted([*upper, *(x for x in shifted if _near(upper, x) is None)])


def _on_figures(upper: PrintedTable, lower: PrintedTable) -> tuple[PrintedTable, PrintedTable] | None:
    """Both parts on the columns of figures of the one that shows more of them; None where they do not lie in line.

    A part shows no column all whose cells are blank.
    """
    columns = max(upper.labels, lower.labels)
    above, below = _indented(upper, columns), _indented(lower, columns)
    one, other = above.xs[columns:], below.xs[columns:]
    if len(one) == len(other):
        shift = other[0] - one[0]
        if all(abs(x + shift - y) <= WANDER for x, y in zip(one, other, strict=True)):
            return above, below
    moved = _within(above, below) if len(one) >= len(other) else None
    if moved is not None:
        return above, moved
    moved = _within(below, above)
    return (moved, below) if moved is not None else None


def _within(more: PrintedTable, fewer: PrintedTable) -> PrintedTable | None:
    """A part on the columns of another one; None where a column of figures does not lie within one of them."""
    labels = more.labels
    places = list(range(labels))
    for middle in fewer.middles:
        place = bisect_right(more.xs, middle) - 1
        if not labels <= place < more.columns:
            return None
        if abs(more.middles[place - labels] - middle) > NEAR * (more.xs[place + 1] - more.xs[place]):
            return None
        places.append(place)
    if len(set(places)) < len(places):
        return None
    cells = [replace(cell, column=places[cell.column], columns=_columns(cell, places)) for cell in fewer.cells]
    blank = set(range(more.columns)) - {at for cell in cells for at in range(cell.column, cell.column + cell.columns)}
    cells.extend(PrintedCell(EMPTY, row, column) for row in range(fewer.rows) for column in sorted(blank))
    return replace(fewer, xs=more.xs, cells=cells, middles=more.middles)


def _columns(cell: PrintedCell, places: Sequence[int]) -> int:
    """How many columns a cell covers from its new first to its new last one."""
    return places[cell.column + cell.columns - 1] - places[cell.column] + 1


def _indented(table: PrintedTable, labels: int) -> PrintedTable:
    """The table with more columns of labels in front."""
    more = labels - table.labels
    if not more:
        return table
    cells = [replace(cell, column=cell.column + more) for cell in table.cells]
    cells.extend(PrintedCell(EMPTY, row, column) for row in range(table.rows) for column in range(more))
    carried = {(row, column + more) for row, column in table.carried}
    return replace(table, xs=[table.xs[0]] * more + table.xs, cells=cells, carried=carried, labels=labels)


def _near(xs: Sequence[float], wanted: float) -> int | None:
    """The number of the edge that is the wanted one."""
    at = bisect_left(xs, wanted)
    close = [number for number in (at - 1, at) if 0 <= number < len(xs) and abs(xs[number] - wanted) <= WANDER]
    return min(close, key=lambda number: abs(xs[number] - wanted)) if close else None


def _on(xs: list[float], table: PrintedTable) -> PrintedTable:
    """The table on other column edges, of which its own are some."""
    shift = table.xs[0] - xs[0]
    edges = [_near(xs, x - shift) for x in table.xs]
    edges[0], edges[-1] = 0, len(xs) - 1
    places = [edge if edge is not None else 0 for edge in edges]
    if places == list(range(len(xs))):
        return replace(table, xs=xs)
    cells = []
    for cell in table.cells:
        first, last = places[cell.column], places[cell.column + cell.columns]
        if last > first:
            cells.append(replace(cell, column=first, columns=last - first))
    carried = {(row, places[column]) for row, column in table.carried}
    return replace(table, xs=xs, cells=cells, carried=carried)


def _repeated(above: PrintedTable, below: PrintedTable) -> int:
    """How many rows at the head of the lower part repeat the head of the upper one."""
    first, second = _printed(above), _printed(below)
    count = 0
    for one, other in zip(first[:HEADER], second[:HEADER], strict=False):
        if not one or len(one) != len(other) or any(map(is_value, one)):
            break
        if not all(map(_says_the_same, one, other)):
            break
        count += 1
    while count and any(cell.row < count < cell.row + cell.rows for cell in below.cells):
        count -= 1
    return count if count < below.rows and count < above.rows else 0


def _says_the_same(first: str, again: str) -> bool:
    """Whether a header says what it said before; what is printed again is often cut off, or recognised otherwise."""
    first, again = normalize("NFKC", first), normalize("NFKC", again)
    if first == again:
        return True
    if _numbers(first)[: len(_numbers(again))] != _numbers(again):
        return False
    return len(again) > 3 and (first.startswith(again) or SequenceMatcher(None, first, again).ratio() > ALIKE)


def _numbers(text: str) -> list[float]:
    """The values of its figures, Chinese ones too: tables of one form differ in the numbers of their titles alone."""
    return [numeric(letter) for letter in text if numeric(letter, -1.0) >= 0]


def _printed(table: PrintedTable) -> list[list[str]]:
    """What the cells that begin in each of the first rows say, from left to right; blank ones left out."""
    rows: list[list[tuple[int, str]]] = [[] for _ in range(HEADER + 1)]
    for cell in table.cells:
        if cell.row <= HEADER and cell.text:
            rows[cell.row].append((cell.column, cell.text))
    return [[text for _, text in sorted(row)] for row in rows]


def _stacked(above: PrintedTable, below: PrintedTable) -> PrintedTable:
    """One table of both, labels that span the cut carried on."""
    rows = above.rows
    carried = above.carried | {(row + rows, column) for row, column in below.carried}
    cells = [*above.cells]
    labels = _labels_that_go_on(above, below)
    if labels:
        last = above.table()[-1]
        for column, said in labels.items():
            cells[cells.index(last[column])] = replace(last[column], said=said)
    for cell in below.cells:
        moved = replace(cell, row=cell.row + rows)
        if cell.row == 0 and cell.column in labels and (0, cell.column) not in below.carried:
            moved = replace(moved, said=labels[cell.column])
            carried.add((moved.row, moved.column))
        cells.append(moved)
    return replace(above, rows=rows + below.rows, cells=cells, carried=carried)


def _labels_that_go_on(above: PrintedTable, below: PrintedTable) -> dict[int, CellText]:
    """Column → label of the upper part whose cell goes on as a blank one at the head of the lower part.

    Only from the left, as far as cells are blank or end what the label above began: behind a cell with its own text
    a blank is a blank. The label of the row itself never comes from above.
    """
    if not below.rows or not above.rows:
        return {}
    last, first = above.table()[-1], below.table()[0]
    labels: dict[int, CellText] = {}
    column = 0
    while column < len(first):
        one, other = last[column], first[column]
        if is_value(one.text) or (one.column, one.columns) != (other.column, other.columns):
            break
        if not other.text or (0, other.column) in below.carried:
            labels[other.column] = one.said
        elif group_goes_on(one, other, first[other.column + other.columns :]):
            labels[other.column] = both(one.said, other.said)
        else:
            break
        column = other.column + other.columns
    behind = column < len(first) and first[column].text
    return labels if behind and not is_value(first[column].text) else {}
