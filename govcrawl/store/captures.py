"""Captures: what was fetched, where it lies in the archive, and which of it is worth reading again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from govcrawl.model import Capture, Link, Portal, ProblemKind, Role
from govcrawl.store.bookkeeping import day_of, listing_fetched, moment
from govcrawl.store.rows import stamp

CAPTURES_LINKS = """
ALTER TABLE captures ADD COLUMN page_url TEXT;
ALTER TABLE captures ADD COLUMN link_text TEXT;
ALTER TABLE captures ADD COLUMN link_date TEXT;
CREATE INDEX captures_page_url ON captures (page_url) WHERE page_url IS NOT NULL;
"""
"""The page that a capture is an attachment of, and what the link that led to it said."""

BATCH = 500

COLUMNS = """c.id, c.url, c.status, c.content_type, coalesce(c.checked_at, c.fetched_at), c.etag, c.last_modified,
    c.role, c.portal_id, c.body_sha256, c.warc_file, c.warc_offset, c.page_url, c.link_text, c.link_date"""

LAST = """
SELECT max(id) AS id, coalesce(page_url, url) AS bundle FROM captures
WHERE role IN ('page', 'attachment') AND warc_file IS NOT NULL GROUP BY url
"""

BUNDLES = f"""
WITH last AS ({LAST}), wanted AS (
    SELECT DISTINCT l.bundle FROM last AS l
    JOIN captures AS c ON c.id = l.id
    LEFT JOIN portals AS p ON p.id = c.portal_id
    LEFT JOIN divisions AS d ON d.code = p.division_code
    WHERE (:provinces = '[]' OR d.province_code IN (SELECT value FROM json_each(:provinces)))
        AND (:everything OR c.read_at IS NULL
            OR EXISTS (SELECT 1 FROM problems AS q WHERE q.url = c.url AND q.mended_at IS NULL
                AND q.kind IN (SELECT value FROM json_each(:kinds)))
            OR EXISTS (SELECT 1 FROM report_sources AS s JOIN reports AS r ON r.id = s.report_id
                WHERE s.url = c.url AND r.extractor_version <> :version))
)
SELECT l.bundle, {COLUMNS} FROM wanted AS w
JOIN last AS l ON l.bundle = w.bundle
JOIN captures AS c ON c.id = l.id
ORDER BY w.bundle, c.role <> 'page', c.id
"""


def save_capture(connection: sqlite3.Connection, capture: Capture) -> int:
    """The row of a body."""
    link = capture.link
    made = connection.execute(
        """INSERT INTO captures (url, portal_id, fetched_at, status, content_type, body_sha256, etag, last_modified,
            warc_file, warc_offset, role, page_url, link_text, link_date)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            capture.url,
            capture.portal_id,
            stamp(capture.fetched_at) if capture.fetched_at else None,
            capture.status,
            capture.content_type,
            capture.body_sha256 or hashlib.sha256(capture.body).hexdigest(),
            capture.etag,
            capture.last_modified,
            capture.warc_file,
            capture.warc_offset,
            capture.role,
            capture.page_url,
            link.text if link else None,
            link.published_on.isoformat() if link and link.published_on else None,
        ),
    )
    listing_fetched(connection, capture.url)
    return int(made.lastrowid or 0)


def unread_captures(connection: sqlite3.Connection) -> Iterator[tuple[int, Capture]]:
    """Those whose reading was never stored, oldest first."""
    last = 0
    sql = f"SELECT {COLUMNS} FROM captures AS c WHERE c.read_at IS NULL AND c.id > ? ORDER BY c.id LIMIT ?"
    while rows := connection.execute(sql, (last, BATCH)).fetchall():
        for row in rows:
            yield row[0], _capture(row)
        last = rows[-1][0]


def bundles(
    connection: sqlite3.Connection,
    version: str,
    kinds: Collection[ProblemKind],
    provinces: Sequence[str],
    everything: bool,
) -> list[list[tuple[int, Capture]]]:
    """The last captures of pages and files, a page with its attachments, the page first; those worth reading again."""
    given = {
        "version": version,
        "kinds": json.dumps([str(kind) for kind in kinds]),
        "provinces": json.dumps(list(provinces)),
        "everything": everything,
    }
    found: dict[str, list[tuple[int, Capture]]] = {}
    for bundle, *row in connection.execute(BUNDLES, given):
        found.setdefault(bundle, []).append((row[0], _capture(row)))
    return list(found.values())


def drop_readings(connection: sqlite3.Connection, captures: Sequence[int], kept: Collection[str]) -> None:
    """Forget what captures were read as before: reports other than those kept lose them as their sources.

    A report that is left without any is superseded.
    """
    given = {"captures": json.dumps(list(captures)), "kept": json.dumps(sorted(kept))}
    gone = [
        row[0]
        for row in connection.execute(
            """SELECT DISTINCT report_id FROM report_sources
            WHERE capture_id IN (SELECT value FROM json_each(:captures))
                AND report_id NOT IN (SELECT value FROM json_each(:kept))""",
            given,
        )
    ]
    for report_id in gone:
        connection.execute(
            """DELETE FROM report_sources WHERE report_id = :id
                AND capture_id IN (SELECT value FROM json_each(:captures))""",
            {**given, "id": report_id},
        )
        connection.execute(
            """UPDATE reports SET state = 'superseded'
            WHERE id = ? AND NOT EXISTS (SELECT 1 FROM report_sources WHERE report_id = reports.id)""",
            (report_id,),
        )


def portals(connection: sqlite3.Connection) -> dict[str, Portal]:
    """The portals that the database knows, by id."""
    rows = connection.execute("SELECT id, name, division_code, homepage, platform, columns, notes FROM portals")
    return {
        key: Portal(key, name, code, homepage, platform, tuple(json.loads(columns)), notes)
        for key, name, code, homepage, platform, columns, notes in rows
    }


def _capture(row: Sequence[Any]) -> Capture:
    _, url, status, content_type, fetched_at, etag, modified, role, portal_id, sha256, file, offset = row[:12]
    page_url, link_text, link_date = row[12:]
    return Capture(
        url=url,
        body=b"",
        status=status,
        content_type=content_type,
        fetched_at=moment(fetched_at),
        etag=etag,
        last_modified=modified,
        role=Role(role),
        portal_id=portal_id,
        body_sha256=sha256,
        warc_file=file,
        warc_offset=offset,
        page_url=page_url,
        link=Link(url, link_text, day_of(link_date)) if link_text is not None else None,
    )
