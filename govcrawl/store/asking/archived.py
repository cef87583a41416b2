"""Where an archived original lies."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from govcrawl.store.asking.rows import rows


@dataclass(frozen=True, slots=True)
class Original:
    """A body in the archive."""

    url: str
    warc_file: str
    warc_offset: int


def originals(connection: sqlite3.Connection, sha256: str) -> list[Original]:
    """The places of a body by its SHA-256, the first fetched first; a body may have been archived several times."""
    found = rows(
        connection,
        """SELECT url, warc_file, warc_offset FROM captures
        WHERE body_sha256 = ? AND typeof(warc_file) = 'text' AND typeof(warc_offset) = 'integer'
        ORDER BY fetched_at, id LIMIT 20""",
        sha256,
    )
    return [Original(**each) for each in found]
