"""What archives of the past say of an address: that a body was there still, or that nothing was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from govcrawl.store.versions import settle

# A report of other captures at these addresses was there at another time: it is not confirmed by them.
CONFIRMED = """
SELECT s.report_id, s.url FROM report_sources AS s
WHERE s.capture_id IN (SELECT value FROM json_each(:captures)) AND NOT EXISTS (
    SELECT 1 FROM report_sources AS o
    WHERE o.report_id = s.report_id AND o.capture_id NOT IN (SELECT value FROM json_each(:captures))
        AND o.url IN (SELECT url FROM captures WHERE id IN (SELECT value FROM json_each(:captures)))
)
"""

CONFIRM = """
UPDATE report_sources SET first_seen_at = min(first_seen_at, :first), last_seen_at = max(last_seen_at, :last),
    vanished_at = CASE WHEN :last >= vanished_at THEN NULL ELSE vanished_at END,
    vanished = CASE WHEN :last >= vanished_at THEN NULL ELSE vanished END
WHERE report_id = :id AND url = :url
"""

CHECKED = """
UPDATE captures SET checked_at = :last
WHERE id IN (SELECT value FROM json_each(:captures)) AND coalesce(checked_at, fetched_at, '') < :last
"""

BACK = """
UPDATE problems SET mended_at = :last
WHERE kind = 'not_found' AND mended_at IS NULL AND last_seen_at <= :last
    AND url IN (SELECT url FROM captures WHERE id IN (SELECT value FROM json_each(:captures)))
"""

GONE = """
UPDATE report_sources SET vanished_at = min(coalesce(vanished_at, :at), :at), vanished = 'page'
WHERE url = :url AND last_seen_at < :at
"""

MISSING = """
INSERT INTO problems (url, portal_id, kind, first_seen_at, last_seen_at, detail)
SELECT :url, (SELECT portal_id FROM report_sources WHERE url = :url ORDER BY last_seen_at DESC, report_id LIMIT 1),
    'not_found', :at, :at, :detail
WHERE NOT EXISTS (SELECT 1 FROM report_sources WHERE url = :url AND last_seen_at >= :at)
ON CONFLICT (url, kind) DO UPDATE SET count = count + (excluded.last_seen_at > last_seen_at),
    first_seen_at = min(first_seen_at, excluded.first_seen_at), last_seen_at = max(last_seen_at, excluded.last_seen_at),
    mended_at = NULL
"""


def confirm(connection: sqlite3.Connection, captures: Sequence[int], first: str, last: str) -> list[str]:
    """What captures hold was seen at their addresses between two moments. Gives the reports that are confirmed.

    Only what stood there when all of the captures were there together is confirmed.
    """
    given = {"captures": json.dumps(list(captures)), "first": first, "last": last}
    found = connection.execute(CONFIRMED, given).fetchall()
    for report_id, url in found:
        connection.execute(CONFIRM, {**given, "id": report_id, "url": url})
    connection.execute(CHECKED, given)
    connection.execute(BACK, given)
    for report_id, url in found:
        settle(connection, report_id, url)
    return sorted({report_id for report_id, _ in found})


def gone(connection: sqlite3.Connection, url: str, at: str, detail: str) -> int:
    """An address answered that there is nothing. Gives the number of reports that were seen there before.

    What was seen there since stays what it is.
    """
    before = connection.execute(GONE, {"url": url, "at": at}).rowcount
    if before:
        connection.execute(MISSING, {"url": url, "at": at, "detail": detail})
    return before
