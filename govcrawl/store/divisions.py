"""The divisions over time: when they were in force, what they were called before, and what became of them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from govcrawl.divisions import TABLE, Divisions, load_divisions
from govcrawl.model import Division, Heir, RegistryError

Succession = tuple[str, str, str]
"""The code of a successor, `renamed` or `merged`, and the reason."""

DIVISION_HISTORY = """
ALTER TABLE divisions ADD COLUMN valid_from TEXT;
ALTER TABLE divisions ADD COLUMN valid_to TEXT;
ALTER TABLE divisions ADD COLUMN former_names TEXT NOT NULL DEFAULT '[]';
CREATE TABLE division_successions (
    code TEXT NOT NULL REFERENCES divisions (code),
    successor_code TEXT NOT NULL REFERENCES divisions (code) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind IN ('renamed', 'merged')),
    reason TEXT NOT NULL,
    PRIMARY KEY (code, successor_code)
) WITHOUT ROWID;
"""


def stored_divisions(connection: sqlite3.Connection) -> Divisions:
    """The gazetteer as the corpus has it; that of the program for a corpus that has none yet."""
    heirs: dict[str, list[Heir]] = defaultdict(list)
    for code, successor, kind, reason in connection.execute(
        "SELECT code, successor_code, kind, reason FROM division_successions ORDER BY code, successor_code"
    ):
        heirs[code].append(Heir(successor, kind == "renamed", reason))
    rows = connection.execute(
        """SELECT code, name, full_name, level, parent_code, province_code, valid_to, former_names
        FROM divisions WHERE level <> 'unknown' ORDER BY code"""
    )
    found = [
        Division(
            code,
            name,
            full_name,
            level,
            parent,
            province,
            valid_to=date.fromisoformat(until) if until else None,
            former_names=tuple(json.loads(names)),
            heirs=tuple(heirs[code]),
        )
        for code, name, full_name, level, parent, province, until, names in rows
    ]
    return Divisions(found) if found else load_divisions()


def check_table(connection: sqlite3.Connection, table: Path | None) -> None:
    """Make sure that a corpus may be read again with a table of divisions.

    Raises:
        RegistryError: it has bodies or portals in divisions that the table lacks, since it was read with another one:
            they would lose their places, and their reports become others.
    """
    divisions = load_divisions(table)
    rows = connection.execute(
        """SELECT code, full_name FROM divisions WHERE level <> 'unknown'
        AND code IN (SELECT division_code FROM agencies UNION SELECT division_code FROM portals) ORDER BY code"""
    )
    lacking = [f"{code} {name}" for code, name in rows if divisions.get(code) is None]
    if lacking:
        raise RegistryError(
            f"the corpus was read with another table of divisions: {len(lacking)} of its divisions, as {lacking[0]},"
            f" are not in this one; lay that table into the data folder as {TABLE}, or name it by GOVCRAWL_DIVISIONS"
        )


def refresh_divisions(connection: sqlite3.Connection, divisions: Iterable[Division]) -> None:
    """What the gazetteer knows by now of the divisions that a corpus has under the same name."""
    stored = dict(connection.execute("SELECT code, full_name FROM divisions"))
    known = [division for division in divisions if stored.get(division.code) == division.full_name]
    save_histories(connection, known, set(stored))


def save_histories(connection: sqlite3.Connection, divisions: Iterable[Division], codes: Iterable[str]) -> None:
    """Write when divisions were in force, what they were called before, and what became of them.

    Args:
        connection: inside a transaction.
        divisions: whose rows are there.
        codes: of all divisions that are there; heirs that are not are left out.
    """
    there = set(codes)
    held = {
        code: (since, until, names)
        for code, since, until, names in connection.execute(
            "SELECT code, valid_from, valid_to, former_names FROM divisions"
        )
    }
    known: dict[str, set[Succession]] = defaultdict(set)
    for code, *succession in connection.execute("SELECT code, successor_code, kind, reason FROM division_successions"):
        known[code].add((succession[0], succession[1], succession[2]))
    for division in divisions:
        since, until = (day.isoformat() if day else None for day in (division.valid_from, division.valid_to))
        names = json.dumps(division.former_names, ensure_ascii=False)
        if held.get(division.code) != (since, until, names):
            connection.execute(
                "UPDATE divisions SET valid_from = ?, valid_to = ?, former_names = ? WHERE code = ?",
                (since, until, names, division.code),
            )
        heirs = {
            (heir.code, "renamed" if heir.renamed else "merged", heir.reason)
            for heir in division.heirs
            if heir.code in there
        }
        if heirs != known.get(division.code, set()):
            connection.execute("DELETE FROM division_successions WHERE code = ?", (division.code,))
            rows = [(division.code, *heir) for heir in sorted(heirs)]
            connection.executemany("INSERT INTO division_successions VALUES (?, ?, ?, ?)", rows)
