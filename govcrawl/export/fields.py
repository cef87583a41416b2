"""The columns of an export: what each is called in both languages, and what it holds. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from govcrawl.forms.variables import Label, variables_by_name
from govcrawl.lookups import load_lookup
from govcrawl.model import ExportError
from govcrawl.store.exporting import Source, SourceColumn

LONGEST_NAME = 32
"""Characters that Stata allows a name."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table as it is written out."""

    name: str
    label: Label
    kind: str
    """`text`, `identifier`, `integer`, `number`, `date`; `figure`: what a report prints, an integer where it has no
    fraction; `mixed`: a number in one row, a text in another."""
    unit: str | None = None
    part: str | None = None
    forms: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """The variables whose sum it is where no form prints it."""
    values: Mapping[str, Label] = field(default_factory=dict)
    stata: str = ""
    """Its name in a Stata file."""

    @property
    def is_text(self) -> bool:
        """Whether its values are texts (a day is not)."""
        return self.kind in {"text", "identifier", "mixed"}


def fields_of(source: Source) -> tuple[Field, ...]:
    """The columns of a table or view.

    Raises:
        ExportError: `data/lookups/tables.toml` has no label of one.
    """
    found = [_field(source.name, column) for column in source.columns]
    names = stata_names([each.name for each in found])
    return tuple(replace(each, stata=names[each.name]) for each in found)


def table_label(name: str) -> Label:
    """What a table or view is called.

    Raises:
        ExportError: `data/lookups/tables.toml` has no label of it.
    """
    return _label("tables", name)


def numbered(values: Mapping[str, Label], others: Collection[str] = ()) -> dict[str, int]:
    """The numbers that codes have in a Stata file: years are their own, others are counted from 1.

    Args:
        values: the closed list.
        others: codes that it lacks; they come after it, in the order of the alphabet.
    """
    codes = [*values, *sorted(others)]
    if all(code.isascii() and code.isdigit() for code in codes):
        return {code: int(code) for code in codes}
    return {code: number for number, code in enumerate(codes, 1)}


def stata_names(names: Sequence[str]) -> dict[str, str]:
    """A name of at most 32 characters for each: itself where that is short enough, else with `[[shorter]]` words.

    Raises:
        ExportError: one stays too long, or two become one.
    """
    short = {name: _shortened(name) for name in names}
    if len(set(short.values())) < len(names) or any(len(name) > LONGEST_NAME for name in short.values()):
        twice = [name for name, told in short.items() if [*short.values()].count(told) > 1 or len(told) > LONGEST_NAME]
        raise ExportError(f"data/lookups/tables.toml: [[shorter]] leaves no name of 32 characters to {twice[0]}")
    return short


def _shortened(name: str) -> str:
    for word in load_lookup("tables")["shorter"]:
        if len(name) <= LONGEST_NAME:
            break
        name = f"_{name}_".replace(f"_{word['long']}_", f"_{word['short']}_")[1:-1]
    return name


def _field(table: str, column: SourceColumn) -> Field:
    name = column.name
    variable = variables_by_name().get(name)
    if variable is None:
        return Field(name, _label("columns", name), _kind(table, column, None))
    label = _elsewhere().get((table, name), variable.label)
    if table not in {"panel", "panel_corrected", "indicators"} and variable.part is None:
        return Field(name, label, _kind(table, column, variable.kind), values=variable.values)
    part = str(variable.part) if variable.part else None
    kind = _kind(table, column, variable.kind)
    return Field(name, label, kind, variable.unit, part, variable.forms, variable.sources, variable.values)


@cache
def _elsewhere() -> dict[tuple[str, str], Label]:
    """(table, column) → its label, where it means something else than the variable of the panel that is called so."""
    told = load_lookup("tables")["elsewhere"]
    return {(table, each["column"]): Label(**each["label"]) for each in told for table in each["tables"]}


def _kind(table: str, column: SourceColumn, known: str | None) -> str:
    types = load_lookup("tables")["types"]
    if column.refers is not None:
        return "identifier"
    if column.declared == "INTEGER" or f"{table}.{column.name}" in types["integer"]:
        return "integer"
    if column.declared == "REAL":
        return "number"
    if column.name in types["mixed"]:
        return "mixed"
    if column.name.endswith("_on"):
        return "date"
    if column.declared == "TEXT" or column.name in types["text"] or column.name.endswith("_at"):
        return "text"
    return known or "figure"


def _label(table: str, name: str) -> Label:
    labels: Mapping[str, Any] = load_lookup("tables")[table]
    if name not in labels:
        raise ExportError(f"data/lookups/tables.toml: [{table}] has no label of {name!r}")
    return Label(**labels[name])
