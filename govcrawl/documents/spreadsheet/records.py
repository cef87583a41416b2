"""A workbook as its openers hand it on: what the cells say, and which of them are merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Merge(NamedTuple):
    """A range of merged cells, both ends included, counted from 0 at the sheet's first cell."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet from its first used cell to its last, the values as printed."""

    name: str
    rows: list[list[str]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


class Extent:
    """The box around the cells of a sheet, before anybody makes room for it."""

    def __init__(self) -> None:
        self.top = self.left = 1 << 62
        self.bottom = self.right = -1

    def add(self, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        self.top, self.left = min(self.top, row), min(self.left, column)
        self.bottom, self.right = max(self.bottom, row + rows - 1), max(self.right, column + columns - 1)

    @property
    def cells(self) -> int:
        """How many cells the box has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1) if self.bottom >= 0 else 0
