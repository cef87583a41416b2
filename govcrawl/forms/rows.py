"""Which printed row is which row of the form, and which of its cells are the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from govcrawl.forms.align import align
from govcrawl.forms.columns import ColumnMap
from govcrawl.forms.labels import CACHE, ROW_CACHE, likeness, normalise, without_note
from govcrawl.forms.lexicon import spellings
from govcrawl.forms.padding import Padding
from govcrawl.forms.schema import Part, Row, Table
from govcrawl.forms.segments import Line
from govcrawl.forms.values import is_number, is_value, unit_word
from govcrawl.model import GridCell

ALIKE = 0.65
"""Below this likeness two row labels are different rows."""
GARBLED = 0.3
"""Below this likeness a label contradicts the row that its place would give it."""


@dataclass(frozen=True, slots=True, eq=False)
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


def take_apart(line: Line, columns: ColumnMap, table: Table, padding: Padding) -> Printed:
    """Tell the labels of a row from its values."""
    aligned = line.aligned and columns.first >= 0
    printed = _in_place(line.cells, columns, table) if aligned else None
    return printed or _by_count(line, len(columns.order), table, padding, shifted=aligned)


@lru_cache(maxsize=ROW_CACHE)
def _in_place(cells: tuple[GridCell, ...], columns: ColumnMap, table: Table) -> Printed | None:
    """Read a row by the positions of the header; None where it does not stand under it."""
    first = columns.first
    if _shifted(cells, first, columns) or _pushed(cells, first, table):
        return None
    labels, unit = _split_unit(_labels_before(cells, first), table)
    texts = tuple(cell.text for cell in cells[first:] if cell.origin)
    if len(texts) == len(columns.order) and not columns.strange:
        return Printed(labels, texts, unit=unit)
    values = [(position, cell.text) for position, cell in enumerate(cells[first:], first) if cell.origin]
    return _by_position(labels, unit, values, columns)


def _shifted(cells: Sequence[GridCell], first: int, columns: ColumnMap) -> bool:
    """Whether the cell before the first value column is no label: the row lost (or gained) a label cell."""
    if first == 0 or first - 1 in columns.stub:
        return False
    if first > len(cells):
        return True
    last_label = cells[first - 1]
    return last_label.origin and is_value(last_label.text)


def _pushed(cells: Sequence[GridCell], first: int, table: Table) -> bool:
    """Whether a row label stands in the first value column, since a rowspan above reaches one row too far."""
    return len(cells) > first > 0 and cells[first].origin and normalise(cells[first].text) in _by_label(table)


def _split_unit(labels: Sequence[str], table: Table) -> tuple[tuple[str, ...], str | None]:
    """Take the unit cell of a list table off its labels; in flattened text it may stand behind the last one."""
    if table.part is not Part.STATISTICS or not labels:
        return tuple(labels), None
    label, _, behind = labels[-1].rpartition(" ")
    unit = unit_word(behind)
    if unit is None:
        return tuple(labels), None
    return (*labels[:-1], *((label,) if label else ())), unit


def _labels_before(cells: Sequence[GridCell], first: int) -> tuple[str, ...]:
    """The labels of a row, those that start in it last: a label reaching down from above is a group's."""
    from_above: list[str] = []
    own: list[str] = []
    for text, origin, _ in cells[:first]:
        if is_value(text):
            continue
        if origin:
            own.append(text)
        elif text not in own and (not from_above or from_above[-1] != text):
            from_above.append(text)
    return (*from_above, *own)


def _by_position(
    labels: tuple[str, ...], unit: str | None, values: list[tuple[int, str]], columns: ColumnMap
) -> Printed | None:
    wanted = len(columns.order)
    surplus: tuple[str, ...] = ()
    if columns.strange:
        strange = {position for position, _ in columns.strange}
        surplus = tuple(text for position, text in values if position in strange and text)
        values = [(position, text) for position, text in values if position not in strange]
    while len(values) > wanted and not values[-1][1]:
        values.pop()
    if len(values) == wanted:
        return Printed(labels, tuple(text for _, text in values), surplus, unit)
    filled = [text for _, text in values if text]
    if len(filled) == wanted == 1:
        return Printed(labels, tuple(filled), surplus, unit)
    if len(values) > wanted:
        at = dict(values)
        if all(position in at for position in columns.positions):
            rest = tuple(text for position, text in values if position not in columns.positions and text)
            return Printed(labels, tuple(at[position] for position in columns.positions), surplus + rest, unit)
        return None
    if wanted - len(values) > 1:
        nothing: tuple[str | None, ...] = (None,) * wanted
        return Printed(labels, nothing, tuple(text for _, text in values if text), unit, ambiguous=True)
    at = dict(values)
    return Printed(labels, tuple(at.get(position) for position in columns.positions), surplus, unit)


def _by_count(line: Line, wanted: int, table: Table, padding: Padding, *, shifted: bool) -> Printed:
    cells = padding.take(line)
    labels, unit = _split_unit(cells.labels, table)
    values = padding.strip(line, cells)
    if values is not None and len(values) >= wanted:
        rest = tuple(text for text in values[wanted:] if text)
        return Printed(labels, values[:wanted], rest, unit, shifted=shifted)
    filled: list[str | None] = [None] * wanted
    return Printed(labels, tuple(filled), tuple(text for text in cells.values if text), unit, shifted, ambiguous=True)


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
    return list(_aligned(tuple(leaves), table))


@lru_cache(maxsize=256)
def _aligned(leaves: tuple[str, ...], table: Table) -> tuple[int | None, ...]:
    """Remembered, since a county prints the same labels year by year, and a hundred rows cost thousands of scores."""
    found = align(leaves, table.rows, _score, threshold=ALIKE)
    _out_of_order(leaves, found, _by_label(table))
    return tuple(_by_neighbours(leaves, found, table))


def _out_of_order(leaves: Sequence[str], found: list[int | None], known: dict[str, tuple[int, ...]]) -> None:
    """A row whose label is exactly that of one row still free is that row, wherever it stands."""
    taken = set(found)
    for place, leaf in enumerate(leaves):
        if found[place] is None:
            free = [index for index in known.get(leaf, ()) if index not in taken]
            if len(free) == 1:
                found[place] = free[0]
                taken.add(free[0])


def _by_neighbours(leaves: Sequence[str], found: list[int | None], table: Table) -> list[int | None]:
    official = [index for index, row in enumerate(table.rows) if not row.optional]
    if len(leaves) != len(official):
        return found
    taken = {index for index in found if index is not None}
    for place, (leaf, hit) in enumerate(zip(leaves, found, strict=True)):
        index = official[place]
        if hit is not None or index in taken:
            continue
        alike_other = any(_score(leaf, row) >= ALIKE for row in table.rows)
        contradicted = leaf and (alike_other or _score(leaf, table.rows[index]) < GARBLED)
        neighbours = [found[other] == official[other] for other in (place - 1, place + 1) if 0 <= other < len(official)]
        if not contradicted and all(neighbours):
            found[place] = index
    return found
