"""Which of several reports counts: `current` or `superseded`.

The state is a function of what is stored, so it does not matter in which order captures arrive, and a page that
returns to an older text makes that text current again.

1. A report *stands* at an address while no newer capture of that address gave another report of the same agency and
   year. An agency or a year nobody could read is taken to be the same one; but a page without a form that lacks one
   of them is none that a report read from its form gives way to.
2. A report that stands nowhere is superseded. So is one that stands at a mirror yet, and gave way at another address
   to a report of the same agency and year that was first seen later and stands: the mirror is stale.
3. Of the others that stand at different addresses with the same agency, year, scope and title, the one published last
   is current; where the days are equal, the one seen first last. Other scopes or titles (本级, 全市汇总) stand beside
   each other. Reports without an agency or a year are compared by address alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

from govcrawl.store.rows import to_json

STATES = """
WITH affected AS (
    SELECT value AS id FROM json_each(?)
),
standing AS (
    SELECT
        r.rowid AS n, r.id, r.agency_id, r.report_year, r.scope, r.title_key,
        coalesce(r.published_on, '') AS published_on,
        (SELECT min(first_seen_at) FROM report_sources WHERE report_id = r.id) AS first_seen_at
    FROM affected
    JOIN reports AS r ON r.id = affected.id
    WHERE EXISTS (
        SELECT 1 FROM report_sources AS s
        WHERE s.report_id = r.id AND NOT EXISTS (
            SELECT 1 FROM report_sources AS t
            JOIN reports AS o ON o.id = t.report_id
            WHERE t.url = s.url
                AND t.report_id <> s.report_id
                AND (t.last_seen_at, coalesce(t.capture_id, 0)) > (s.last_seen_at, coalesce(s.capture_id, 0))
                AND coalesce(o.agency_id = r.agency_id, 1)
                AND coalesce(o.report_year = r.report_year, 1)
                AND NOT (o.form = 'none' AND r.form <> 'none' AND (o.agency_id IS NULL OR o.report_year IS NULL))
        )
    )
),
lasting AS (
    SELECT * FROM standing AS a
    WHERE NOT EXISTS (
        SELECT 1 FROM standing AS b
        JOIN report_sources AS t ON t.report_id = b.id
        JOIN report_sources AS s ON s.report_id = a.id AND s.url = t.url
        WHERE b.agency_id = a.agency_id AND b.report_year = a.report_year
            AND (b.first_seen_at, b.n) > (a.first_seen_at, a.n)
            AND (t.last_seen_at, coalesce(t.capture_id, 0)) > (s.last_seen_at, coalesce(s.capture_id, 0))
    )
)
SELECT r.id, r.state, CASE WHEN EXISTS (
    SELECT 1 FROM lasting AS a
    WHERE a.id = r.id AND NOT EXISTS (
        SELECT 1 FROM lasting AS b
        WHERE b.agency_id = a.agency_id AND b.report_year = a.report_year
            AND b.scope = a.scope AND b.title_key = a.title_key
            AND (b.published_on, b.first_seen_at, b.n) > (a.published_on, a.first_seen_at, a.n)
    )
) THEN 'current' ELSE 'superseded' END AS due
FROM affected
JOIN reports AS r ON r.id = affected.id
"""

NEIGHBOURS = """
SELECT 1 FROM report_sources WHERE url = :url AND report_id <> :id
UNION ALL
SELECT 1 FROM reports WHERE agency_id = :agency AND report_year = :year AND id <> :id
LIMIT 1
"""

AFFECTED = """
WITH near AS (
    SELECT id, agency_id, report_year FROM reports
    WHERE id IN (SELECT report_id FROM report_sources WHERE url = :url) OR id = :id
)
SELECT id FROM near
UNION
SELECT r.id FROM near JOIN reports AS r ON r.agency_id = near.agency_id AND r.report_year = near.report_year
UNION
SELECT id FROM reports WHERE agency_id = :agency AND report_year = :year
"""


GROUPS = "SELECT agency_id, report_year, id FROM reports ORDER BY agency_id, report_year, id"
AT_ONCE = 500
"""Reports whose states are found by one query; those of one agency and year are never parted."""

GROUP = """
WITH RECURSIVE near (id) AS (
    VALUES (?)
    UNION
    SELECT t.report_id FROM near JOIN report_sources AS s ON s.report_id = near.id
    JOIN report_sources AS t ON t.url = s.url
    UNION
    SELECT o.id FROM near JOIN reports AS r ON r.id = near.id
    JOIN reports AS o ON o.agency_id = r.agency_id AND o.report_year = r.report_year
)
SELECT id FROM near
"""


def stands_alone(
    connection: sqlite3.Connection, report_id: str, url: str, agency: int | None, year: int | None
) -> bool:
    """Whether no other report shares the address, or the agency and year."""
    found = connection.execute(NEIGHBOURS, {"id": report_id, "url": url, "agency": agency, "year": year}).fetchone()
    return found is None


def settle(
    connection: sqlite3.Connection, report_id: str, url: str, before: tuple[int | None, int | None] = (None, None)
) -> dict[str, str]:
    """Set the states of all that a sighting of `report_id` at `url` can change.

    Args:
        connection: inside a transaction.
        report_id: the report that was seen.
        url: where.
        before: the agency and year it was read as until now, where a newer reader changed them.

    Returns:
        Report id to new state, for those that changed.
    """
    agency, year = before
    near = connection.execute(AFFECTED, {"id": report_id, "url": url, "agency": agency, "year": year})
    return settle_group(connection, [row[0] for row in near])


def settle_all(connection: sqlite3.Connection) -> int:
    """Set the state of every report, whatever it was; gives the number that changed. Inside a transaction."""
    return sum(len(settle_group(connection, batch)) for batch in _batches(connection))


def unsettled(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """(report, state, due) of reports whose state is not the one that is due. Reads only."""
    for batch in _batches(connection):
        yield from (row for row in connection.execute(STATES, (to_json(batch),)).fetchall() if row[1] != row[2])


def _batches(connection: sqlite3.Connection) -> Iterator[list[str]]:
    """All reports, some at once."""
    batch: list[str] = []
    for _, group in groupby(connection.execute(GROUPS).fetchall(), key=lambda row: row[:2]):
        batch += [row[2] for row in group]
        if len(batch) >= AT_ONCE:
            yield batch
            batch = []
    yield batch


def settle_reports(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Set the states of reports that came to another agency, and of all that share an address or a year with them."""
    return settle_group(connection, group_of(connection, ids))


def group_of(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Reports, and all that share an address, or an agency and year, with them, however far around."""
    found: set[str] = set()
    for report_id in ids:
        if report_id not in found:
            found.update(row[0] for row in connection.execute(GROUP, (report_id,)))
    return found


def settle_group(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Set the states of reports, of which none shares an address or a year with one that is left out."""
    rows = connection.execute(STATES, (to_json(list(ids)),)).fetchall()
    changed = {report_id: due for report_id, state, due in rows if state != due}
    connection.executemany("UPDATE reports SET state = ? WHERE id = ?", [(due, key) for key, due in changed.items()])
    return changed
