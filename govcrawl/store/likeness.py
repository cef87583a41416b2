"""The prose of stored reports, by whom and from when it is; and which reports are alike."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from govcrawl.model import Likeness, Writer

# The earlier ones first: by their own day, or that on which they were first seen.
TOLD = """
SELECT r.id, r.agency_id, r.report_year, coalesce(r.division_code, '') || '/' || coalesce(r.agency_name, r.title_key)
FROM reports AS r JOIN report_sources AS s ON s.report_id = r.id
WHERE EXISTS (SELECT 1 FROM sections AS t WHERE t.report_id = r.id)
GROUP BY r.id
ORDER BY coalesce(r.published_on, substr(min(s.first_seen_at), 1, 10)), r.report_year, min(s.first_seen_at), r.id
"""

CALLED = """
SELECT r.agency_name, a.name, coalesce(r.division_code, a.division_code)
FROM reports AS r LEFT JOIN agencies AS a ON a.id = r.agency_id WHERE r.id = ?
"""

LYING_IN = """
WITH RECURSIVE up (code, depth) AS (
    SELECT ?, 0 UNION SELECT d.parent_code, depth + 1 FROM up JOIN divisions AS d ON d.code = up.code WHERE depth < 5
)
SELECT d.name, d.full_name FROM up JOIN divisions AS d ON d.code = up.code WHERE d.level <> 'state' ORDER BY up.depth
"""

INSERT = """
INSERT INTO report_links
    (report_id, other_id, kind, score, section, passage, other_section, other_passage, length, position)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Called:
    """Names of a report's agency, and of the divisions it lies in."""

    agencies: tuple[str, ...]
    divisions: tuple[str, ...]


def told(connection: sqlite3.Connection) -> list[tuple[str, Writer]]:
    """Reports with prose and who wrote them, those published (else seen) earlier first.

    An agency that nobody could read is known by its printed name, else by its title.
    """
    return [
        (key, Writer(agency if agency is not None else name, year))
        for key, agency, year, name in connection.execute(TOLD)
    ]


def called(connection: sqlite3.Connection, report_id: str) -> Called:
    """What a report's agency is called."""
    printed, name, division = connection.execute(CALLED, (report_id,)).fetchone()
    places = connection.execute(LYING_IN, (division,)).fetchall() if division else []
    agencies = tuple(dict.fromkeys(each for each in (printed, name) if each))
    return Called(agencies, tuple(dict.fromkeys(each for row in places for each in row)))


def sections(connection: sqlite3.Connection, report_id: str) -> list[tuple[str, str]]:
    """Heading and text of each section."""
    sql = "SELECT heading, text FROM sections WHERE report_id = ? ORDER BY position"
    return connection.execute(sql, (report_id,)).fetchall()


def linked(connection: sqlite3.Connection) -> dict[str, int]:
    """The number of pairs by kind, as they stand there."""
    pairs = "SELECT DISTINCT report_id, other_id, kind FROM report_links"
    return dict(connection.execute(f"SELECT kind, count(*) FROM ({pairs}) GROUP BY kind").fetchall())


def replace_links(connection: sqlite3.Connection, links: Iterable[Likeness]) -> dict[str, int]:
    """Write which reports are alike in place of what was told before; gives the number of pairs by kind."""
    connection.execute("DELETE FROM report_links")
    positions: Counter[tuple[str, str, str]] = Counter()
    for link in links:
        key = (link.report_id, link.other_id, str(link.kind))
        positions[key] += 1
        passage = (link.section, link.passage, link.other_section, link.other_passage, link.length)
        connection.execute(INSERT, (*key, link.score, *passage, positions[key]))
    return dict(Counter(kind for _, _, kind in positions))
