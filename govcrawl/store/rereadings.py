"""What an older extractor had read where a newer one reads another thing: old values are kept, never lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from govcrawl.store.rows import PARTS, Row
from govcrawl.store.schema import APPLICANTS, OUTCOMES

REREADINGS = """
CREATE TABLE rereadings (
    report_id TEXT NOT NULL REFERENCES reports (id),
    "where" TEXT NOT NULL,
    reread_at TEXT NOT NULL,  -- before the others: SQLite 3.40 takes them for null where the key does not come first
    old,
    new,
    old_version TEXT NOT NULL,
    new_version TEXT NOT NULL,
    PRIMARY KEY (report_id, "where", reread_at)
) WITHOUT ROWID;
CREATE TABLE revisits (
    capture_id INTEGER NOT NULL REFERENCES captures (id),
    seen_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    warc_file TEXT,
    warc_offset INTEGER,
    PRIMARY KEY (capture_id, seen_at)
) WITHOUT ROWID;
CREATE INDEX report_sources_capture ON report_sources (capture_id);
"""
"""Values that were read otherwise before; and answers that confirmed a body without being kept again."""

FACTS = (
    "title",
    "agency_name",
    "division_code",
    "report_year",
    "scope",
    "form",
    "template_version",
    "period_start",
    "period_end",
    "published_on",
    "reason",
)
"""What is compared of the row of `reports`."""

WIDE = {"applications": APPLICANTS, "review_litigation": OUTCOMES}
COMPARED = ("disclosure", "statistics", "applications", "review_litigation", "extra_cells", "sections")

Values = dict[str, tuple[Any, Any]]
"""Place to the value, and what is printed."""

Change = tuple[str, Any, Any]
"""Place, old and new: the values, or what is printed where these are the same."""


def stored_values(connection: sqlite3.Connection, report_id: str) -> Values:
    """Everything that is compared of a report, as it is stored."""
    row = connection.execute(f"SELECT {', '.join(FACTS)} FROM reports WHERE id = ?", (report_id,)).fetchone()
    parts = {
        part: connection.execute(f"SELECT {PARTS[part]} FROM {part} WHERE report_id = ?", (report_id,)).fetchall()
        for part in COMPARED
    }
    return values_of(dict(zip(FACTS, row, strict=True)), parts)


def values_of(row: Mapping[str, Any], parts: Mapping[str, Iterable[Row]]) -> Values:
    """The same of rows that are about to be stored."""
    values: Values = {name: (row[name], None) for name in FACTS}
    for part in COMPARED:
        values.update(_of_part(part, parts.get(part, ())))
    return values


def changes(before: Values, after: Values) -> list[Change]:
    """Where two readings of one report differ, in the order of their places. What one of them lacks is null there."""
    found: list[Change] = []
    for where in sorted(before.keys() | after.keys()):
        (old, printed), (new, prints) = before.get(where, (None, None)), after.get(where, (None, None))
        if old != new:
            found.append((where, printed if old is None else old, prints if new is None else new))
        elif printed != prints:
            found.append((where, old if printed is None else printed, new if prints is None else prints))
    return found


def note_changes(
    connection: sqlite3.Connection, report_id: str, found: Sequence[Change], versions: tuple[str, str], at: str
) -> None:
    """Keep the old values of a report that was read again."""
    connection.executemany(
        """INSERT OR REPLACE INTO rereadings (report_id, "where", old, new, old_version, new_version, reread_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        [(report_id, where, old, new, *versions, at) for where, old, new in found],
    )


def rereadings_since(connection: sqlite3.Connection, at: str) -> Iterator[tuple[str, str, Any, Any]]:
    """(report, place, old, new) of what was read otherwise since a moment, by report and place."""
    yield from connection.execute(
        'SELECT report_id, "where", old, new FROM rereadings WHERE reread_at >= ? ORDER BY report_id, "where"', (at,)
    )


def save_revisit(
    connection: sqlite3.Connection, capture_id: int, at: str, status: int, file: str | None, offset: int | None
) -> None:
    """An answer that confirmed a capture's body: a 304, or the same bytes again."""
    connection.execute("INSERT OR REPLACE INTO revisits VALUES (?, ?, ?, ?, ?)", (capture_id, at, status, file, offset))


def _of_part(part: str, rows: Iterable[Row]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    if part in WIDE:
        columns = WIDE[part]
        for row in rows:
            printed = json.loads(row[2 + len(columns)] or "{}")
            for column, value in zip(columns, row[2:], strict=False):
                yield f"{part}/{row[1]}/{column}", (value, printed.get(column))
    elif part == "extra_cells":
        for _, position, table, name, column, value, raw, *_ in rows:
            yield f"extra_cells/{position}/{table}/{name}/{column}", (value, raw)
    elif part == "sections":
        for _, position, number, heading, text in rows:
            yield f"sections/{position}", (_heading(number, heading) + text, None)
    else:
        for _, code, value, _, raw, _ in rows:
            yield f"{part}/{code}", (value, raw)


def _heading(number: int | None, heading: str) -> str:
    named = f"{number} {heading}" if number is not None else heading
    return f"{named}\n" if named else ""
