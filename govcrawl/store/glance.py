"""A corpus at a glance: what `govcrawl` alone says of it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from govcrawl.store.related import is_pending

FIGURES = """
SELECT
    (SELECT count(*) FROM reports WHERE state = 'current'),
    (SELECT count(DISTINCT agency_id) FROM reports WHERE state = 'current'),
    (SELECT max(coalesce(checked_at, fetched_at)) FROM captures),
    (SELECT count(*) FROM captures WHERE read_at IS NULL),
    (SELECT count(*) FROM problems WHERE mended_at IS NULL),
    (SELECT count(*) FROM agency_reviews)
"""
YEARS = "SELECT min(report_year), max(report_year) FROM reports WHERE state = 'current'"
LAST = "SELECT command, exit_code FROM crawl_runs ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Glance:
    """What is there, and what is left to do with it."""

    reports: int
    """In force."""
    agencies: int
    """That they are of."""
    last_fetched_at: str | None
    unread: int
    """Captures that nobody has read yet."""
    problems: int
    """That are open."""
    reviews: int
    """Pairs of agencies that may be one body and wait for a decision."""
    first_year: int | None
    last_year: int | None
    stopped: str | None
    """The command of the last run, where it did not come to its end."""
    pending: bool
    """Whether reports were stored that have not been held against the others."""


def glance(connection: sqlite3.Connection) -> Glance:
    """Look at a corpus: a few counts, whatever its size."""
    reports, agencies, fetched, unread, problems, reviews = connection.execute(FIGURES).fetchone()
    first, last = connection.execute(YEARS).fetchone()
    run = connection.execute(LAST).fetchone()
    stopped = run[0] if run and run[1] in {None, 130} else None
    pending = reports > 0 and is_pending(connection)
    return Glance(reports, agencies, fetched, unread, problems, reviews, first, last, stopped, pending)
