"""What the pages of stories ask: a story's own SQL, and the names of what stands in its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from govcrawl.store.asking.rows import rows

REPORTS = "SELECT count(*) FROM reports WHERE report_year = ? AND state = 'current'"
UNRELATED = """
SELECT NOT EXISTS (SELECT 1 FROM indicators) AND EXISTS (SELECT 1 FROM reports)
"""


@dataclass(frozen=True, slots=True)
class Names:
    """Of what stands in rows."""

    agencies: Mapping[int, tuple[str | None, str]]
    """Number → division and key, which make its address."""
    places: Mapping[str, str]
    """Code → full name."""


def answer(connection: sqlite3.Connection, sql: str, values: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of a story's SQL.

    Args:
        connection: for reading.
        sql: one SELECT.
        values: of its named parameters; texts, as whoever asks through an address gives them.
    """
    return rows(connection, sql, dict(values))


def is_unrelated(connection: sqlite3.Connection) -> bool:
    """Whether the corpus has reports and nothing was made of them yet: every story would be empty."""
    return bool(connection.execute(UNRELATED).fetchone()[0])


def counting_year(connection: sqlite3.Connection, years: Iterable[int]) -> int | None:
    """The latest year of which the corpus has at least half as many reports as of the year before it; of the last three
    years that there are: the earliest of them where neither of the others is such.

    The last year's reports come in over months: a question about its first few would mislead.

    Args:
        connection: for reading.
        years: of which there are reports, the last one first.
    """
    known = list(years)
    counts = [connection.execute(REPORTS, (year,)).fetchone()[0] for year in known[:3]]
    for year, count, before in zip(known, counts, counts[1:], strict=False):
        if 2 * count >= before:
            return year
    return known[-1 if len(known) < 3 else 2] if known else None


def names(connection: sqlite3.Connection, agencies: Iterable[int], places: Iterable[str]) -> Names:
    """Of agencies by number and divisions by code; of those that are not there nothing."""
    numbers, codes = list(dict.fromkeys(agencies)), list(dict.fromkeys(places))
    found = _in(connection, "SELECT id, division_code, key FROM agencies WHERE id IN ({})", numbers)
    called = _in(connection, "SELECT code, full_name FROM divisions WHERE code IN ({})", codes)
    return Names({number: (division, key) for number, division, key in found}, dict(called))


def _in(connection: sqlite3.Connection, sql: str, values: list[Any]) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(values), 500):
        some = values[start : start + 500]
        found += connection.execute(sql.format(", ".join("?" * len(some))), some).fetchall()
    return found
