"""Coverage, freshness and problems of a corpus, as one dictionary."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

TOTALS = """
SELECT
    (SELECT count(*) FROM reports WHERE state = 'current') AS reports,
    (SELECT count(*) FROM reports WHERE state = 'superseded') AS superseded,
    (SELECT count(*) FROM reports WHERE state = 'current' AND (agency_id IS NULL OR report_year IS NULL)) AS unplaced,
    (SELECT count(*) FROM reports WHERE state = 'current' AND errors_count > 0) AS with_errors,
    (SELECT count(*) FROM agencies) AS agencies,
    (SELECT count(*) FROM portals) AS portals,
    (SELECT count(*) FROM captures) AS captures,
    (SELECT count(*) FROM captures WHERE read_at IS NULL) AS unread_captures,
    (SELECT count(*) FROM duplicates) AS duplicates,
    (SELECT count(*) FROM problems WHERE mended_at IS NULL) AS open_problems
"""

FRESHNESS = """
SELECT
    (SELECT max(coalesce(checked_at, fetched_at)) FROM captures) AS last_fetched_at,
    (SELECT max(last_seen_at) FROM report_sources) AS last_report_seen_at,
    (SELECT max(published_on) FROM reports) AS last_published_on
"""

LAST_RUN = """
SELECT id, command, started_at, finished_at, exit_code, report FROM crawl_runs
WHERE json_extract(arguments, '$.refresh') IS NULL ORDER BY id DESC LIMIT 1
"""

YEARS = """
SELECT report_year, sum(expected) AS expected, sum(found) AS found, sum(missing) AS missing, sum(late) AS late
FROM coverage GROUP BY report_year ORDER BY report_year
"""

PORTALS = """
WITH kept AS (
    SELECT portal_id, sum(expected) AS expected, sum(found) AS found, sum(missing) AS missing
    FROM coverage GROUP BY portal_id
),
broken AS (
    SELECT portal_id, count(*) AS open_problems FROM problems WHERE mended_at IS NULL GROUP BY portal_id
)
SELECT
    p.id, p.name, d.province_code, p.division_code, p.platform, p.state, p.last_success_at,
    coalesce(kept.expected, 0) AS expected, coalesce(kept.found, 0) AS found, coalesce(kept.missing, 0) AS missing,
    coalesce(broken.open_problems, 0) AS open_problems
FROM portals AS p
JOIN divisions AS d ON d.code = p.division_code
LEFT JOIN kept ON kept.portal_id = p.id
LEFT JOIN broken ON broken.portal_id = p.id
ORDER BY d.province_code, p.id
"""

PROVINCES = f"""
SELECT
    q.province_code, n.name, count(*) AS portals, sum(q.state = 'working') AS working,
    sum(q.state = 'blocked') AS blocked, sum(q.state = 'failing') AS failing, sum(q.state = 'unvisited') AS unvisited,
    sum(q.expected) AS expected, sum(q.found) AS found, sum(q.missing) AS missing,
    sum(q.open_problems) AS open_problems, max(q.last_success_at) AS last_success_at
FROM ({PORTALS}) AS q
LEFT JOIN divisions AS n ON n.code = q.province_code
GROUP BY q.province_code
ORDER BY q.province_code
"""

PROBLEMS = """
SELECT kind, sum(mended_at IS NULL) AS open, sum(mended_at IS NOT NULL) AS mended,
    min(CASE WHEN mended_at IS NULL THEN first_seen_at END) AS since, max(last_seen_at) AS last_seen_at
FROM problems GROUP BY kind ORDER BY open DESC, kind
"""


def status(connection: sqlite3.Connection) -> dict[str, Any]:
    """What `govcrawl status --json` prints.

    Keys: `totals`, `freshness` (with `last_run`), `years`, `provinces`, `portals`, `problems`. Expected and found are
    counted as the view `coverage` does.
    """
    runs = _rows(connection, LAST_RUN)
    for run in runs:
        run["report"] = json.loads(run["report"]) if run["report"] else None
    return {
        "totals": _rows(connection, TOTALS)[0],
        "freshness": {**_rows(connection, FRESHNESS)[0], "last_run": runs[0] if runs else None},
        "years": _rows(connection, YEARS),
        "provinces": _rows(connection, PROVINCES),
        "portals": _rows(connection, PORTALS),
        "problems": _rows(connection, PROBLEMS),
    }


def _rows(connection: sqlite3.Connection, sql: str) -> list[dict[str, Any]]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
