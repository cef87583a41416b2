"""Columns of measure words beside tables without rules: they tell rows that hold no figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govcrawl.documents.layout.pieces import Cut, Piece
from govcrawl.lookups import pattern

FEWEST = 3
"""Measure words below each other that make a column."""

Column = tuple[float, float]
"""From where to where measure words stand (points)."""


def mark_columns(sheets: Iterable[Sequence[Cut]]) -> list[Column]:
    """Where measure words stand between the labels and the figures of rows, on all sheets of a document."""
    found = sorted((mark.x0, mark.x1) for cuts in sheets for one in cuts if (mark := _mark(one)) is not None)
    columns: list[list[Column]] = []
    for start, end in found:
        if columns and start < max(right for _, right in columns[-1]):
            columns[-1].append((start, end))
        else:
            columns.append([(start, end)])
    return [(column[0][0], max(right for _, right in column)) for column in columns if len(column) >= FEWEST]


def mark_rows(cuts: Sequence[Cut], columns: Sequence[Column]) -> None:
    """Make rows of the lines that hold a measure word, or a stroke in its place, and nothing but figures behind it."""
    for one in cuts if columns else ():
        if not one.is_row:
            one.mark = next((piece for piece in _behind_labels(one) if _in(columns, piece)), None)


def _mark(row: Cut) -> Piece | None:
    """The measure word right before the figures of a row."""
    if not row.is_row:
        return None
    before = [piece for piece in row.pieces if not piece.is_value]
    behind = [piece for piece in row.values if before and piece.x0 > before[-1].x1]
    return before[-1] if behind and len(behind) == len(row.values) and _is_mark(before[-1]) else None


def _behind_labels(line: Cut) -> list[Piece]:
    """The figures at the end of a line, and the measure word before them."""
    first = next((at for at in range(len(line.pieces) - 1, -1, -1) if not line.pieces[at].is_value), 0)
    piece = line.pieces[first]
    return line.pieces[first + (not piece.is_value and not _is_mark(piece)) :]


def _in(columns: Sequence[Column], piece: Piece) -> bool:
    return any(x0 < piece.x1 and piece.x0 < x1 for x0, x1 in columns)


def _is_mark(piece: Piece) -> bool:
    return bool(pattern("layout", "label", "mark").fullmatch(piece.text))
