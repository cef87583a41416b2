"""Reports that are gone from where they were found: noted with the moment, taken back when they are there again."""

from __future__ import annotations

import sqlite3
from datetime import date

from govcrawl.model import Link

PAGE_GONE = """
UPDATE report_sources SET vanished_at = coalesce(vanished_at, :at), vanished = 'page'
WHERE url IN (:url, (SELECT url FROM redirects WHERE asked_url = :url)) AND vanished IS NOT 'page'
"""

PAGE_BACK = """
UPDATE report_sources SET vanished_at = NULL, vanished = NULL
WHERE url IN (:url, (SELECT url FROM redirects WHERE asked_url = :url)) AND vanished = 'page'
"""

LISTED = """
SELECT coalesce(d.url, l.url) FROM listings AS l LEFT JOIN redirects AS d ON d.asked_url = l.url
WHERE l.portal_id = :portal AND l.last_seen_at >= :since
"""

# A row that an article page holds (its attachment) is seen only when the article is read, so its silence says nothing.
UNLISTED = """
SELECT coalesce(d.url, l.url) FROM listings AS l LEFT JOIN redirects AS d ON d.asked_url = l.url
WHERE l.portal_id = :portal AND l.last_seen_at < :since
    AND EXISTS (SELECT 1 FROM captures AS c WHERE c.url = l.column_url AND c.role IN ('column', 'home'))
"""

ROWS_GONE = f"""
UPDATE report_sources SET vanished_at = :at, vanished = 'row'
WHERE vanished_at IS NULL AND url IN ({UNLISTED}) AND url NOT IN ({LISTED})
"""

ROWS_BACK = f"""
UPDATE report_sources SET vanished_at = NULL, vanished = NULL
WHERE vanished_at IS NOT NULL AND vanished = 'row' AND url IN ({LISTED})
"""


KNOWN_UNLISTED = """
SELECT l.url, l.title, l.published_on FROM listings AS l LEFT JOIN redirects AS d ON d.asked_url = l.url
WHERE l.portal_id = :portal AND l.last_seen_at < :since
    AND EXISTS (SELECT 1 FROM report_sources AS s WHERE s.url = coalesce(d.url, l.url) AND s.vanished IS NOT 'page')
ORDER BY (SELECT max(s.last_seen_at) FROM report_sources AS s WHERE s.url = coalesce(d.url, l.url)), l.url LIMIT :most
"""

# Unless its row changed since: then it may be another page by now.
GONE_AT = """
SELECT p.last_seen_at FROM problems AS p WHERE p.url = ? AND p.kind = 'not_found' AND p.mended_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM listings AS l WHERE l.url = p.url AND l.changed_at > p.last_seen_at)
"""


def gone_at(connection: sqlite3.Connection, url: str) -> str | None:
    """When an address last answered that there is nothing; None where it was had since, or its row changed."""
    row = connection.execute(GONE_AT, (url,)).fetchone()
    return row[0] if row else None


def page_gone(connection: sqlite3.Connection, url: str, at: str) -> int:
    """The page at an address, or at the one it sends on to, is gone. Gives the number of reports that were there."""
    return connection.execute(PAGE_GONE, {"url": url, "at": at}).rowcount


def page_back(connection: sqlite3.Connection, url: str) -> None:
    """The page was had again; where no list shows it, its row is gone as before."""
    connection.execute(PAGE_BACK, {"url": url})


def unlisted(connection: sqlite3.Connection, portal_id: str, since: str, most: int) -> list[Link]:
    """Known reports that no list of a portal showed since a moment, as lists showed them last."""
    rows = connection.execute(KNOWN_UNLISTED, {"portal": portal_id, "since": since, "most": most})
    return [Link(url, title, date.fromisoformat(day) if day else None) for url, title, day in rows]


def settle_rows(connection: sqlite3.Connection, portal_id: str, since: str, at: str, complete: bool) -> int:
    """Compare a portal's lists with what was listed since a moment. Gives the number of reports whose row is gone.

    A row that is listed again is back. One that is not is gone only if the portal's columns were read completely.
    """
    given = {"portal": portal_id, "since": since, "at": at}
    connection.execute(ROWS_BACK, given)
    return connection.execute(ROWS_GONE, given).rowcount if complete else 0
