"""The cells of one sub-table of a report: taken from one report into another, and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from govcrawl.forms import Part, Table, form_by_code, load_forms
from govcrawl.forms.detect import shape
from govcrawl.model import Figure, Report

Key = tuple[str, ...]


def table_of(report: Report, table_id: str) -> Table:
    """The table of the form that a sub-table of the report was read as."""
    return form_by_code(report.tables[table_id].form).table(table_id)


def cells_of(report: Report, table_id: str) -> dict[Key, Figure]:
    """(part, code) or (part, row, column) → figure, for every cell of a sub-table."""
    table = table_of(report, table_id)
    part = str(table.part)
    cells: Mapping[str, Any] = getattr(report, part)
    if table.part in {Part.APPLICATIONS, Part.REVIEW_LITIGATION}:
        return {(part, row, column): figure for row, columns in cells.items() for column, figure in columns.items()}
    return {(part, code): cells[code] for code in codes_of(table) if code in cells}


def filled(report: Report, table_id: str) -> int:
    """How many cells of a sub-table hold a number."""
    return sum(figure.value is not None for figure in cells_of(report, table_id).values())


@cache
def codes_of(table: Table) -> frozenset[str]:
    """The codes of the cells of a sub-table of part two, or of the statistics."""
    return frozenset(table.cell_code(row, column) for row in table.rows for column in table.columns)


def alike(one: str, two: str, table_id: str) -> bool:
    """Whether a sub-table is the same in two forms, so that nothing in it says which of them is printed."""
    if one == two or not {one, two} <= _known():
        return one == two
    tables = [table for code in (one, two) for table in form_by_code(code).tables if table.id == table_id]
    return len(tables) == 2 and shape(tables[0]) == shape(tables[1])


def belongs(where: str, table: Table) -> bool:
    """Whether a finding's place lies in a sub-table."""
    part, _, place = where.partition("/")
    if part != str(table.part):
        return False
    head = place.partition("/")[0]
    whole = table.id == part
    return whole or head == table.id or head in codes_of(table)


def with_table(report: Report, source: Report, table_id: str) -> Report:
    """The report with a sub-table, its proof and what there is to say of it, as another source has it."""
    table = table_of(source, table_id)
    part = str(table.part)
    old = form_by_code(report.form).tables if report.form in _known() else ()
    dropped = [table, *(other for other in old if other.id == table_id)]
    cells = dict(getattr(report, part))
    for other in dropped:
        for code in codes_of(other) if other.part in {Part.DISCLOSURE, Part.STATISTICS} else tuple(cells):
            cells.pop(code, None)
    cells |= getattr(source, part) if table.id == part else _picked(source, table)
    findings = [f for f in report.findings if not any(belongs(f.where, other) for other in dropped)]
    findings += [f for f in source.findings if belongs(f.where, table)]
    kept = tuple(cell for cell in report.extra_cells if cell.table != part or table.id != part)
    extras = tuple(cell for cell in source.extra_cells if cell.table == part and cell not in kept)
    facts = source.tables[table_id]
    if alike(report.form, facts.form, table_id):
        facts = replace(facts, form=report.form)
    changes: dict[str, Any] = {
        part: cells,
        "tables": {**report.tables, table_id: facts},
        "findings": tuple(findings),
        "extra_cells": kept + extras,
    }
    return replace(report, **changes)


def _picked(source: Report, table: Table) -> dict[str, Figure]:
    cells: Mapping[str, Figure] = getattr(source, str(table.part))
    return {code: cells[code] for code in cells if code in codes_of(table)}


@cache
def _known() -> frozenset[str]:
    return frozenset(form.code for form in load_forms())
