"""Places and agencies by what they are, or were, called."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 10

# Those called exactly so first, then the greater places, whose codes end in more zeros.
PLACES = """
SELECT code, full_name, level, valid_to FROM divisions
WHERE level <> 'unknown' AND {words}
ORDER BY name <> :whole AND full_name <> :whole, valid_to IS NOT NULL, length(rtrim(code, '0')), code LIMIT :most
"""
PLACE_WORD = "(instr(full_name, :{0}) OR instr(former_names, :{0}))"

AGENCIES = """
WITH RECURSIVE named AS (
    SELECT a.id, a.name AS called FROM agencies AS a
    UNION ALL
    SELECT n.agency_id, n.name FROM agency_names AS n
), found AS (
    SELECT id, max(called) AS called FROM named WHERE {words} GROUP BY id
), inside (code) AS (
    SELECT :place
    UNION
    SELECT d.code FROM inside AS i JOIN divisions AS d ON d.parent_code = i.code OR d.province_code = i.code
)
SELECT a.name, a.key, a.division_code, d.full_name, a.kind, f.called
FROM found AS f JOIN agencies AS a ON a.id = f.id LEFT JOIN divisions AS d ON d.code = a.division_code
WHERE (:place IS NULL OR a.division_code IN (SELECT code FROM inside))
ORDER BY a.name <> :whole, length(a.name), a.name, a.id LIMIT :most
"""
AGENCY_WORD = "instr(called, :{0})"


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A division."""

    code: str
    full_name: str
    level: str
    valid_to: str | None


@dataclass(frozen=True, slots=True)
class NamedAgency:
    """An agency, and the name of it that was found."""

    name: str
    key: str
    division_code: str | None
    place: str | None
    kind: str
    called: str


def places_named(connection: sqlite3.Connection, text: str, most: int = MOST) -> list[NamedPlace]:
    """The divisions in whose name, or former name, all words of a text stand."""
    told = _asked(text)
    if not told:
        return []
    sql = PLACES.format(words=" AND ".join(PLACE_WORD.format(name) for name in told))
    return [NamedPlace(*row) for row in connection.execute(sql, told | {"whole": text.strip(), "most": most})]


def agencies_named(
    connection: sqlite3.Connection, text: str, most: int = MOST, place: str | None = None
) -> list[NamedAgency]:
    """The agencies in one of whose names all words of a text stand, those with the shortest name first.

    Args:
        connection: for reading.
        text: words apart by spaces.
        most: how many are given.
        place: code of a division; only agencies of it and of all that lies in it.
    """
    told = _asked(text)
    if not told:
        return []
    sql = AGENCIES.format(words=" AND ".join(AGENCY_WORD.format(name) for name in told))
    return [
        NamedAgency(*row)
        for row in connection.execute(sql, told | {"whole": text.strip(), "most": most, "place": place or None})
    ]


def place_called(connection: sqlite3.Connection, text: str) -> NamedPlace | None:
    """The division of a code, or the only one in force that is called so; None where there is none, or several."""
    asked = text.strip()
    rows = connection.execute(
        """SELECT code, full_name, level, valid_to FROM divisions
        WHERE code = :asked OR ((name = :asked OR full_name = :asked) AND valid_to IS NULL)
        ORDER BY code <> :asked, full_name <> :asked LIMIT 3""",
        {"asked": asked},
    ).fetchall()
    exact = [row for row in rows if row[0] == asked or row[1] == asked]
    chosen: Sequence[tuple[str, str, str, str | None]] = exact[:1] or (rows if len(rows) == 1 else [])
    return NamedPlace(*chosen[0]) if chosen else None


def _asked(text: str) -> dict[str, str]:
    return {f"w{number}": word for number, word in enumerate(text.split()[:8])}
