"""What a run changed: the state before it, and the rows that differ after it. For readers and the writer alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from govcrawl.store.rows import stamp
from govcrawl.store.status import status

MOST_NAMED = 200
"""Rows named one by one; all are counted."""

VANISHED = """
SELECT s.url, s.portal_id, s.vanished, s.report_id, r.title FROM report_sources AS s
JOIN reports AS r ON r.id = s.report_id
WHERE s.vanished_at >= :since ORDER BY s.portal_id, s.url
"""

TROUBLE = """
SELECT p.id, p.name, p.state, b.kind || ': ' || b.detail AS reason FROM portals AS p
LEFT JOIN problems AS b ON b.id = coalesce(
    (SELECT max(h.id) FROM problems AS h WHERE h.url = p.homepage AND h.mended_at IS NULL AND h.last_seen_at >= :since),
    (SELECT max(o.id) FROM problems AS o WHERE o.portal_id = p.id AND o.mended_at IS NULL AND o.last_seen_at >= :since)
)
WHERE p.visited_at >= :since AND p.state IN ('failing', 'blocked') ORDER BY p.state, p.id
"""

PROBLEM = "SELECT id, url, portal_id, kind, detail FROM problems WHERE mended_at IS NULL ORDER BY id"
COLUMNS = "SELECT portal_id, url, state, moved_to FROM columns WHERE state <> 'working' ORDER BY portal_id, url"


@dataclass(frozen=True, slots=True)
class Before:
    """What was so already when a run began."""

    problems: frozenset[int]
    """Ids of the open problems."""
    columns: frozenset[tuple[str, str, str]]
    """Portal, address and state of the columns that were not working."""


def before(connection: sqlite3.Connection) -> Before:
    """The state to compare a run's end with."""
    problems = connection.execute("SELECT id FROM problems WHERE mended_at IS NULL")
    columns = connection.execute(COLUMNS)
    return Before(frozenset(row[0] for row in problems), frozenset(row[:3] for row in columns))


def changes(connection: sqlite3.Connection, earlier: Before, since: datetime) -> dict[str, Any]:
    """What differs from the state before, and the coverage now.

    Keys: `vanished_count` and `vanished`; `problems_new`, `problems_mended`, `problems_open` (kind → number) and
    `problems_named`; `columns` that stopped working; `portals` (state → number of those visited) and
    `portals_in_trouble`; `coverage` by province. Lists end at 200 rows.
    """
    given = {"since": stamp(since)}
    vanished = _rows(connection.execute(VANISHED, given))
    fresh = [row for row in _rows(connection.execute(PROBLEM)) if row["id"] not in earlier.problems]
    columns = [
        row
        for row in _rows(connection.execute(COLUMNS))
        if (row["portal_id"], row["url"], row["state"]) not in earlier.columns
    ]
    mended = connection.execute(
        "SELECT kind, count(*) FROM problems WHERE mended_at >= :since GROUP BY kind ORDER BY kind", given
    )
    still = connection.execute(
        "SELECT kind, count(*) FROM problems WHERE mended_at IS NULL GROUP BY kind ORDER BY kind"
    )
    visited = connection.execute(
        "SELECT state, count(*) FROM portals WHERE visited_at >= :since GROUP BY state ORDER BY state", given
    )
    return {
        "vanished_count": len(vanished),
        "vanished": vanished[:MOST_NAMED],
        "problems_new": _counted(row["kind"] for row in fresh),
        "problems_named": [{k: v for k, v in row.items() if k != "id"} for row in fresh[:MOST_NAMED]],
        "problems_mended": dict(mended.fetchall()),
        "problems_open": dict(still.fetchall()),
        "columns": columns[:MOST_NAMED],
        "portals": dict(visited.fetchall()),
        "portals_in_trouble": _rows(connection.execute(TROUBLE, given))[:MOST_NAMED],
        "coverage": status(connection)["provinces"],
    }


def last_coverage(connection: sqlite3.Connection, run_id: int) -> dict[str, float]:
    """Province code → share of the expected reports that was found, as the last refresh before a run told it."""
    row = connection.execute(
        """SELECT json_extract(report, '$.coverage') FROM crawl_runs
        WHERE command = 'refresh' AND id < ? AND json_extract(report, '$.coverage') IS NOT NULL
        ORDER BY id DESC LIMIT 1""",
        (run_id,),
    ).fetchone()
    if row is None:
        return {}
    found = connection.execute(
        "SELECT json_extract(value, '$.code'), json_extract(value, '$.share') FROM json_each(?)", row
    )
    return {code: share for code, share in found if share is not None}


def _counted(kinds: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for kind in kinds:
        counts[kind] = counts.get(kind, 0) + 1
    return dict(sorted(counts.items()))


def _rows(cursor: sqlite3.Cursor) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
