"""Flattened text → Document: prose and grids whose cells lost their places, never their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govcrawl.documents import lookups
from govcrawl.documents.characters import grid_cell, one_line
from govcrawl.documents.charset import Decoded
from govcrawl.documents.grids import Budget
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.text.cells import is_value
from govcrawl.documents.text.separated import (
    Region,
    is_blank,
    is_cell_line,
    is_pipe_row,
    is_tab_row,
    read_cell_lines,
    read_pipe_rows,
    read_tab_rows,
    starts_pipes,
)
from govcrawl.documents.text.unseparated import find_tables, is_run_on
from govcrawl.model import Block, Document, DocumentError, DocumentKind, Grid, ProblemKind, Text

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_TABLE_LINES = 2


class TextRead(NamedTuple):
    blocks: list[Block]
    notes: list[str]


def read_text(decoded: Decoded, *, url: str | None, limits: Limits) -> Document:
    """Read a flattened document.

    Raises:
        DocumentError: TOO_LARGE, or EMPTY for a text without a readable character.
    """
    text = lookups.noise().residue.sub("", decoded.text)
    blocks, notes = read_lines(_LINE_END.split(text), limits)
    if not blocks:
        raise DocumentError("the text holds no readable character", ProblemKind.EMPTY)
    return Document(
        kind=DocumentKind.TEXT,
        blocks=tuple(blocks),
        url=url,
        encoding=decoded.encoding,
        body_source="whole",
        notes=(*decoded.notes, *notes),
    )


def read_lines(lines: Sequence[str], limits: Limits) -> TextRead:
    """Tell tables from prose in lines of text.

    Raises:
        DocumentError: TOO_LARGE for more lines or cells than the limits allow.
    """
    if len(lines) > limits.lines:
        raise too_large(f"{len(lines):,} lines, more than the limit of {limits.lines:,}")
    budget = Budget(limits)
    blocks: list[Block] = []
    notes: list[str] = []
    for piece in _pieces(lines):
        if isinstance(piece, str):
            text = one_line(piece)
            if text:
                blocks.append(Text(text))
            if is_run_on(text) and "run_on_table" not in notes:
                notes.append("run_on_table")
        else:
            budget.spend(sum(map(len, piece)))
            rows = tuple(tuple(map(grid_cell, row)) for row in _with_breaks(piece))
            blocks.append(Grid(rows, aligned=False))
    return TextRead(blocks, notes)


def _with_breaks(rows: list[list[str]]) -> Iterator[list[str]]:
    """Rows that hold something, the line breaks of their cells kept through the cleaning of a cell."""
    for row in rows:
        if any(row):
            yield [cell.replace("\n", "\u2028") for cell in row]


def _pieces(lines: Sequence[str]) -> Iterator[str | list[list[str]]]:
    prose: list[str] = []
    index = 0
    while index < len(lines):
        region = _table_at(lines, index)
        if region is None:
            if not is_blank(lines[index]):
                prose.append(lines[index].strip())
            index += 1
            continue
        yield from find_tables(prose)
        prose = []
        yield region.rows
        index = region.end
    yield from find_tables(prose)


def _table_at(lines: Sequence[str], index: int) -> Region | None:
    line = lines[index]
    if is_blank(line) and "\t" not in line:
        return None
    if is_cell_line(line):
        return read_cell_lines(lines, index)
    if is_tab_row(line):
        return read_tab_rows(lines, index)
    if starts_pipes(lines, index):
        return read_pipe_rows(lines, index)
    return None


def may_be_table(lines: Sequence[str]) -> bool:
    """Whether lines of prose hold what a flattened table is made of, or a table run together."""
    signs = sum(1 for line in lines if is_tab_row(line) or is_cell_line(line) or is_pipe_row(line))
    figures = sum(1 for line in lines if any(map(is_value, line.split()[-2:])))
    return signs + figures >= _TABLE_LINES or any(map(is_run_on, lines))
