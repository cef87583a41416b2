"""One form file, checked against the schema; every complaint names the file and the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from govcrawl.forms.schema.crossing import (
    BETWEEN,
    BETWEEN_TABLES,
    BETWEEN_TEXTS,
    check_between,
    read_across,
    read_stated,
)
from govcrawl.forms.schema.records import Column, Form, Group, Identity, Part, Row, SectionHeading, Table
from govcrawl.model import FormError, Severity

_OF_TEXTS = frozenset({"synonyms", "titles", "labels", "left", "right", "replaces"}) | BETWEEN_TEXTS
_OF_TABLES = (
    frozenset({"table", "section", "identity", "column", "row", "column_group", "row_group", "synonym"})
    | BETWEEN_TABLES
)


class Builder:
    """Turns the tables of one TOML file into records; every complaint names the file and the place."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, where: str, what: str) -> FormError:
        return FormError(f"{self.path}: {where}: {what}")

    def take(self, raw: Any, where: str, required: Mapping[str, type], optional: Mapping[str, type]) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            raise self.fail(where, f"must be a table, not {raw!r}")
        known = {**required, **optional}
        for key in required:
            if key not in raw:
                raise self.fail(where, f"the key {key!r} is missing")
        for key, value in raw.items():
            if key not in known:
                raise self.fail(where, f"unknown key {key!r} (known: {', '.join(sorted(known))})")
            if not isinstance(value, known[key]):
                raise self.fail(where, f"{key!r} must be {known[key].__name__}, not {type(value).__name__}")
            self.check_items(where, key, value)
        return dict(raw)

    def check_items(self, where: str, key: str, value: Any) -> None:
        """Lists hold what their key says, where it says anything."""
        if key in _OF_TEXTS and not all(isinstance(item, str) for item in value):
            raise self.fail(where, f"{key!r} must be a list of texts")
        if key in _OF_TABLES and not all(isinstance(item, Mapping) for item in value):
            raise self.fail(where, f"{key!r} must be a list of tables")

    def form(self, raw: Mapping[str, Any]) -> Form:
        got = self.take(
            raw,
            "form",
            {"code": str, "name": str, "instrument": str, "report_years": list, "versions": dict},
            {"table": list, "section": list, "identity": list, **BETWEEN},
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
            versions=self.versions(got["versions"]),
            tables=tables,
            sections=tuple(self.section(section) for section in got.get("section", ())),
            identities=tuple(self.identity(identity) for identity in got.get("identity", ())),
            across=tuple(read_across(self, across) for across in got.get("across", ())),
            stated=tuple(read_stated(self, stated) for stated in got.get("stated", ())),
            area=tuple(got.get("area", ())),
            measured=tuple(got.get("measured", ())),
        )
        self.check_identities(form)
        check_between(self, form)
        return form

    def versions(self, raw: Mapping[str, Any]) -> dict[int, str]:
        for year, version in raw.items():
            if not (year.isascii() and year.isdecimal()) or not isinstance(version, str):
                raise self.fail("versions", f"{year!r} = {version!r} must be a year and the version's name")
        return {int(year): version for year, version in raw.items()}

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
                "unit_stub": str,
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
            unit_stub=got.get("unit_stub", ""),
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
