"""Labels left of the figures → columns of labels: each row's own, and those of groups of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from govcrawl.documents.layout.pieces import Piece, beside, goes_on, is_heading, stacked, starts_anew
from govcrawl.documents.layout.rowlabels import labels_of_rows, rows_of_labels

OWN = 0.7
"""A column in which this share of the rows has a label holds labels of rows, not of groups."""
MOST = 300
"""Rows beside which groups are looked for."""


@dataclass(slots=True)
class Label:
    """A label with its place among the rows and the columns of labels."""

    pieces: list[Piece]
    row: int
    rows: int
    column: int
    columns: int


@dataclass(slots=True)
class Labels:
    """All labels of a block."""

    columns: int
    rows: list[float]
    """The middles of all rows, those without figures among them."""
    placed: list[Label]
    above: list[Piece]
    """Lines before the first row that belong to a row of the sheet before."""
    below: list[Piece]


def place(pieces: Sequence[Piece], rows: Sequence[float]) -> Labels:
    """Give labels to rows.

    Args:
        pieces: what is printed left of the figures.
        rows: the middles of the rows of figures.
    """
    if not pieces:
        return Labels(0, list(rows), [], [], [])
    ordered = sorted(pieces, key=lambda piece: (piece.middle, piece.x0))
    edges = _edges(ordered)
    columns = len(edges) + 1
    by_last: list[list[Piece]] = [[] for _ in range(columns)]
    for piece, end in zip(ordered, _ends(ordered), strict=True):
        same = by_last[_column(edges, end)]
        if same and abs(same[-1].middle - piece.middle) < 0.3 * piece.height:
            same[-1] = beside(same[-1], piece)
        else:
            same.append(piece)
    rows, leaves = rows_of_labels(by_last[-1], rows)
    labels = Labels(columns, rows, [], leaves[0], leaves[-1])
    own: list[bool] = []
    for row, lines in enumerate(leaves[1:-1]):
        own.append(bool(lines))
        if lines:
            first = min(_column(edges, line.x0) for line in lines)
            labels.placed.append(Label(lines, row, 1, first, columns - first))
    for column in range(columns - 2, -1, -1):
        _place_column(labels, by_last[column], rows, column, own, edges)
    return labels


def _ends(pieces: Sequence[Piece]) -> list[float]:
    """How far right the cells reach whose lines the pieces are: lines of one cell begin or centre below each other."""
    cells: list[int] = []
    ends: list[float] = []
    for at, piece in enumerate(pieces):
        above = next((n for n in range(at - 1, max(at - 8, -1), -1) if _below(pieces[n], piece)), None)
        cells.append(len(ends) if above is None else cells[above])
        if above is None:
            ends.append(piece.x1)
        ends[cells[-1]] = max(ends[cells[-1]], piece.x1)
    return [ends[cell] for cell in cells]


def _below(upper: Piece, lower: Piece) -> bool:
    """Whether a piece is the next line of the cell that another one is a line of."""
    reach = 0.15 * lower.height
    aligned = abs(lower.x0 - upper.x0) < reach or abs(lower.centre - upper.centre) < reach
    return aligned and 0.5 * lower.height < lower.middle - upper.middle and goes_on(upper, lower)


def _column(edges: Sequence[float], x: float) -> int:
    return sum(x > edge for edge in edges)


def _edges(pieces: Sequence[Piece]) -> list[float]:
    """Where columns of labels part: behind what is written downwards, and in the gaps between pieces side by side."""
    upright = _upright(pieces)
    alone = set(map(id, upright))
    others = [piece for piece in pieces if id(piece) not in alone]
    edges = []
    if upright and others:
        side = max(piece.x1 for piece in upright)
        behind = min((piece.x0 for piece in others if piece.x0 >= side - 1), default=side)
        edges.append((side + behind) / 2)
    return edges + _gaps(others)


def _upright(pieces: Sequence[Piece]) -> list[Piece]:
    """Single letters below each other at the left: a label that is written downwards."""
    left = min(piece.x0 for piece in pieces)
    single = [piece for piece in pieces if len(piece.text) == 1 and piece.x0 - left < 0.6 * piece.height]
    wide = [piece for piece in pieces if len(piece.text) > 1 and piece.x0 - left < 0.6 * piece.height]
    lowest, highest = max((p.bottom for p in single), default=0.0), min((p.top for p in single), default=0.0)
    between = [piece for piece in wide if highest < piece.middle < lowest]
    return single if len(single) > 1 and not between else []


def _gaps(pieces: Sequence[Piece]) -> list[float]:
    """The middles of the gaps between pieces side by side, those that overlap as one."""
    gaps: list[tuple[float, float]] = []
    for index, piece in enumerate(pieces):
        for other in pieces[index + 1 : index + 12]:
            first, second = (piece, other) if piece.x0 <= other.x0 else (other, piece)
            shared = min(first.bottom, second.bottom) - max(first.top, second.top)
            if shared > -0.6 * first.height and second.x0 - first.x1 > 0.3 * first.height:
                gaps.append((first.x1, second.x0))
    gaps.sort(key=lambda gap: gap[1])
    edges: list[float] = []
    low = high = 0.0
    for start, end in gaps:
        if edges and start < high:
            low = max(low, start)
            edges[-1] = (low + high) / 2
        else:
            low, high = start, end
            edges.append((low + high) / 2)
    return edges


def _place_column(
    labels: Labels, pieces: list[Piece], rows: Sequence[float], column: int, own: list[bool], edges: list[float]
) -> None:
    """Place the labels of a column that is not the last one."""
    if not pieces:
        return
    found = labels_of_rows(pieces, rows)[1:-1]
    if sum(map(bool, found)) >= OWN * len(rows) and len(rows) > 1:
        for row, lines in enumerate(found):
            if lines:
                first = min(_column(edges, line.x0) for line in lines)
                labels.placed.append(Label(lines, row, 1, first, column - first + 1))
        return
    groups: list[list[Piece]] = []
    for cell in stacked(pieces):
        middle = (cell[0].middle + cell[-1].middle) / 2
        row = min(range(len(rows)), key=lambda row: abs(rows[row] - middle))
        first = min(_column(edges, line.x0) for line in cell)
        if not own[row] and abs(rows[row] - middle) < 1.0 * cell[0].height:
            labels.placed.append(Label(cell, row, 1, first, labels.columns - first))
            own[row] = True
        else:
            groups.append(cell)
    if groups:
        _place_groups(labels, groups, rows, column)


def _place_groups(labels: Labels, groups: list[list[Piece]], rows: Sequence[float], column: int) -> None:
    """Spread the labels of groups over the rows that have a label further right."""
    rank = min(_rank(cell[0].text) for cell in groups) % 3
    taken = {
        label.row
        for label in labels.placed
        if label.rows == 1 and (label.column <= column or _rank(label.pieces[0].text) <= min(rank, 1))
    }
    free = [row for row in range(len(rows)) if row not in taken]
    for run in _runs(free) if len(free) <= MOST else ():
        tops, bottoms = _extents(run, rows)
        inside = [cell for cell in groups if tops[0] <= _middle(cell) <= bottoms[-1]]
        start = 0
        for number, cell in enumerate(inside):
            left = len(inside) - number - 1
            if start >= len(run):  # more labels than rows: the last row has several
                labels.placed.append(Label(cell, run[-1], 1, column, 1))
                continue
            start, stop = _spread(labels, cell, run, tops, bottoms, start, left)
            labels.placed.append(Label(cell, run[start], stop - start, column, 1))
            start = stop


def _rank(text: str) -> int:
    """How high a numbered label stands: 0 for headings, 1 for numbers in brackets, 2 for figures, 3 for no number."""
    if is_heading(text):
        return 0
    if not starts_anew(text):
        return 3
    return 2 if text[0].isdigit() else 1


def _middle(cell: Sequence[Piece]) -> float:
    return (cell[0].top + cell[-1].bottom) / 2


def _runs(rows: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _extents(run: Sequence[int], rows: Sequence[float]) -> tuple[list[float], list[float]]:
    """Where rows begin and end: halfway to the next."""
    half = [(second - first) / 2 for first, second in pairwise(rows)] or [20.0]
    tops = [rows[row] - half[max(row - 1, 0)] for row in run]
    bottoms = [rows[row] + half[min(row, len(half) - 1)] for row in run]
    return tops, bottoms


def _spread(
    labels: Labels,
    cell: Sequence[Piece],
    run: Sequence[int],
    tops: Sequence[float],
    bottoms: Sequence[float],
    start: int,
    left: int,
) -> tuple[int, int]:
    """(first, behind the last) place in the run of the rows a group's label stands in the middle of."""
    first_words = {label.row: label.pieces[0].text for label in labels.placed if label.rows == 1}
    height = cell[0].height
    best, found = float("inf"), (start, start + 1)
    for begin in range(start, len(run) - left):
        skipped = 2.0 * (begin > start)
        counted = _begins_count(first_words.get(run[begin], ""))
        for stop in range(begin + 1, len(run) - left + 1):
            off = abs((tops[begin] + bottoms[stop - 1]) / 2 - _middle(cell)) / height
            open_end = stop < len(run) and not _begins_count(first_words.get(run[stop], ""))
            cost = off + skipped + 1.0 * (not counted) + 1.0 * open_end + 2.0 * (stop < len(run) and not left)
            if cost < best:
                best, found = cost, (begin, stop)
    return found


def _begins_count(text: str) -> bool:
    """Whether a label is the first of a numbered series."""
    return starts_anew(text) and text[:1] in "1１①⒈"
