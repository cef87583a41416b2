"""The table of divisions (`data/divisions.csv`): read, checked, loaded once."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from govcrawl.divisions.gazetteer import Divisions
from govcrawl.divisions.names import load_rules
from govcrawl.divisions.successions import FILE, load_heirs, plain_heirs
from govcrawl.lookups import data_folder
from govcrawl.model import Division, RegistryError

TABLE = "divisions.csv"
"""Name of the file: of the program's in its data folder, and of a corpus's own in the folder of the corpus."""
ROOTS = ("state", "province")
"""Levels that lie in nothing else: the centre (100000), and the provinces."""
LEVELS = (*ROOTS, "corps", "prefecture", "county", "zone")
COLUMNS = ("code", "name", "full_name", "level", "parent_code", "province_code", "valid_from", "valid_to")


@cache
def load_divisions(path: Path | None = None) -> Divisions:
    """Load a table of divisions, once for each path.

    A row with `valid_to` is a code or a name no longer in force. A former name of a living code is found, but `get`
    gives the name in force; a former code stands for itself, with its `valid_to` and with what became of it
    (`division_successions.csv` beside the table).

    Raises:
        RegistryError: the file is missing, lacks a column, or holds a row that contradicts another.
    """
    path = path or data_folder() / TABLE
    by_code: dict[str, list[tuple[int, Division]]] = {}
    for line, row in _read_rows(path):
        division = _division(path, line, row)
        by_code.setdefault(division.code, []).append((line, division))
    current = {code: _in_force(path, rows) for code, rows in by_code.items()}
    borne = {(division.parent_code, division.name) for division in current.values() if division.valid_to is None}
    former: dict[str, list[str]] = {}
    for code, rows in by_code.items():
        for line, division in rows:
            for column, other in (("parent_code", division.parent_code), ("province_code", division.province_code)):
                if other and other not in current:
                    raise RegistryError(f"{path}:{line}: {column} {other} is not in the table")
            # 232701 was 加格达奇区, which lives on under another code, before it became 漠河市.
            if division is not current[code] and (division.parent_code, division.name) not in borne:
                former.setdefault(code, []).append(division.name)
    heirs = plain_heirs(current, load_rules()) | load_heirs(path.with_name(FILE), current)
    return Divisions(
        replace(division, former_names=tuple(former.get(code, ())), heirs=heirs.get(code, ()))
        for code, division in current.items()
    )


def _in_force(path: Path, rows: list[tuple[int, Division]]) -> Division:
    """Of the rows of a code the one in force, else the last that was."""
    alive = [row for row in rows if row[1].valid_to is None]
    if len(alive) > 1:
        line, division = alive[1]
        raise RegistryError(f"{path}:{line}: the code {division.code} stands there twice")
    return alive[0][1] if alive else max(rows, key=lambda row: row[1].valid_to or date.min)[1]


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
    if (row["level"] in ROOTS) != (not row["parent_code"]):
        raise RegistryError(f"{path}:{line}: every division but a province needs a parent_code, and a province none")
    since, until = (_day(path, line, column, row[column]) for column in ("valid_from", "valid_to"))
    parent = row["parent_code"] or None
    return Division(code, row["name"], row["full_name"], row["level"], parent, row["province_code"], since, until)


def _day(path: Path, line: int, column: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RegistryError(f"{path}:{line}: {column} {text!r} is no day like 2021-10-31") from error
