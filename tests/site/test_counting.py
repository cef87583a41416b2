"""How many rows a table has, as the list of tables says."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from govcrawl.site import make_site


def test_rows_are_counted_again_once_something_was_written(corpus_copy: Path) -> None:
    db = corpus_copy / "govcrawl.db"
    database = make_site(db, corpus_copy).get_database("corpus")
    before = asyncio.run(database.table_counts())["redirects"]
    with sqlite3.connect(db) as writer:
        writer.execute("INSERT INTO redirects VALUES ('http://a.test/', 'http://b.test/', '2024-01-01T00:00:00Z')")
    writer.close()
    assert asyncio.run(database.table_counts())["redirects"] == before + 1
