"""A migration killed at any moment has happened as a whole or not at all, and the next start completes it."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlite_utils

from govcrawl.store import Store
from govcrawl.store.migrations import migrations, registered_names

ROOT = Path(__file__).parents[2]
OPENER = """
import sys
from pathlib import Path
from govcrawl.store import Store
print(".", flush=True)
Store.open(Path(sys.argv[1])).close()
"""
REPORTS = 1500
REPORT = """
INSERT INTO reports (id, content_hash, agency_id, agency_name, division_code, report_year, title, title_key, form,
    scope, confidence, findings_count, errors_count, extracted_at, extractor_version)
VALUES (:id, :id || '00', :agency, :name, '970100', 2020, :name, '', 'form2019', 'unknown', 1, 0, 0, '', '0.0.1')
"""


def old_database(path: Path) -> None:
    """A corpus as the release before identities of agencies left it: every body twice, by two of its names."""
    old = sqlite_utils.Database(path)
    migrations.apply(old, stop_before="m009_agencies")
    with old.conn:
        old.conn.execute(
            "INSERT INTO divisions VALUES ('970100', '云山市', '云岭省云山市', 'prefecture', NULL, '970000')"
        )
        for number in range(REPORTS):
            name = f"云山市第{number // 2}{'局' if number % 2 else ' 局'}"
            given = {"id": f"{number:020x}", "agency": number + 1, "name": name}
            made = (
                "INSERT INTO agencies (id, name, division_code, kind) VALUES (:agency, :name, '970100', 'department')"
            )
            old.conn.execute(made, given)
            old.conn.execute(REPORT, given)
    old.close()


def applied(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*), count(DISTINCT agency_name) FROM reports").fetchone() == (
            REPORTS,
            REPORTS,
        )
        return [row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY name")]
    finally:
        connection.close()


@pytest.mark.slow
def test_a_migration_killed_again_and_again_is_completed_by_the_next_start(tmp_path: Path) -> None:
    database = tmp_path / "govcrawl.db"
    old_database(database)
    before, after = applied(database), registered_names()
    assert before == after[: len(before)] != after
    chance = random.Random(20210302)
    for _ in range(8):
        opener = subprocess.Popen(
            [sys.executable, "-c", OPENER, str(database)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:
            assert opener.stdout is not None
            assert opener.stdout.readline() == b".\n", opener.stderr.read() if opener.stderr else b""
            time.sleep(chance.uniform(0, 0.5))
        finally:
            opener.kill()
            opener.communicate(timeout=300)
        assert applied(database) in (before, after)
    Store.open(database).close()
    assert applied(database) == after
