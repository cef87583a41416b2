"""A document of questions, read: its blocks, and a table of Markdown beside the rows of an answer."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """A section with a query."""

    title: str
    sql: str
    answer: tuple[tuple[str, ...], ...]
    """The cells of its table: the head, then the rows."""
    python: str | None
    stata: str | None


def questions_in(text: str) -> Iterator[Question]:
    """The questions of a document, in order."""
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        if sql := _block(section, "sql"):
            title = section.splitlines()[0]
            yield Question(title, sql, _table(section), _block(section, "python"), _block(section, "stata"))


def told(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> tuple[tuple[str, ...], ...]:
    """An answer as its table has it: whole numbers without a fraction, nothing for null."""
    return (tuple(columns), *(tuple(map(_cell, row)) for row in rows))


def as_markdown(table: Sequence[Sequence[str]]) -> str:
    """The table of an answer."""
    head, *rows = table
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _block(section: str, language: str) -> str | None:
    found = re.findall(rf"^```{language}\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    return found[0] if found else None


def _table(section: str) -> tuple[tuple[str, ...], ...]:
    lines = re.findall(r"^\|(.*)\|$", section, re.MULTILINE)
    cells = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
    return tuple(line for line in cells if set("".join(line)) != {"-"})


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
