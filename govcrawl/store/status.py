"""Coverage, freshness and problems of a corpus, as one dictionary."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from govcrawl.store import coverage
from govcrawl.store.coverage import Only

TOTALS = """
SELECT
    (SELECT count(*) FROM reports WHERE state = 'current') AS reports,
    (SELECT count(*) FROM reports WHERE state = 'superseded') AS superseded,
    (SELECT count(*) FROM reports WHERE state = 'current' AND (agency_id IS NULL OR report_year IS NULL)) AS unplaced,
    (SELECT count(*) FROM reports WHERE state = 'current' AND errors_count > 0) AS with_errors,
    (SELECT count(DISTINCT agency_id) FROM reports WHERE state = 'current') AS agencies,
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

PORTALS = """
SELECT
    p.id, p.name, d.province_code, p.division_code, p.platform, p.state, p.last_success_at,
    (SELECT count(*) FROM problems AS b WHERE b.portal_id = p.id AND b.mended_at IS NULL) AS open_problems
FROM portals AS p
JOIN divisions AS d ON d.code = p.division_code
WHERE (:province IS NULL OR d.province_code = :province) AND (:portal IS NULL OR p.id = :portal)
ORDER BY d.province_code, p.id
"""

PROBLEMS = """
SELECT b.kind, sum(b.mended_at IS NULL) AS open, sum(b.mended_at IS NOT NULL) AS mended,
    min(CASE WHEN b.mended_at IS NULL THEN b.first_seen_at END) AS since, max(b.last_seen_at) AS last_seen_at
FROM problems AS b
LEFT JOIN portals AS p ON p.id = b.portal_id LEFT JOIN divisions AS d ON d.code = p.division_code
WHERE (:province IS NULL OR d.province_code = :province) AND (:portal IS NULL OR p.id = :portal)
GROUP BY b.kind ORDER BY open DESC, b.kind
"""


def status(connection: sqlite3.Connection, only: Only | None = None) -> dict[str, Any]:
    """What `govcrawl status --json` prints.

    Keys: `totals`, `freshness` (with `last_run`), `states`, `years`, `provinces`, `portals`, `agencies`, `problems`.
    What is expected is counted as the view `coverage` does, by state; `agencies` has its rows, and is filled only
    where a portal or an agency is asked for. `totals` and `freshness` are of the whole corpus, whatever is asked for.
    """
    only = only or Only()
    runs = _rows(connection, LAST_RUN)
    for run in runs:
        run["report"] = json.loads(run["report"]) if run["report"] else None
    where = {"province": only.province, "portal": only.portal}
    portals = _rows(connection, PORTALS, where)
    counted = coverage.count(connection, only)
    return {
        "totals": _rows(connection, TOTALS)[0],
        "freshness": {**_rows(connection, FRESHNESS)[0], "last_run": runs[0] if runs else None},
        "states": counted.states(),
        "years": counted.years(),
        "provinces": counted.provinces(portals, _names(connection)),
        "portals": counted.portals(portals),
        "agencies": coverage.rows(connection, only) if only.portal or only.agency else [],
        "problems": _rows(connection, PROBLEMS, where),
    }


def _names(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT code, name FROM divisions WHERE level = 'province'"))


def _rows(connection: sqlite3.Connection, sql: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, values or {})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
