"""Rows out of a run of cells whose markup was lost. Order is evidence, position is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from govcrawl.documents import lookups

_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
LONGEST_LABEL = 80
STUB_LABELS = 3
"""More labels than this before a value are a header, not the label of a row with its groups."""
NEIGHBOURS = 6
TOGETHER = 20
"""A single row of more cells than any row of the forms: its row ends were lost."""


@lru_cache(maxsize=4096)
def is_value(cell: str) -> bool:
    """Whether a printed cell is a figure, or a sign that stands for none."""
    text = cell.strip()
    return bool(text) and len(text) <= 40 and lookups.flattened().value.fullmatch(text) is not None


def is_label(line: str) -> bool:
    """Whether a line can be a label or a header: short, and no sentence outside its brackets."""
    text = line.strip()
    return 0 < len(text) <= LONGEST_LABEL and not lookups.flattened().sentence.search(_BRACKETED.sub("", text))


def is_heading(line: str) -> bool:
    """Whether a line is numbered as the report's sections are, and some of its table rows."""
    return lookups.flattened().heading.match(line.strip()) is not None


def is_lower(line: str) -> bool:
    """Whether a line is numbered as rows inside a group are."""
    return lookups.flattened().lower.match(line.strip()) is not None


def regroup(cells: Sequence[str]) -> list[list[str]]:
    """Rows of a run of cells without row ends: labels, then values, then the next row's labels.

    Of the labels before the first values of a table the last is the row's own; as many as there are values, and
    one for the corner, are its header; those before are titles, each a row.
    """
    rows: list[list[str]] = []
    labels: list[str] = []
    values: list[str] = []
    for cell in cells:
        valued = is_value(cell) or (not cell and bool(values))
        if not valued and values:
            rows += _row(labels, values)
            labels, values = [], []
        if valued:
            values.append(cell)
        elif cell:
            labels.append(cell)
    if values:
        rows += _row(labels, values)
    else:
        rows += [[label] for label in labels]
    return rows


def _row(labels: list[str], values: list[str]) -> list[list[str]]:
    count = len(values)
    while count and not values[count - 1]:
        count -= 1
    if len(labels) <= STUB_LABELS and len(labels) < count + 2:
        return [[*labels, *values]]
    unlabelled = labels[-1] in labels[:-1]
    header, stub = (labels, []) if unlabelled else (labels[:-1], labels[-1:])
    columns = min(count + (0 if unlabelled else 1), len(header))
    titles, header = header[: len(header) - columns], header[len(header) - columns :]
    return [*([title] for title in titles), header, [*stub, *values]]


def mend(rows: list[list[str]]) -> list[list[str]]:
    """Join rows that a stray empty line broke, and split a run whose row ends were lost altogether."""
    single = sum(len(row) == 1 for row in rows)
    if (len(rows) == 1 and len(rows[0]) > TOGETHER) or (len(rows) > TOGETHER and single > 0.8 * len(rows)):
        return regroup([cell for row in rows for cell in row])
    counts = [_values(row) if _labels(row) else 0 for row in rows]
    mended: list[list[str]] = []
    for number, row in enumerate(rows):
        if mended and _is_piece(row):
            before = mended[-1]
            around = counts[max(0, number - NEIGHBOURS) : number + NEIGHBOURS]
            if _labels(before):
                width = max((count for count in around if count), default=0)
                short = _labels(before) <= STUB_LABELS and _values(before) + len(row) <= width
            else:
                width = len(mended[-2]) if len(mended) > 1 else 0
                short = bool(_values(before)) and len(before) + len(row) <= width
            if short:
                before.extend(row)
                continue
        mended.append(list(row))
    return mended


def _is_piece(row: list[str]) -> bool:
    return bool(row and row[0]) and all(not cell or is_value(cell) for cell in row)


def _values(row: list[str]) -> int:
    """Cells of a row from its first value on."""
    return next((len(row) - index for index, cell in enumerate(row) if is_value(cell)), 0)


def _labels(row: list[str]) -> int:
    return sum(1 for cell in row if cell and not is_value(cell))
