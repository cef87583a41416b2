"""What is derived of the agencies: what they are called, which became which, which may be one. In a transaction."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from govcrawl.agencies import (
    AgencyLink,
    AgencyReview,
    Identity,
    Series,
    agency_kind,
    identify,
    possible_divisions,
)
from govcrawl.divisions import Divisions
from govcrawl.model import AgencyKind
from govcrawl.store.coverage import Only

NAMES = """
INSERT INTO agency_names (agency_id, name, division_code, first_year, last_year, reports)
SELECT agency_id, agency_name, division_code, min(report_year), max(report_year), sum(reports)
FROM (
    SELECT agency_id, agency_name, division_code, report_year, 1 AS reports FROM reports
    UNION ALL SELECT agency_id, agency_name, division_code, report_year, 0 FROM unread_reports
)
WHERE agency_id IS NOT NULL AND agency_name IS NOT NULL
GROUP BY agency_id, agency_name, division_code
ORDER BY agency_id, agency_name, division_code
"""

# The portal of its own division, else the one that has most of its reports.
PORTALS = """
SELECT agency_id, portal_id FROM (
    SELECT f.agency_id, f.portal_id, row_number() OVER (
        PARTITION BY f.agency_id
        ORDER BY p.division_code IS a.division_code DESC, count(*) DESC, f.portal_id
    ) AS place
    FROM (
        SELECT r.agency_id, s.portal_id FROM reports AS r JOIN report_sources AS s ON s.report_id = r.id
        UNION ALL SELECT agency_id, portal_id FROM unread_reports
    ) AS f
    JOIN agencies AS a ON a.id = f.agency_id
    JOIN portals AS p ON p.id = f.portal_id
    GROUP BY f.agency_id, f.portal_id
) WHERE place = 1
"""

COLUMNS = """
SELECT DISTINCT r.agency_id, l.column_url
FROM reports AS r
JOIN report_sources AS s ON s.report_id = r.id AND s.position = 0
JOIN listings AS l ON l.url = s.url
WHERE r.agency_id IS NOT NULL AND l.column_url IS NOT NULL
"""

REVIEWS = """
SELECT d.full_name AS division, a.division_code, w.reason, w.score,
    a.name AS name, a.key AS key, f.first_year, f.last_year,
    b.name AS other_name, b.key AS other_key, g.first_year AS other_first_year, g.last_year AS other_last_year
FROM agency_reviews AS w
JOIN agencies AS a ON a.id = w.agency_id
JOIN agencies AS b ON b.id = w.other_id
LEFT JOIN divisions AS d ON d.code = coalesce(a.division_code, b.division_code)
JOIN (SELECT agency_id, min(first_year) AS first_year, max(last_year) AS last_year FROM agency_names GROUP BY 1) AS f
    ON f.agency_id = a.id
JOIN (SELECT agency_id, min(first_year) AS first_year, max(last_year) AS last_year FROM agency_names GROUP BY 1) AS g
    ON g.agency_id = b.id
WHERE (:province IS NULL OR d.province_code = :province)
    AND (:portal IS NULL OR :portal IN (a.portal_id, b.portal_id))
    AND (:agency IS NULL OR instr(a.name, :agency) > 0 OR instr(b.name, :agency) > 0)
    AND (:year IS NULL OR :year BETWEEN f.first_year AND g.last_year)
ORDER BY w.score DESC, a.division_code, a.key, b.key
"""


def replace_names(connection: sqlite3.Connection, divisions: Divisions) -> int:
    """Write under which names each agency reported, and of these the one it is shown by. Gives the number of names.

    Shown is the full name of the latest year, without brackets; a short one only where no report prints it in full.
    """
    connection.execute("DELETE FROM agency_names")
    names = connection.execute(NAMES).rowcount
    shown: dict[int, tuple[tuple[bool, int, int], Identity]] = {}
    # In the order of the names, the first of equals stays.
    for agency, name, code, year in connection.execute(
        "SELECT agency_id, name, division_code, coalesce(last_year, 0) FROM agency_names ORDER BY name, division_code"
    ):
        identity = identify(name, code, divisions)
        rank = (identity.is_full, year, len(identity.shown))
        if agency not in shown or rank > shown[agency][0]:
            shown[agency] = (rank, identity)
    connection.executemany(
        """UPDATE agencies SET name = ?1, kind = ?2, level = ?3
        WHERE id = ?4 AND (name, kind, level) IS NOT (?1, ?2, ?3)""",
        [(each.shown, agency_kind(each.shown), each.level, agency) for agency, (_, each) in shown.items()],
    )
    portals = dict(connection.execute(PORTALS).fetchall())
    connection.executemany(
        "UPDATE agencies SET portal_id = ?1 WHERE id = ?2 AND portal_id IS NOT ?1",
        [(portals.get(agency), agency) for (agency,) in connection.execute("SELECT id FROM agencies").fetchall()],
    )
    return names


def all_series(connection: sqlite3.Connection, divisions: Divisions) -> Iterator[Series]:
    """Every agency with the years of its reports and the columns that list them."""
    years: dict[int, set[int]] = defaultdict(set)
    for agency, year in connection.execute(
        "SELECT DISTINCT agency_id, report_year FROM reports WHERE agency_id IS NOT NULL AND report_year IS NOT NULL"
    ):
        years[agency].add(year)
    columns: dict[int, set[str]] = defaultdict(set)
    for agency, column in connection.execute(COLUMNS):
        columns[agency].add(column)
    for agency, key, code, kind, name in connection.execute(
        "SELECT id, key, division_code, kind, name FROM agencies ORDER BY coalesce(division_code, ''), key"
    ).fetchall():
        yield Series(
            agency,
            key,
            code,
            AgencyKind(kind),
            name,
            frozenset(years[agency]),
            frozenset(columns[agency]),
            possible_divisions(name, code, divisions),
        )


def replace_links(connection: sqlite3.Connection, links: Iterable[AgencyLink]) -> int:
    """Write which agency became which; gives their number."""
    connection.execute("DELETE FROM agency_links")
    rows = [(e.earlier_id, e.later_id, str(e.kind), e.year, e.reason, e.evidence) for e in links]
    connection.executemany("INSERT INTO agency_links VALUES (?, ?, ?, ?, ?, ?)", rows)
    return len(rows)


def replace_reviews(connection: sqlite3.Connection, reviews: Iterable[AgencyReview]) -> int:
    """Write which agencies may be one; gives the number of pairs."""
    connection.execute("DELETE FROM agency_reviews")
    rows = [(e.agency_id, e.other_id, e.reason, e.score) for e in reviews]
    connection.executemany("INSERT OR REPLACE INTO agency_reviews VALUES (?, ?, ?, ?)", rows)
    return len(rows)


def reviews(connection: sqlite3.Connection, only: Only) -> list[dict[str, Any]]:
    """The pairs of agencies that may be one body, likeliest first, as `govcrawl status --review --json` prints them."""
    cursor = connection.execute(REVIEWS, only.values())
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
