"""Which printed row is which row of the form, and which of its cells are the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from govcrawl.forms.align import align
from govcrawl.forms.columns import ColumnMap
from govcrawl.forms.labels import CACHE, likeness, normalise, without_note
from govcrawl.forms.lexicon import spellings
from govcrawl.forms.schema import Part, Row, Table
from govcrawl.forms.segments import Line
from govcrawl.forms.values import is_number, is_value, unit_word

ALIKE = 0.65
"""Below this likeness two row labels are different rows."""


@dataclass(slots=True)
class Printed:
    """A printed value row, taken apart."""

    labels: tuple[str, ...]
    """The label cells, groups first, as printed."""
    cells: tuple[str | None, ...]
    """One text per value column in printed order; None where the row has no such cell."""
    surplus: tuple[str, ...] = ()
    """Non-blank cells behind the last value column."""
    unit: str | None = None
    shifted: bool = False
    """The row had lost (or gained) a label cell, and was read from the order of its cells."""
    ambiguous: bool = False
    """Fewer cells than columns, and nothing says which are missing."""

    @property
    def leaf(self) -> str:
        return self.labels[-1] if self.labels else ""

    @property
    def has_numbers(self) -> bool:
        return any(text is not None and is_number(text) for text in self.cells)


def take_apart(line: Line, columns: ColumnMap, table: Table) -> Printed:
    """Tell the labels of a row from its values."""
    wanted = len(columns.order)
    cells = [(position, cell.text) for position, cell in enumerate(line.cells) if cell.origin]
    first = columns.first
    aligned = line.aligned and first >= 0
    if aligned and not _shifted(cells, first, wanted):
        labels, unit = _split_unit(_labels_before(line, first), table)
        values = [(position, text) for position, text in cells if position >= first]
        printed = _by_position(labels, values, columns)
        if printed is not None:
            printed.unit = unit
            return printed
    return _by_count(cells, wanted, table, shifted=aligned)


def _shifted(cells: Sequence[tuple[int, str]], first: int, wanted: int) -> bool:
    """Whether numbers stand among the labels because the row lost the cell of a rowspan column."""
    number = any(is_number(text) for position, text in cells if position < first)
    if not number:
        return False
    last_label = max((position for position, text in cells if not is_value(text)), default=-1)
    if not any(is_number(text) and last_label < position < first for position, text in cells):
        return False
    region = [text for position, text in cells if position >= first]
    return len(region) < wanted or not region[wanted - 1]


def _split_unit(labels: Sequence[str], table: Table) -> tuple[tuple[str, ...], str | None]:
    """Take the unit cell of a list table off its labels."""
    if table.part is Part.STATISTICS and len(labels) > 1:
        unit = unit_word(labels[-1])
        if unit:
            return tuple(labels[:-1]), unit
    return tuple(labels), None


def _labels_before(line: Line, first: int) -> tuple[str, ...]:
    labels: list[str] = []
    for cell in line.cells[:first]:
        if cell.text and (not labels or labels[-1] != cell.text):
            labels.append(cell.text)
    return tuple(labels)


def _by_position(labels: tuple[str, ...], values: list[tuple[int, str]], columns: ColumnMap) -> Printed | None:
    wanted = len(columns.order)
    strange = {position for position, _ in columns.strange}
    surplus = tuple(text for position, text in values if position in strange and text)
    values = [(position, text) for position, text in values if position not in strange]
    while len(values) > wanted and not values[-1][1]:
        values.pop()
    if len(values) == wanted:
        return Printed(labels, tuple(text for _, text in values), surplus)
    if len(values) > wanted:
        at = dict(values)
        if all(position in at for position in columns.positions):
            rest = tuple(text for position, text in values if position not in columns.positions and text)
            return Printed(labels, tuple(at[position] for position in columns.positions), surplus + rest)
        return None
    at = dict(values)
    return Printed(labels, tuple(at.get(position) for position in columns.positions), surplus)


def _by_count(cells: list[tuple[int, str]], wanted: int, table: Table, *, shifted: bool) -> Printed:
    texts = [text for _, text in cells]
    start = 0
    for index, text in enumerate(texts):
        if is_number(text):
            break
        if not is_value(text):
            start = index + 1
    labels, unit = _split_unit([text for text in texts[:start] if text], table)
    values = texts[start:]
    if not labels and table.part is not Part.REVIEW_LITIGATION:
        while values and not values[0] and len(values) > wanted:
            values.pop(0)
    while len(values) > wanted and not values[-1]:
        values.pop()
    if len(values) >= wanted:
        rest = tuple(text for text in values[wanted:] if text)
        return Printed(labels, tuple(values[:wanted]), rest, unit, shifted=shifted)
    filled: list[str | None] = [None] * wanted
    return Printed(labels, tuple(filled), tuple(text for text in values if text), unit, shifted, ambiguous=True)


@cache
def _by_label(table: Table) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for index, row in enumerate(table.rows):
        for label in spellings(row):
            if label:
                found.setdefault(label, []).append(index)
    return {label: tuple(indexes) for label, indexes in found.items()}


@lru_cache(maxsize=CACHE)
def _score(leaf: str, row: Row) -> float:
    return max(likeness(leaf, label) for label in spellings(row))


def match_rows(printed: Sequence[Printed], table: Table) -> list[int | None]:
    """For each printed row the index of the form's row, or None.

    Labels are aligned in order; where all are known and stand in the form's order, that is already the best
    alignment. A row without a readable label takes the form's row only where the count is exactly the form's
    and its neighbours agree.
    """
    leaves = [normalise(row.leaf) for row in printed]
    known = _by_label(table)
    quick: list[int | None] = []
    last = -1
    for leaf in leaves:
        hits = known.get(leaf) or known.get(without_note(leaf), ())
        if len(hits) != 1 or hits[0] <= last:
            break
        last = hits[0]
        quick.append(last)
    if len(quick) == len(leaves):
        return quick
    found = align(leaves, table.rows, _score, threshold=ALIKE)
    return _by_neighbours(leaves, found, table)


def _by_neighbours(leaves: Sequence[str], found: list[int | None], table: Table) -> list[int | None]:
    official = [index for index, row in enumerate(table.rows) if not row.optional]
    if len(leaves) != len(official):
        return found
    taken = {index for index in found if index is not None}
    for place, (leaf, hit) in enumerate(zip(leaves, found, strict=True)):
        index = official[place]
        if hit is not None or index in taken:
            continue
        contradicted = leaf and any(_score(leaf, row) >= ALIKE for row in table.rows)
        neighbours = [found[other] == official[other] for other in (place - 1, place + 1) if 0 <= other < len(official)]
        if not contradicted and all(neighbours):
            found[place] = index
    return found
