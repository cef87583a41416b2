"""The rows beside the reports: divisions, portals, captures, listings, problems, runs. Inside a transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from govcrawl.model import Division, Link, Portal, Problem, ProblemKind, StoreError
from govcrawl.store.divisions import save_histories
from govcrawl.store.records import KnownUrl, PortalState
from govcrawl.store.rows import to_json
from govcrawl.store.vanished import page_back, page_gone

KNOWN = """
SELECT c.id, c.body_sha256, c.etag, c.last_modified, coalesce(c.checked_at, c.fetched_at), c.read_at,
    r.id, l.title, l.published_on, l.changed_at, r.published_on, r.report_year, l.first_seen_at,
    c.fetched_at
FROM captures AS c
LEFT JOIN listings AS l ON l.url = :asked
LEFT JOIN reports AS r ON r.id = (
    SELECT s.report_id FROM report_sources AS s JOIN reports AS o ON o.id = s.report_id WHERE s.url = c.url
    ORDER BY s.last_seen_at DESC, s.capture_id DESC, s.position, o.report_year DESC, s.report_id LIMIT 1)
WHERE c.url = :url
ORDER BY c.id DESC
LIMIT 1
"""

TOUCH_SOURCES = """
UPDATE report_sources SET last_seen_at = max(last_seen_at, :seen)
WHERE url = :url AND (last_seen_at, coalesce(capture_id, 0)) = (
    SELECT last_seen_at, coalesce(capture_id, 0) FROM report_sources WHERE url = :url
    ORDER BY last_seen_at DESC, coalesce(capture_id, 0) DESC LIMIT 1
)
"""


def save_divisions(connection: sqlite3.Connection, divisions: Collection[Division]) -> None:
    connection.executemany(
        """INSERT INTO divisions (code, name, full_name, level, parent_code, province_code) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, full_name = excluded.full_name, level = excluded.level,
            parent_code = excluded.parent_code, province_code = excluded.province_code""",
        ((d.code, d.name, d.full_name, d.level, d.parent_code, d.province_code) for d in divisions),
    )
    save_histories(connection, divisions, [row[0] for row in connection.execute("SELECT code FROM divisions")])


def ensure_division(connection: sqlite3.Connection, code: str | None, province_code: str | None = None) -> None:
    """A row for a code the gazetteer has not (yet), named by the code alone; the gazetteer overwrites it."""
    if code is not None:
        connection.execute(
            """INSERT OR IGNORE INTO divisions (code, name, full_name, level, province_code)
            VALUES (?, ?, ?, 'unknown', ?)""",
            (code, code, code, province_code or f"{code[:2]}0000"),
        )


def save_portals(connection: sqlite3.Connection, portals: Iterable[Portal]) -> None:
    for p in portals:
        ensure_division(connection, p.division_code)
        connection.execute(
            """INSERT INTO portals (id, name, division_code, homepage, platform, columns, notes)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, division_code = excluded.division_code,
                homepage = excluded.homepage, platform = excluded.platform, columns = excluded.columns,
                notes = excluded.notes""",
            (p.id, p.name, p.division_code, p.homepage, p.platform, to_json(p.columns), p.notes),
        )


def mark_portal(connection: sqlite3.Connection, portal_id: str, state: PortalState, at: str) -> None:
    success = at if state is PortalState.WORKING else None
    done = connection.execute(
        "UPDATE portals SET state = ?, last_success_at = coalesce(?, last_success_at), visited_at = ? WHERE id = ?",
        (state, success, at, portal_id),
    )
    if done.rowcount == 0:
        raise StoreError(f"the portal {portal_id!r} is not in the database; save the registry first")


def known(connection: sqlite3.Connection, url: str) -> KnownUrl | None:
    row = connection.execute(KNOWN, {"asked": url, "url": sent_on(connection, url)}).fetchone()
    if row is None:
        return None
    capture_id, sha256, etag, modified, checked_at, read_at, report_id, title, listed_on, changed_at = row[:10]
    published_on, report_year, first_seen_at, fetched_at = row[10:]
    return KnownUrl(
        url=url,
        capture_id=capture_id,
        body_sha256=sha256,
        etag=etag,
        last_modified=modified,
        checked_at=moment(checked_at),
        read=read_at is not None,
        report_id=report_id,
        listed_title=title,
        listed_on=day_of(listed_on),
        listing_changed=changed_at is not None,
        published_on=day_of(published_on),
        report_year=report_year,
        first_seen_at=moment(first_seen_at),
        fetched_at=moment(fetched_at),
    )


def sent_on(connection: sqlite3.Connection, url: str) -> str:
    """The address that answers for another; itself where none does."""
    sent = connection.execute("SELECT url FROM redirects WHERE asked_url = ?", (url,)).fetchone()
    return str(sent[0]) if sent else url


def touch_source(connection: sqlite3.Connection, url: str, seen: str) -> None:
    connection.execute(TOUCH_SOURCES, {"url": url, "seen": seen})
    page_back(connection, url)
    connection.execute(
        "UPDATE captures SET checked_at = ? WHERE id = (SELECT max(id) FROM captures WHERE url = ?)", (seen, url)
    )
    listing_fetched(connection, url)


def save_listing(
    connection: sqlite3.Connection, link: Link, portal_id: str | None, column_url: str | None, seen: str
) -> bool:
    day = link.published_on.isoformat() if link.published_on else None
    row = connection.execute(
        "SELECT title, published_on, column_url FROM listings WHERE url = ?", (link.url,)
    ).fetchone()
    if row is None:
        connection.execute(
            """INSERT INTO listings (url, portal_id, column_url, title, published_on, first_seen_at, last_seen_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (link.url, portal_id, column_url, link.text, day, seen, seen),
        )
        return True
    # Two lists may show one page under two titles, every night: only what one list shows can be compared.
    changed = bool(row[:2] != (link.text, day)) and column_url in {row[2], None}
    connection.execute(
        """UPDATE listings SET title = ?, published_on = ?, column_url = coalesce(?, column_url),
            portal_id = coalesce(?, portal_id), last_seen_at = ?,
            changed_at = CASE WHEN ? THEN ? ELSE changed_at END WHERE url = ?""",
        (link.text, day, column_url, portal_id, seen, changed, seen, link.url),
    )
    return changed


def save_problem(connection: sqlite3.Connection, problem: Problem, seen: str) -> None:
    connection.execute(
        """INSERT INTO problems (url, portal_id, kind, first_seen_at, last_seen_at, detail) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (url, kind) DO UPDATE SET count = count + 1, last_seen_at = excluded.last_seen_at,
            detail = excluded.detail, portal_id = coalesce(excluded.portal_id, portal_id), mended_at = NULL""",
        (problem.url, problem.portal_id, problem.kind, seen, seen, problem.detail),
    )
    if problem.kind is ProblemKind.NOT_FOUND:
        page_gone(connection, problem.url, seen)


def clear_problem(
    connection: sqlite3.Connection, url: str, mended: str, kinds: Collection[ProblemKind] | None = None
) -> int:
    sql, values = "UPDATE problems SET mended_at = ? WHERE url = ? AND mended_at IS NULL", [mended, url]
    if kinds is not None:
        sql, values = f"{sql} AND kind IN ({', '.join('?' * len(kinds))})", [*values, *map(str, kinds)]
    return connection.execute(sql, values).rowcount


def save_redirect(connection: sqlite3.Connection, asked_url: str, url: str, seen: str) -> None:
    if asked_url == url:
        connection.execute("DELETE FROM redirects WHERE asked_url = ?", (url,))
        return
    connection.execute(
        """INSERT INTO redirects (asked_url, url, last_seen_at) VALUES (?, ?, ?)
        ON CONFLICT (asked_url) DO UPDATE SET url = excluded.url, last_seen_at = excluded.last_seen_at""",
        (asked_url, url, seen),
    )
    listing_fetched(connection, asked_url)


def start_run(connection: sqlite3.Connection, started: str, command: str, arguments: Mapping[str, Any]) -> int:
    made = connection.execute(
        "INSERT INTO crawl_runs (command, arguments, started_at) VALUES (?, ?, ?)",
        (command, json.dumps(dict(arguments), ensure_ascii=False, default=str), started),
    )
    return int(made.lastrowid or 0)


def finish_run(
    connection: sqlite3.Connection, run_id: int, finished: str, exit_code: int, report: Mapping[str, Any]
) -> None:
    done = connection.execute(
        "UPDATE crawl_runs SET finished_at = ?, exit_code = ?, report = ? WHERE id = ?",
        (finished, exit_code, json.dumps(dict(report), ensure_ascii=False, default=str), run_id),
    )
    if done.rowcount == 0:
        raise StoreError(f"there is no run {run_id} to finish")


def listing_fetched(connection: sqlite3.Connection, url: str) -> None:
    """The page behind a row was fetched after the row changed."""
    connection.execute("UPDATE listings SET changed_at = NULL WHERE url = ? AND changed_at IS NOT NULL", (url,))


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
