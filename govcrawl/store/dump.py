"""The corpus row by row, the same bytes for the same corpus: in the order of natural keys, without numbers of rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from govcrawl.store.connection import breakable
from govcrawl.store.errors import explained
from govcrawl.store.merging.described import TABLES
from govcrawl.store.merging.joining import columns_of, key_of, natural, quoted
from govcrawl.store.reading import Corpus
from govcrawl.store.views import views

NUMBERS = {"agency_id": "agencies", "capture_id": "captures"}
"""How columns of views end that hold the number of a row, with the table of that row."""


def dump_names() -> list[str]:
    """Every table and view of a corpus, in the order of the alphabet."""
    return sorted([*TABLES, *views()])


def dump_rows(corpus: Corpus, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a table or view. A number of a row of another table becomes that row's key, as a list of values.

    The column is called after the table then: `agency` for `agency_id`.
    """
    connection = corpus.connection
    with explained(corpus.path), breakable(connection):
        columns = [column for column in columns_of(connection, name) if not own_number(name, column)]
        referred = {column: table for column in columns if (table := referred_table(name, column)) is not None}
        exported = ", ".join(
            f"{_key(referred[column], column) if column in referred else _value(name, column)} AS {quoted(column)}"
            for column in columns
        )
        rows = connection.execute(f"SELECT {exported} FROM main.{name} ORDER BY {order_of(connection, name, columns)}")
        names = [column.removesuffix("_id") if column in referred else column for column in columns]
        lists = [names[place] for place, column in enumerate(columns) if column in referred]
        for row in rows:
            told = dict(zip(names, row, strict=True))
            for each in lists:
                told[each] = json.loads(told[each]) if told[each] is not None else None
            yield told


def own_number(name: str, column: str) -> bool:
    """Whether a column holds the numbers of a table's own rows."""
    return column == "id" and name in TABLES and bool(TABLES[name].numbered)


def referred_table(name: str, column: str) -> str | None:
    """The table of which a column of a table or view holds numbers of rows."""
    if name in TABLES:
        return TABLES[name].refers.get(column)
    return next((table for end, table in NUMBERS.items() if column == end or column.endswith(f"_{end}")), None)


def _key(table: str, column: str) -> str:
    return f"(SELECT {key_of(table)} FROM main.{table} WHERE main.{table}.id = {column})"


def _value(name: str, column: str) -> str:
    return natural(TABLES[name], column) if name in TABLES else quoted(column)


def order_of(connection: sqlite3.Connection, name: str, columns: list[str]) -> str:
    """SQL for the order of a table's or view's rows: its key where that alone decides; else all that is exported."""
    described = TABLES.get(name)
    if described is not None and not described.numbered and not set(described.key) & set(described.refers):
        return ", ".join(quoted(column) for column in described.key)
    first = [natural(described, term) for term in described.key] if described is not None else []
    return ", ".join([*first, *(str(place) for place in range(1, len(columns) + 1))])
