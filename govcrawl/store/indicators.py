"""The narrow table `indicators`: of each row of the panel what questions are asked about, kept by relating."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from functools import cache

from govcrawl.store.panel import LEGAL_PERSONS_TOTAL, panel_sql
from govcrawl.store.related import last_inputs, note_inputs
from govcrawl.store.schema import APPLICANTS, CHANNELS, OUTCOMES

STEP = "indicators"

HEAD = {
    "report_year": "INTEGER NOT NULL",
    "report_id": "TEXT NOT NULL REFERENCES reports (id)",
    "agency_id": "INTEGER NOT NULL REFERENCES agencies (id) ON DELETE CASCADE",
    "agency_name": "TEXT NOT NULL",
    "agency_kind": "TEXT NOT NULL",
    "level": "TEXT",
    "division_code": "TEXT",
    "prefecture_code": "TEXT",
    "province_code": "TEXT",
    "form": "TEXT NOT NULL",
    "template_version": "TEXT",
    "scope": "TEXT NOT NULL",
    "reports_of_year": "INTEGER NOT NULL",
    "published_on": "TEXT",
    "first_published_on": "TEXT",
    "due_on": "TEXT",
    "days_late": "INTEGER",
    "confidence": "REAL NOT NULL",
    "findings_count": "INTEGER NOT NULL",
    "errors_count": "INTEGER NOT NULL",
}
"""What is said of the report itself."""

RECEIVED = tuple(f"new_received_{applicant}" for applicant in (*APPLICANTS[:-1], LEGAL_PERSONS_TOTAL, APPLICANTS[-1]))
"""The new requests by applicant."""

HANDLED = (
    "carried_over_in_total",
    "granted_total",
    "partially_granted_total",
    "denied_state_secret_total",
    "denied_prohibited_by_law_total",
    "denied_security_or_stability_total",
    "denied_third_party_rights_total",
    "denied_internal_affairs_total",
    "denied_process_information_total",
    "denied_enforcement_case_file_total",
    "denied_administrative_query_total",
    "denied_total",
    "unavailable_not_held_total",
    "unavailable_requires_creation_total",
    "unavailable_unclear_after_correction_total",
    "unavailable_total",
    "not_processed_petition_complaint_total",
    "not_processed_duplicate_total",
    "not_processed_public_publication_total",
    "not_processed_excessive_repeated_total",
    "not_processed_confirm_or_reissue_total",
    "not_processed_total",
    "other_not_corrected_in_time_total",
    "other_fee_not_paid_total",
    "other_residual_total",
    "other_handling_total",
    "handled_total",
    "carried_over_out_total",
)
"""What became of the requests, over all applicants."""

CONTESTED = tuple(f"{channel}_{outcome}" for channel in (*CHANNELS, "litigation") for outcome in OUTCOMES)
"""Reviews and lawsuits by outcome."""

OTHERS = (
    "rules_issued",
    "rules_in_force",
    "normative_documents_issued",
    "normative_documents_repealed",
    "normative_documents_in_force",
    "licensing_decisions",
    "penalty_decisions",
    "coercion_decisions",
    "t14_received",
    "t14_replied",
    "t14_reply_granted",
    "t14_reply_partial",
    "t14_reply_refused",
    "t14_review_total",
    "t14_litigation_total",
)
"""Cells of part two and of the statistics of 2014 to 2018 that counts over places and years are made of."""

CELLS = (*RECEIVED, *HANDLED, *CONTESTED, *OTHERS)
"""Columns that are the panel's, by their names there."""

COLUMNS = (*HEAD, *CELLS)

# Of a year the rows lie together, so that a question about one reads nothing else. What was carried over stands in the
# index of agencies, since it is held against another year; so do the lengths of copies, which are far from each other.
INDICATORS = f"""
CREATE TABLE indicators (
    {", ".join(f"{name} {declared}" for name, declared in HEAD.items())},
    {", ".join(CELLS)},
    stale INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (report_year, report_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX indicators_report ON indicators (report_id);
CREATE INDEX indicators_agency
    ON indicators (agency_id, report_year, scope, carried_over_in_total, carried_over_out_total);
CREATE INDEX indicators_province ON indicators (province_code, report_year);
CREATE INDEX indicators_prefecture ON indicators (prefecture_code, report_year) WHERE prefecture_code IS NOT NULL;
CREATE INDEX indicators_division ON indicators (division_code, report_year);
CREATE INDEX report_links_copied ON report_links (report_id, length, other_id) WHERE kind = 'copied_prose';
"""

# The due day is that of the view `coverage`, which says where it is from.
HEADS = """
CREATE TEMP TABLE heads AS
SELECT *, CAST(julianday(first_published_on) - julianday(due_on) AS INTEGER) AS days_late
FROM (
    SELECT
        r.report_year,
        r.id AS report_id,
        a.id AS agency_id,
        a.name AS agency_name,
        a.kind AS agency_kind,
        a.level,
        coalesce(a.division_code, r.division_code) AS division_code,
        CASE 'prefecture' WHEN d.level THEN d.code WHEN u.level THEN u.code END AS prefecture_code,
        coalesce(d.province_code, r.province_code) AS province_code,
        r.form,
        r.template_version,
        r.scope,
        k.reports_of_year,
        r.published_on,
        (
            SELECT min(v.published_on) FROM reports AS v
            WHERE v.agency_id = r.agency_id AND v.report_year = r.report_year
        ) AS first_published_on,
        (r.report_year + 1) || CASE
            WHEN a.kind = 'department' AND r.report_year >= 2019 THEN '-01-31'
            WHEN a.kind IN ('government', 'office', 'township', 'department') THEN '-03-31'
        END AS due_on,
        r.confidence,
        r.findings_count,
        r.errors_count
    FROM panel_reports AS k
    JOIN reports AS r ON r.id = k.report_id
    JOIN agencies AS a ON a.id = r.agency_id
    LEFT JOIN divisions AS d ON d.code = coalesce(a.division_code, r.division_code)
    LEFT JOIN divisions AS u ON u.code = d.parent_code
)
"""

CHANGED = f"""
CREATE TEMP TABLE changed AS
SELECT h.report_id FROM temp.heads AS h LEFT JOIN main.indicators AS i ON i.report_id = h.report_id
WHERE :all OR i.report_id IS NULL OR i.stale OR NOT ({" AND ".join(f"i.{name} IS h.{name}" for name in HEAD)})
"""

FRESH = f"""
CREATE TEMP TABLE fresh AS
SELECT {", ".join(f"h.{name}" for name in HEAD)}, {", ".join(f"p.{name}" for name in CELLS)}
FROM temp.changed AS c
CROSS JOIN temp.heads AS h ON h.report_id = c.report_id
CROSS JOIN panel AS p ON p.report_id = c.report_id
"""

STALE = "UPDATE indicators SET stale = 1 WHERE report_id = ?"
"""Cells change only with a reading: whoever stores one that differs says so here."""

TEMPORARY = ("heads", "changed", "fresh")


def prepare_indicators(connection: sqlite3.Connection) -> None:
    """Compute beside the corpus which rows are other than they should be, and what they should be. Takes no lock."""
    _drop(connection)
    connection.execute(HEADS)
    connection.execute("CREATE UNIQUE INDEX temp.heads_report ON heads (report_id)")
    connection.execute(CHANGED, {"all": last_inputs(connection, STEP) != _rule()})
    connection.execute("CREATE UNIQUE INDEX temp.changed_report ON changed (report_id)")
    connection.execute(FRESH)


def replace_indicators(connection: sqlite3.Connection) -> Mapping[str, int]:
    """Write the prepared rows, and delete those of reports that stand in the panel no more.

    Args:
        connection: inside a transaction; the one that the rows were prepared on.

    Returns:
        `rows` of the table, and how many of them were `written`.
    """
    names = ", ".join(COLUMNS)
    for stale in ("IN (SELECT report_id FROM temp.changed)", "NOT IN (SELECT report_id FROM temp.heads)"):
        connection.execute(f"DELETE FROM indicators WHERE report_id {stale}")
    written = connection.execute(
        f"INSERT INTO indicators ({names}) SELECT {names} FROM temp.fresh ORDER BY report_year, report_id"
    ).rowcount
    (rows,) = connection.execute("SELECT count(*) FROM temp.heads").fetchone()
    if last_inputs(connection, STEP) != _rule():
        note_inputs(connection, STEP, _rule())
    _drop(connection)
    return {"rows": rows, "written": written}


def _drop(connection: sqlite3.Connection) -> None:
    for table in TEMPORARY:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


@cache
def _rule() -> str:
    """Of what the rows are made by: another program may make others of the same reports."""
    return hashlib.sha256("\n".join((HEADS, FRESH, panel_sql())).encode()).hexdigest()
