"""The small corpus that is copied: a nation over seven years, replayed and related, with what a crawl would add."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from govcrawl.simulator.chronicle import Chronicle
from govcrawl.store import Store
from tests.benchmarks.remembering import YEARS, build, replay

AGENCIES = 300
EVERY = 40
"""One report in so many has a sum that is broken."""


def make_base(folder: Path, agencies: int = AGENCIES, seed: str = "1") -> Path:
    """Replay a chronicle into `folder`; gives its database. What is there already is used as it is."""
    database = folder / "corpus" / "govcrawl.db"
    if not database.is_file():
        build(Chronicle(seed, agencies, YEARS), folder)
        replay(folder)
    return database


def prepare(database: Path) -> None:
    """Bring a corpus to the schema of today, and add what a replay of whole pages does not leave."""
    with Store.open(database) as store, store.atomic() as connection:
        _break_sums(connection)
        _list(connection)


def _break_sums(connection: sqlite3.Connection) -> None:
    """Totals of some reports that are one more than their parts, with the finding that a check would make."""
    if connection.execute("SELECT 1 FROM reports WHERE errors_count > 0").fetchone():
        return
    broken = f"""SELECT r.id FROM reports AS r JOIN applications AS a ON a.report_id = r.id
        WHERE a.row_code = 'new_received' AND a.total IS NOT NULL AND r.rowid % {EVERY} = 0"""
    ids = connection.execute(broken).fetchall()
    connection.executemany(
        """INSERT INTO findings SELECT a.report_id,
            coalesce((SELECT max(position) + 1 FROM findings AS f WHERE f.report_id = a.report_id), 0),
            'row_sum', 'error', 'applications/new_received/total', a.total, a.total + 1, 'a total is not its parts'
        FROM applications AS a WHERE a.report_id = ? AND a.row_code = 'new_received'""",
        ids,
    )
    connection.executemany(
        "UPDATE applications SET total = total + 1 WHERE report_id = ? AND row_code = 'new_received'", ids
    )
    connection.executemany(
        "UPDATE reports SET errors_count = errors_count + 1, findings_count = findings_count + 1 WHERE id = ?", ids
    )


def _list(connection: sqlite3.Connection) -> None:
    """The columns that list the reports, one a portal and year."""
    connection.execute(
        """INSERT OR IGNORE INTO columns
            (url, portal_id, title, entry, rows, first_seen_at, last_seen_at, last_right_at)
        SELECT rtrim(s.url, replace(s.url, '/', '')), s.portal_id, r.report_year || '年', 1, count(*),
            min(s.first_seen_at), max(s.last_seen_at), max(s.last_seen_at)
        FROM report_sources AS s JOIN reports AS r ON r.id = s.report_id
        WHERE s.portal_id IS NOT NULL GROUP BY 1, 2"""
    )
    connection.execute(
        """INSERT OR IGNORE INTO listings (url, portal_id, column_url, title, published_on, first_seen_at, last_seen_at)
        SELECT s.url, s.portal_id, rtrim(s.url, replace(s.url, '/', '')), r.title, r.published_on, s.first_seen_at,
            s.last_seen_at
        FROM report_sources AS s JOIN reports AS r ON r.id = s.report_id"""
    )
