"""The view `coverage` as it was when reports were last related, in tables that answer at once; and counted.

On 200,000 reports the view takes seconds, whatever part of it is asked for: which years count, when each agency began
and who stands for a portal's own government follow from the whole corpus. So its rows are kept. They follow from the
corpus alone, and are written by relating; the view itself is never behind.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

COVERAGE_ROWS = """
CREATE TABLE coverage_rows (
    portal_id TEXT NOT NULL REFERENCES portals (id),
    portal_name TEXT NOT NULL,
    division_code TEXT NOT NULL,
    province_code TEXT NOT NULL,
    agency_id INTEGER REFERENCES agencies (id),  -- null: the portal's own government, of which nothing was ever found
    agency_name TEXT NOT NULL,
    agency_kind TEXT NOT NULL,
    duty TEXT,
    report_year INTEGER NOT NULL,
    due_on TEXT,
    report_id TEXT REFERENCES reports (id),
    published_on TEXT,
    late INTEGER NOT NULL,
    state TEXT NOT NULL
);
CREATE UNIQUE INDEX coverage_rows_owed ON coverage_rows (portal_id, report_year, coalesce(agency_id, 0));
CREATE INDEX coverage_rows_agency ON coverage_rows (agency_id, report_year);
CREATE INDEX coverage_rows_division ON coverage_rows (division_code, report_year, state);
CREATE INDEX coverage_rows_state ON coverage_rows (state, report_year, province_code);
CREATE INDEX coverage_rows_report ON coverage_rows (report_id);
CREATE TABLE coverage_counts (
    portal_id TEXT NOT NULL REFERENCES portals (id),
    report_year INTEGER NOT NULL,
    duty TEXT NOT NULL,  -- '' where there is none
    state TEXT NOT NULL,
    province_code TEXT NOT NULL,
    division_code TEXT NOT NULL,
    expected INTEGER NOT NULL,
    found INTEGER NOT NULL,
    late INTEGER NOT NULL,
    PRIMARY KEY (portal_id, report_year, duty, state)
) WITHOUT ROWID;
CREATE INDEX coverage_counts_province
    ON coverage_counts (province_code, report_year, state, duty, expected, found, late);
CREATE INDEX coverage_counts_year ON coverage_counts (report_year, province_code, state, duty, expected, found, late);
CREATE INDEX coverage_counts_division ON coverage_counts (division_code, report_year);
"""

COLUMNS = (
    "portal_id, portal_name, division_code, province_code, agency_id, agency_name, agency_kind, duty, report_year, "
    "due_on, report_id, published_on, late, state"
)

COUNTED = """
INSERT INTO coverage_counts
    (portal_id, report_year, duty, state, province_code, division_code, expected, found, late)
SELECT portal_id, report_year, coalesce(duty, ''), state, province_code, division_code, count(*),
    sum(report_id IS NOT NULL), sum(late)
FROM coverage_rows GROUP BY portal_id, report_year, coalesce(duty, ''), state
"""


def collect_coverage(connection: sqlite3.Connection) -> None:
    """Compute the view beside the corpus: others can write to it meanwhile."""
    connection.execute("DROP TABLE IF EXISTS temp.owed")
    connection.execute(f"CREATE TEMP TABLE owed AS SELECT {COLUMNS} FROM coverage")


def replace_coverage(connection: sqlite3.Connection) -> Mapping[str, int]:
    """Write what was collected in place of what was so before; rows that did not change are left alone.

    Args:
        connection: inside a transaction; the one that the rows were collected on.

    Returns:
        `expected` and `found` (rows), `changed` (rows that were written or removed).
    """
    connection.execute(
        f"CREATE TEMP TABLE fresh AS SELECT {COLUMNS} FROM temp.owed EXCEPT SELECT {COLUMNS} FROM coverage_rows"
    )
    connection.execute(
        f"""CREATE TEMP TABLE past AS SELECT o.rowid AS number FROM coverage_rows AS o JOIN (
            SELECT {COLUMNS} FROM coverage_rows EXCEPT SELECT {COLUMNS} FROM temp.owed
        ) AS p ON p.portal_id = o.portal_id AND p.report_year = o.report_year AND p.agency_id IS o.agency_id"""
    )
    removed = connection.execute("DELETE FROM coverage_rows WHERE rowid IN (SELECT number FROM temp.past)").rowcount
    written = connection.execute(
        f"""INSERT INTO coverage_rows ({COLUMNS}) SELECT {COLUMNS} FROM temp.fresh
        ORDER BY portal_id, agency_id, report_year"""
    ).rowcount
    for table in ("owed", "fresh", "past"):
        connection.execute(f"DROP TABLE temp.{table}")
    if removed or written:
        connection.execute("DELETE FROM coverage_counts")
        connection.execute(COUNTED)
    expected, found = connection.execute("SELECT count(*), count(report_id) FROM coverage_rows").fetchone()
    return {"expected": expected, "found": found, "changed": removed + written}
