"""Slots of a grid with the sides drawn between them → rectangular cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

Area = tuple[int, int, int, int]
"""Row, column, rows, columns."""
Slot = tuple[int, int]


def rectangles(rows: int, columns: int, below: Sequence[bytearray], behind: Sequence[bytearray]) -> list[Area]:
    """Join the slots that no side separates; what comes out in another shape is cut into as few as possible.

    Args:
        rows, columns: size of the grid.
        below: line between rows → column → whether it is drawn; the first and last are the outer sides.
        behind: line between columns → row → whether it is drawn.
    """
    seen = [bytearray(columns) for _ in range(rows)]
    found: list[Area] = []
    for row in range(rows):
        for column in range(columns):
            if not seen[row][column]:
                slots = _flood(row, column, rows, columns, below, behind, seen)
                found.extend(_cut(slots))
    found.sort()
    return found


def _flood(
    row: int,
    column: int,
    rows: int,
    columns: int,
    below: Sequence[bytearray],
    behind: Sequence[bytearray],
    seen: list[bytearray],
) -> list[Slot]:
    """All slots that can be reached without crossing a side."""
    seen[row][column] = 1
    slots = [(row, column)]
    for at_row, at in slots:
        if at + 1 < columns and not behind[at + 1][at_row] and not seen[at_row][at + 1]:
            seen[at_row][at + 1] = 1
            slots.append((at_row, at + 1))
        if at and not behind[at][at_row] and not seen[at_row][at - 1]:
            seen[at_row][at - 1] = 1
            slots.append((at_row, at - 1))
        if at_row + 1 < rows and not below[at_row + 1][at] and not seen[at_row + 1][at]:
            seen[at_row + 1][at] = 1
            slots.append((at_row + 1, at))
        if at_row and not below[at_row][at] and not seen[at_row - 1][at]:
            seen[at_row - 1][at] = 1
            slots.append((at_row - 1, at))
    return slots


def _cut(slots: list[Slot]) -> Iterable[Area]:
    """The one rectangle they are, or the fewer of those that cuts along rows or along columns give."""
    if len(slots) == 1:
        return [(*slots[0], 1, 1)]
    top, left = min(slots)[0], min(slot[1] for slot in slots)
    bottom, right = max(slots)[0], max(slot[1] for slot in slots)
    if len(slots) == (bottom - top + 1) * (right - left + 1):
        return [(top, left, bottom - top + 1, right - left + 1)]
    by_rows = list(_runs(slots))
    by_columns = [(row, column, high, wide) for column, row, wide, high in _runs([(c, r) for r, c in slots])]
    return by_columns if len(by_columns) <= len(by_rows) else by_rows


def _runs(slots: list[Slot]) -> Iterator[Area]:
    """Runs along the rows, those right below each other and as long joined."""
    open_runs: dict[tuple[int, int], tuple[int, int]] = {}
    runs: dict[int, list[tuple[int, int]]] = {}
    for row, column in sorted(slots):
        line = runs.setdefault(row, [])
        if line and line[-1][1] == column:
            line[-1] = (line[-1][0], column + 1)
        else:
            line.append((column, column + 1))
    for row in sorted(runs):
        for run in [run for run, (_, last) in open_runs.items() if last < row - 1 or run not in runs[row]]:
            first, last = open_runs.pop(run)
            yield first, run[0], last - first + 1, run[1] - run[0]
        for run in runs[row]:
            open_runs[run] = (open_runs[run][0] if run in open_runs else row, row)
    for run, (first, last) in open_runs.items():
        yield first, run[0], last - first + 1, run[1] - run[0]
