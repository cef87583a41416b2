"""What other programs read in an export, told the same way for all formats."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import pyreadstat
from openpyxl.utils.escape import unescape

from govcrawl.store import Corpus
from govcrawl.store.exporting import source

Row = tuple[Any, ...]


def wanted(corpus: Corpus, table: str) -> list[dict[str, Any]]:
    """The rows of a table as an export has to have them."""
    of = source(corpus, table)
    return [dict(zip([column.name for column in of.columns], row, strict=True)) for row in of.rows()]


def told(value: Any) -> Any:
    """A value whatever the program calls it: a missing one, an empty text and NaN are None, a day is a text."""
    if value is pandas.NaT:
        return None
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or value == "" or value != value:
        return None
    return float(value) if isinstance(value, int | float) else str(value)


def rows_of(frame: pandas.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): told(value) for name, value in row.items()} for row in frame.to_dict("records")]


def by_pandas_csv(folder: Path, table: str) -> list[dict[str, Any]]:
    texts = {"division_code": str, "province_code": str, "template_version": str, "code": str, "parent_code": str}
    frame = pandas.read_csv(folder / f"{table}.csv", dtype=texts, keep_default_na=False, na_values=[""])
    return rows_of(frame)


def by_duckdb(path: Path, reader: str) -> list[dict[str, Any]]:
    connection = duckdb.connect(config={"threads": 1})
    found = connection.execute(f"SELECT * FROM {reader}(?)", [str(path)])
    names = [column[0] for column in found.description]
    return [{name: told(value) for name, value in zip(names, row, strict=True)} for row in found.fetchall()]


def by_duckdb_parquet(folder: Path, table: str) -> list[dict[str, Any]]:
    return by_duckdb(folder / f"{table}.parquet", "read_parquet")


def by_pandas_parquet(folder: Path, table: str) -> list[dict[str, Any]]:
    return rows_of(pandas.read_parquet(folder / f"{table}.parquet"))


def by_openpyxl(folder: Path, table: str) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(folder / f"{table}.xlsx")
    heads, *rows = book[table].iter_rows(values_only=True)
    return [{str(name): told(spoken(value)) for name, value in zip(heads, row, strict=True)} for row in rows]


def spoken(value: Any) -> Any:
    """A cell's text as Excel shows it: openpyxl leaves control characters as they are written (`_x0001_`)."""
    return unescape(value) if isinstance(value, str) else value


def by_pandas_stata(folder: Path, table: str) -> list[dict[str, Any]]:
    return rows_of(pandas.read_stata(folder / f"{table}.dta", convert_categoricals=False))


def by_pyreadstat(folder: Path, table: str) -> list[dict[str, Any]]:
    frame, _ = pyreadstat.read_dta(folder / f"{table}.dta")
    return rows_of(frame)


def by_sqlite(folder: Path, table: str) -> list[dict[str, Any]]:
    connection = sqlite3.connect(folder / "corpus.db")
    found = connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in found.description]
    rows = [{name: told(value) for name, value in zip(names, row, strict=True)} for row in found]
    connection.close()
    return rows


def by_json(folder: Path, table: str) -> list[dict[str, Any]]:
    lines = (folder / f"{table}.jsonl").read_text(encoding="utf-8").split("\n")
    return [{name: told(value) for name, value in json.loads(line).items()} for line in lines if line]


READERS: dict[str, tuple[Callable[[Path, str], list[dict[str, Any]]], ...]] = {
    "csv": (by_pandas_csv,),
    "parquet": (by_duckdb_parquet, by_pandas_parquet),
    "xlsx": (by_openpyxl,),
    "jsonl": (by_json,),
    "dta": (by_pandas_stata, by_pyreadstat),
    "sqlite": (by_sqlite,),
}
"""Independent readers of each format."""
