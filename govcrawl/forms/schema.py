"""The official forms as records, and the loader that checks `data/forms/*.toml` against the schema.

A form file describes tables, rows, columns, labels, synonyms, units and identities. A file with `extends`
is a local edition: its rows and synonyms are merged into the form it names, as optional rows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from govcrawl.lookups import data_folder
from govcrawl.model import FormError, Severity


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


@cache
def load_forms(folder: Path | None = None) -> tuple[Form, ...]:
    """Load every form, with its editions merged in, oldest first.

    Raises:
        FormError: a file is not TOML, lacks a key, has an unknown key, or repeats a code.
    """
    folder = folder or data_folder() / "forms"
    bases: dict[str, Form] = {}
    editions: list[tuple[Path, dict[str, Any]]] = []
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise FormError(f"{folder}: no form files (*.toml) there")
    for path in paths:
        raw = _read(path)
        if "extends" in raw:
            editions.append((path, raw))
        else:
            form = _Builder(path).form(raw)
            if form.code in bases:
                raise FormError(f"{path}: form {form.code!r} is defined twice")
            bases[form.code] = form
    for path, raw in editions:
        base = bases.get(raw["extends"])
        if base is None:
            raise FormError(f"{path}: extends {raw['extends']!r}, which no file defines")
        bases[base.code] = _Builder(path).merge(base, raw)
    return tuple(sorted(bases.values(), key=lambda form: form.report_years))


def form_by_code(code: str) -> Form:
    """The form of that code; KeyError where there is none."""
    for form in load_forms():
        if form.code == code:
            return form
    raise KeyError(code)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormError(f"{path}: not valid TOML: {error}") from error


class _Builder:
    """Turns the tables of one TOML file into records; every complaint names the file and the place."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, where: str, what: str) -> FormError:
        return FormError(f"{self.path}: {where}: {what}")

    def take(
        self, raw: Mapping[str, Any], where: str, required: Mapping[str, type], optional: Mapping[str, type]
    ) -> dict[str, Any]:
        known = {**required, **optional}
        for key in required:
            if key not in raw:
                raise self.fail(where, f"the key {key!r} is missing")
        for key, value in raw.items():
            if key not in known:
                raise self.fail(where, f"unknown key {key!r} (known: {', '.join(sorted(known))})")
            if not isinstance(value, known[key]):
                raise self.fail(where, f"{key!r} must be {known[key].__name__}, not {type(value).__name__}")
        return dict(raw)

    def form(self, raw: Mapping[str, Any]) -> Form:
        got = self.take(
            raw,
            "form",
            {"code": str, "name": str, "instrument": str, "report_years": list, "versions": dict},
            {"table": list, "section": list, "identity": list},
        )
        years = got["report_years"]
        if len(years) != 2 or not all(isinstance(year, int) for year in years) or years[0] > years[1]:
            raise self.fail("report_years", "must be [first, last]")
        tables = tuple(self.table(table) for table in got.get("table", ()))
        self.unique("table ids", [table.id for table in tables])
        form = Form(
            code=got["code"],
            name=got["name"],
            instrument=got["instrument"],
            report_years=(years[0], years[1]),
            versions={int(year): version for year, version in got["versions"].items()},
            tables=tables,
            sections=tuple(self.section(section) for section in got.get("section", ())),
            identities=tuple(self.identity(identity) for identity in got.get("identity", ())),
        )
        self.check_identities(form)
        return form

    def section(self, raw: Mapping[str, Any]) -> SectionHeading:
        got = self.take(raw, "section", {"number": int, "heading": str}, {"synonyms": list})
        return SectionHeading(got["number"], got["heading"], tuple(got.get("synonyms", ())))

    def identity(self, raw: Mapping[str, Any]) -> Identity:
        got = self.take(
            raw,
            "identity",
            {"code": str, "part": str, "axis": str, "left": list, "relation": str, "right": list, "severity": str},
            {"unless": str, "source": str},
        )
        where = f"identity {got['code']}"
        if got["axis"] not in {"column", "row", "channel", "cell"}:
            raise self.fail(where, f"unknown axis {got['axis']!r}")
        if got["relation"] not in {"=", ">=", "!="}:
            raise self.fail(where, f"unknown relation {got['relation']!r}")
        try:
            return Identity(
                code=got["code"],
                part=Part(got["part"]),
                axis=got["axis"],
                left=tuple(got["left"]),
                relation=got["relation"],
                right=tuple(got["right"]),
                severity=Severity(got["severity"]),
                unless=got.get("unless"),
                source=got.get("source", ""),
            )
        except ValueError as error:
            raise self.fail(where, str(error)) from error

    def groups(self, raws: list[Mapping[str, Any]], where: str) -> dict[str, Group]:
        groups: dict[str, Group] = {}
        for raw in raws:
            got = self.take(raw, where, {"code": str, "label": str}, {"synonyms": list, "parent": str})
            parent = got.get("parent")
            if parent and parent not in groups:
                raise self.fail(
                    where, f"group {got['code']!r} names the parent {parent!r}, which is not defined above it"
                )
            groups[got["code"]] = Group(
                got["code"], got["label"], tuple(got.get("synonyms", ())), groups[parent] if parent else None
            )
        return groups

    def table(self, raw: Mapping[str, Any]) -> Table:
        got = self.take(
            raw,
            "table",
            {"id": str, "part": str, "title": str, "column": list, "row": list},
            {
                "titles": list,
                "stub": str,
                "note": str,
                "banner": str,
                "cell": str,
                "row_group": list,
                "column_group": list,
            },
        )
        where = f"table {got['id']}"
        try:
            part = Part(got["part"])
        except ValueError as error:
            raise self.fail(where, str(error)) from error
        column_groups = self.groups(got.get("column_group", []), f"{where} column groups")
        row_groups = self.groups(got.get("row_group", []), f"{where} row groups")
        columns = tuple(self.column(column, where, column_groups) for column in got["column"])
        rows = tuple(self.row(row, where, row_groups) for row in got["row"])
        if not columns or not rows:
            raise self.fail(where, "needs at least one row and one column")
        self.unique(f"{where} columns", [f"{c.group.code if c.group else ''}/{c.code}" for c in columns])
        self.unique(f"{where} rows", [row.code for row in rows])
        return Table(
            id=got["id"],
            part=part,
            title=got["title"],
            columns=columns,
            rows=rows,
            titles=tuple(got.get("titles", ())),
            stub=got.get("stub", ""),
            note=got.get("note", ""),
            banner=got.get("banner", ""),
            cell=got.get("cell", "{row}_{column}"),
        )

    def column(self, raw: Mapping[str, Any], where: str, groups: Mapping[str, Group]) -> Column:
        got = self.take(
            raw,
            f"{where} column",
            {"code": str, "label": str},
            {"synonyms": list, "group": str, "unit": str, "signed": bool, "decimal": bool, "money": bool},
        )
        return Column(
            code=got["code"],
            label=got["label"],
            synonyms=tuple(got.get("synonyms", ())),
            group=self.group_of(got, where, groups),
            unit=got.get("unit"),
            signed=got.get("signed", False),
            decimal=got.get("decimal", False),
            money=got.get("money", False),
        )

    def row(self, raw: Mapping[str, Any], where: str, groups: Mapping[str, Group], edition: str | None = None) -> Row:
        optional: dict[str, type] = {"synonyms": list, "group": str, "unit": str, "money": bool}
        if edition:
            optional |= {"after": str, "extra_code": str, "part_of": str, "replaces": list, "decides": str}
        got = self.take(raw, f"{where} row", {"code": str, "label": str}, optional)
        return Row(
            code=got["code"],
            label=got["label"],
            synonyms=tuple(got.get("synonyms", ())),
            group=self.group_of(got, where, groups),
            unit=got.get("unit"),
            money=got.get("money", False),
            edition=edition,
            extra_code=got.get("extra_code"),
            part_of=got.get("part_of"),
            replaces=tuple(got.get("replaces", ())),
            decides=got.get("decides"),
        )

    def group_of(self, got: Mapping[str, Any], where: str, groups: Mapping[str, Group]) -> Group | None:
        code = got.get("group")
        if code is None:
            return None
        if code not in groups:
            raise self.fail(where, f"{got['code']!r} names the group {code!r}, which the table does not define")
        return groups[code]

    def unique(self, what: str, codes: list[str]) -> None:
        doubled = sorted({code for code in codes if codes.count(code) > 1})
        if doubled:
            raise self.fail(what, f"defined twice: {', '.join(doubled)}")

    def check_identities(self, form: Form) -> None:
        for identity in form.identities:
            tables = [table for table in form.tables if table.part is identity.part]
            known: set[str] = set()
            for table in tables:
                if identity.axis == "column":
                    known |= {row.code for row in table.rows}
                elif identity.axis in {"row", "channel"}:
                    known |= {column.code for column in table.columns}
                else:
                    known |= {table.cell_code(row, column) for row in table.rows for column in table.columns}
            unknown = sorted(set(identity.left + identity.right) - known)
            if unknown:
                raise self.fail(f"identity {identity.code}", f"unknown codes {', '.join(unknown)}")

    def merge(self, base: Form, raw: Mapping[str, Any]) -> Form:
        """Merge a local edition into its form."""
        got = self.take(raw, "edition", {"code": str, "extends": str, "name": str}, {"table": list, "seen": list})
        tables = {table.id: table for table in base.tables}
        for patch in got.get("table", ()):
            want = self.take(patch, "table", {"id": str}, {"row": list, "synonym": list, "titles": list})
            table = tables.get(want["id"])
            if table is None:
                raise self.fail("table", f"{base.code} has no table {want['id']!r}")
            rows = list(table.rows)
            groups = {row.group.code: row.group for row in rows if row.group}
            groups |= {g.code: g for row in rows if row.group for g in row.group.path}
            for raw_row in want.get("row", ()):
                row = self.row(raw_row, f"table {table.id}", groups, edition=got["code"])
                codes = [known.code for known in rows]
                if row.code in codes:
                    raise self.fail(f"table {table.id}", f"row {row.code!r} is defined twice")
                after = raw_row.get("after")
                if after not in codes:
                    raise self.fail(f"table {table.id}", f"row {row.code!r} must stand `after` a known row")
                for named in (*row.replaces, *((row.part_of,) if row.part_of else ())):
                    if named not in codes:
                        raise self.fail(f"table {table.id}", f"row {row.code!r} names the unknown row {named!r}")
                rows.insert(codes.index(after) + 1, row)
            columns = list(table.columns)
            for synonym in want.get("synonym", ()):
                pair = self.take(synonym, f"table {table.id} synonym", {"of": str, "labels": list}, {})
                hit = False
                for index, row in enumerate(rows):
                    if row.code == pair["of"]:
                        rows[index] = replace(row, synonyms=(*row.synonyms, *pair["labels"]))
                        hit = True
                for index, column in enumerate(columns):
                    if column.code == pair["of"]:
                        columns[index] = replace(column, synonyms=(*column.synonyms, *pair["labels"]))
                        hit = True
                if not hit:
                    raise self.fail(f"table {table.id} synonym", f"no row or column {pair['of']!r}")
            tables[table.id] = replace(
                table,
                rows=tuple(rows),
                columns=tuple(columns),
                titles=(*table.titles, *want.get("titles", ())),
            )
        return replace(base, tables=tuple(tables.values()), editions=(*base.editions, got["code"]))
