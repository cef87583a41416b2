"""The rows of one database joined to those of another, table by table, as `described` says.

The other database is attached as `src` and only read. Rows of tables with numbers get the number that their key has
here already, or the next free ones: `temp.map_<table>` says which.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from govcrawl.model import StoreError
from govcrawl.store.merging.described import TABLES, Described, Kind, is_index

SOURCE = "src"


def check_described(connection: sqlite3.Connection) -> None:
    """Refuse a schema with a table that nobody has said how to merge.

    Raises:
        StoreError: there is one.
    """
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    unknown = sorted(
        name for name in names - set(TABLES) if not name.startswith(("_", "sqlite_")) and not is_index(name)
    )
    if unknown:
        raise StoreError(f"the tables {', '.join(unknown)} are not described for merging")


def columns_of(connection: sqlite3.Connection, table: str, schema: str = "main") -> list[str]:
    """The names of a table's columns."""
    return [row[1] for row in connection.execute(f'PRAGMA "{schema}".table_info("{table}")')]


def key_of(table: str, alias: str = "") -> str:
    """SQL for a row's natural key as JSON: the same for the same row in any database."""
    described = TABLES[table]
    parts = [natural(described, part) for part in described.key]
    return f"json_array({', '.join(parts)})"


def natural(described: Described, column: str) -> str:
    """SQL for what a column says, whatever the numbers of rows are in this database."""
    if column in described.refers:
        referred = described.refers[column]
        return f"(SELECT {key_of(referred)} FROM main.{referred} WHERE main.{referred}.id = {column})"
    if column in described.within:
        return f"json_remove({quoted(column)}, '{described.within[column][0]}')"
    return quoted(column)


def quoted(column: str) -> str:
    """A column's name for SQL; an expression stays as it is."""
    return f'"{column}"' if column.isidentifier() else column


def map_numbers(connection: sqlite3.Connection, table: str) -> None:
    """Say which number each row of a table with numbers has here: `temp.map_<table>` (old, new)."""
    connection.execute(f"DROP TABLE IF EXISTS temp.map_{table}")
    connection.execute(f"CREATE TEMP TABLE map_{table} (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)")
    connection.execute("DROP TABLE IF EXISTS temp.held")
    connection.execute("CREATE TEMP TABLE held (key TEXT PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID")
    connection.execute(f"INSERT INTO temp.held SELECT {key_of(table)}, min(id) FROM main.{table} GROUP BY 1")
    connection.execute(
        f"""INSERT INTO temp.map_{table}
        SELECT s.id, coalesce(
            h.id, (SELECT coalesce(max(id), 0) FROM main.{table}) + dense_rank() OVER (ORDER BY s.key)
        )
        FROM (SELECT id, {key_of(table)} AS key FROM {SOURCE}.{table}) AS s
        LEFT JOIN temp.held AS h ON h.key = s.key"""
    )
    connection.execute("DROP TABLE temp.held")


def rename_files(connection: sqlite3.Connection, names: Mapping[str, str]) -> None:
    """Say what the files of the archive are called here: `temp.renamed` (old, new)."""
    connection.execute("DROP TABLE IF EXISTS temp.renamed")
    connection.execute("CREATE TEMP TABLE renamed (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID")
    connection.executemany("INSERT INTO temp.renamed VALUES (?, ?)", names.items())


def incoming(table: str, columns: Iterable[str]) -> str:
    """SQL for the rows of the other database, with this one's numbers and names of files."""
    told = ", ".join(f"{_here(table, column)} AS {quoted(column)}" for column in columns)
    return f"SELECT {told} FROM {SOURCE}.{table} AS s"


def _here(table: str, column: str) -> str:
    described = TABLES[table]
    if column == "id" and described.numbered:
        return f"(SELECT new FROM temp.map_{table} WHERE old = s.id)"
    if column in described.refers:
        return f"(SELECT new FROM temp.map_{described.refers[column]} WHERE old = s.{column})"
    if column in described.files:
        return f"coalesce((SELECT new FROM temp.renamed WHERE old = s.{column}), s.{column})"
    if column in described.within:
        path, referred = described.within[column]
        return (
            f"CASE WHEN json_extract(s.{column}, '{path}') IS NULL THEN s.{column} ELSE json_set(s.{column}, '{path}', "
            f"(SELECT new FROM temp.map_{referred} WHERE old = json_extract(s.{column}, '{path}'))) END"
        )
    return f"s.{quoted(column)}"


def join_table(connection: sqlite3.Connection, table: str) -> None:
    """Join the rows of one table. Those it refers to are joined already."""
    described = TABLES[table]
    if described.kind is not Kind.JOINED:
        raise StoreError(f"{table}: its rows are not joined one by one")
    columns = columns_of(connection, table)
    if described.numbered:
        map_numbers(connection, table)
    connection.execute("DROP TABLE IF EXISTS temp.incoming")
    connection.execute(f"CREATE TEMP TABLE incoming AS {incoming(table, columns)}")
    connection.execute(_join(table, described, columns))
    connection.execute("DROP TABLE temp.incoming")


def _join(table: str, described: Described, columns: list[str]) -> str:
    names = ", ".join(map(quoted, columns))
    identity = ("id",) if described.numbered else described.key
    keys = ", ".join(map(quoted, identity))
    rest = tuple(column for column in columns if column not in described.combined and column not in identity)
    groups = {rest: described.newest, **described.together}
    windows = [f"alike AS (PARTITION BY {keys})"]
    values = {column: quoted(column) for column in identity}
    values |= {column: f"min({quoted(column)}) OVER alike" for column in described.least}
    values |= {column: f"max({quoted(column)}) OVER alike" for column in described.greatest}
    for number, (group, order) in enumerate(groups.items()):
        terms = [f"{quoted(term)} DESC" for term in order]
        terms += [f"{natural(described, column)} DESC" for column in group]
        windows.append(f"w{number} AS (PARTITION BY {keys} ORDER BY {', '.join(terms) or '1'})")
        values |= {column: f"first_value({quoted(column)}) OVER w{number}" for column in group}
    chosen = ", ".join(f"{values[column]} AS {quoted(column)}" for column in columns)
    held = f"SELECT {names} FROM main.{table} WHERE ({keys}) IN (SELECT {keys} FROM temp.incoming)"
    return f"""INSERT OR REPLACE INTO main.{table} ({names})
        SELECT {names} FROM (
            SELECT {chosen}, row_number() OVER w0 AS place_
            FROM (SELECT {names} FROM temp.incoming UNION ALL {held})
            WINDOW {", ".join(windows)}
        ) WHERE place_ = 1"""
