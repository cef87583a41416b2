"""What the page of a reporting body asks: its names, what it was and became, and its years side by side."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from govcrawl.store.asking.rows import row, rows

AGENCY = """
SELECT a.id, a.name, a.key, a.division_code, a.kind, a.level, a.portal_id, p.name AS portal_name, p.homepage,
    p.state AS portal_state, p.last_success_at, d.full_name AS division_name, d.name AS division_short
FROM agencies AS a
LEFT JOIN portals AS p ON p.id = a.portal_id
LEFT JOIN divisions AS d ON d.code = a.division_code
WHERE a.key = :key AND coalesce(a.division_code, '') = :division
"""

NAMES = """
SELECT name, division_code, first_year, last_year, reports FROM agency_names
WHERE agency_id = ? ORDER BY first_year, last_year, name
"""

LINKS = """
SELECT l.{other} AS id, a.name, a.key, a.division_code, l.kind, l.year, l.reason, l.evidence
FROM agency_links AS l JOIN agencies AS a ON a.id = l.{other}
WHERE l.{own} = ? ORDER BY l.year, a.name
"""

REVIEWS = """
SELECT a.name, a.key, a.division_code, w.reason, w.score
FROM (
    SELECT other_id AS id, reason, score FROM agency_reviews WHERE agency_id = :id
    UNION ALL SELECT agency_id, reason, score FROM agency_reviews WHERE other_id = :id
) AS w JOIN agencies AS a ON a.id = w.id ORDER BY w.score DESC, a.name
"""

YEARS = "SELECT * FROM panel WHERE agency_id = ? ORDER BY report_year"

REPORTS = """
SELECT r.id, r.report_year, r.title, r.agency_name, r.scope, r.form, r.state, r.published_on, r.errors_count,
    r.findings_count, r.confidence,
    EXISTS (SELECT 1 FROM report_sources AS s WHERE s.report_id = r.id)
        AND NOT EXISTS (SELECT 1 FROM report_sources AS s WHERE s.report_id = r.id AND s.vanished_at IS NULL) AS gone,
    (SELECT max(v.silent) FROM report_versions AS v WHERE v.report_id = r.id) AS silent
FROM reports AS r WHERE r.agency_id = ?
ORDER BY r.report_year, r.state, r.published_on, r.id
"""

CROSSED = """
SELECT x.report_id, r.report_year, x.code, x."where", x.verdict, x.expected, x.actual, x.other_report_id, x.other_where
FROM reports AS r JOIN cross_checks AS x ON x.report_id = r.id
WHERE r.agency_id = ? AND r.state = 'current' AND r.report_year IS NOT NULL
    AND x.code IN ('carry_over', 'last_year', 'stock')
ORDER BY r.report_year, x.code, x."where", x.other_report_id
"""

UNREAD = """
SELECT url, report_year, kind, first_seen_at, last_seen_at FROM unread_reports
WHERE agency_id = ? ORDER BY report_year, url
"""

PROBLEMS = """
SELECT kind, count(*) AS urls, max(last_seen_at) AS last_seen_at FROM problems
WHERE portal_id = ? AND mended_at IS NULL GROUP BY kind ORDER BY urls DESC, kind
"""


@dataclass(frozen=True, slots=True)
class Agency:
    """A reporting body, and what is known of it beside its reports."""

    id: int
    about: dict[str, Any]
    """`name`, `key`, `division_code`, `division_name`, `division_short`, `kind`, `level`, `portal_id`, `portal_name`,
    `homepage`, `portal_state`, `last_success_at`."""
    names: list[dict[str, Any]]
    """`name`, `division_code` (of its time), `first_year`, `last_year`, `reports`; the earliest first."""
    earlier: list[dict[str, Any]]
    """Bodies that became this one, or part of it: `name`, `key`, `division_code`, `kind`, `year`, `reason`,
    `evidence`."""
    later: list[dict[str, Any]]
    """Bodies that this one became, in the same way."""
    reviews: list[dict[str, Any]]
    """Bodies that may be the same: `name`, `key`, `division_code`, `reason`, `score`."""
    unread: list[dict[str, Any]]
    """Reports that were fetched and that nobody could read: `url`, `report_year`, `kind`, …"""
    problems: list[dict[str, Any]]
    """What is not mended at its portal: `kind`, `urls`, `last_seen_at`."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """What two years say of each other, for one of the ways to compare them."""

    report_year: int
    """The later one."""
    code: str
    """`carry_over`, `last_year`, `stock`; docs/findings.md."""
    supports: int
    """Cells that agree."""
    contradicts: tuple[dict[str, Any], ...]
    """Those that do not: `report_id`, `where`, `expected`, `actual`, `other_report_id`, `other_where`."""


def find_agency(connection: sqlite3.Connection, division_code: str | None, key: str) -> Agency | None:
    """The body of a division and a key; None where there is none.

    Args:
        division_code: None or empty for a body whose division nobody knows.
    """
    about = row(connection, AGENCY, {"key": key, "division": division_code or ""})
    if about is None:
        return None
    number = int(about.pop("id"))
    return Agency(
        number,
        about,
        rows(connection, NAMES, number),
        rows(connection, LINKS.format(own="later_id", other="earlier_id"), number),
        rows(connection, LINKS.format(own="earlier_id", other="later_id"), number),
        rows(connection, REVIEWS, {"id": number}),
        rows(connection, UNREAD, number),
        rows(connection, PROBLEMS, about["portal_id"]),
    )


def years_side_by_side(connection: sqlite3.Connection, agency_id: int) -> list[dict[str, Any]]:
    """The rows of the panel, oldest first."""
    return rows(connection, YEARS, agency_id)


def reports_of(connection: sqlite3.Connection, agency_id: int) -> list[dict[str, Any]]:
    """Every version of every report: `id`, `report_year`, `title`, `scope`, `form`, `state`, …, `gone` (1: it stands at
    no address any more), `silent` (1: it took an earlier version's place without saying so)."""
    return rows(connection, REPORTS, agency_id)


def crossings(connection: sqlite3.Connection, agency_id: int) -> list[Crossing]:
    """How its years fit together, by year and by what is compared."""
    grouped: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for each in rows(connection, CROSSED, agency_id):
        grouped.setdefault((each["report_year"], each["code"]), []).append(each)
    return [
        Crossing(
            year,
            code,
            sum(each["verdict"] == "supports" for each in found),
            tuple(each for each in found if each["verdict"] == "contradicts"),
        )
        for (year, code), found in grouped.items()
    ]
