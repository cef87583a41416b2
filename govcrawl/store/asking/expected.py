"""What the law expects against what was found, counted for places, bodies and years.

It is as it was when reports were last related, and follows from the corpus alone.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from govcrawl.store.asking.rows import rows

OWED = "coverage_rows"
"""The relation with a row for each report that is owed: the view `coverage` as it was when reports were related."""

COUNTS = "coverage_counts"
"""The same, counted by portal, year, duty and state."""

NOT_YET_DUE = "not_yet_due"

BY_PROVINCE = f"""
SELECT province_code AS place, report_year, state, sum(expected) AS number, sum(found) AS found
FROM {COUNTS} GROUP BY province_code, report_year, state
"""

# A body counts for its own division, whatever portal it reports at; a government of which nothing was ever found, and a
# body whose division nobody knows, for that of the portal.
BY_DIVISION = f"""
SELECT a.division_code AS place, c.report_year, c.state, count(*) AS number, count(c.report_id) AS found
FROM agencies AS a JOIN {OWED} AS c ON c.agency_id = a.id
WHERE a.division_code IN (SELECT value FROM json_each(:codes))
GROUP BY 1, 2, 3
UNION ALL
SELECT c.division_code, c.report_year, c.state, count(*), count(c.report_id)
FROM {OWED} AS c LEFT JOIN agencies AS a ON a.id = c.agency_id
WHERE c.division_code IN (SELECT value FROM json_each(:codes)) AND a.division_code IS NULL
GROUP BY 1, 2, 3
"""

_BODY = """
SELECT c.agency_id, c.agency_name, c.agency_kind, a.key, a.division_code, a.level, c.report_year, c.state, c.report_id,
    c.due_on, c.published_on, c.late, c.portal_id
"""

OF_DIVISION = f"""
{_BODY} FROM agencies AS a JOIN {OWED} AS c ON c.agency_id = a.id
WHERE a.division_code = :code AND c.report_year = :year
UNION ALL
{_BODY} FROM {OWED} AS c LEFT JOIN agencies AS a ON a.id = c.agency_id
WHERE c.division_code = :code AND c.report_year = :year AND a.division_code IS NULL
ORDER BY 2
"""

OF_AGENCY = f"""
SELECT report_year, state, report_id, due_on, published_on, late, portal_id, portal_name
FROM {OWED} WHERE agency_id = ? ORDER BY report_year
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Owed reports, counted by state."""

    states: Mapping[str, int] = field(default_factory=dict)
    """State of `coverage` → how many."""
    found: int = 0
    """Those of which the corpus has a report, readable or not."""

    @property
    def expected(self) -> int:
        """All whose day has come, and those that were found before theirs."""
        return sum(self.states.values()) - self.not_yet_due

    @property
    def not_yet_due(self) -> int:
        """Not found, while the law still gives time."""
        return self.states.get(NOT_YET_DUE, 0)

    @property
    def lacking(self) -> int:
        """Expected and not found, for whatever reason."""
        return self.expected - self.found

    @property
    def share(self) -> float | None:
        """Found of expected, 0 to 1; None where nothing is expected."""
        return self.found / self.expected if self.expected else None


class Counted:
    """Owed reports of places and years, counted once and summed as asked."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Args: rows with `place`, `report_year`, `state`, `number`, `found`."""
        self._rows = list(rows)

    @property
    def years(self) -> list[int]:
        """Every year of which anything is expected, oldest first."""
        return sorted({row["report_year"] for row in self._rows})

    def total(self, year: int | None = None) -> Standing:
        """Everything together, of one year or of all."""
        return _sum(row for row in self._rows if year in (None, row["report_year"]))

    def by_year(self) -> dict[int, Standing]:
        """A standing for each year."""
        return {year: self.total(year) for year in self.years}

    def by_place(self, year: int | None = None, within: Mapping[str, str] | None = None) -> dict[str, Standing]:
        """A standing for each place, of one year or of all.

        Args:
            within: division → the place it is counted for; those it does not name are left out. Without it each
                division is counted for itself.
        """
        grouped: dict[str, list[Mapping[str, Any]]] = {}
        for row in self._rows:
            place = row["place"] if within is None else within.get(row["place"])
            if place is not None and year in (None, row["report_year"]):
                grouped.setdefault(place, []).append(row)
        return {place: _sum(own) for place, own in grouped.items()}


def settled_year(standings: Mapping[int, Standing]) -> int | None:
    """The latest year that is due and of which at least half as much was found as of any other; None where none is due.

    The last year's reports come in over months: what its first few say would mislead.
    """
    due = sorted(year for year, standing in standings.items() if standing.expected > standing.not_yet_due)
    most = max((standings[year].found for year in due), default=0)
    return next((year for year in reversed(due) if 2 * standings[year].found >= most), None)


def _sum(rows: Iterable[Mapping[str, Any]]) -> Standing:
    states: Counter[str] = Counter()
    found = 0
    for row in rows:
        states[row["state"]] += row["number"]
        found += row["found"] or 0
    return Standing(dict(states), found)


def count_provinces(connection: sqlite3.Connection) -> Counted:
    """The whole corpus; its places are the provinces, the corps and the centre, by the portals that owe."""
    return Counted(rows(connection, BY_PROVINCE))


def count_divisions(connection: sqlite3.Connection, codes: Iterable[str]) -> Counted:
    """The bodies of some divisions; its places are these divisions."""
    return Counted(rows(connection, BY_DIVISION, {"codes": json.dumps(list(codes))}))


def owed_by_bodies(connection: sqlite3.Connection, code: str, year: int) -> list[dict[str, Any]]:
    """The bodies of a division with what they owe for a year, by name.

    Returns:
        Rows with `agency_id`, `key` and `division_code` (null where nothing was ever found of the division's own
        government), `agency_name`, `agency_kind`, `level`, `state`, `report_id`, `due_on`, `published_on`, `late`,
        `portal_id`.
    """
    return rows(connection, OF_DIVISION, {"code": code, "year": year})


def owed_by_agency(connection: sqlite3.Connection, agency_id: int) -> list[dict[str, Any]]:
    """What one body owes, year by year."""
    return rows(connection, OF_AGENCY, agency_id)
