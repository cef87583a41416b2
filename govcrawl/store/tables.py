"""Where the sub-tables of a report were read and what their sums prove; how sure recognised cells are."""

from __future__ import annotations

import json
from typing import Any

from govcrawl.model import Report

REPORT_TABLES = """
CREATE TABLE report_tables (
    report_id TEXT NOT NULL REFERENCES reports (id),
    table_id TEXT NOT NULL,
    form TEXT NOT NULL,
    source_url TEXT,           -- the document it was read from
    member TEXT,               -- the name inside the archive that document is
    kind TEXT NOT NULL,
    recognised INTEGER NOT NULL CHECK (recognised BETWEEN 0 AND 1),
    proof TEXT NOT NULL CHECK (proof = 'proven' OR proof = 'contradicted' OR proof = 'unproven'),
    confidence REAL NOT NULL,  -- share of its cells that were placed without a repair
    PRIMARY KEY (report_id, table_id)
) WITHOUT ROWID;
CREATE INDEX report_tables_proof ON report_tables (proof, kind);
ALTER TABLE disclosure ADD COLUMN confidence REAL;
ALTER TABLE statistics ADD COLUMN confidence REAL;
ALTER TABLE applications ADD COLUMN confidences TEXT;
ALTER TABLE review_litigation ADD COLUMN confidences TEXT;
ALTER TABLE report_sources ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
INSERT INTO report_tables (report_id, table_id, form, source_url, kind, recognised, proof, confidence)
    SELECT r.id, j.key, j.value, (SELECT min(url) FROM report_sources AS s WHERE s.report_id = r.id),
        'html', 0, 'unproven', r.confidence
    FROM reports AS r, json_each(r.table_forms) AS j;
"""
"""`report_sources.position` is 0 at a report's main address, and counts its attachments from 1. The tables of reports
that were stored before are of pages, and nobody has proven them."""

COLUMNS = "report_id, table_id, form, source_url, member, kind, recognised, proof, confidence"


def table_rows(report: Report) -> list[tuple[Any, ...]]:
    """The rows of `report_tables`."""
    return [
        (
            report.id,
            table_id,
            facts.form,
            facts.source,
            facts.member or None,
            str(facts.kind),
            int(facts.recognised),
            str(facts.proof),
            facts.confidence,
        )
        for table_id, facts in report.tables.items()
    ]


def public_tables(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The rows of `report_tables` as the public JSON has them."""
    return {
        row["table_id"]: {
            "form": row["form"],
            "source": row["source_url"],
            "member": row["member"],
            "kind": row["kind"],
            "recognised": bool(row["recognised"]),
            "proof": row["proof"],
            "confidence": round(row["confidence"], 4),
        }
        for row in rows
    }


def public_confidences(lists: dict[str, list[dict[str, Any]]], wide: dict[str, tuple[str, Any]]) -> dict[str, float]:
    """Cell → confidence, of the cells that were recognised, as the public JSON has them.

    Args:
        lists: the rows of each part by its table's name.
        wide: the parts that have a row for several cells, with the column that names the row.
    """
    found: dict[str, float] = {}
    for part in ("disclosure", "statistics"):
        found |= {f"{part}/{row['code']}": row["confidence"] for row in lists[part] if row["confidence"] is not None}
    for part, (key, _) in wide.items():
        for row in lists[part]:
            cells = json.loads(row["confidences"] or "{}")
            found |= {f"{part}/{row[key]}/{column}": value for column, value in cells.items()}
    return found
