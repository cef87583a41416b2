"""What the corpus can be asked about its own soundness. Reads only; each function gives what is wrong."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from govcrawl.store.versions import unsettled
from govcrawl.store.views import views

ROWS_AT_ONCE = 1000
MOST_DAMAGE = 1_000_000
"""Faults of the file after which SQLite looks no further."""
NULL = re.compile(r"NULL value in (\w+)\.(\w+)")

BADLY_NAMED = "SELECT id FROM reports WHERE id <> substr(content_hash, 1, 20) ORDER BY id"

MISCOUNTED = """
SELECT r.id, r.findings_count, count(f.report_id), r.errors_count, coalesce(sum(f.severity = 'error'), 0)
FROM reports AS r LEFT JOIN findings AS f ON f.report_id = r.id
GROUP BY r.id HAVING r.findings_count <> count(f.report_id) OR r.errors_count <> coalesce(sum(f.severity = 'error'), 0)
ORDER BY r.id
"""

WITHOUT_CAPTURE = """
SELECT r.id, r.state, EXISTS (SELECT 1 FROM report_sources AS s WHERE s.report_id = r.id) FROM reports AS r
WHERE NOT EXISTS (SELECT 1 FROM report_sources AS s WHERE s.report_id = r.id AND s.capture_id IS NOT NULL)
ORDER BY r.id
"""

ARCHIVED = """
SELECT c.url, c.body_sha256, c.warc_file, c.warc_offset,
    EXISTS (SELECT 1 FROM report_sources AS s WHERE s.url = c.url AND s.capture_id = c.id)
FROM captures AS c ORDER BY c.warc_file, c.warc_offset, c.id
"""

BY_PROVINCE = """
SELECT province_code, report_year, count(*) FROM reports WHERE state = 'current'
GROUP BY province_code, report_year ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Archived:
    """Where a capture's body should lie."""

    url: str
    sha256: str
    file: str | None
    offset: int | None
    of_report: bool
    """Whether a report was read from it."""


def broken_pages(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds damaged in the file."""
    told = Counter(row[0] for row in connection.execute(f"PRAGMA quick_check({MOST_DAMAGE})") if row[0] != "ok")
    return [each for each in told if not _is_false_alarm(connection, each)]


def _is_false_alarm(connection: sqlite3.Connection, told: str) -> bool:
    """SQLite 3.40 takes every real that must not be null for null, in tables without row ids."""
    found = NULL.fullmatch(told)
    if found is None:
        return False
    table, column = found.groups()
    return connection.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" IS NULL LIMIT 1').fetchone() is None


def dangling_rows(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """(table, table it refers to, number) of rows that refer to none."""
    counts: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        counts[table, parent] = counts.get((table, parent), 0) + 1
    return [(*key, number) for key, number in sorted(counts.items())]


def broken_views(connection: sqlite3.Connection) -> Iterator[tuple[str, str | None]]:
    """Each view, computed to its last row, and what SQLite says where that fails."""
    for name in views():
        try:
            cursor = connection.execute(f"SELECT * FROM {name}")
            while cursor.fetchmany(ROWS_AT_ONCE):
                pass
        except sqlite3.Error as error:
            yield name, str(error)
        else:
            yield name, None


def badly_named(connection: sqlite3.Connection) -> list[str]:
    """Reports whose id is not that of their content."""
    return [row[0] for row in connection.execute(BADLY_NAMED)]


def miscounted(connection: sqlite3.Connection) -> list[tuple[str, int, int, int, int]]:
    """(report, findings as counted, findings, errors as counted, errors) where the row and its findings differ."""
    return connection.execute(MISCOUNTED).fetchall()


def wrong_states(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """(report, its state, the one that follows from what is stored) where they differ."""
    return list(unsettled(connection))


def without_capture(connection: sqlite3.Connection) -> list[tuple[str, str, bool]]:
    """(report, state, whether it has a source at all) of those that no capture is named for."""
    return [(key, state, bool(seen)) for key, state, seen in connection.execute(WITHOUT_CAPTURE)]


def archived_bodies(connection: sqlite3.Connection) -> Iterator[Archived]:
    """Every capture, in the order of the archive."""
    for url, sha256, file, offset, of_report in connection.execute(ARCHIVED):
        yield Archived(url, sha256, file, offset, bool(of_report))


def counts_by_province(connection: sqlite3.Connection) -> dict[tuple[str | None, int | None], int]:
    """Reports in force by province and year."""
    return {(province, year): number for province, year, number in connection.execute(BY_PROVINCE)}


def report_versions_read(connection: sqlite3.Connection) -> dict[str, tuple[str, bool]]:
    """Report → the release that read it, and whether it is in force with a form that could be read."""
    rows = connection.execute(
        "SELECT id, extractor_version, state = 'current' AND form <> 'none' FROM reports ORDER BY id"
    )
    return {key: (version, bool(counts)) for key, version, counts in rows}
