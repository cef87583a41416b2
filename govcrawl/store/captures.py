"""Captures: what was fetched, where it lies in the archive, and which of it is worth reading again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from govcrawl.model import Capture, Link, Portal, ProblemKind, Role
from govcrawl.store.bookkeeping import day_of, listing_fetched, moment
from govcrawl.store.rows import stamp
from govcrawl.store.versions import group_of, settle_group

CAPTURES_LINKS = """
ALTER TABLE captures ADD COLUMN page_url TEXT;
ALTER TABLE captures ADD COLUMN link_text TEXT;
ALTER TABLE captures ADD COLUMN link_date TEXT;
CREATE INDEX captures_page_url ON captures (page_url) WHERE page_url IS NOT NULL;
"""
"""The page that a capture is an attachment of, and what the link that led to it said."""

BATCH = 500

COLUMNS = """c.id, c.url, c.status, c.content_type, c.fetched_at, c.etag, c.last_modified,
    c.role, c.portal_id, c.body_sha256, c.warc_file, c.warc_offset, c.page_url, c.link_text, c.link_date"""

LAST = """
SELECT max(id) AS id, coalesce(page_url, url) AS bundle FROM captures
WHERE role IN ('page', 'attachment') AND warc_file IS NOT NULL GROUP BY url
"""

BUNDLES = f"""
WITH last AS ({LAST})
SELECT l.bundle FROM last AS l
JOIN captures AS c ON c.id = l.id
LEFT JOIN portals AS p ON p.id = c.portal_id
LEFT JOIN divisions AS d ON d.code = p.division_code
WHERE (:provinces = '[]' OR d.province_code IN (SELECT value FROM json_each(:provinces)))
    AND (:everything OR c.read_at IS NULL
        OR EXISTS (SELECT 1 FROM problems AS q WHERE q.url = c.url AND q.mended_at IS NULL
            AND q.kind IN (SELECT value FROM json_each(:kinds)))
        OR EXISTS (SELECT 1 FROM report_sources AS s JOIN reports AS r ON r.id = s.report_id
            WHERE s.url = c.url AND r.extractor_version <> :version))
GROUP BY l.bundle
ORDER BY min(l.id)
"""

# A file that hangs on several pages has one row, at the first of them: the reports tell the others.
OF_BUNDLE = f"""
SELECT {COLUMNS}, c.checked_at FROM captures AS c WHERE c.id IN (
    SELECT id FROM captures WHERE url = :bundle AND page_url IS NULL
    UNION SELECT id FROM captures WHERE page_url = :bundle
    UNION SELECT t.capture_id FROM report_sources AS s JOIN report_sources AS t ON t.report_id = s.report_id
        WHERE s.url = :bundle
) AND c.role IN ('page', 'attachment') AND c.warc_file IS NOT NULL
ORDER BY c.id
"""

TOGETHER = """
SELECT DISTINCT s.capture_id, t.capture_id FROM report_sources AS s
JOIN report_sources AS t ON t.report_id = s.report_id AND t.url <> s.url
WHERE s.url = :bundle AND s.capture_id IS NOT NULL AND t.capture_id IS NOT NULL
ORDER BY 1, 2
"""

WITH_BODY = """
SELECT c.id, EXISTS (SELECT 1 FROM report_sources AS s JOIN reports AS r ON r.id = s.report_id
    WHERE s.capture_id = c.id AND r.extractor_version = ?)
FROM captures AS c WHERE c.url = ? AND c.body_sha256 = ? ORDER BY c.id LIMIT 1
"""

DROP_PAGES = """
DELETE FROM report_sources WHERE report_id = :id AND capture_id IN (
    SELECT id FROM captures
    WHERE page_url IS NULL AND id IN (SELECT value FROM json_each(:captures))
)
"""

DROP_FILES = """
DELETE FROM report_sources WHERE report_id = :id AND NOT EXISTS (
    SELECT 1 FROM report_sources AS s JOIN captures AS c ON c.id = s.capture_id
    WHERE s.report_id = :id AND c.page_url IS NULL
) AND capture_id IN (
    SELECT id FROM captures AS c
    WHERE c.page_url IS NOT NULL AND (c.id IN (SELECT value FROM json_each(:captures))
        OR EXISTS (SELECT 1 FROM captures AS p WHERE p.url = c.page_url AND p.warc_file IS NOT NULL))
)
"""
"""A file whose page is not in the archive is read alone, and stays what it was read as until that is done again."""

LOST = """
INSERT OR REPLACE INTO rereadings (report_id, "where", old, new, old_version, new_version, reread_at)
SELECT r.id, 'report', r.id, o.id, r.extractor_version, :version, :at
FROM reports AS r LEFT JOIN reports AS o ON o.id IN (SELECT value FROM json_each(:kept))
WHERE r.id = :id AND NOT EXISTS (SELECT 1 FROM report_sources WHERE report_id = r.id)
ORDER BY o.agency_id IS NOT r.agency_id, o.report_year IS NOT r.report_year, o.id LIMIT 1
"""
"""A report that nothing is read as any more, and which one its captures are read as now."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A page, or a file alone, with the files that ever hung on it: their captures by id, without the bodies."""

    url: str
    captures: dict[int, Capture]
    elsewhere: frozenset[int]
    """Captures of other pages and of what hung on them, in which a report of this page stood too."""
    checked_at: dict[int, datetime]
    """When a body was last confirmed."""
    revisits: list[tuple[int, datetime]]
    """When it was confirmed, each time."""
    together: dict[int, list[int]]
    """Captures of the page → those of other sources of its reports, of which some may hang on it."""


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
) -> list[str]:
    """The addresses of pages, and of files alone, that are worth reading again, those captured first before others."""
    given = {
        "version": version,
        "kinds": json.dumps([str(kind) for kind in kinds]),
        "provinces": json.dumps(list(provinces)),
        "everything": everything,
    }
    return [bundle for (bundle,) in connection.execute(BUNDLES, given)]


def bundle(connection: sqlite3.Connection, url: str) -> Bundle:
    """Every capture of a page and of the files that ever hung on it."""
    rows = connection.execute(OF_BUNDLE, {"bundle": url}).fetchall()
    ids = json.dumps([row[0] for row in rows])
    seen = connection.execute(
        "SELECT capture_id, seen_at FROM revisits WHERE capture_id IN (SELECT value FROM json_each(?))", (ids,)
    )
    captures = {row[0]: _capture(row) for row in rows}
    together: dict[int, list[int]] = {}
    for page, other in connection.execute(TOGETHER, {"bundle": url}):
        together.setdefault(page, []).append(other)
    return Bundle(
        url,
        captures,
        frozenset(key for key, each in captures.items() if url not in {each.url, each.page_url}),
        {row[0]: at for row in rows if (at := moment(row[-1])) is not None},
        [(key, at) for key, text in seen if (at := moment(text)) is not None],
        together,
    )


def with_body(connection: sqlite3.Connection, url: str, sha256: str, version: str) -> tuple[int, bool] | None:
    """The first capture of this body at an address, and whether it is the source of a report as a version reads it."""
    row = connection.execute(WITH_BODY, (version, url, sha256)).fetchone()
    return (row[0], bool(row[1])) if row else None


def drop_readings(
    connection: sqlite3.Connection, captures: Sequence[int], kept: Collection[str], version: str, at: str
) -> int:
    """Forget what captures were read as before: reports other than those kept lose them as their sources.

    A file goes with the last page of a report that it can hang on. A report that is left without any source is
    superseded, and noted among the rereadings; what it had superseded may count again. Gives the number of those.
    """
    given = {"captures": json.dumps(list(captures)), "kept": json.dumps(sorted(kept))}
    gone = [
        row[0]
        for row in connection.execute(
            """SELECT DISTINCT report_id FROM report_sources
            WHERE capture_id IN (SELECT value FROM json_each(:captures))
                AND report_id NOT IN (SELECT value FROM json_each(:kept)) ORDER BY 1""",
            given,
        )
    ]
    around = group_of(connection, gone)
    lost = 0
    for report_id in gone:
        each = {**given, "id": report_id, "version": version, "at": at}
        connection.execute(DROP_PAGES, each)
        connection.execute(DROP_FILES, each)
        lost += connection.execute(LOST, each).rowcount
    settle_group(connection, around)
    return lost


def portals(connection: sqlite3.Connection) -> dict[str, Portal]:
    """The portals that the database knows, by id."""
    rows = connection.execute("SELECT id, name, division_code, homepage, platform, columns, notes FROM portals")
    return {
        key: Portal(key, name, code, homepage, platform, tuple(json.loads(columns)), notes)
        for key, name, code, homepage, platform, columns, notes in rows
    }


def _capture(row: Sequence[Any]) -> Capture:
    _, url, status, content_type, fetched_at, etag, modified, role, portal_id, sha256, file, offset = row[:12]
    page_url, link_text, link_date = row[12:15]
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
