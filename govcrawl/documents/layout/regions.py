"""Where on a sheet tables without rules stand: runs of lines that are no prose and hold rows of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govcrawl.documents.layout.columns import centres_of
from govcrawl.documents.layout.figures import HEADS, beside_a_row, tell_figures
from govcrawl.documents.layout.levels import level
from govcrawl.documents.layout.lines import Line
from govcrawl.documents.layout.pieces import Cut, Piece, cut, ends_sentence, is_date, is_heading, starts_anew
from govcrawl.documents.layout.prose import Measure, same_type
from govcrawl.documents.layout.rowlabels import LOOSEST

TIGHT = 1.3
"""A line this many heights below a row is part of its label."""
INDENT = 3.0
"""Heights of the type by which the first line of a paragraph is set in, at most."""
WIDE = 0.55
"""A single piece over this share of the measure is a line of prose."""


@dataclass(slots=True)
class Block:
    """A table: its header, and its rows with one set of columns."""

    header: list[Cut]
    rows: list[Cut]
    centres: list[float] = field(default_factory=list)
    """The middles of the columns of figures."""
    labels: list[Piece] = field(default_factory=list)
    """Pieces left of the figures, below the header."""


def split(cuts: Sequence[Cut], of: Measure | None) -> list[Line | list[Cut]]:
    """The lines of a sheet in order, those that make up tables together."""
    out: list[Line | list[Cut]] = []
    run: list[Cut] = []
    for index, one in enumerate(cuts):
        if of is not None and not _is_prose(cuts, index, of):
            run.append(one)
            continue
        out.extend(_closed(run, at_edge=not out))
        run = []
        out.append(one.line)
    out.extend(_closed(run, at_edge=True))
    return out


def is_header(lines: Sequence[Line]) -> bool:
    """Whether lines that hold no figures look like the header of a table: some have pieces side by side."""
    return any(len(cut(line).pieces) > 1 for line in lines)


def _closed(run: list[Cut], *, at_edge: bool) -> list[Line | list[Cut]]:
    """A run of lines as a table, and those of other type above and below it; or all as lines where it holds no rows."""
    start, stop = _of_one_type(run)
    table = _table(run[start:stop], at_edge=at_edge)
    return [*(one.line for one in run[:start]), *table, *(one.line for one in run[stop:])]


def _of_one_type(run: Sequence[Cut]) -> tuple[int, int]:
    """From where to where a run of lines is a table: lines in type of another size above and below it are not."""
    at = [number for number, one in enumerate(run) if one.is_row or len(one.pieces) > 1]
    if not at:
        return 0, len(run)
    first, last = at[0], at[-1]
    start = max((number + 1 for number in range(first) if not same_type(run[number].line, run[first].line)), default=0)
    stop = next(
        (number for number in range(last + 1, len(run)) if not same_type(run[number].line, run[last].line)), len(run)
    )
    return start, stop


def _table(run: list[Cut], *, at_edge: bool) -> list[Line | list[Cut]]:
    rows = [one for one in run if one.is_row]
    enough = len(rows) > 1 or any(len(row.values) > 2 for row in rows)
    headed = any(len(one.pieces) > 1 and not one.is_row for one in run)
    labelled = any(len(row.pieces) > 1 for row in rows)
    if rows and (enough or headed or (at_edge and labelled)):
        return [run]
    return [one.line for one in run]


def _is_prose(cuts: Sequence[Cut], index: int, of: Measure) -> bool:
    """A line of prose or a heading between the tables."""
    one = cuts[index]
    if one.is_row:
        return False
    text = one.line.text
    width = sum(piece.x1 - piece.x0 for piece in one.pieces)
    if len(one.pieces) > 1:
        return width > 0.8 * (of.right - of.left) and len(one.pieces) < 5 and not any(p.is_value for p in one.pieces)
    if beside_a_row(cuts, index):
        return False
    if _is_wide(one, of):
        return True
    if is_heading(text):
        return _stands_alone(cuts, index)
    if is_date(text):
        return True
    return (
        len(text) > 2 and ends_sentence(text) and not starts_anew(text) and one.line.x0 < of.left + INDENT * one.height
    )


def _is_wide(one: Cut, of: Measure) -> bool:
    return sum(piece.x1 - piece.x0 for piece in one.pieces) > WIDE * (of.right - of.left)


def _stands_alone(cuts: Sequence[Cut], index: int) -> bool:
    """Whether a line begins nothing that goes on right below it."""
    if index + 1 == len(cuts):
        return True
    one, above, below = cuts[index], cuts[index - 1] if index else None, cuts[index + 1]
    if above is not None and above.is_row and one.middle - above.middle < TIGHT * one.height:
        return False
    if below.is_row and _goes_on_beside(one.pieces[0], below):
        return False
    return one.height > 1.15 * below.height or below.middle - one.middle > 1.4 * one.height


def _goes_on_beside(piece: Piece, row: Cut) -> bool:
    """Whether a row has the next line of a label right below, and a label of its own behind it."""
    labels = [other for other in row.pieces if not other.is_value]
    if len(labels) < 2 or labels[0].middle - piece.middle > LOOSEST * piece.height:
        return False
    return labels[0].x0 < piece.x1 < labels[1].x0 and not starts_anew(labels[0].text)


def blocks_of(run: Sequence[Cut]) -> tuple[list[Block], list[Line]]:
    """Cut the lines of a region where a header begins.

    Returns:
        The tables, and the lines below the last one that belong to none of them: a header without rows.
    """
    blocks: list[Block] = []
    waiting: list[Cut] = []
    tell_figures(run)
    for one in level(run):
        block = blocks[-1] if blocks else None
        if not one.is_row:
            waiting.append(one)
            continue
        if block is not None and not _header_between(block, waiting):
            block.rows.append(one)
            block.labels.extend(piece for other in waiting for piece in other.pieces)
        else:
            header = waiting
            if block is not None:
                rest, header = _divided(block, waiting)
                block.labels.extend(piece for other in rest for piece in other.pieces)
            blocks.append(Block(header, [one]))
        waiting = []
    if blocks and waiting:
        rest, waiting = _divided(blocks[-1], waiting)
        blocks[-1].labels.extend(piece for other in rest for piece in other.pieces)
    for block in blocks:
        block.centres = centres_of(block.header, block.rows, block.labels, left=_left_of(block))
        block.labels.extend(piece for row in block.rows for piece in row.pieces if not piece.is_value)
    return blocks, [one.line for one in waiting]


def _left_of(block: Block) -> float:
    """Where the columns of figures begin."""
    headed = [one.pieces[1].x0 for one in block.header if len(one.pieces) >= HEADS]
    figures = [row.values[0].x0 - 4.0 for row in block.rows if row.values]
    return min([*figures, *headed] or [row.mark.x1 for row in block.rows if row.mark])


def _header_between(block: Block, waiting: Sequence[Cut]) -> bool:
    """Whether lines between two rows are more than labels: they reach over the figures."""
    left = _left_of(block)
    return any(piece.centre > left for one in waiting for piece in one.pieces)


def _divided(block: Block, waiting: list[Cut]) -> tuple[list[Cut], list[Cut]]:
    """Lines below a block: the rest of its last label, and the header of the next."""
    left = _left_of(block)
    last = block.rows[-1]
    below = last.middle
    for count, one in enumerate(waiting):
        tight = one.middle - below < 1.45 * one.height
        label = all(piece.x1 < left for piece in one.pieces) and not starts_anew(one.line.text)
        if not (tight and label):
            return waiting[:count], waiting[count:]
        below = one.middle
    return waiting, []
