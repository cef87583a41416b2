"""Lines of labels → the rows of figures they belong to, where no rule says so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, pairwise

from govcrawl.documents.layout.pieces import Piece, starts_anew

LONGEST = 45
"""Lines of one label: some stand in columns a single letter wide."""
MOST = 12_000
"""Lines times rows up to which the best way is looked for; a report has some 5,000 at most."""
NO_LABEL = 1.2
ORPHANS = 1.4
TORN = 4.0
BLANK_ROW = 1.8
"""Costs, in heights of the type: a row without a label, lines that no row takes, a label that takes another's line, a
label all of whose cells are blank."""
LEADING = 1.3
"""Lines of one label that are at most so many heights apart are surely set tight."""

LOOSEST = 2.4
"""Lines of one label are never as many heights apart."""
APART = 0.92
"""Lines of one label that are this share of the distance between labels apart are told by it."""

Anchor = Callable[[float, float], float]
_ANCHORS: tuple[Anchor, ...] = (
    lambda first, last: (first + last) / 2,
    lambda first, last: first,
    lambda first, last: last,
)
"""Where the figures of a row stand beside its label: at its middle, its first or its last line."""


def labels_of_rows(lines: Sequence[Piece], rows: Sequence[float]) -> list[list[Piece]]:
    """For each row its lines, in order; before the first and after the last list those that no row takes.

    Args:
        lines: label lines from top to bottom.
        rows: the middles of the rows of figures, from top to bottom.
    """
    if not lines:
        return [[] for _ in range(len(rows) + 2)]
    if len(lines) * len(rows) > MOST:
        return _nearest(lines, rows)
    torn, height = _measures(lines)
    return min((_assign(lines, rows, anchor, torn, height) for anchor in _ANCHORS), key=lambda found: found[0])[1]


def rows_of_labels(lines: Sequence[Piece], rows: Sequence[float]) -> tuple[list[float], list[list[Piece]]]:
    """The middles of all rows, those too that have a label and no figure; and the lines of each, as `labels_of_rows`.

    Args:
        lines: label lines from top to bottom.
        rows: the middles of the rows of figures, from top to bottom.
    """
    if not lines or len(lines) * len(rows) > MOST:
        return list(rows), labels_of_rows(lines, rows)
    torn, height = _measures(lines)
    starts = [at for at, tear in enumerate(torn) if tear or not at]
    whole = {stop: start for start, stop in pairwise([*starts, len(lines)])}
    found = min((_assign(lines, rows, anchor, torn, height, whole) for anchor in _ANCHORS), key=lambda found: found[0])
    taken = {id(line) for row in found[1] for line in row} if rows else set()
    blank = [lines[start:stop] for stop, start in whole.items() if id(lines[start]) not in taken]
    if not blank:
        return list(rows), found[1]
    every = sorted([*rows, *((label[0].middle + label[-1].middle) / 2 for label in blank)])
    return every, labels_of_rows(lines, every)


def _measures(lines: Sequence[Piece]) -> tuple[list[float], float]:
    """What it costs to take each line and the one before it as one label, and the height of the type."""
    height = sorted(line.height for line in lines)[len(lines) // 2]
    farthest = _farthest(lines, height)
    return [0.0, *(_torn(first, second, farthest) for first, second in pairwise(lines))], height


def _farthest(lines: Sequence[Piece], height: float) -> float:
    """How far apart two lines of one label may be: little farther than the nearest lines.

    Where those are set loose, they are one label's if labels that begin with a number are set wider.
    """
    within, between = height * LOOSEST, height * LOOSEST
    for first, second in pairwise(lines):
        step = second.middle - first.middle
        if step <= 0.8 * height:
            continue
        if starts_anew(second.text):
            between = min(between, step)
        else:
            within = min(within, step)
    if within < APART * between and between < height * LOOSEST:
        return (within + between) / 2
    return 1.35 * min(within, between, LEADING * height)


def _nearest(lines: Sequence[Piece], rows: Sequence[float]) -> list[list[Piece]]:
    """Each line to the row it is nearest to."""
    found: list[list[Piece]] = [[] for _ in range(len(rows) + 2)]
    between = [(first + second) / 2 for first, second in pairwise(rows)]
    for line in lines:
        found[bisect_left(between, line.middle) + 1].append(line)
    return found


def _torn(first: Piece, second: Piece, farthest: float) -> float:
    """What it costs to take two lines as one label."""
    if starts_anew(second.text):
        return TORN
    return TORN if second.middle - first.middle > farthest else 0.0


def _first(stop: int, torn: Sequence[float]) -> int:
    """The first line that a label can have whose last one is before `stop`."""
    start, tears = stop - 1, 0.0
    while start > max(stop - LONGEST, 0) and tears + torn[start] <= TORN:
        tears += torn[start]
        start -= 1
    return start


def _orphans(lines: int) -> float:
    return ORPHANS * bool(lines) + 0.05 * lines


def _assign(
    lines: Sequence[Piece],
    rows: Sequence[float],
    anchor: Anchor,
    torn: Sequence[float],
    height: float,
    whole: Mapping[int, int] | None = None,
) -> tuple[float, list[list[Piece]]]:
    """The cheapest way to give lines to rows in order. Of `whole`, end → start of labels, some may get no row."""
    count = len(lines)
    middles = [line.middle / height for line in lines]
    highest = [0.0, *(anchor(middles[_first(stop, torn)], middles[stop - 1]) for stop in range(1, count + 1))]
    costs: list[float] = [_orphans(taken) for taken in range(count + 1)]
    steps: list[list[int]] = []
    skips: list[list[int]] = []
    for row in (row / height for row in rows):
        new, step = [0.0] * (count + 1), [0] * (count + 1)
        skipped = list(range(count + 1))
        for stop, start in (whole or {}).items():
            if costs[start] + BLANK_ROW < costs[stop]:
                costs[stop], skipped[stop] = costs[start] + BLANK_ROW, skipped[start]
        least = list(accumulate(costs, min))
        for stop in range(count + 1):
            best, step[stop] = costs[stop] + NO_LABEL, stop
            if not stop or highest[stop] - row >= best:  # even the longest label stands too low
                new[stop] = best
                continue
            tears, last = 0.0, middles[stop - 1]
            for start in range(stop - 1, max(stop - LONGEST, 0) - 1, -1):
                if start + 1 < stop:
                    tears += torn[start + 1]
                    if tears > TORN:
                        break
                off = anchor(middles[start], last) - row
                if least[start] + tears - off >= best:  # longer labels would only stand higher
                    break
                cost = costs[start] + tears + abs(off)
                if cost < best:
                    best, step[stop] = cost, start
            new[stop] = best
        costs = new
        steps.append(step)
        skips.append(skipped)
    rest = [_orphans(count - taken) for taken in range(count + 1)]
    stop = min(range(count + 1), key=lambda taken: costs[taken] + rest[taken])
    total = costs[stop] + rest[stop]
    found = [list(lines[stop:])]
    for step, skipped in zip(reversed(steps), reversed(skips), strict=True):
        found.append(list(lines[step[stop] : stop]))
        stop = skipped[step[stop]]
    found.append(list(lines[:stop]))
    return total, found[::-1]
