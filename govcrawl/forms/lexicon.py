"""What a printed label can be: the anchors of every table of every form, looked up by normalised text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from govcrawl.forms.labels import CACHE, normalise, without_note
from govcrawl.forms.schema import Column, Form, Group, Row, Table, load_forms


@dataclass(frozen=True, slots=True)
class Anchors:
    """The tables a label speaks for. All sets hold table ids."""

    title: frozenset[str] = frozenset()
    row: frozenset[str] = frozenset()
    header: frozenset[str] = frozenset()
    group: frozenset[str] = frozenset()
    stub: frozenset[str] = frozenset()
    noted: bool = False
    """The label was known only after its bracketed note was taken off."""

    @property
    def known(self) -> bool:
        return bool(self.title or self.row or self.header or self.group or self.stub)

    @property
    def any(self) -> frozenset[str]:
        return self.title | self.row | self.header | self.group | self.stub


NOTHING = Anchors()


@dataclass(slots=True)
class _Draft:
    title: set[str] = field(default_factory=set)
    row: set[str] = field(default_factory=set)
    header: set[str] = field(default_factory=set)
    group: set[str] = field(default_factory=set)
    stub: set[str] = field(default_factory=set)

    def freeze(self) -> Anchors:
        return Anchors(
            frozenset(self.title),
            frozenset(self.row),
            frozenset(self.header),
            frozenset(self.group),
            frozenset(self.stub),
        )


def spellings(item: Row | Column | Group) -> Iterator[str]:
    """Every accepted spelling of a label, normalised, the official one first."""
    yield normalise(item.label)
    for synonym in item.synonyms:
        yield normalise(synonym)


def groups_of(table: Table) -> tuple[set[Group], set[Group]]:
    """The row groups and the column groups of a table."""
    rows = {group for row in table.rows if row.group for group in row.group.path}
    columns = {group for column in table.columns if column.group for group in column.group.path}
    return rows, columns


@cache
def vocabulary(table: Table) -> frozenset[str]:
    """Every spelling of every label of a table, normalised."""
    row_groups, column_groups = groups_of(table)
    items: tuple[Row | Column | Group, ...] = (*table.rows, *table.columns, *row_groups, *column_groups)
    frame = (table.title, *table.titles, table.stub, table.note, table.banner)
    return frozenset(label for item in items for label in spellings(item)) | frozenset(map(normalise, frame))


@cache
def lexicon() -> dict[str, Anchors]:
    """Normalised label → anchors, over all forms."""
    drafts: dict[str, _Draft] = {}

    def note(label: str, part: str, table: Table) -> None:
        if label:
            getattr(drafts.setdefault(label, _Draft()), part).add(table.id)

    for form in load_forms():
        for table in form.tables:
            for title in (table.title, *table.titles):
                note(normalise(title), "title", table)
            note(normalise(table.stub), "stub", table)
            note(normalise(table.note), "header", table)
            note(normalise(table.banner), "header", table)
            row_groups, column_groups = groups_of(table)
            for row in table.rows:
                for label in spellings(row):
                    note(label, "row", table)
            for column in table.columns:
                for label in spellings(column):
                    note(label, "header", table)
            for group in row_groups:
                for label in spellings(group):
                    note(label, "group", table)
            for group in column_groups:
                for label in spellings(group):
                    note(label, "header", table)
    return {label: draft.freeze() for label, draft in drafts.items()}


@lru_cache(maxsize=CACHE)
def anchors_of(printed: str) -> Anchors:
    """The anchors of a printed label; its bracketed note is left away when the whole is not known."""
    label = normalise(printed)
    found = lexicon().get(label)
    if found is None:
        bare = lexicon().get(without_note(label))
        if bare is None:
            return NOTHING
        found = Anchors(bare.title, bare.row, bare.header, bare.group, bare.stub, noted=True)
    return found


@cache
def tables_by_id() -> dict[str, tuple[tuple[Form, Table], ...]]:
    """Table id → the forms that have such a table, with their own version of it."""
    found: dict[str, list[tuple[Form, Table]]] = {}
    for form in load_forms():
        for table in form.tables:
            found.setdefault(table.id, []).append((form, table))
    return {table_id: tuple(pairs) for table_id, pairs in found.items()}


_LEAD = re.compile(r"^(?:\(?[一二三四五六七八九十]{1,2}\)?[、.)]*|\d{1,2}\.|[、•·▪■]+)?[、.]*")


@cache
def headings(form_codes: tuple[str, ...] = ()) -> dict[str, int]:
    """Bare heading → its number, over the named forms (all where none is named)."""
    found: dict[str, int] = {}
    for form in load_forms():
        if not form_codes or form.code in form_codes:
            for section in form.sections:
                for heading in (section.heading, *section.synonyms):
                    found.setdefault(bare(heading), section.number)
    return found


def bare(heading: str) -> str:
    """A heading without its numbering, normalised."""
    return _LEAD.sub("", normalise(heading)).rstrip(":、.")
