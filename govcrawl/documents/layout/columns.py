"""Where the columns of figures of a table without rules stand: told by its figures and its header."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from govcrawl.documents.layout.pieces import Cut, Piece, stacked, starts_anew

LOWER = 0.8
"""A header cell that stands this share of its height above both its neighbours spans them."""

MOST = 100
"""Columns of one table."""
LARGEST = 500
"""Pieces of a header, the lowest ones."""
UNIT = 3
"""Letters of a unit at most."""


@dataclass(slots=True)
class _Column:
    """Pieces below each other."""

    x0: float
    x1: float
    values: list[Piece] = field(default_factory=list)
    header: list[Piece] = field(default_factory=list)
    labels: bool = False
    """All columns of labels together."""

    def take(self, other: _Column) -> None:
        """Become one with another column."""
        self.x0, self.x1 = min(self.x0, other.x0), max(self.x1, other.x1)
        self.values = [*self.values, *other.values]

    @property
    def centre(self) -> float:
        of = self.values or self.header
        return (min(piece.x0 for piece in of) + max(piece.x1 for piece in of)) / 2

    @property
    def lowest(self) -> float | None:
        """The middle of its lowest header cell."""
        if not self.header:
            return None
        cell = stacked(self.header)[-1]
        return (cell[0].top + cell[-1].bottom) / 2


def centres_of(
    header: Sequence[Cut], rows: Sequence[Cut], labels: Sequence[Piece] = (), *, left: float = 0.0
) -> list[float]:
    """The middles of the columns of figures, from left to right.

    Args:
        header: lines above the rows.
        rows: lines with figures.
        labels: pieces on lines between the rows.
        left: where the columns begin if there is no figure.
    """
    values = [piece for row in rows for piece in row.values]
    row_of = {id(piece): at for at, row in enumerate(rows) for piece in row.values}
    columns: list[_Column] = []
    for piece in _narrow_first(values):
        shared = _below(columns, piece)
        if len(shared) > 1 and _one_column([*shared, _Column(piece.x0, piece.x1, [piece])], row_of):
            _merge(columns, shared)
        if len(columns) < MOST or shared:
            _add(columns, piece).values.append(piece)
    first = min((column.x0 for column in columns), default=left)
    over, beside = header_and_labels([piece for one in header for piece in one.pieces], first)
    inner = [piece for row in rows for piece in row.pieces if not piece.is_value]
    named = [piece for piece in [*inner, *beside, *labels] if piece.x1 <= first]
    if named and over:
        end = max(max(piece.x1 for piece in named), min(piece.x1 for piece in over))
        columns.append(_Column(0.0, min(end, first), labels=True))
    for piece in sorted(over, key=lambda piece: piece.middle, reverse=True)[:LARGEST]:
        shared = _below(columns, piece)
        if len(shared) > 1 and _one_column(shared, row_of):
            _merge(columns, shared)
        if len(_below(columns, piece)) < 2:
            _add(columns, piece).header.append(piece)
    columns.sort(key=lambda column: column.x0)
    columns = _aligned_otherwise(columns, row_of)
    kept = [column for at, column in enumerate(columns) if column.values or column.labels or not _spans(columns, at)]
    if len(kept) > 1 and kept[0].labels and not kept[1].values and _marked(rows, over):
        del kept[1]
    return [column.centre for column in kept if not column.labels]


def header_and_labels(pieces: Sequence[Piece], left: float) -> tuple[list[Piece], list[Piece]]:
    """Pieces of a header, and labels of rows: the latter stand left of the figures, below all of the header."""
    over = [piece for piece in pieces if piece.centre > left]
    if not over:
        return [], list(pieces)
    header, labels = list(over), []
    lowest = max(piece.middle for piece in over)
    last: Piece | None = None
    others = set(map(id, over))
    for piece in sorted((piece for piece in pieces if id(piece) not in others), key=lambda piece: piece.middle):
        tight = last is not None and piece.middle - last.middle < 1.45 * piece.height and not starts_anew(piece.text)
        if piece.middle <= lowest + 0.5 * piece.height or tight:
            header.append(piece)
            last = piece
        else:
            labels.append(piece)
            last = None
    return header, labels


def _marked(rows: Sequence[Cut], header: Sequence[Piece]) -> bool:
    """Whether a column of units stands between labels and figures, not right below its header."""
    marks = [piece for row in rows for piece in row.pieces[1:] if not piece.is_value and len(piece.text) <= UNIT]
    headed = any(piece.x0 < mark.x1 and mark.x0 < piece.x1 for mark in marks for piece in header)
    return len(marks) > 0.5 * len(rows) and not headed


def _narrow_first(pieces: Iterable[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: piece.x1 - piece.x0)


def _below(columns: Sequence[_Column], piece: Piece) -> list[_Column]:
    return [column for column in columns if column.x0 < piece.x1 and piece.x0 < column.x1]


def _add(columns: list[_Column], piece: Piece) -> _Column:
    """The column a piece is part of: the one it stands in, or one of its own."""
    shared = _below(columns, piece)
    if not shared:
        columns.append(_Column(piece.x0, piece.x1))
        return columns[-1]
    nearest = min(shared, key=lambda column: abs(column.x0 + column.x1 - piece.x0 - piece.x1))
    if len(shared) == 1:
        nearest.x0, nearest.x1 = min(nearest.x0, piece.x0), max(nearest.x1, piece.x1)
    return nearest


def _merge(columns: list[_Column], same: Sequence[_Column]) -> None:
    """Make one column of several."""
    for column in same[1:]:
        same[0].take(column)
        columns.remove(column)


def _aligned_otherwise(columns: list[_Column], row_of: Mapping[int, int]) -> list[_Column]:
    """The columns, those without a header joined to the nearest one beside that has one and no figure in their rows."""
    for column in [column for column in columns if not column.header and not column.labels]:
        at = columns.index(column)
        own = _rows(column, row_of)
        sides = [side for side in columns[max(at - 1, 0) : at + 2] if side.header and not side.labels]
        sides = [side for side in sides if not own & _rows(side, row_of)]
        if sides:
            nearest = min(sides, key=lambda side: max(side.x0 - column.x1, column.x0 - side.x1))
            nearest.take(column)
            columns.remove(column)
    return columns


def _one_column(columns: Sequence[_Column], row_of: Mapping[int, int]) -> bool:
    """Whether figures below one header (or a wide figure), none in one row with another, only stand differently."""
    if any(column.header or column.labels for column in columns):
        return False
    rows = [_rows(column, row_of) for column in columns]
    return sum(map(len, rows)) == len(set().union(*rows))


def _rows(column: _Column, row_of: Mapping[int, int]) -> set[int]:
    return {row_of[id(piece)] for piece in column.values}


def _spans(columns: Sequence[_Column], at: int) -> bool:
    """Whether a column that only a header cell makes is the gap between two that the cell spans."""
    if not 0 < at < len(columns) - 1:
        return False
    own, sides = columns[at].lowest, (columns[at - 1].lowest, columns[at + 1].lowest)
    height = columns[at].header[0].height
    return own is not None and all(side is not None and side > own + LOWER * height for side in sides)
