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

INSERT = """
INSERT OR REPLACE INTO cross_checks
    (report_id, code, "where", other_report_id, other_where, verdict, severity, expected, actual, share, message)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def replace_cross_checks(connection: sqlite3.Connection, codes: Iterable[str], checks: Iterable[CrossCheck]) -> int:
    """Write what some checks say now in place of what they said before; gives the number of rows.

    Args:
        connection: inside a transaction.
        codes: of the checks that were made again.
        checks: everything they say.
    """
    connection.executemany("DELETE FROM cross_checks WHERE code = ?", [(code,) for code in codes])
    before = connection.total_changes
    connection.executemany(INSERT, (_row(check) for check in checks))
    return connection.total_changes - before


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
