"""Flattened tables that kept a separator: a cell a line led by a tab, tabs, pipes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from govcrawl.documents import lookups
from govcrawl.documents.characters import BREAK, clean, one_line
from govcrawl.documents.text.cells import is_heading, is_label, is_value, mend, regroup

_PIPES = re.compile(r"[|｜│┃]")
_RULE = re.compile(r"[\s|｜│┃:+=-]*[-=]{2,}[\s|｜│┃:+=-]*")
LONG_LINE = 150
CELL_LINES = 4
"""Fewer cell lines in a row than this are indented prose."""
SHORT_PIECE = 12
SHORT_LINE = 40


class Region(NamedTuple):
    """A table found in lines; `end` is the first line behind it."""

    rows: list[list[str]]
    end: int


def is_blank(line: str) -> bool:
    return not line or line.isspace()


def next_printed(lines: Sequence[str], start: int) -> int:
    """The next line with something on it, page numbers aside; `len(lines)` where there is none."""
    page_number = lookups.flattened().page_number
    for index in range(start, len(lines)):
        if not is_blank(lines[index]) and not page_number.fullmatch(lines[index].strip()):
            return index
    return len(lines)


def is_cell_line(line: str) -> bool:
    """A cell a line: a tab, then the cell."""
    return line.startswith("\t") and line.count("\t") == 1 and len(line) <= LONG_LINE


def is_tab_row(line: str) -> bool:
    """Cells of one row between tabs."""
    if "\t" not in line or len(line) > 10 * LONG_LINE:
        return False
    cells = line.split("\t")
    printed = [cell for cell in cells if cell.strip()]
    if not printed or any(len(cell) > LONG_LINE for cell in printed):
        return False
    return len(cells) > 2 or (len(printed) == 2 and all(map(is_label, printed)))


def is_pipe_row(line: str) -> bool:
    return _PIPES.search(line) is not None and len(line) <= 20 * LONG_LINE


def read_cell_lines(lines: Sequence[str], start: int) -> Region | None:
    """Cells a line, rows ended by an empty line; cells may have line breaks, and empty lines, inside."""
    rows: list[list[str]] = []
    row: list[str] = []
    cell: list[str] = []
    empty = count = 0
    index = start
    while index < len(lines):
        line = lines[index]
        if is_cell_line(line):
            _end_cell(row, cell)
            if empty and row:
                rows.append(row)
                row = []
            cell = [line[1:]]
            count += 1
            empty = 0
        elif not line:
            empty += 1
        elif not line.isspace():
            if not _continues(lines, index, clean("".join(cell)), empty):
                break
            cell.append(line)
            empty = 0
        index += 1
    _end_cell(row, cell)
    if row:
        rows.append(row)
    if count < CELL_LINES:
        return None
    return Region(mend(rows), index)


def _end_cell(row: list[str], cell: list[str]) -> None:
    if cell:
        row.append(clean(BREAK.join(cell)))


def _continues(lines: Sequence[str], index: int, cell: str, empty: int) -> bool:
    """Whether a line without a tab belongs to the cell before it."""
    line = lines[index]
    if empty > 1 or "\t" in line or len(line) > LONG_LINE:
        return False
    if is_value(cell):
        return not empty and len(line.strip()) <= SHORT_PIECE and not is_heading(line)
    if not empty:
        return True
    # A blank cell is a line too: the tab tells it from the empty lines between rows.
    following = next(
        (later for later in lines[index + 1 : index + 10] if is_cell_line(later) or not is_blank(later)), ""
    )
    return bool(cell) and len(line) <= SHORT_LINE and is_cell_line(following)


def read_tab_rows(lines: Sequence[str], start: int) -> Region | None:
    """Rows of cells between tabs; blank lines and page numbers inside come from page breaks."""
    rows: list[list[str]] = []
    index = start
    while index < len(lines) and (is_tab_row(lines[index]) or (rows and is_cell_line(lines[index]))):
        rows.append([one_line(cell) for cell in lines[index].split("\t")])
        end = index + 1
        index = next_printed(lines, end)
    if len(rows) < 2 and not (rows and len(rows[0]) > 3):
        return None
    return Region(rows, end)


def read_pipe_rows(lines: Sequence[str], start: int) -> Region | None:
    """Rows of cells between pipes, or a cell a line with a pipe behind it or on a line of its own."""
    alone = _read_pipes_alone(lines, start)
    if alone:
        return alone
    rows: list[list[str]] = []
    ended: list[bool] = []
    index, end = start, start
    while index < len(lines) and is_pipe_row(lines[index]):
        if ended and index > end:
            ended[-1] = True
        line = lines[index]
        if not _RULE.fullmatch(line) or not line.strip("|｜│┃ \t"):
            rows.append(split_pipes(line))
            ended.append(False)
        end = index + 1
        index = next_printed(lines, end)
    if len(rows) < 2:
        return None
    if len(rows) >= 2 * CELL_LINES and sum(len(row) == 1 for row in rows) > 0.8 * len(rows):
        return Region(_rows_of_cells(rows, ended), end)
    return Region(rows, end)


def split_pipes(line: str) -> list[str]:
    """The cells of a pipe row: a pipe at either end of the line closes a cell, it does not open one."""
    cells = [one_line(cell) for cell in _PIPES.split(line)]
    if len(cells) > 1 and not cells[-1]:
        cells.pop()
    if len(cells) > 1 and not cells[0] and _PIPES.match(line.lstrip()):
        cells.pop(0)
    return cells


def _rows_of_cells(rows: list[list[str]], ended: list[bool]) -> list[list[str]]:
    """Rows of a cell a line: by the blank lines between them where these mean rows, else by labels and values."""
    ends = sum(ended)
    if 1 < ends < 0.5 * len(rows):
        joined: list[list[str]] = [[]]
        for row, end in zip(rows, ended, strict=True):
            joined[-1] += row
            if end:
                joined.append([])
        return mend([row for row in joined if row])
    return regroup([cell for row in rows for cell in row])


def _read_pipes_alone(lines: Sequence[str], start: int) -> Region | None:
    """A cell a line, with the pipes on lines of their own."""
    cells: list[str] = []
    cell: list[str] = []
    pipes = 0
    index = end = start
    while index < len(lines):
        text = lines[index].strip()
        if _PIPES.fullmatch(text):
            cells.append(clean(BREAK.join(cell)))
            cell = []
            pipes += 1
            end = index + 1
        elif text:
            following = next_printed(lines, index + 1)
            beside = following < len(lines) and _PIPES.fullmatch(lines[following].strip())
            if _PIPES.search(text) or not is_label(text) or not (beside or (not cell and pipes and is_value(text))):
                break
            cell.append(text)
            if not beside:
                end = index + 1
                break
        index += 1
    if cell and end == index + 1:
        cells.append(clean(BREAK.join(cell)))
    return Region(regroup(cells), end) if pipes >= CELL_LINES else None


def starts_pipes(lines: Sequence[str], index: int) -> bool:
    """Whether a pipe table begins here: in the line, or as a cell with its pipe on the next line."""
    if is_pipe_row(lines[index]):
        return True
    if is_blank(lines[index]) or not is_label(lines[index]):
        return False
    following = next_printed(lines, index + 1)
    return following < len(lines) and _PIPES.fullmatch(lines[following].strip()) is not None
