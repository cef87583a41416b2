"""The columns that reports were found in, and when each was last right. Inside a transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from govcrawl.store.rows import stamp


class ColumnState(StrEnum):
    """How a column did when it was last asked for."""

    WORKING = "working"
    BROKEN = "broken"
    """It is gone, or lists nothing any more, and nothing was found in its place."""
    MOVED = "moved"
    """It is gone, and another column was found from the home page."""


@dataclass(frozen=True, slots=True)
class RememberedColumn:
    """A column of reports at a portal."""

    url: str
    title: str
    portal_id: str
    parent_url: str | None = None
    """The page that led to it."""
    platform: str | None = None
    """The platform whose protocol reads it, where its address alone does not tell."""
    entry: bool = False
    """Whether a walk may begin with it: no other column leads to it."""
    rows: int = 0
    """Reports it listed when it was last read, and columns below it."""
    state: ColumnState = ColumnState.WORKING


_SAVE = """
INSERT INTO columns (url, portal_id, title, parent_url, platform, entry, rows, state, first_seen_at, last_seen_at,
    last_right_at)
VALUES (:url, :portal, :title, :parent, :platform, :entry, :rows, 'working', :seen, :seen, :seen)
ON CONFLICT (portal_id, url) DO UPDATE SET
    title = excluded.title, parent_url = excluded.parent_url, platform = excluded.platform,
    entry = max(entry, excluded.entry), rows = excluded.rows, state = 'working', moved_to = NULL,
    last_seen_at = excluded.last_seen_at, last_right_at = excluded.last_right_at
"""


def save_column(connection: sqlite3.Connection, column: RememberedColumn, seen: datetime) -> bool:
    """Note a column that is right. True where it was not known before, or had moved away and is back."""
    known = connection.execute(
        "SELECT 1 FROM columns WHERE url = ? AND portal_id = ? AND state <> 'moved'", (column.url, column.portal_id)
    ).fetchone()
    connection.execute(
        _SAVE,
        {
            "url": column.url,
            "portal": column.portal_id,
            "title": column.title,
            "parent": column.parent_url,
            "platform": column.platform,
            "entry": column.entry,
            "rows": column.rows,
            "seen": stamp(seen),
        },
    )
    return known is None


def mark_column(
    connection: sqlite3.Connection, portal_id: str, url: str, state: ColumnState, moved_to: str | None, seen: datetime
) -> None:
    """Note that a column is no longer right; a column that was never remembered stays unknown."""
    connection.execute(
        "UPDATE columns SET state = ?, moved_to = ?, last_seen_at = ? WHERE portal_id = ? AND url = ?",
        (state, moved_to, stamp(seen), portal_id, url),
    )


def columns_of(connection: sqlite3.Connection, portal_id: str) -> list[RememberedColumn]:
    """All columns remembered of a portal, those right last first."""
    rows = connection.execute(
        """SELECT url, title, portal_id, parent_url, platform, entry, rows, state FROM columns
        WHERE portal_id = ? ORDER BY last_right_at DESC, url""",
        (portal_id,),
    )
    return [
        RememberedColumn(url, title, portal, parent, platform, bool(entry), number, ColumnState(state))
        for url, title, portal, parent, platform, entry, number, state in rows
    ]


def note_discovery(connection: sqlite3.Connection, portal_id: str, seen: datetime) -> None:
    """Note that a portal's columns were looked for from its home page."""
    connection.execute("UPDATE portals SET discovered_at = ? WHERE id = ?", (stamp(seen), portal_id))


def discovered_at(connection: sqlite3.Connection, portal_id: str) -> datetime | None:
    """When a portal's columns were last looked for from its home page."""
    found = connection.execute("SELECT discovered_at FROM portals WHERE id = ?", (portal_id,)).fetchone()
    return datetime.fromisoformat(found[0]) if found and found[0] else None
