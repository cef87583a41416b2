"""What the home page asks: what the corpus holds, how fresh it is, and what failed last."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from govcrawl.store.asking.rows import row, rows

# SQLite 3.40 takes the index of all reports for the few, unless it is told.
HOLDINGS = """
SELECT
    (SELECT count(*) FROM reports WHERE state = 'current') AS reports,
    (SELECT count(*) FROM reports WHERE state = 'superseded') AS superseded,
    (SELECT count(*) FROM reports INDEXED BY reports_errors
     WHERE state = 'current' AND errors_count > 0) AS with_errors,
    (SELECT count(*) FROM reports INDEXED BY reports_unreadable
     WHERE state = 'current' AND form = 'none') AS unreadable,
    (SELECT count(*) FROM reports INDEXED BY reports_agency_year WHERE state = 'current' AND agency_id IS NULL)
        + (SELECT count(*) FROM reports WHERE state = 'current' AND report_year IS NULL AND agency_id IS NOT NULL)
        AS unplaced,
    (SELECT min(report_year) FROM reports WHERE state = 'current') AS first_year,
    (SELECT max(report_year) FROM reports WHERE state = 'current') AS last_year,
    (SELECT count(DISTINCT agency_id) FROM reports WHERE state = 'current') AS agencies,
    (SELECT count(*) FROM portals) AS portals,
    (SELECT count(*) FROM portals WHERE state = 'blocked') AS portals_blocked,
    (SELECT count(*) FROM portals WHERE state = 'unvisited') AS portals_unvisited,
    (SELECT count(*) FROM problems WHERE mended_at IS NULL) AS open_problems
"""

FRESHNESS = """
SELECT
    max(
        coalesce((SELECT max(checked_at) FROM captures WHERE checked_at IS NOT NULL), ''),
        coalesce((SELECT max(fetched_at) FROM captures), '')
    ) AS last_fetched_at,
    (SELECT max(last_seen_at) FROM report_sources) AS last_report_seen_at,
    (SELECT max(published_on) FROM reports) AS last_published_on
"""

# The command `refresh` runs spiders that have rows of their own; they name it in their arguments.
LAST_RUN = """
SELECT command, started_at, finished_at, exit_code FROM crawl_runs
WHERE json_extract(arguments, '$.refresh') IS NULL ORDER BY id DESC LIMIT 1
"""

PROBLEMS = """
SELECT b.url, b.kind, b.detail, b.count, b.first_seen_at, b.last_seen_at, b.portal_id, p.name AS portal_name,
    p.division_code
FROM problems AS b LEFT JOIN portals AS p ON p.id = b.portal_id
WHERE b.mended_at IS NULL
ORDER BY b.last_seen_at DESC, b.id DESC LIMIT ?
"""

PROVINCES = """
SELECT d.province_code AS code, coalesce(n.name, d.province_code) AS name, count(*) AS portals,
    sum(p.state = 'blocked') AS blocked, sum(p.state = 'failing') AS failing, sum(p.state = 'unvisited') AS unvisited,
    max(p.last_success_at) AS last_success_at
FROM portals AS p
JOIN divisions AS d ON d.code = p.division_code
LEFT JOIN divisions AS n ON n.code = d.province_code
GROUP BY d.province_code ORDER BY d.province_code
"""


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many of everything there is."""

    reports: int
    """Current ones; the others are counted of these, where nothing else is said."""
    superseded: int
    """Earlier versions, beside them."""
    with_errors: int
    unreadable: int
    unplaced: int
    """Whose agency or year nobody knows, and which no agency's page and no count of coverage has."""
    agencies: int
    portals: int
    portals_blocked: int
    portals_unvisited: int
    first_year: int | None
    last_year: int | None
    open_problems: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """When the corpus last heard of anything. Times are UTC; all are None in an empty corpus."""

    last_fetched_at: str | None
    last_report_seen_at: str | None
    last_published_on: str | None
    last_run: dict[str, Any] | None
    """`command`, `started_at`, `finished_at`, `exit_code`; None where nothing was crawled into it."""


def holdings(connection: sqlite3.Connection) -> Holdings:
    """What the corpus holds."""
    return Holdings(**(row(connection, HOLDINGS) or {}))


def freshness(connection: sqlite3.Connection) -> Freshness:
    """How old it is."""
    days = row(connection, FRESHNESS) or {}
    return Freshness(**{name: day or None for name, day in days.items()}, last_run=row(connection, LAST_RUN))


def freshest_problems(connection: sqlite3.Connection, limit: int = 10) -> list[dict[str, Any]]:
    """What failed last and is not mended: `url`, `kind`, `detail`, `count`, the times, the portal's name and place."""
    return rows(connection, PROBLEMS, limit)


def provinces(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every province that has portals: `code`, `name`, `portals`, and how these did when they were last visited."""
    return rows(connection, PROVINCES)
