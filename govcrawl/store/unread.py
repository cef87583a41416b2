"""Reports that were listed and fetched and could not be read: whose they are. Inside a transaction."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from govcrawl.model import Claim, ProblemKind
from govcrawl.store.rows import stamp

_SAVE = """
INSERT INTO unread_reports
    (url, portal_id, agency_id, report_year, kind, first_seen_at, last_seen_at, agency_name, division_code)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (url) DO UPDATE SET portal_id = excluded.portal_id, agency_id = excluded.agency_id,
    report_year = excluded.report_year, kind = excluded.kind, agency_name = excluded.agency_name,
    division_code = excluded.division_code, last_seen_at = excluded.last_seen_at
"""


def save_unread(
    connection: sqlite3.Connection,
    url: str,
    portal_id: str,
    agency_id: int,
    claim: Claim,
    kind: ProblemKind,
    at: datetime,
) -> None:
    """Note that an address holds a report of an agency and year which no reader could read."""
    seen = stamp(at)
    whose = (claim.agency, claim.division_code)
    connection.execute(_SAVE, (url, portal_id, agency_id, claim.report_year, str(kind), seen, seen, *whose))


def forget_unread(connection: sqlite3.Connection, url: str) -> None:
    """The address gave a report after all."""
    connection.execute("DELETE FROM unread_reports WHERE url = ?", (url,))
