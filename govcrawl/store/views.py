"""The views of the corpus: `sql/*.sql`, and those written from the forms' codes (`panel`, `carry_over`, `evidence`)."""

from __future__ import annotations

import sqlite3
from functools import cache
from importlib.resources import files

from govcrawl.store.corrections import LAYER, corrected_cells_sql
from govcrawl.store.evidence import evidence_sql
from govcrawl.store.panel import panel_corrected_sql, panel_sql
from govcrawl.store.schema import APPLICANTS

FILES = ("panel_reports", "coverage", "coverage_by_portal", "duplicates", "edits", "vanished_reports")


def write_views(connection: sqlite3.Connection) -> None:
    """Drop and create the views if the text of one is not the program's. The caller holds the transaction."""
    wanted = views()
    if not outdated(connection):
        return
    for name in wanted:
        connection.execute(f"DROP VIEW IF EXISTS {name}")
    for sql in wanted.values():
        connection.execute(sql)


def outdated(connection: sqlite3.Connection) -> bool:
    """Whether a view is missing or differs from the program's."""
    stored = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))
    return any(stored.get(name) != sql for name, sql in views().items())


@cache
def views() -> dict[str, str]:
    """Every view by name, in the order they build on each other."""
    folder = files("govcrawl.store") / "sql"
    texts = {name: (folder / f"{name}.sql").read_text(encoding="utf-8") for name in FILES}
    texts |= {"panel": panel_sql(), "carry_over": carry_over_sql(), "evidence": evidence_sql()}
    texts |= {"corrected_cells": corrected_cells_sql(), "panel_corrected": panel_corrected_sql(LAYER)}
    return {name: _statement(text) for name, text in texts.items()}


def _statement(text: str) -> str:
    """The statement without the comment above it, which SQLite does not keep."""
    return text[text.index("CREATE VIEW") :].strip()


def carry_over_sql() -> str:
    """`carry_over`: a row per agency, year and applicant column where two years in a row have reports of one scope."""
    return "CREATE VIEW carry_over AS\n" + "\nUNION ALL\n".join(
        f"""SELECT
    now.agency_id,
    now.report_year,
    '{applicant}' AS applicant,
    this.{applicant} AS carried_over_in,
    last.{applicant} AS last_carried_over_out,
    coalesce(this.{applicant}, 0) - coalesce(last.{applicant}, 0) AS difference,
    now.report_id,
    before.report_id AS last_report_id
FROM panel_reports AS now
JOIN panel_reports AS before ON before.agency_id = now.agency_id AND before.report_year = now.report_year - 1
JOIN reports AS r ON r.id = now.report_id
JOIN reports AS b ON b.id = before.report_id AND b.scope IS r.scope
JOIN applications AS this ON this.report_id = now.report_id AND this.row_code = 'carried_over_in'
JOIN applications AS last ON last.report_id = before.report_id AND last.row_code = 'carried_over_out'"""
        for applicant in APPLICANTS
    )
