"""Which pieces of a table without rules are its figures: some numbers are none, some sentences stand for one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from govcrawl.documents.layout.pieces import Cut, Piece

HEADS = 4
"""Pieces without figures side by side that are surely a header."""
SENTENCE = 4
"""Letters of what is said in place of the first figure of a row, at least."""

Ends = tuple[list[float], list[float]]
"""Where pieces begin and where they end, each in order."""


def tell_figures(run: Sequence[Cut]) -> None:
    """Correct which pieces of the lines of a region are figures."""
    for segment in _segments(run):
        _with_sentences_among_figures(segment)
        _without_figures_among_words(segment)
        _without_numbers_of_labels(segment)


def beside_a_row(cuts: Sequence[Cut], index: int) -> bool:
    """Whether a row of figures stands so close that the line can only be a part of its label."""
    one = cuts[index]
    near = [cuts[other] for other in (index - 1, index + 1) if 0 <= other < len(cuts)]
    return any(other.is_row and abs(other.middle - one.middle) < 0.95 * max(one.height, other.height) for other in near)


def _segments(run: Sequence[Cut]) -> list[Sequence[Cut]]:
    """The lines from header to header, as far as headers are told by many pieces side by side."""
    headers = [len(one.pieces) >= HEADS and not one.values for one in run]
    starts = [at for at, header in enumerate(headers) if at and header and not headers[at - 1]]
    return [run[start:stop] for start, stop in pairwise([0, *starts, len(run)])]


def _without_numbers_of_labels(run: Sequence[Cut]) -> None:
    """Figures left of all columns of figures number the labels: narrow cells put them on lines of their own."""
    widest = max((one.values for one in run if one.is_row), key=len, default=[])
    if len(widest) < 5:
        return
    side = widest[0].centre - 0.5 * (widest[1].centre - widest[0].centre)
    first = next(at for at, one in enumerate(run) if one.is_row)
    labels = _ends([piece for one in run[first:] for piece in one.pieces if not piece.is_value and piece.x0 < side])
    for piece in [piece for one in run for piece in one.values]:
        if piece.centre < side and len(piece.text) < 3 and _over(piece, labels):
            piece.is_value = False


def _without_figures_among_words(run: Sequence[Cut]) -> None:
    """Numbers of labels, strokes beside units, words for nothing within labels are no figures of their own.

    Words stand above and below them, not figures.
    """
    near = [one for at, one in enumerate(run) if one.is_row or beside_a_row(run, at)]
    words = _ends([piece for one in near for piece in one.pieces if not piece.is_value])
    figures = _ends([piece for one in near for piece in one.values if _counts(piece)])
    for piece in [piece for one in run for piece in one.values if len(piece.text) < 3]:
        if _over(piece, words) > _over(piece, figures):
            piece.is_value = False


def _with_sentences_among_figures(run: Sequence[Cut]) -> None:
    """What stands before the last figure of a row, with figures above or below it, is said in place of one."""
    rows = [one for one in run if one.is_row]
    inner = [piece for one in rows for piece in one.pieces[1:-1] if not piece.is_value and not one.pieces[0].is_value]
    if not inner:
        return
    words = _ends([piece for one in rows for piece in one.pieces if not piece.is_value])
    figures = _ends([piece for one in rows for piece in one.values if _counts(piece)])
    begun = [one.pieces for one in rows if len(one.pieces) > 2 and one.pieces[1].is_value and _counts(one.pieces[1])]
    behind = {id(piece) for pieces in begun for piece in pieces[2:]}
    for piece in inner:
        if (id(piece) in behind or len(piece.text) >= SENTENCE) and _over(piece, figures) > _over(piece, words) - 1:
            piece.is_value = True


def _counts(piece: Piece) -> bool:
    return any(letter.isdigit() for letter in piece.text)


def _ends(pieces: Sequence[Piece]) -> Ends:
    return sorted(piece.x0 for piece in pieces), sorted(piece.x1 for piece in pieces)


def _over(piece: Piece, ends: Ends) -> int:
    """How many of the pieces with these ends stand above or below a piece."""
    return bisect_left(ends[0], piece.x1) - bisect_right(ends[1], piece.x0)
