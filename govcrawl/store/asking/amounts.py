"""The few figures that pages show of many reports at once, harmonised over the forms, and summed with their counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from govcrawl.store.asking.rows import rows

AMOUNTS = {
    "received": "coalesce(f.new_received_total, f.t14_received)",
    "handled": "coalesce(f.handled_total, f.t14_replied)",
    "granted": "coalesce(f.granted_total, f.t14_reply_granted)",
    "denied": "coalesce(f.denied_total, f.t14_reply_refused)",
    "reviews": "coalesce(f.review_total, f.t14_review_total)",
    "lawsuits": "coalesce(f.litigation_total, f.t14_litigation_total)",
}
"""A figure and what it is made of: cells of the forms from 2019 on, else of the statistics of 2014 to 2018, which count
alike and not the same."""

FIGURES = "indicators"
"""The relation with a row for each row of the panel."""

GOVERNMENTS = "(f.agency_kind = 'government' OR f.agency_kind = 'office' AND f.scope = 'whole_area')"
"""Who reports for an area: its government, or the government's office where it says so."""

SUMS = ", ".join(f"sum({sql}) AS {name}, count({sql}) AS {name}_of" for name, sql in AMOUNTS.items())

BY_YEAR = f"""
SELECT f.report_year, iif({GOVERNMENTS}, coalesce(f.level, 'unknown'), 'bodies') AS who, count(*) AS reports, {SUMS}
FROM {FIGURES} AS f GROUP BY 1, 2 ORDER BY 1, 2
"""

SUMMED = "SELECT * FROM year_sums ORDER BY report_year, who"
"""`BY_YEAR`, as relating keeps it."""

BODIES_BY_YEAR = f"""
SELECT f.report_year, 'bodies' AS who, count(*) AS reports, {SUMS}
FROM {FIGURES} AS f WHERE f.division_code = ? AND NOT {GOVERNMENTS} GROUP BY 1 ORDER BY 1
"""

OF_AREAS = f"""
SELECT a.division_code, a.key, f.agency_name, f.agency_kind, f.report_year, f.report_id, f.scope, f.form,
    f.errors_count, {", ".join(f"{sql} AS {name}" for name, sql in AMOUNTS.items())}
FROM agencies AS a JOIN {FIGURES} AS f ON f.agency_id = a.id
WHERE a.division_code IN (SELECT value FROM json_each(:codes)) AND a.kind IN ('government', 'office') AND {GOVERNMENTS}
ORDER BY a.division_code, f.report_year, f.form <> 'none', f.scope = 'whole_area', f.agency_kind = 'government',
    a.key DESC
"""

OF_AREAS_IN_YEAR = OF_AREAS.replace("WHERE", "WHERE f.report_year = :year AND")


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures of several reports of one year, added."""

    report_year: int
    who: str
    """`bodies` (departments, offices, townships and others, each for itself), or the level of the governments."""
    reports: int
    amounts: dict[str, float | int | None] = field(default_factory=dict)
    """Figure → sum; None where none of the reports prints it."""
    of: dict[str, int] = field(default_factory=dict)
    """Figure → how many of the reports print it."""


def sums_by_year(connection: sqlite3.Connection) -> list[Sum]:
    """The whole corpus by year and by who reports, as it was when reports were last related. Never to be added: a
    government's report holds its bodies'."""
    return [_sum(row) for row in rows(connection, SUMMED)]


def sums_of_bodies(connection: sqlite3.Connection, code: str) -> list[Sum]:
    """The bodies of a division, without its government, by year."""
    return [_sum(row) for row in rows(connection, BODIES_BY_YEAR, code)]


def area_reports(
    connection: sqlite3.Connection, codes: Iterable[str], year: int | None = None
) -> dict[str, dict[int, dict[str, Any]]]:
    """Division → year → the report of its government.

    Of several that for the whole area counts, then the government's own. A row has `report_id`, `agency_name`, `key`,
    `scope`, `form`, `errors_count` and the figures of `AMOUNTS`.
    """
    found: dict[str, dict[int, dict[str, Any]]] = {}
    sql = OF_AREAS if year is None else OF_AREAS_IN_YEAR
    for row in rows(connection, sql, {"codes": json.dumps(list(codes)), "year": year}):
        found.setdefault(row["division_code"], {})[row["report_year"]] = row
    return found


def _sum(row: dict[str, Any]) -> Sum:
    return Sum(
        row["report_year"],
        row["who"],
        row["reports"],
        {name: row[name] for name in AMOUNTS},
        {name: row[f"{name}_of"] for name in AMOUNTS},
    )
