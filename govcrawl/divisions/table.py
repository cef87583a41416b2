"""The table of divisions (`data/divisions.csv`): read, checked, loaded once."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from govcrawl.divisions.gazetteer import Divisions
from govcrawl.lookups import data_folder
from govcrawl.model import Division, RegistryError

LEVELS = ("province", "prefecture", "county", "zone")
COLUMNS = ("code", "name", "full_name", "level", "parent_code", "province_code", "valid_from", "valid_to")


@cache
def load_divisions(path: Path | None = None) -> Divisions:
    """Load a table of divisions, once for each path.

    A row with `valid_to` is a name the division no longer bears: it is found, but `get` gives the name in force.

    Raises:
        RegistryError: the file is missing, lacks a column, or holds a row that contradicts another.
    """
    path = path or data_folder() / "divisions.csv"
    rows = _read_rows(path)
    current: dict[str, Division] = {}
    former: dict[str, list[str]] = {}
    for line, row in rows:
        division = _division(path, line, row)
        if row["valid_to"]:
            former.setdefault(division.code, []).append(division.name)
            if any(later["code"] == division.code and not later["valid_to"] for _, later in rows):
                continue
        elif division.code in current and division.name not in former.get(division.code, ()):
            raise RegistryError(f"{path}:{line}: the code {division.code} stands there twice")
        current[division.code] = division
    for line, row in rows:
        for column in ("parent_code", "province_code"):
            if row[column] and row[column] not in current:
                raise RegistryError(f"{path}:{line}: {column} {row[column]} is not in the table")
    return Divisions(current.values(), former)


def _read_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                raise RegistryError(f"{path}:1: the columns {', '.join(missing)} are missing")
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegistryError(f"{path}: cannot be read: {error}") from error
    for line, row in rows:
        if None in row or any(value is None for value in row.values()):
            raise RegistryError(f"{path}:{line}: has not {len(COLUMNS)} fields")
    return rows


def _division(path: Path, line: int, row: Mapping[str, str]) -> Division:
    code = row["code"]
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise RegistryError(f"{path}:{line}: code {code!r} is not six digits")
    if row["level"] not in LEVELS:
        raise RegistryError(f"{path}:{line}: level {row['level']!r} is none of {', '.join(LEVELS)}")
    if not row["name"] or not row["full_name"].endswith(row["name"]):
        raise RegistryError(f"{path}:{line}: full_name {row['full_name']!r} does not end with name {row['name']!r}")
    if (row["level"] == "province") != (not row["parent_code"]):
        raise RegistryError(f"{path}:{line}: every division but a province needs a parent_code, and a province none")
    return Division(code, row["name"], row["full_name"], row["level"], row["parent_code"] or None, row["province_code"])
