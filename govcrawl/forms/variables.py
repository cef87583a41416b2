"""The variables of the view `panel`: what each is called in Chinese and in English, its unit, and which forms have it.

Chinese labels of printed cells are the forms' own, from `data/forms/`; English ones, and both of what no form prints,
are in `data/lookups/labels.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from govcrawl.forms.schema import Column, Form, Group, Part, Row, Table, load_forms
from govcrawl.forms.values import unit_in_label
from govcrawl.lookups import load_lookup
from govcrawl.model import RegistryError

LEGAL_PERSON = "legal_person"
TOTAL = "total"
LITIGATION = "litigation"
BETWEEN = "／"
"""Between the labels of a group, a row and a column."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text in both languages."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """The text in a language: `zh`, or English for any other."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of the panel."""

    name: str
    label: Label
    kind: str
    """`text`, `identifier` (of an agency), `integer`, `number`, `date`; `figure` for a cell of a form, which is an
    integer where no fraction is printed."""
    part: Part | None = None
    """The part of the report it stands in; None for what is known of the report beside its cells."""
    unit: str | None = None
    """The unit that the form implies; None where it gives none."""
    forms: tuple[str, ...] = ()
    """Codes of the forms that have a value for it, oldest first."""
    printed: tuple[str, ...] = ()
    """Those of them that print the cell, in a local edition at least; in the others it is added up."""
    sources: tuple[str, ...] = ()
    """Variables whose sum it is where it is not printed."""
    where: str | None = None
    """The cell as `part/row/column` or `part/code`; None for what no form prints."""
    values: Mapping[str, Label] = field(default_factory=dict)
    """Codes and what they mean, for a text that is one of a closed list."""


@cache
def variables() -> tuple[Variable, ...]:
    """Every column of the panel, part by part: the facts of the report first, then cells as the forms print them.

    Raises:
        RegistryError: `data/lookups/labels.toml` lacks a label.
    """
    forms = load_forms()
    found = [*_facts()]
    for part in (Part.DISCLOSURE, Part.STATISTICS):
        found += _cells(forms, part)
    found += _applications(forms)
    found += _review_litigation(forms)
    return tuple(found)


@cache
def variables_by_name() -> Mapping[str, Variable]:
    """The same by name."""
    return {variable.name: variable for variable in variables()}


def part_label(part: Part | None) -> Label:
    """What a part of the report is called; of None, the facts of the report."""
    return _both("parts", str(part) if part else "report")


def form_label(code: str) -> Label:
    """What a form is called: its official name, and an English one."""
    name = next(form.name for form in load_forms() if form.code == code)
    return Label(name, _english("forms", code))


def unit_label(unit: str) -> Label:
    """A unit, as printed and in English."""
    return Label(unit, _english("units", unit))


def _facts() -> Iterator[Variable]:
    for fact in _table("fact"):
        named = _table("values").get(fact.get("values"), {})
        values = {code: Label(**label) for code, label in named.items()}
        yield Variable(fact["name"], Label(fact["zh"], fact["en"]), fact["kind"], values=values)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A row and a column that some forms print."""

    row: Row
    column: Column
    forms: tuple[str, ...]


def _printed(forms: Iterable[Form], part: Part, *, local: bool) -> dict[tuple[str, str, str], _Printed]:
    """Every cell of a part by the codes of its row, its column and the column's group; the newest form's labels."""
    found: dict[tuple[str, str, str], _Printed] = {}
    for form in forms:
        for table, row, column in _places(form, part, local=local):
            group = column.group.code if column.group else ""
            code = table.cell_code(row, column) if part in {Part.DISCLOSURE, Part.STATISTICS} else row.code
            before = found.get((code, column.code, group))
            found[code, column.code, group] = _Printed(row, column, (*(before.forms if before else ()), form.code))
    return found


def _places(form: Form, part: Part, *, local: bool) -> Iterator[tuple[Table, Row, Column]]:
    for table in form.tables:
        if table.part is part:
            for row in table.rows if local else table.official_rows:
                for column in table.columns:
                    yield table, row, column


def _cells(forms: Iterable[Form], part: Part) -> Iterator[Variable]:
    for (code, _, _), cell in _printed(forms, part, local=False).items():
        columns = [cell.column.label] if part is Part.DISCLOSURE else []
        label = Label(_path(cell.row.group, cell.row.label, *columns), _english("cells", code))
        unit = cell.row.unit or cell.column.unit or unit_in_label(cell.column.label)
        yield Variable(code, label, "figure", part, unit, cell.forms, cell.forms, where=f"{part}/{code}")


def _applications(forms: Iterable[Form]) -> Iterator[Variable]:
    """Part three: the printed rows, what is added up of the new requests alone, and the groups that are added up: those
    inside another group, which has a total of its own."""
    cells = _printed(forms, Part.APPLICATIONS, local=True)
    rows = {code: cell for (code, _, _), cell in cells.items()}
    groups = {group.code: group for cell in rows.values() if (group := cell.row.group) and group.parent}
    for code, cell in rows.items():
        if code not in groups:
            yield from _row(code, _path(cell.row.group, cell.row.label), _english("rows", code), cells, cell.forms)
    alone = next(v for v in _row("new_received", "", "", cells, ()) if v.name == f"new_received_{LEGAL_PERSON}_total")
    label = Label(_path(None, rows["new_received"].row.label, _legal_person(cells).zh), "Newly received: legal persons")
    unit = rows["new_received"].column.unit
    forms_of_it = rows["new_received"].forms
    yield Variable("legal_person_total", label, "figure", Part.APPLICATIONS, unit, forms_of_it, sources=alone.sources)
    for code, group in groups.items():
        members = {member: cell for member, cell in rows.items() if cell.row.group and cell.row.group.code == code}
        zh = _path(group, _both("words", "subtotal").zh) if code not in rows else _path(group, "")
        had = (
            *(rows[code].forms if code in rows else ()),
            *dict.fromkeys(f for c in members.values() for f in c.forms),
        )
        printed = rows[code].forms if code in rows else ()
        yield from _row(code, zh, _english("groups", code), cells, printed, tuple(dict.fromkeys(had)), tuple(members))


def _row(
    code: str,
    zh: str,
    en: str,
    cells: Mapping[tuple[str, str, str], _Printed],
    printed: tuple[str, ...],
    forms: tuple[str, ...] = (),
    members: tuple[str, ...] = (),
) -> Iterator[Variable]:
    """The eight variables of a row of part three: the seven applicants, and the sum of the legal persons."""
    columns = {column: cell.column for (_, column, _), cell in cells.items()}
    inside = tuple(column.code for column in columns.values() if column.group and column.group.code == LEGAL_PERSON)
    for applicant in (*(name for name in columns if name != TOTAL), LEGAL_PERSON, TOTAL):
        legal = applicant == LEGAL_PERSON
        label = _legal_person(cells) if legal else _applicant(columns[applicant])
        sources = [row_variable(member, applicant) for member in members]
        if legal:
            sources = [row_variable(code, each) for each in inside]
        yield Variable(
            row_variable(code, applicant),
            Label(f"{zh}{BETWEEN}{label.zh}", f"{en}: {label.en}"),
            "figure",
            Part.APPLICATIONS,
            columns[TOTAL].unit,
            forms or printed,
            () if legal else printed,
            tuple(sources),
            f"{Part.APPLICATIONS}/{code}/{applicant}" if printed and not legal else None,
        )


def row_variable(row: str, applicant: str) -> str:
    """The variable of a row of part three and an applicant: `new_received_total`; `handled_total` for its own total."""
    if applicant == TOTAL and row.endswith("_total"):
        return row
    return f"{row}_{applicant}_total" if applicant == LEGAL_PERSON else f"{row}_{applicant}"


def _applicant(column: Column) -> Label:
    return Label(_path(column.group, column.label), _english("applicants", column.code))


def _legal_person(cells: Mapping[tuple[str, str, str], _Printed]) -> Label:
    group = next(c.column.group for c in cells.values() if c.column.group and c.column.group.code == LEGAL_PERSON)
    return Label(_path(group, _both("words", "subtotal").zh), _english("groups", LEGAL_PERSON))


def _review_litigation(forms: Iterable[Form]) -> Iterator[Variable]:
    """Part four: for each outcome its three channels and the sum of the two of lawsuits."""
    cells = _printed(forms, Part.REVIEW_LITIGATION, local=False)
    for outcome in dict.fromkeys(column for _, column, _ in cells):
        suits = []
        for (_, column, channel), cell in cells.items():
            if column != outcome:
                continue
            where = f"{Part.REVIEW_LITIGATION}/{channel}/{outcome}"
            name, label = (
                f"{channel}_{outcome}",
                _outcome(channel, _path(cell.column.group, cell.column.label), outcome),
            )
            unit = cell.column.unit
            yield Variable(name, label, "figure", Part.REVIEW_LITIGATION, unit, cell.forms, cell.forms, (), where)
            if cell.column.group and cell.column.group.parent:
                suits.append((name, cell))
        cell = suits[0][1]
        top = cell.column.group.path[0] if cell.column.group else None
        zh = _path(top, _both("words", "subtotal").zh, cell.column.label)
        label, names = _outcome(LITIGATION, zh, outcome), tuple(name for name, _ in suits)
        unit = cell.column.unit
        yield Variable(
            f"{LITIGATION}_{outcome}", label, "figure", Part.REVIEW_LITIGATION, unit, cell.forms, sources=names
        )


def _outcome(channel: str, zh: str, outcome: str) -> Label:
    return Label(zh, f"{_english('channels', channel)}: {_english('outcomes', outcome)}")


def _path(group: Group | None, *labels: str) -> str:
    """The labels of a place from the outside in."""
    outer = [each.label for each in group.path] if group else []
    return BETWEEN.join(filter(None, [*outer, *labels]))


def _table(name: str) -> Any:
    try:
        return load_lookup("labels")[name]
    except KeyError as error:
        raise RegistryError(f"data/lookups/labels.toml: there is no table {name!r}") from error


def _english(table: str, code: str) -> str:
    try:
        return str(_table(table)[code])
    except KeyError as error:
        raise RegistryError(f"data/lookups/labels.toml: [{table}] has no label of {code!r}") from error


def _both(table: str, code: str) -> Label:
    try:
        return Label(**_table(table)[code])
    except (KeyError, TypeError) as error:
        raise RegistryError(f"data/lookups/labels.toml: [{table}] {code} needs zh and en") from error
