"""Flattened tables without a separator, as far as rows show without guessing: figures after a label, a cell a line."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.documents import lookups
from govcrawl.documents.text.cells import is_heading, is_label, is_lower, is_value, regroup

ROWS = 2
"""Rows a table of space-separated cells has at least."""
LONE_ROW = 5
"""Figures a single row without a label must have to be a table of its own."""
VALUES = 6
"""Figures a table of a cell a line has at least."""
HEADER_LINES = 6
"""Lines without a figure between two rows of one table."""
LABEL_LINES = 22
"""Labels between two figures of one table, a cell a line: the header of the litigation table has 19."""

Piece = str | list[list[str]]
"""A line of prose, or the rows of a table."""


def find_tables(lines: Sequence[str]) -> list[Piece]:
    """Tell the tables from the prose in lines that hold something."""
    pieces: list[Piece] = []
    prose: list[str] = []
    for piece in _space_tables(lines):
        if isinstance(piece, str):
            prose.append(piece)
        else:
            pieces += [*_line_tables(prose), piece]
            prose = []
    return [*pieces, *_line_tables(prose)]


def row_of(line: str) -> list[str] | None:
    """Label and figures of a line such as `行政许可 66 +126 192`; None where it is none.

    A line of prose that happens to end in a figure does no harm: what no form claims goes back into the prose.
    """
    tokens = line.split()
    first = len(tokens)
    while first and is_value(tokens[first - 1]):
        first -= 1
    values, label = tokens[first:], tokens[:first]
    if len(values) < (1 if label else 3) or not (not label or is_label(" ".join(label))):
        return None
    return [*_labels(label), *values]


def _labels(tokens: Sequence[str]) -> list[str]:
    """Labels of a row: a numbered token begins a new one, any other continues the one before."""
    labels: list[str] = []
    for token in tokens:
        if labels and not is_heading(token) and not is_lower(token):
            labels[-1] += f" {token}"
        else:
            labels.append(token)
    return labels


def _space_tables(lines: Sequence[str]) -> list[Piece]:
    rows = [row_of(line) for line in lines]
    pieces: list[Piece] = []
    done = 0
    index = 0
    while index < len(lines):
        if rows[index] is None:
            index += 1
            continue
        start = _header_start(lines, rows, index, done)
        end = index + 1
        while (following := _next_row(lines, rows, end)) is not None:
            end = following + 1
        found = [row for row in rows[start:end] if row is not None]
        if len(found) >= ROWS or (len(found[0]) >= LONE_ROW and all(map(is_value, found[0]))):
            pieces += lines[done:start]
            pieces.append([rows[at] or lines[at].split() for at in range(start, end)])
            done = end
        index = end
    pieces += lines[done:]
    return pieces


def _next_row(lines: Sequence[str], rows: Sequence[list[str] | None], start: int) -> int | None:
    for index in range(start, min(start + HEADER_LINES, len(lines))):
        if rows[index] is not None:
            return index
        if not _is_header(lines, index):
            return None
    return None


def _header_start(lines: Sequence[str], rows: Sequence[list[str] | None], index: int, done: int) -> int:
    start = index
    while start > max(done, index - HEADER_LINES) and rows[start - 1] is None and _is_header(lines, start - 1):
        start -= 1
    return start


def _is_header(lines: Sequence[str], index: int) -> bool:
    """Whether a line without figures can stand in a table: a label, and no heading of a section."""
    if not is_label(lines[index]):
        return False
    return not is_heading(lines[index]) or _leads_group(lines, index)


def _leads_group(lines: Sequence[str], index: int) -> bool:
    """A numbered line is a label of the table when figures, or a row numbered one level lower with figures, follow."""
    following = lines[index + 1 : index + 4]
    if not following:
        return False
    if is_value(following[0]):
        return True
    if not is_lower(following[0]):
        return False
    return row_of(following[0]) is not None or any(is_value(line) for line in following[1:])


def _line_tables(lines: Sequence[str]) -> list[Piece]:
    """A cell a line."""
    fits = [is_value(line) or _is_header(lines, index) for index, line in enumerate(lines)]
    pieces: list[Piece] = []
    index = 0
    while index < len(lines):
        end = index
        last = index
        while end < len(lines) and fits[end] and end - last <= LABEL_LINES:
            if is_value(lines[end]):
                last = end
            end += 1
        cells = lines[index : last + 1]
        values = [at for at, line in enumerate(cells) if is_value(line)]
        if len(values) >= VALUES and len(values) < len(cells):
            first = max(0, values[0] - LABEL_LINES)
            pieces += cells[:first]
            pieces.append(regroup(cells[first:]))
            index = last + 1
        else:
            stop = max(end, index + 1)
            pieces += lines[index:stop]
            index = stop
    return pieces


def is_run_on(line: str) -> bool:
    """Whether a line is a table run together without any separator."""
    return sum(pattern.search(line) is not None for pattern in lookups.flattened().run_on) > 1
