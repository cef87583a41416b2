"""Which printed column is which column of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from govcrawl.forms.align import align
from govcrawl.forms.labels import likeness, normalise, without_note
from govcrawl.forms.lexicon import spellings
from govcrawl.forms.schema import Column, Table
from govcrawl.forms.segments import Line
from govcrawl.forms.values import unit_in_label
from govcrawl.lookups import load_lookup

_YEAR = re.compile(r"^20[0-3]\d年度?")
ALIKE = 0.62
"""Below this likeness two header labels are different things."""


@dataclass(frozen=True, slots=True, eq=False)
class ColumnMap:
    """The columns of a table as printed."""

    order: tuple[int, ...]
    """Form column index for each value column, in printed order."""
    positions: tuple[int, ...] = ()
    """Grid position of each of them; empty where positions prove nothing."""
    printed: Mapping[int, str] = field(default_factory=dict)
    """Form column index → the header label as printed."""
    strange: tuple[tuple[int, str], ...] = ()
    """(position, label) of value columns that the form does not have."""
    stub: frozenset[int] = frozenset()
    """Positions before the first value column that have a header label of their own: a unit, a number, a code."""
    matched: int = 0
    """How many columns a label named."""
    unmatched: int = 0
    """How many printed header labels name no column."""

    @property
    def first(self) -> int:
        """Position of the first value column, or -1."""
        return min(self.positions, default=-1)

    def units(self) -> dict[int, str]:
        """Form column index → the unit its header prints."""
        found = {index: unit_in_label(label) for index, label in self.printed.items()}
        return {index: unit for index, unit in found.items() if unit}


@cache
def _by_label(table: Table) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for index, column in enumerate(table.columns):
        for label in spellings(column):
            if index not in found.setdefault(label, []):
                found[label].append(index)
    return {label: tuple(indexes) for label, indexes in found.items()}


@cache
def _frame_labels(table: Table) -> frozenset[str]:
    """Header labels that name no value column: stub, note, banner, groups."""
    labels = {normalise(table.stub), normalise(table.note), normalise(table.banner), normalise(table.title)}
    for title in table.titles:
        labels.add(normalise(title))
    for column in table.columns:
        for group in column.group.path if column.group else ():
            labels.update(spellings(group))
    return frozenset(labels - {""})


Header = tuple[tuple[str, bool], ...]
"""A header row: (text, whether the cell starts here) by position."""


def columns_of(headers: Sequence[Line], table: Table) -> ColumnMap:
    """Match the header rows of a segment with the columns of a table."""
    aligned = bool(headers) and all(line.aligned and line.grid == headers[0].grid for line in headers)
    if aligned:
        cells = tuple(tuple((cell.text, cell.origin) for cell in line.cells) for line in headers)
        return _by_position(cells, table)
    return _by_order(tuple(line.labels for line in headers), table)


@lru_cache(maxsize=2048)
def _by_position(headers: tuple[Header, ...], table: Table) -> ColumnMap:
    """Cached: portals print the same header over every report."""
    frame = _frame_labels(table)
    taken: dict[int, tuple[int, str]] = {}
    loose: list[tuple[int, str]] = []
    leaves = list(_leaves(headers))
    for position, leaf, above in leaves:
        label = normalise(leaf)
        index = _named(table, label, above, taken)
        if index is None and label not in frame:
            index = _named(table, without_note(label), above, taken)
        if index is not None:
            taken[index] = (position, leaf)
        elif label not in frame and without_note(label) not in frame:
            loose.append((position, leaf))
    loose = _take_alike(table, taken, loose)
    ordered = sorted((position, index) for index, (position, _) in taken.items())
    first = ordered[0][0] if ordered else 0
    return ColumnMap(
        order=tuple(index for _, index in ordered),
        positions=tuple(position for position, _ in ordered),
        printed={index: leaf for index, (_, leaf) in taken.items()},
        strange=tuple((position, leaf) for position, leaf in loose if position > first),
        stub=frozenset(position for position, _, _ in leaves if 0 < position < first),
        matched=len(taken),
        unmatched=len(loose),
    )


def _leaves(headers: tuple[Header, ...]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """(position, lowest label, labels above it) of each printed column; a colspan's repeats are left out."""
    for position in range(max(map(len, headers))):
        path: list[str] = []
        starts = False
        for header in headers:
            if position >= len(header):
                continue
            text, origin = header[position]
            starts = starts or origin or position == 0 or header[position - 1][0] != text
            if text and (not path or path[-1] != text):
                path.append(text)
        if path and starts:
            yield position, path[-1], tuple(path[:-1])


def _named(table: Table, label: str, path: Sequence[str], taken: dict[int, tuple[int, str]]) -> int | None:
    """The column a header label names; among columns of the same label the group decides, then the order."""
    known = _by_label(table)
    indexes = known.get(label) or known.get(_this_year(label), ())
    found = [index for index in indexes if index not in taken]
    if len(found) > 1:
        above = {normalise(text) for text in path}
        in_group = [index for index in found if _group_labels(table.columns[index]) & above]
        exact = [index for index in in_group if set(spellings_of_group(table.columns[index])) & above]
        found = exact or in_group or found
    return found[0] if found else None


def _this_year(label: str) -> str:
    """`2020年增/减` says 本年增/减."""
    return _YEAR.sub(load_lookup("reports")["period"]["this_year"], label)


def spellings_of_group(column: Column) -> tuple[str, ...]:
    """Spellings of the innermost group of a column."""
    return tuple(spellings(column.group)) if column.group else ()


def _group_labels(column: Column) -> set[str]:
    return {label for group in (column.group.path if column.group else ()) for label in spellings(group)}


def _take_alike(table: Table, taken: dict[int, tuple[int, str]], loose: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Give misprinted header labels the columns left over, in order; return what is still loose."""
    free = [index for index in range(len(table.columns)) if index not in taken]
    if not free or not loose:
        return loose
    pairs = align(
        loose,
        free,
        lambda item, index: max(likeness(normalise(item[1]), label) for label in spellings(table.columns[index])),
        threshold=ALIKE,
    )
    rest = []
    for item, hit in zip(loose, pairs, strict=True):
        if hit is None:
            rest.append(item)
        else:
            taken[free[hit]] = item
    return rest


@lru_cache(maxsize=2048)
def _by_order(headers: tuple[tuple[str, ...], ...], table: Table) -> ColumnMap:
    """Flattened text: only the labels and their order are known, so the official order is taken.

    The one exception met in print is a total that stands before the natural persons; the header row shows it.
    """
    taken: dict[int, tuple[int, str]] = {}
    loose: list[tuple[int, str]] = []
    frame = _frame_labels(table)
    for rank, text in enumerate(text for header in headers for text in header):
        label = normalise(text)
        index = _named(table, label, (), taken)
        if index is None and label not in frame:
            index = _named(table, without_note(label), (), taken)
        if index is not None:
            taken[index] = (rank, text)
        elif label not in frame and without_note(label) not in frame:
            loose.append((rank, text))
    loose = _take_alike(table, taken, loose)
    order = list(range(len(table.columns)))
    last = order[-1]
    if (
        len(order) > 2
        and 0 in taken
        and last in taken
        and table.columns[last].group is None
        and taken[last][0] < taken[0][0]
    ):
        order = [last, *order[:-1]]
    return ColumnMap(
        order=tuple(order),
        printed={index: text for index, (_, text) in taken.items()},
        matched=len(taken),
        unmatched=len(loose),
    )
