"""The official forms as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from govcrawl.model import Severity

if TYPE_CHECKING:
    from govcrawl.forms.schema.between import Across, Stated


class Part(StrEnum):
    """The part of the report a table belongs to, and the key it has in the JSON."""

    DISCLOSURE = "disclosure"
    APPLICATIONS = "applications"
    REVIEW_LITIGATION = "review_litigation"
    STATISTICS = "statistics"


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A label that spans several rows or columns and has no cell of its own."""

    code: str
    label: str
    synonyms: tuple[str, ...] = ()
    parent: Group | None = None

    @property
    def path(self) -> tuple[Group, ...]:
        """The group and its parents, outermost first."""
        return (*(self.parent.path if self.parent else ()), self)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A value column."""

    code: str
    label: str
    synonyms: tuple[str, ...] = ()
    group: Group | None = None
    unit: str | None = None
    """The unit the form implies for the column's cells; None where the form gives none."""
    signed: bool = False
    decimal: bool = False
    money: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of value cells. `label` is empty for the one unlabelled row of part four."""

    code: str
    label: str
    synonyms: tuple[str, ...] = ()
    group: Group | None = None
    unit: str | None = None
    money: bool = False
    edition: str | None = None
    """The local edition that prints this row; None for a row of the official form."""
    extra_code: str | None = None
    """Stem of the code its extra cells carry."""
    part_of: str | None = None
    """The official row whose cells are the sum of this and its sibling parts."""
    replaces: tuple[str, ...] = ()
    """The official rows that this one row stands for."""
    decides: str | None = None
    """The template version whose edition alone prints this row."""

    @property
    def optional(self) -> bool:
        return self.edition is not None


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A (sub-)table of a form."""

    id: str
    part: Part
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    titles: tuple[str, ...] = ()
    """Accepted spellings of the title."""
    stub: str = ""
    """Label of the header cell over the row labels."""
    note: str = ""
    """Text the form prints in that corner instead."""
    banner: str = ""
    """Label over all value columns."""
    unit_stub: str = ""
    """Label over the units, where the form has a column of them."""
    cell: str = "{row}_{column}"

    def cell_code(self, row: Row, column: Column) -> str:
        """The code of a cell of part two or of the statistics."""
        return self.cell.format(row=row.code, column=column.code)

    @property
    def official_rows(self) -> tuple[Row, ...]:
        return _official_rows(self)

    @property
    def size(self) -> int:
        """Number of official value cells."""
        return len(self.official_rows) * len(self.columns)


@cache
def _official_rows(table: Table) -> tuple[Row, ...]:
    return tuple(row for row in table.rows if not row.optional)


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """A section of the prose and the headings seen for it."""

    number: int
    heading: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """A rule that the form's own arithmetic must obey.

    `left` and `right` are lists of codes, summed. `axis` says where it holds: `column` (rows are summed, once per
    column), `row` (columns are summed, once per row), `channel` (outcomes of part four, once per channel), or
    `cell` (cells of the form by their codes).
    """

    code: str
    part: Part
    axis: str
    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]
    severity: Severity
    unless: str | None = None
    """A code that must not be zero for the rule to say anything."""
    source: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """An official form with its local editions merged in."""

    code: str
    name: str
    instrument: str
    report_years: tuple[int, int]
    versions: Mapping[int, str]
    """Report year → template version; the key 0 holds for every other year."""
    tables: tuple[Table, ...] = ()
    sections: tuple[SectionHeading, ...] = ()
    identities: tuple[Identity, ...] = ()
    editions: tuple[str, ...] = field(default=())
    across: tuple[Across, ...] = ()
    stated: tuple[Stated, ...] = ()
    area: tuple[str, ...] = ()
    """Patterns of the cells that for a whole area are the sums of its bodies' cells."""
    measured: tuple[str, ...] = ()
    """Patterns of the cells whose size is compared with other years and other bodies."""

    def table(self, table_id: str) -> Table:
        """The table of that id; KeyError where there is none."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)

    @property
    def size(self) -> int:
        """Number of official value cells."""
        return sum(table.size for table in self.tables)
