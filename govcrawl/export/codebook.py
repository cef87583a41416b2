"""`codebook.md`: what every table and variable of an export is, in Chinese and English, made from the forms. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from govcrawl.export.fields import Field, numbered
from govcrawl.export.writing import Table
from govcrawl.forms.schema import Part
from govcrawl.forms.variables import Label, form_label, part_label, unit_label
from govcrawl.lookups import load_lookup
from govcrawl.store.edition import Edition


def codebook(tables: Iterable[Table], counts: Mapping[str, int], edition: Edition) -> str:
    """The codebook of some tables.

    Args:
        tables: those that were written.
        counts: rows by table.
        edition: which corpus it was.
    """
    chosen = list(tables)
    lines = [f"# {_both(_text('title'))}", "", f"{_both(_word('version'))}: `{edition.version}`", "", *_meaning()]
    lines += ["", f"## {_heading('tables')}", "", *_grid(("table", "label", "rows"), _tables(chosen, counts))]
    described: dict[tuple[str, ...], str] = {}
    for table in chosen:
        lines += ["", f"## `{table.name}`: {_both(table.label)}", ""]
        names = tuple(each.name for each in table.fields)
        same = described.setdefault(names, table.name)
        lines += [f"{_both(_word('same'))} `{same}`", ""] if same != table.name else _variables(table)
    lines += _names(chosen)
    return "\n".join([*lines, ""])


def variables_of(table: Table) -> str:
    """The part of a codebook that is the same for every corpus: what values mean, and the variables of one table.

    Args:
        table: the panel, say.
    """
    lines = [f"# {_both(table.label)}", "", *_meaning(), "", f"## {_heading('variables')}", "", *_variables(table)]
    return "\n".join([*lines, *_names([table]), ""])


def _meaning() -> Iterator[str]:
    yield from (f"## {_heading('meaning')}", "")
    for each in load_lookup("codebook")["meaning"]:
        yield from (f"- {each['zh']}", f"  {each['en']}")


def _tables(tables: list[Table], counts: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    for table in tables:
        yield f"`{table.name}`", _both(table.label), str(counts[table.name])


def _variables(table: Table) -> Iterator[str]:
    """The variables part by part, then the codes of those that are one of a closed list."""
    parts = list(dict.fromkeys(each.part for each in table.fields))
    for part in parts:
        if len(parts) > 1:
            yield from (f"### {_both(part_label(Part(part) if part else None))}", "")
        of_part = [each for each in table.fields if each.part == part]
        yield from _grid(("column", "label", "kind", "unit", "forms"), map(_row, of_part))
        yield ""
    for each in table.fields:
        if each.values:
            yield from (f"#### `{each.name}`: {_heading('values')}", "")
            numbers = numbered(each.values)
            codes = [(f"`{code}`", _both(label), str(numbers[code])) for code, label in each.values.items()]
            yield from (*_grid(("code", "label", "number"), codes), "")


def _row(each: Field) -> tuple[str, ...]:
    label = _both(each.label)
    if each.sources:
        made_of = ", ".join(f"`{name}`" for name in each.sources)
        label += f"<br>{_both(_word('sum_of'))}: {made_of}"
    unit = _both(unit_label(each.unit)) if each.unit else ""
    forms = "<br>".join(_both(form_label(code)) for code in each.forms) if each.part is None else ", ".join(each.forms)
    return f"`{each.name}`", label, each.kind, unit, forms


def _names(tables: list[Table]) -> Iterator[str]:
    """What is called otherwise in Stata."""
    short = {each.name: each.stata for table in tables for each in table.fields if each.stata != each.name}
    if short:
        yield from ("", f"## {_heading('names')}", "")
        yield from _grid(("column", "code"), ((f"`{name}`", f"`{told}`") for name, told in short.items()))


def _grid(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(_both(_word(head)) for head in heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"


def _both(label: Label) -> str:
    return f"{label.zh} {label.en}" if label.zh != label.en else label.zh


def _text(key: str) -> Label:
    return Label(**_lookup()[key])


def _word(key: str) -> Label:
    return Label(**_lookup()["words"][key])


def _heading(key: str) -> str:
    return _both(Label(**_lookup()["headings"][key]))


def _lookup() -> dict[str, Any]:
    return load_lookup("codebook")
