"""The versions of a report: those before and after it, what one changed of the other, and how it was read before."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from govcrawl.store.asking.rows import rows

MOST = 50
"""Versions of one report that are followed; nobody has seen ten."""

CHAIN = f"""
WITH RECURSIVE
    after (id, depth) AS (
        SELECT :id, 0
        UNION SELECT v.report_id, depth + 1 FROM after JOIN report_versions AS v ON v.earlier_id = after.id
        WHERE depth < {MOST}
    ),
    before (id, depth) AS (
        SELECT :id, 0
        UNION SELECT v.earlier_id, depth + 1 FROM before JOIN report_versions AS v ON v.report_id = before.id
        WHERE depth < {MOST}
    )
SELECT r.id, r.title, r.state, r.published_on, r.agency_name, r.report_year,
    min(s.first_seen_at) AS first_seen_at, max(s.last_seen_at) AS last_seen_at
FROM (SELECT id FROM after UNION SELECT id FROM before) AS c
JOIN reports AS r ON r.id = c.id
LEFT JOIN report_sources AS s ON s.report_id = r.id
GROUP BY r.id ORDER BY first_seen_at, r.state = 'current', r.id
"""

STEPS = """
SELECT * FROM report_versions WHERE report_id = :id OR earlier_id = :id ORDER BY report_id, earlier_id
"""

CHANGES = """
SELECT report_id, earlier_id, "where", old, new, old_raw, new_raw FROM report_changes
WHERE report_id = ? ORDER BY earlier_id, "where"
"""

CHANGES_OF_CELL = """
SELECT c.report_id, c.earlier_id, c.old, c.new, c.old_raw, c.new_raw, c."where",
    c.old_first_seen_at, c.old_last_seen_at, c.new_first_seen_at, c.new_last_seen_at, v.silent
FROM report_changes AS c
JOIN report_versions AS v ON v.report_id = c.report_id AND v.earlier_id = c.earlier_id
WHERE c.report_id = :report AND c."where" IN (:where, :where || '/unit')
ORDER BY c.new_first_seen_at, c.earlier_id
"""

REREAD = """
SELECT "where", old, new, old_version, new_version, reread_at FROM rereadings
WHERE report_id = ? ORDER BY reread_at, "where"
"""

ALIKE = """
SELECT l.kind, l.score, l.section, l.passage, l.other_section, l.other_passage, l.length, :id = l.report_id AS later,
    o.id AS other_id, o.agency_name, o.report_year, o.title
FROM report_links AS l JOIN reports AS o ON o.id = iif(l.report_id = :id, l.other_id, l.report_id)
WHERE l.report_id = :id OR l.other_id = :id
ORDER BY l.kind, l.length DESC, l.score DESC, o.id, l.position LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Versions:
    """A report among its versions."""

    chain: list[dict[str, Any]]
    """Every version, this one among them, the oldest first: `id`, `title`, `state`, `published_on`, `agency_name`,
    `report_year`, `first_seen_at`, `last_seen_at`."""
    steps: list[dict[str, Any]]
    """The rows of `report_versions` that this report is part of."""
    changes: dict[str, list[dict[str, Any]]]
    """Earlier version → what this one changed of it."""

    def later(self, report_id: str) -> list[dict[str, Any]]:
        """The versions that took this one's place."""
        ids = [step["report_id"] for step in self.steps if step["earlier_id"] == report_id]
        return [version for version in self.chain if version["id"] in ids]

    def changed(self) -> set[str]:
        """Every cell, section and fact that this version changed of any before it."""
        return {change["where"] for changes in self.changes.values() for change in changes}


def versions(connection: sqlite3.Connection, report_id: str) -> Versions:
    """The versions of a report."""
    changes: dict[str, list[dict[str, Any]]] = {}
    for row in rows(connection, CHANGES, report_id):
        changes.setdefault(row["earlier_id"], []).append(row)
    given = {"id": report_id}
    return Versions(rows(connection, CHAIN, given), rows(connection, STEPS, given), changes)


def cell_history(connection: sqlite3.Connection, report_id: str, where: str) -> list[dict[str, Any]]:
    """What a cell was in the versions up to this one, the oldest change first.

    Returns:
        Rows with `report_id`, `earlier_id`, `old`, `new`, `old_raw`, `new_raw`, `where` (the cell, or its unit), the
        first and last moments of both versions, `silent`.
    """
    found: list[dict[str, Any]] = []
    waiting, seen = [report_id], {report_id}
    while waiting and len(seen) <= MOST:
        this = waiting.pop()
        found += rows(connection, CHANGES_OF_CELL, {"report": this, "where": where})
        for (earlier,) in connection.execute("SELECT earlier_id FROM report_versions WHERE report_id = ?", [this]):
            if earlier not in seen:
                seen.add(earlier)
                waiting.append(earlier)
    return sorted(found, key=lambda row: (row["new_first_seen_at"], row["report_id"], row["earlier_id"]))


def rereadings(connection: sqlite3.Connection, report_id: str) -> list[dict[str, Any]]:
    """What other extractors had read of a report, the oldest first; the rows of `rereadings`."""
    return rows(connection, REREAD, report_id)


def alike(connection: sqlite3.Connection, report_id: str, most: int = 40) -> list[dict[str, Any]]:
    """Reports that share passages with this one, or are nearly the same.

    Returns:
        Rows with `kind`, `score`, the two passages (`later` is 1 where this report is the later of the two, and
        `passage` is its own), `length`, and the other's `other_id`, `agency_name`, `report_year`, `title`.
    """
    return rows(connection, ALIKE, {"id": report_id, "most": most})
