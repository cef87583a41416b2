"""The versions of reports: reading them with all they say, and what one changed of the one before it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from govcrawl.model import Contents, Printed, Sighting, Succession, Version
from govcrawl.store.schema import APPLICANTS, OUTCOMES

HISTORY = """
CREATE TABLE report_versions (
    report_id TEXT NOT NULL REFERENCES reports (id),
    earlier_id TEXT NOT NULL REFERENCES reports (id),
    place TEXT NOT NULL CHECK (place = 'same' OR place = 'other'),
    url TEXT NOT NULL,
    earlier_url TEXT NOT NULL,
    silent INTEGER NOT NULL,            -- other content at the same address, and no date moved
    changed_cells INTEGER NOT NULL,
    changed_sections INTEGER NOT NULL,
    PRIMARY KEY (report_id, earlier_id)
) WITHOUT ROWID;
CREATE INDEX report_versions_earlier ON report_versions (earlier_id);

CREATE TABLE report_changes (
    report_id TEXT NOT NULL,
    earlier_id TEXT NOT NULL,
    "where" TEXT NOT NULL,              -- a cell, sections/<heading>, or title, agency_name, published_on, period
    old,
    new,
    old_raw TEXT,
    new_raw TEXT,
    old_first_seen_at TEXT NOT NULL,    -- at the address of the versions, report_versions.earlier_url and url
    old_last_seen_at TEXT NOT NULL,
    new_first_seen_at TEXT NOT NULL,
    new_last_seen_at TEXT NOT NULL,
    PRIMARY KEY (report_id, earlier_id, "where"),
    FOREIGN KEY (report_id, earlier_id) REFERENCES report_versions (report_id, earlier_id)
) WITHOUT ROWID;

CREATE TABLE report_links (
    report_id TEXT NOT NULL REFERENCES reports (id),  -- the later one
    other_id TEXT NOT NULL REFERENCES reports (id),   -- the one published, or else seen, before it
    kind TEXT NOT NULL CHECK (kind = 'near_duplicate' OR kind = 'copied_prose'),
    position INTEGER NOT NULL,          -- of the passage, from 1
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
    section TEXT NOT NULL DEFAULT '',   -- heading
    passage TEXT NOT NULL DEFAULT '',
    other_section TEXT NOT NULL DEFAULT '',
    other_passage TEXT NOT NULL DEFAULT '',
    length INTEGER NOT NULL DEFAULT 0,  -- characters of the passage that say something of their own
    PRIMARY KEY (report_id, other_id, kind, position)
) WITHOUT ROWID;
CREATE INDEX report_links_other ON report_links (other_id, kind);
CREATE INDEX report_links_kind ON report_links (kind, score);
"""

# Reports that share an address, or agency and year, with another one.
SEVERAL = """
SELECT id FROM reports WHERE (agency_id, report_year) IN (
    SELECT agency_id, report_year FROM reports GROUP BY agency_id, report_year HAVING count(*) > 1
)
UNION
SELECT report_id FROM report_sources WHERE url IN (
    SELECT url FROM report_sources GROUP BY url HAVING count(*) > 1
)
"""

VERSIONS = f"""
SELECT r.id, r.agency_id, r.report_year, r.scope, r.title_key, r.published_on,
    s.url, s.first_seen_at, s.last_seen_at, c.link_date, s.position
FROM reports AS r
JOIN report_sources AS s ON s.report_id = r.id
LEFT JOIN captures AS c ON c.id = s.capture_id
WHERE r.id IN ({SEVERAL})
ORDER BY r.id, s.position, s.url
"""

FACTS = ("title", "agency_name", "published_on", "period")
FACT_ROW = """
SELECT title, agency_name, published_on, period_start || '/' || period_end FROM reports WHERE id = ?
"""
WIDE = {"applications": ("row_code", APPLICANTS), "review_litigation": ("channel", OUTCOMES)}

INSERT_VERSION = "INSERT INTO report_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_CHANGE = "INSERT INTO report_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def versions(connection: sqlite3.Connection) -> list[Version]:
    """Reports that can have another version: they share an address, or agency and year, with another one."""
    heads: dict[str, tuple[Any, ...]] = {}
    sightings: dict[str, list[Sighting]] = defaultdict(list)
    for row in connection.execute(VERSIONS):
        heads[row[0]] = row[1:6]
        sightings[row[0]].append(Sighting(*row[6:]))
    return [
        Version(key, agency, year, scope, title, published, tuple(sightings[key]))
        for key, (agency, year, scope, title, published) in heads.items()
    ]


def contents(connection: sqlite3.Connection, report_id: str) -> Contents:
    """All that a stored report says."""
    facts = dict(zip(FACTS, connection.execute(FACT_ROW, (report_id,)).fetchone(), strict=True))
    sections = connection.execute(
        "SELECT heading, text FROM sections WHERE report_id = ? ORDER BY position", (report_id,)
    ).fetchall()
    return Contents(facts, dict(_cells(connection, report_id)), tuple(sections))


def replace_versions(connection: sqlite3.Connection, found: Iterable[Succession]) -> dict[str, int]:
    """Write the versions and their changes in place of those that were told before; gives their numbers."""
    counts = {"versions": 0, "silent": 0, "changes": 0}
    connection.execute("DELETE FROM report_changes")
    connection.execute("DELETE FROM report_versions")
    for one in found:
        prose = sum(change.where.startswith("sections/") for change in one.changes)
        cells = sum("/" in change.where for change in one.changes) - prose
        key = (one.report_id, one.earlier_id)
        connection.execute(INSERT_VERSION, (*key, one.place, one.new.url, one.old.url, one.silent, cells, prose))
        seen = (one.old.first_seen_at, one.old.last_seen_at, one.new.first_seen_at, one.new.last_seen_at)
        connection.executemany(
            INSERT_CHANGE, ((*key, c.where, c.old, c.new, c.old_raw, c.new_raw, *seen) for c in one.changes)
        )
        counts["versions"] += 1
        counts["silent"] += one.silent
        counts["changes"] += len(one.changes)
    return counts


def _cells(connection: sqlite3.Connection, report_id: str) -> Iterator[tuple[str, Printed]]:
    for part in ("disclosure", "statistics"):
        sql = f"SELECT code, value, raw, unit FROM {part} WHERE report_id = ?"
        for code, value, raw, unit in connection.execute(sql, (report_id,)):
            yield f"{part}/{code}", _printed(value, raw, unit)
    for part, (code, columns) in WIDE.items():
        sql = f"SELECT {code}, raw, units, {', '.join(columns)} FROM {part} WHERE report_id = ?"
        for row, raws, units, *values in connection.execute(sql, (report_id,)):
            raw_of, unit_of = json.loads(raws or "{}"), json.loads(units or "{}")
            for column, value in zip(columns, values, strict=True):
                unit = unit_of if isinstance(unit_of, str) else unit_of.get(column)
                yield f"{part}/{row}/{column}", _printed(value, raw_of.get(column), unit)
    times: dict[str, int] = defaultdict(int)
    sql = 'SELECT "table", "row", "column", value, raw, unit FROM extra_cells WHERE report_id = ? ORDER BY position'
    for table, row, column, value, raw, unit in connection.execute(sql, (report_id,)):
        where = f"extra_cells/{table}/{row}/{column}"
        times[where] += 1
        yield where + (f"#{times[where]}" if times[where] > 1 else ""), _printed(value, raw, unit)


def _printed(value: Any, raw: str | None, unit: str | None) -> Printed:
    """A cell; a text is stored only where the value does not say it."""
    if raw is None:
        raw = "" if value is None else str(value)
    return Printed(value, raw, unit)
