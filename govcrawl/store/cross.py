"""What comparing reports with each other says of their cells: written anew by every relating."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from govcrawl.model import CrossCheck, Severity, Verdict
from govcrawl.store.rows import storable

CROSS_CHECKS = """
CREATE TABLE cross_checks (
    report_id TEXT NOT NULL REFERENCES reports (id),
    code TEXT NOT NULL,
    "where" TEXT NOT NULL,           -- the cell, part/row/column
    other_report_id TEXT NOT NULL DEFAULT '',
    other_where TEXT NOT NULL DEFAULT '',
    verdict TEXT NOT NULL CHECK (verdict = 'supports' OR verdict = 'contradicts'),
    severity TEXT NOT NULL CHECK (severity = 'error' OR severity = 'warning' OR severity = 'info'),
    expected,
    actual,
    share REAL,                      -- of the parts of a sum that were found
    message TEXT NOT NULL,
    PRIMARY KEY (report_id, code, "where", other_report_id, other_where)
) WITHOUT ROWID;
CREATE INDEX cross_checks_code ON cross_checks (code, verdict);
CREATE INDEX cross_checks_other ON cross_checks (other_report_id) WHERE other_report_id <> '';
"""

COLUMNS = 'report_id, code, "where", other_report_id, other_where, verdict, severity, expected, actual, share, message'
COLLECT = f"INSERT INTO temp.collected ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def collect_cross_checks(connection: sqlite3.Connection, checks: Iterable[CrossCheck]) -> None:
    """Keep what checks say beside the corpus until all have spoken: others can write to it meanwhile."""
    connection.execute("DROP TABLE IF EXISTS temp.collected")
    connection.execute(f"CREATE TEMP TABLE collected ({COLUMNS})")
    connection.executemany(COLLECT, (_row(check) for check in checks))


def replace_cross_checks(connection: sqlite3.Connection, codes: Iterable[str]) -> int:
    """Write what was collected in place of what the same checks said before; gives the number of rows.

    Args:
        connection: inside a transaction; the one that the checks were collected on.
        codes: of the checks that were made again.
    """
    connection.executemany("DELETE FROM cross_checks WHERE code = ?", [(code,) for code in codes])
    written = connection.execute(
        f"INSERT OR REPLACE INTO cross_checks ({COLUMNS}) SELECT {COLUMNS} FROM temp.collected"
    )
    connection.execute("DROP TABLE temp.collected")
    return written.rowcount


def _row(check: CrossCheck) -> tuple[object, ...]:
    severity = check.severity if check.verdict is Verdict.CONTRADICTS else Severity.INFO
    return (
        check.report_id,
        check.code,
        check.where,
        check.other_report_id or "",
        check.other_where or "",
        check.verdict,
        severity,
        storable(check.expected),
        storable(check.actual),
        check.share,
        check.message,
    )
