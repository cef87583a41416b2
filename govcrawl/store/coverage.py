"""Expected against found, counted by state for provinces, portals and years."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

STATES = (
    "current",
    "late",
    "inconsistent",
    "unreadable",
    "missing",
    "unreachable",
    "blocked",
    "unvisited",
    "not_yet_due",
)
"""What can be said of a report that an agency owes; docs/database.md says what each means."""

_COUNT = """
SELECT province_code, portal_id, report_year, state, count(*), sum(report_id IS NOT NULL), sum(late)
FROM coverage
WHERE (:province IS NULL OR province_code = :province) AND (:portal IS NULL OR portal_id = :portal)
    AND (:agency IS NULL OR instr(agency_name, :agency) > 0) AND (:year IS NULL OR report_year = :year)
GROUP BY province_code, portal_id, report_year, state
"""

_ROWS = """
SELECT portal_id, agency_name, agency_kind, report_year, due_on, published_on, report_id, state
FROM coverage
WHERE (:province IS NULL OR province_code = :province) AND (:portal IS NULL OR portal_id = :portal)
    AND (:agency IS NULL OR instr(agency_name, :agency) > 0) AND (:year IS NULL OR report_year = :year)
ORDER BY portal_id, agency_name, report_year
"""


@dataclass(frozen=True, slots=True)
class Only:
    """What is looked at; None for everything."""

    province: str | None = None
    """The code of a province."""
    portal: str | None = None
    agency: str | None = None
    """A part of the name."""
    year: int | None = None

    def values(self) -> dict[str, Any]:
        """The parameters of the queries."""
        return {"province": self.province, "portal": self.portal, "agency": self.agency, "year": self.year}


@dataclass(slots=True)
class Tally:
    """Owed reports by their state."""

    by_state: Counter[str] = field(default_factory=Counter)
    found: int = 0
    late: int = 0

    def add(self, state: str, number: int, found: int, late: int) -> None:
        """Count a few that are in one state."""
        self.by_state[state] += number
        self.found += found
        self.late += late

    def to_dict(self) -> dict[str, int]:
        """The numbers as they are printed; `published_late` counts also the late ones that are in another state."""
        expected = sum(self.by_state.values())
        return {
            **{state: self.by_state[state] for state in STATES},
            "expected": expected,
            "found": self.found,
            "published_late": self.late,
        }


class Counted:
    """The coverage of a corpus, counted once and summed as asked."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._rows = [tuple(row) for row in rows]

    def states(self) -> dict[str, int]:
        """Everything together."""
        return self._sum("all", lambda row: "all").get("all", Tally()).to_dict()

    def years(self) -> list[dict[str, Any]]:
        """A row a year."""
        tallies = self._sum("year", lambda row: row[2])
        return [{"report_year": year, **tallies[year].to_dict()} for year in sorted(tallies)]

    def portals(self, portals: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The given portals with what is owed and found of each."""
        tallies = self._sum("portal", lambda row: row[1])
        return [{**portal, **tallies.get(portal["id"], Tally()).to_dict()} for portal in portals]

    def provinces(self, portals: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[dict[str, Any]]:
        """A row a province that has portals, with how its portals did."""
        tallies = self._sum("province", lambda row: row[0])
        found = []
        for code in sorted({portal["province_code"] for portal in portals}):
            own = [portal for portal in portals if portal["province_code"] == code]
            states = Counter(portal["state"] for portal in own)
            found.append(
                {
                    "province_code": code,
                    "name": names.get(code, code),
                    "portals": len(own),
                    **{state: states[state] for state in ("working", "failing", "unvisited")},
                    "portals_blocked": states["blocked"],
                    "open_problems": sum(portal["open_problems"] for portal in own),
                    "last_success_at": max((p["last_success_at"] for p in own if p["last_success_at"]), default=None),
                    **tallies.get(code, Tally()).to_dict(),
                }
            )
        return found

    def _sum(self, what: str, key: Any) -> dict[Any, Tally]:
        tallies: dict[Any, Tally] = {}
        for row in self._rows:
            tallies.setdefault(key(row), Tally()).add(*row[3:])
        return tallies


def count(connection: sqlite3.Connection, only: Only) -> Counted:
    """Count the view `coverage`."""
    return Counted(connection.execute(_COUNT, only.values()))


def rows(connection: sqlite3.Connection, only: Only) -> list[dict[str, Any]]:
    """The view's own rows, agency by agency."""
    cursor = connection.execute(_ROWS, only.values())
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
