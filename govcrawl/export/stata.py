"""Stata: labels of variables and of values in both languages, between which `label language` switches.

Texts that are one of a closed list become numbers with value labels; days become Stata's days.
"""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

from govcrawl.export.dta import BYTE, DOUBLE, INT, LONG, STRL, Column, Languages, write_file
from govcrawl.export.fields import Field, numbered
from govcrawl.export.writing import Rows, Table, Written, writing
from govcrawl.forms.variables import Label

EPOCH = date(1960, 1, 1)
"""Stata's day 0."""
LONGEST = 2045
"""Bytes of a text of fixed width; where one is longer, the column is of Stata's long strings."""
RANGES = ((BYTE, -127, 100), (INT, -32_767, 32_740), (LONG, -2_147_483_647, 2_147_483_620))
"""The storage types for integers, with what each holds."""


def write_stata(table: Table, rows: Rows, to: Path) -> Written:
    """Write a table as a Stata file (format 118, for Stata 14 and later).

    The rows are kept in a file beside it while their widths are measured.

    Raises:
        ExportError: it cannot be written, or a column of numbers holds a text.
    """
    with writing(to, TypeError, ValueError), tempfile.TemporaryFile(dir=to.parent) as kept:
        seen = [_Seen(each) for each in table.fields]
        count = 0
        for row in rows:
            marshal.dump(row, kept)
            for each, value in zip(seen, row, strict=True):
                each.see(value)
            count += 1
        kept.seek(0)
        columns = [each.column() for each in seen]
        turns = [each.turn for each in seen]
        with to.open("w+b") as file, tempfile.TemporaryFile(dir=to.parent) as long:
            write_file(file, long, columns, (_turned(turns, row) for row in _again(kept, count)), count, _about(table))
    return Written(count)


def _again(kept: IO[bytes], count: int) -> Iterator[tuple[Any, ...]]:
    """The rows that were kept."""
    for _ in range(count):
        yield marshal.load(kept)


def _turned(turns: list[Any], row: tuple[Any, ...]) -> list[Any]:
    return [turn(value) for turn, value in zip(turns, row, strict=True)]


def _about(table: Table) -> Languages:
    label = Label(*(f"{text} {table.edition.version}" for text in (table.label.zh, table.label.en)))
    return Languages(label, {"corpus_version": table.edition.version})


@dataclass(slots=True)
class _Seen:
    """What the values of a column are, and how they are told to Stata."""

    of: Field
    widest: int = 1
    """Bytes."""
    least: float = 0
    most: float = 0
    fractions: bool = False
    others: set[str] = field(default_factory=set)
    """Codes that the closed list lacks."""
    _codes: Mapping[str, int] = field(default_factory=dict)

    def see(self, value: Any) -> None:
        """Take note of a value.

        Raises:
            TypeError: it is a text among numbers.
        """
        if value is None or self.of.kind == "date":
            return
        if self.of.values:
            if value not in self.of.values:
                self.others.add(str(value))
        elif self.of.is_text:
            self.widest = max(self.widest, len(_text(value).encode()))
        elif isinstance(value, str):
            raise TypeError(f"{self.of.name}: {value!r} is no number")
        else:
            self.fractions = self.fractions or isinstance(value, float)
            self.least, self.most = min(self.least, value), max(self.most, value)

    def column(self) -> Column:
        """The column of the file; after this `turn` can be asked."""
        told = Column(self.of.stata, self.of.label, DOUBLE, "%10.0g", full_name=self.of.name)
        if self.of.kind == "date":
            return told.of(LONG, "%td")
        if self.of.values:
            labels = {**self.of.values, **{code: Label(code, code) for code in sorted(self.others)}}
            self._codes = numbered(self.of.values, self.others)
            named = {number: labels[code] for code, number in self._codes.items()}
            return told.of(_integer(0, max(named)), "%20.0g", named)
        if self.of.is_text:
            width = min(self.widest, LONGEST)
            return told.of(STRL if self.widest > LONGEST else width, f"%-{min(width, 40)}s")
        return told if self.fractions else told.of(_integer(self.least, self.most), "%8.0g")

    def turn(self, value: Any) -> Any:
        """A value as the file takes it: None for a missing number, the empty text for a missing text."""
        if self.of.values:
            return None if value is None else self._codes[value]
        if self.of.kind == "date":
            return None if value is None else (date.fromisoformat(value) - EPOCH).days
        if self.of.is_text:
            return b"" if value is None else _text(value).encode()
        return value


def _text(value: Any) -> str:
    """A text as Stata holds it: NUL would end it."""
    return str(value).replace("\0", "\ufffd")


def _integer(least: float, most: float) -> int:
    """The smallest storage type that holds integers of this range."""
    return next((kind for kind, low, high in RANGES if low <= least and most <= high), DOUBLE)
