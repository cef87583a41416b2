from __future__ import annotations

from pathlib import Path

import pytest
import sqlite_utils

from govcrawl.model import AgencyKind
from govcrawl.store import PortalState, Store
from govcrawl.store.migrations import migrations, registered_names
from govcrawl.store.schema import TABLES
from govcrawl.store.views import views

PROMISED = {
    "divisions": "code name full_name level parent_code province_code",
    "portals": "id name division_code homepage platform state last_success_at",
    "agencies": "id name division_code kind portal_id",
    "captures": "id url portal_id fetched_at status content_type body_sha256 etag last_modified warc_file "
    "warc_offset role",
    "reports": "id content_hash agency_id agency_name division_code province_code report_year title form "
    "template_version template_evidence scope published_on state confidence findings_count extracted_at "
    "extractor_version",
    "report_sources": "report_id url capture_id portal_id first_seen_at last_seen_at",
    "disclosure": "report_id code value unit raw",
    "statistics": "report_id code value unit raw",
    "applications": "report_id row_code natural_person commercial_enterprise research_institution social_welfare_org "
    "legal_service_org other_org total raw",
    "review_litigation": "report_id channel upheld corrected other pending total raw",
    "extra_cells": "report_id table row column value raw unit code",
    "sections": "report_id number heading text",
    "findings": "report_id code severity where expected actual message",
    "crawl_runs": "id started_at finished_at exit_code report",
    "problems": "url portal_id kind first_seen_at last_seen_at count detail",
    "listings": "url portal_id column_url title published_on first_seen_at last_seen_at",
}


@pytest.mark.parametrize(("table", "columns"), PROMISED.items())
def test_every_promised_table_has_its_promised_columns(store: Store, table: str, columns: str) -> None:
    there = {row[1] for row in store.connection.execute(f'PRAGMA table_info("{table}")')}
    assert set(columns.split()) <= there


@pytest.mark.parametrize("view", ["panel", "coverage", "carry_over", "duplicates"])
def test_every_promised_view_can_be_read(store: Store, view: str) -> None:
    assert store.connection.execute(f"SELECT count(*) FROM {view}").fetchone() == (0,)


def test_the_tables_come_from_a_recorded_migration(store: Store) -> None:
    applied = migrations.applied(sqlite_utils.Database(store.connection))
    names = [migration.name for migration in applied]
    assert names[:2] == ["m001_tables", "m002_redirects"]
    assert names == sorted(names) == registered_names()


def test_the_writer_works_in_wal_mode_with_foreign_keys_on(store: Store) -> None:
    pragmas = {
        name: store.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 1}
    assert store.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert store.connection.execute("PRAGMA busy_timeout").fetchone() == (5000,)


def test_opening_again_keeps_what_is_there(store: Store, database: Path) -> None:
    with Store.open(database) as again:
        assert again.connection.execute("SELECT count(*) FROM portals").fetchone() == (1,)


def test_a_view_of_an_older_program_is_written_anew(store: Store, database: Path) -> None:
    store.connection.execute("DROP VIEW duplicates")
    store.connection.execute("CREATE VIEW duplicates AS SELECT 1 AS old")
    with Store.open(database) as again:
        (sql,) = again.connection.execute("SELECT sql FROM sqlite_master WHERE name = 'duplicates'").fetchone()
    assert sql == views()["duplicates"]


@pytest.mark.parametrize("values", [AgencyKind, PortalState])
def test_the_checks_know_every_value_of_the_enumerations(values: type[AgencyKind] | type[PortalState]) -> None:
    assert all(f"'{value}'" in TABLES for value in values)


def test_the_tables_of_reports_stored_before_have_a_source_and_no_proof(database: Path) -> None:
    old = sqlite_utils.Database(database)
    migrations.apply(old, stop_before="m007_report_tables")
    old.conn.execute(
        """INSERT INTO reports (id, content_hash, title, title_key, form, table_forms, scope, confidence,
            findings_count, errors_count, extracted_at, extractor_version)
        VALUES ('a', 'a', '', '', 'form2021', '{"applications":"form2021"}', 'unknown', 0.5, 0, 0, '', '')"""
    )
    old.conn.execute(
        "INSERT INTO report_sources VALUES ('a', 'http://www.yunshan.test/', NULL, NULL, '', '', NULL, NULL)"
    )
    old.conn.commit()
    old.close()
    with Store.open(database) as store:
        rows = store.connection.execute("SELECT * FROM report_tables").fetchall()
    assert rows == [("a", "applications", "form2021", "http://www.yunshan.test/", None, "html", 0, "unproven", 0.5)]
