"""What the page of a place asks: the division, what it lies in and what lies in it, its portals, where it ranks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from govcrawl.store.asking.rows import row, rows

NATION = "100000"
"""The code of the whole country, and of the bodies of its centre."""

DIVISION = """
SELECT code, name, full_name, level, parent_code, province_code, valid_from, valid_to, former_names
FROM divisions WHERE code = ?
"""

ABOVE = """
WITH RECURSIVE above (code, depth) AS (
    SELECT parent_code, 1 FROM divisions WHERE code = :code
    UNION ALL
    SELECT d.parent_code, a.depth + 1 FROM above AS a JOIN divisions AS d ON d.code = a.code WHERE a.depth < 6
)
SELECT d.code, d.name, d.level FROM above AS a JOIN divisions AS d ON d.code = a.code ORDER BY a.depth DESC
"""

PARENTS = "SELECT code, parent_code FROM divisions WHERE province_code = ?"

# The corps lies in a province and counts as one itself.
CHILDREN_OF_NATION = """
SELECT code, name, level, valid_to FROM divisions WHERE code = province_code AND code <> :code ORDER BY code
"""

CHILDREN = """
SELECT code, name, level, valid_to FROM divisions
WHERE parent_code = :code AND province_code <> code ORDER BY valid_to IS NOT NULL, code
"""

FELLOWS = """
SELECT code, name FROM divisions
WHERE level = :level AND province_code = :province AND valid_to IS NULL ORDER BY code
"""

HEIRS = """
SELECT d.code, d.full_name AS name, s.kind, s.reason
FROM division_successions AS s JOIN divisions AS d ON d.code = s.successor_code WHERE s.code = ? ORDER BY d.code
"""

FOREBEARS = """
SELECT d.code, d.full_name AS name, s.kind, s.reason
FROM division_successions AS s JOIN divisions AS d ON d.code = s.code WHERE s.successor_code = ? ORDER BY d.code
"""

PORTALS = """
SELECT p.id, p.name, p.division_code, p.homepage, p.state, p.last_success_at,
    (SELECT count(*) FROM problems AS b WHERE b.portal_id = p.id AND b.mended_at IS NULL) AS open_problems
FROM portals AS p WHERE p.division_code = ? ORDER BY p.id
"""

PROBLEMS = """
SELECT b.url, b.kind, b.detail, b.last_seen_at, p.name AS portal_name
FROM portals AS p JOIN problems AS b ON b.portal_id = p.id
WHERE p.division_code = ? AND b.mended_at IS NULL ORDER BY b.last_seen_at DESC, b.id DESC LIMIT ?
"""

BODIES = """
SELECT a.id, a.name, a.key, a.division_code, a.kind, a.level, min(n.first_year) AS first_year,
    max(n.last_year) AS last_year, sum(n.reports) AS reports
FROM agencies AS a LEFT JOIN agency_names AS n ON n.agency_id = a.id
WHERE a.division_code = ? GROUP BY a.id
ORDER BY instr('government office department township party institution other', a.kind), a.name LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A division, and what is around it."""

    code: str
    name: str
    full_name: str
    level: str
    province_code: str
    valid_from: str | None = None
    valid_to: str | None = None
    former_names: tuple[str, ...] = ()
    above: tuple[Mapping[str, Any], ...] = ()
    """What it lies in, the widest first: `code`, `name`, `level`. The country is not among them."""
    children: tuple[Mapping[str, Any], ...] = ()
    """What lies in it: `code`, `name`, `level`, `valid_to` (of those no longer in force, which come last)."""
    parents: Mapping[str, str | None] = field(default_factory=dict)
    """Every division of its province → what that lies in."""
    heirs: tuple[Mapping[str, Any], ...] = ()
    """What became of it: `code`, `name`, `kind`, `reason`."""
    forebears: tuple[Mapping[str, Any], ...] = ()
    """What became part of it, in the same way."""

    @property
    def is_nation(self) -> bool:
        return self.code == NATION

    @property
    def parent_code(self) -> str | None:
        """What it is ranked in: the division above it, for provinces the country; its province where the gazetteer
        does not know it."""
        if self.is_nation:
            return None
        if self.code == self.province_code:
            return NATION
        return str(self.above[-1]["code"]) if self.above else self.province_code


def find_place(connection: sqlite3.Connection, code: str) -> Place | None:
    """The division of a code; None where there is none. The country is there in every corpus, and has no name of its
    own: the gazetteer's is that of the centre's bodies."""
    found = row(connection, DIVISION, code)
    if found is None and code != NATION:
        return None
    if code == NATION:
        children = rows(connection, CHILDREN_OF_NATION, {"code": code})
        return Place(code, "", "", "state", NATION, children=tuple(children))
    assert found is not None
    parents = {each["code"]: each["parent_code"] for each in rows(connection, PARENTS, found["province_code"])}
    return Place(
        **{name: found[name] for name in ("code", "name", "full_name", "level", "province_code", "valid_from")},
        valid_to=found["valid_to"],
        former_names=tuple(json.loads(found["former_names"] or "[]")),
        above=tuple(rows(connection, ABOVE, {"code": code})),
        children=tuple(rows(connection, CHILDREN, {"code": code})),
        parents=parents,
        heirs=tuple(rows(connection, HEIRS, code)),
        forebears=tuple(rows(connection, FOREBEARS, code)),
    )


def inside(parents: Mapping[str, str | None], tops: Iterable[str]) -> dict[str, str]:
    """Every division that is one of some places or lies in one → that place; of places in each other the inner one.

    Args:
        parents: division → what it lies in.
        tops: the places.
    """
    wanted = set(tops)
    found: dict[str, str] = {}
    for code in parents:
        at: str | None = code
        passed: set[str] = set()
        while at is not None and at not in wanted and at not in passed:
            passed.add(at)
            at = parents.get(at)
        if at in wanted:
            found[code] = at
    return found


def siblings(connection: sqlite3.Connection, place: Place) -> list[str]:
    """The codes of the divisions in force that lie in what this one lies in and are of its level, itself among them."""
    if place.parent_code is None:
        return []
    if place.parent_code == NATION:
        return [each["code"] for each in rows(connection, CHILDREN_OF_NATION, {"code": NATION})]
    found = rows(connection, CHILDREN, {"code": place.parent_code})
    return [each["code"] for each in found if each["level"] == place.level and each["valid_to"] is None]


def fellows(connection: sqlite3.Connection, place: Place) -> list[str]:
    """The codes of all divisions in force of its level in its province, itself among them."""
    found = rows(connection, FELLOWS, {"level": place.level, "province": place.province_code})
    return [each["code"] for each in found]


def bodies(connection: sqlite3.Connection, code: str, limit: int = 1000) -> list[dict[str, Any]]:
    """The reporting bodies of a division itself, with the years and number of their reports."""
    return rows(connection, BODIES, code, limit)


def portals(connection: sqlite3.Connection, code: str) -> list[dict[str, Any]]:
    """The portals of a division itself."""
    return rows(connection, PORTALS, code)


def problems(connection: sqlite3.Connection, code: str, limit: int = 20) -> list[dict[str, Any]]:
    """What failed last at the portals of a division, and is not mended."""
    return rows(connection, PROBLEMS, code, limit)


@dataclass(frozen=True, slots=True)
class Rank:
    """Where one of several stands; the largest is first, and equals share a place."""

    place: int
    of: int
    """How many have a figure, itself among them."""
    without: int
    """How many have none."""


def rank(code: str, values: Mapping[str, float | None], among: Iterable[str]) -> Rank | None:
    """The rank of a place among others by a figure; None where it has none, or no other has one."""
    codes = list(dict.fromkeys([*among, code]))
    known = {each: value for each in codes if (value := values.get(each)) is not None}
    if code not in known or len(known) < 2:
        return None
    above = sum(value > known[code] for value in known.values())
    return Rank(above + 1, len(known), len(codes) - len(known))
