"""Tables without rules none of whose cells is filled: only their headers and labels are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from govcrawl.documents.layout.columns import centres_of
from govcrawl.documents.layout.pieces import Cut
from govcrawl.documents.layout.prose import OTHER_SIZE, Measure
from govcrawl.documents.layout.regions import WIDE, Block

FEWEST = 3
"""Lines of a blank table."""
TIGHT = 1.45
"""Lines of one header are at most so many heights apart."""
LINES = 12
"""Lines of a header at most."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Lines that make up blank tables."""

    start: int
    stop: int
    """Behind the last line."""
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Tail:
    """A blank table that reaches to the end of a sheet."""

    height: float
    """Of its type."""
    side: float
    """Where its cells begin."""


def blank_tables(cuts: Sequence[Cut], of: Measure | None, goes_on: Tail | None) -> list[Blank]:
    """Find blank tables: runs of short lines in type of their own, some with pieces side by side, without a figure.

    Args:
        cuts: the lines of a sheet.
        of: where prose begins and ends on it.
        goes_on: the blank table that the sheet before ends with.
    """
    if of is None:
        return []
    wide = WIDE * (of.right - of.left)
    prose = [one.height for one in cuts if len(one.pieces) == 1 and one.pieces[0].x1 - one.pieces[0].x0 > wide]
    found: list[Blank] = []
    for begin, stop in _runs(cuts):
        start = begin + _behind_figures(cuts[begin:stop])
        run = cuts[start:stop]
        continued = goes_on if start == 0 and goes_on is not None and _same(goes_on.height, run[0].height) else None
        headed = any(len(one.pieces) > 1 for one in run)
        if not run or any(_same(height, run[0].height) for height in prose):
            continue
        if continued is not None or (headed and len(run) >= FEWEST):
            blocks = _blocks(run, None if continued is None or _reaches(run, continued.side) else continued.side)
            at_end = stop == len(cuts)
            if all(_is_table(block, at_end and block is blocks[-1]) for block in blocks):
                found.append(Blank(start, stop, blocks))
    return found


def _same(first: float, second: float) -> bool:
    return abs(first - second) <= OTHER_SIZE * max(first, second)


def _runs(cuts: Sequence[Cut]) -> list[tuple[int, int]]:
    """From where to where the type stays as high as it is."""
    starts = [at for at, one in enumerate(cuts) if at == 0 or not _same(cuts[at - 1].height, one.height)]
    return list(pairwise([*starts, len(cuts)]))


def _behind_figures(run: Sequence[Cut]) -> int:
    """Where in a run the header begins that follows the last row of figures; 0 where there are no figures."""
    last = max((at for at, one in enumerate(run) if one.values), default=None)
    if last is None:
        return 0
    side = run[last].values[0].x0
    for at in range(last + 1, len(run)):
        if run[at].line.x1 > side and len(run[at].pieces) > 1:
            titled = at > last + 1 and run[at - 1].line.x0 > run[at].line.x0
            return at - titled
    return len(run)


def _reaches(run: Sequence[Cut], side: float) -> bool:
    """Whether a piece stands over the cells."""
    return any(piece.x0 >= side for one in run for piece in one.pieces)


def _blocks(run: Sequence[Cut], side: float | None) -> list[Block]:
    """The tables of a run: a line that reaches over the cells below labels begins the next.

    Args:
        run: the lines.
        side: where the cells of the table begin that goes on, if one does.
    """
    blocks = [Block([], [])]
    labels: list[Cut] = []
    for one in run:
        right = side is not None and any(piece.x0 >= side for piece in one.pieces)
        if side is not None and not right:
            labels.append(one)
            continue
        block = blocks[-1]
        if labels and not (block.header and _tight([block.header[-1], *labels, one])):
            _close(block, labels, side)
            blocks.append(block := Block([], []))
            side = None
        block.header.extend([*labels, one] if side is not None else [one])
        labels = []
        if side is None and len(one.pieces) > 1:
            side = one.pieces[0].x1
    _close(blocks[-1], labels, side)
    return blocks


def _tight(lines: Sequence[Cut]) -> bool:
    return all(second.middle - first.middle < TIGHT * second.height for first, second in pairwise(lines))


def _close(block: Block, labels: Sequence[Cut], side: float | None) -> None:
    """Put labels into a block, and find its columns."""
    block.labels = [piece for one in labels for piece in one.pieces]
    left = max([side or 0.0, *(piece.x1 for piece in block.labels)]) if block.labels else 0.0
    block.centres = centres_of(block.header, [], block.labels, left=left)


def tail(blank: Blank, before: Tail | None) -> Tail | None:
    """What goes on with the last of the tables on the next sheet."""
    last = blank.blocks[-1]
    if not last.labels:
        return None
    side = max(piece.x1 for piece in last.labels)
    return Tail(last.labels[-1].height, side if last.header or before is None else before.side)


def _is_table(block: Block, at_end: bool) -> bool:
    """Whether lines are a table; a header at the end of a sheet belongs to what the next one says."""
    if not block.header:
        return True
    return bool(block.centres) and len(block.header) <= LINES and (bool(block.labels) or not at_end)
