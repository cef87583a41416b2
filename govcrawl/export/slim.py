"""SQLite: chosen tables in one small database that describes itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from govcrawl.export.citation import TITLE
from govcrawl.export.writing import Rows, Table, Written
from govcrawl.store.slim import DESCRIPTIONS, TABLES, VARIABLES, slim_database


def write_database(tables: list[Table], rows: Mapping[str, Rows], to: Path) -> dict[str, Written]:
    """Write tables into a new database, with what they and their columns are in `_tables` and `_variables`.

    Raises:
        StoreError: it cannot be written.
    """
    counts: dict[str, int] = {}
    version = tables[0].edition.version if tables else ""
    with slim_database(to, f"{TITLE}, {version}") as database:
        for table in tables:
            columns = [(each.name, each.kind) for each in table.fields]
            database.write(table.name, columns, _counted(table.name, rows[table.name], counts))
        told = [(table.name, table.label.zh, table.label.en, counts[table.name]) for table in tables]
        database.write(TABLES, DESCRIPTIONS[TABLES], told)
        database.write(VARIABLES, DESCRIPTIONS[VARIABLES], _variables(tables))
    return {name: Written(count) for name, count in counts.items()}


def _counted(name: str, rows: Rows, counts: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    counts[name] = 0
    for row in rows:
        counts[name] += 1
        yield row


def _variables(tables: list[Table]) -> Iterator[tuple[Any, ...]]:
    for table in tables:
        for place, each in enumerate(table.fields, 1):
            values = {code: {"zh": label.zh, "en": label.en} for code, label in each.values.items()}
            yield (
                table.name,
                place,
                each.name,
                each.kind,
                each.label.zh,
                each.label.en,
                each.unit,
                each.part,
                " ".join(each.forms) or None,
                " ".join(each.sources) or None,
                json.dumps(values, ensure_ascii=False) if values else None,
            )
