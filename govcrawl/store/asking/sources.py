"""Where a report stands or stood, and the archived bodies it was read from."""

from __future__ import annotations

import sqlite3
from typing import Any

from govcrawl.store.asking.rows import rows

SOURCES = """
SELECT s.url, s.position, s.portal_id, p.name AS portal_name, s.first_seen_at, s.last_seen_at,
    s.vanished_at, s.vanished,
    c.fetched_at, c.content_type, c.body_sha256, c.link_text, c.link_date, c.page_url,
    o.warc_file IS NOT NULL AS archived, o.fetched_at AS archived_at
FROM report_sources AS s
LEFT JOIN captures AS c ON c.id = s.capture_id
LEFT JOIN portals AS p ON p.id = s.portal_id
LEFT JOIN captures AS o ON o.id = (
    SELECT b.id FROM captures AS b WHERE b.url = c.url AND b.body_sha256 = c.body_sha256
    ORDER BY b.warc_file IS NULL, b.fetched_at, b.id LIMIT 1
)
WHERE s.report_id = ? ORDER BY s.position, s.first_seen_at, s.url
"""

BODIES = """
SELECT b.url, b.fetched_at, b.checked_at, b.content_type, b.status, b.body_sha256,
    b.warc_file IS NOT NULL AS archived,
    (SELECT count(*) FROM revisits AS v WHERE v.capture_id = b.id) AS confirmed,
    b.id IN (SELECT capture_id FROM report_sources WHERE report_id = :id) AS read_here
FROM captures AS b
WHERE b.url IN (SELECT url FROM report_sources WHERE report_id = :id)
ORDER BY b.url, b.fetched_at, b.id LIMIT :most
"""


def sources(connection: sqlite3.Connection, report_id: str) -> list[dict[str, Any]]:
    """The addresses of a report, its main ones first.

    Returns:
        Rows with `url`, `position`, `portal_id`, `portal_name`, `first_seen_at`, `last_seen_at`, `vanished_at`,
        `vanished`; of the body it was last read from there `fetched_at`, `content_type`, `body_sha256`, `link_text`,
        `link_date`, `page_url`, and whether it is `archived` and since when (`archived_at`). A report that came out of
        a file without a capture has no body.
    """
    return rows(connection, SOURCES, report_id)


def bodies(connection: sqlite3.Connection, report_id: str, most: int = 100) -> list[dict[str, Any]]:
    """Every body that was had at the addresses of a report, other versions' among them, by address and time.

    Returns:
        Rows with `url`, `fetched_at`, `checked_at`, `content_type`, `status`, `body_sha256`, `archived`, `confirmed`
        (answers that gave the same again), `read_here` (1: this report was last read from it).
    """
    return rows(connection, BODIES, {"id": report_id, "most": most})
