"""Rows of a question as dictionaries."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any


def rows(connection: sqlite3.Connection, sql: str, *values: Any) -> list[dict[str, Any]]:
    """Every row, by the names of its columns. A single mapping gives named parameters."""
    cursor = connection.execute(sql, values[0] if len(values) == 1 and isinstance(values[0], Mapping) else values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, tuple(found), strict=True)) for found in cursor]


def row(connection: sqlite3.Connection, sql: str, *values: Any) -> dict[str, Any] | None:
    """The first row, or None."""
    found = rows(connection, sql, *values)
    return found[0] if found else None


def value(connection: sqlite3.Connection, sql: str, *values: Any) -> Any:
    """The first value of the first row; None where there is none."""
    found = row(connection, sql, *values)
    return next(iter(found.values())) if found else None
