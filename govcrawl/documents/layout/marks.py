"""Rows of tables without rules that hold no figure: told by measure words below each other, or by their one cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govcrawl.documents.layout.pieces import Cut, Piece, ends_sentence, is_heading, is_note
from govcrawl.documents.layout.prose import same_type
from govcrawl.lookups import pattern

FEWEST = 3
"""Measure words below each other that make a column."""
TITLE = 6
"""Lines above a row up to which a cell over the whole table is looked for."""

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


def mark_last_rows(cuts: Sequence[Cut]) -> None:
    """Make rows of lines right below tables that are set as cells are, in the table's type: cells over a whole row.

    Type of another size follows them; in type of the prose, nothing tells them from prose.

    Args:
        cuts: the lines of a sheet, and the first one of the next.
    """
    for index in range(2, len(cuts) - 1):
        one, above = cuts[index], cuts[index - 1]
        if not above.values or not above.is_row or len(one.pieces) > 1 or one.line.x1 < above.values[0].x0:
            continue
        text = one.line.text
        if is_heading(text) or is_note(text) or ends_sentence(text) or not _as_cells(cuts, index):
            continue
        near = one.middle - above.middle < 1.2 * (above.middle - cuts[index - 2].middle)
        if near and same_type(one.line, above.line) and not same_type(one.line, cuts[index + 1].line):
            one.mark = one.pieces[0]


def _as_cells(cuts: Sequence[Cut], index: int) -> bool:
    """Whether a line begins where the labels do, or stands in the middle below another cell of the whole width."""
    one = cuts[index]
    reach = 0.5 * one.height
    if abs(one.line.x0 - cuts[index - 1].line.x0) < reach:
        return True
    whole = [cut.pieces[0] for cut in cuts[max(index - TITLE, 0) : index] if len(cut.pieces) == 1]
    return any(abs(piece.centre - one.pieces[0].centre) < reach for piece in whole)


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
