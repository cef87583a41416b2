"""What a form's cells have to do with other reports: with last year's, with those of an area's bodies, with prose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING

from govcrawl.forms.schema.records import Part
from govcrawl.model import Severity

if TYPE_CHECKING:
    from govcrawl.forms.schema.records import Form


@dataclass(frozen=True, slots=True)
class Across:
    """A cell of this year that is a sum over cells of last year's report and of this one.

    `cell` = the sum of `last` (of last year's report) + `plus` - `minus` (of this one). With the axis `column` the
    codes are rows, and it holds in each column; with `cell` they are cells.
    """

    code: str
    part: Part
    axis: str
    cell: str
    last: tuple[str, ...]
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    severity: Severity
    source: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that reports state in prose, by its kind in `data/lookups/narrative.toml`, and the cell it repeats."""

    kind: str
    cell: str
    """As `part/row/column` or `part/code`."""
    excused: tuple[tuple[str, ...], ...] = ()
    """Sums of cells (`-` before a cell takes it off) that the words may mean as well: equal to one of them, a number
    says nothing of the cell."""


def places(form: Form) -> Iterator[str]:
    """Every cell of a form, local rows included, as `part/code` or `part/row/column`."""
    for table in form.tables:
        for row in table.rows:
            for column in table.columns:
                if table.part is Part.APPLICATIONS:
                    yield f"{table.part}/{row.code}/{column.code}"
                elif table.part is Part.REVIEW_LITIGATION:
                    yield f"{table.part}/{column.group.code if column.group else ''}/{column.code}"
                else:
                    yield f"{table.part}/{table.cell_code(row, column)}"


@cache
def matching(form: Form, patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a form that any of the patterns (`applications/*/total`) fits, in printed order."""
    found = (place for place in places(form) if any(fnmatchcase(place, pattern) for pattern in patterns))
    return tuple(dict.fromkeys(found))
