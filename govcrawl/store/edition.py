"""Which corpus it is: a version that follows from what it holds, whichever database that stands in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from govcrawl.store.dump import dump_rows
from govcrawl.store.errors import explained
from govcrawl.store.reading import Corpus
from govcrawl.store.rows import to_json

DECIDING = ("agencies", "corrections", "reports", "report_sources", "rereadings")
"""What a version follows from. Cells of a report follow from its content, unless a reading of it changed: then
`rereadings` says so."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A state of the corpus."""

    version: str
    """`<day a report was last seen>-<first 12 hex digits of the SHA-256 of the canonical dump of DECIDING>`."""
    last_seen_on: str | None
    """The day a report was last seen, ISO 8601; None for an empty corpus."""
    reports: int
    """Current ones."""
    agencies: int
    """Those whose reports they are: others are known by a report that nobody could read."""
    years: tuple[int, int] | None
    """The first and the last report year."""


def edition(corpus: Corpus) -> Edition:
    """Say which corpus it is: the same for the same rows, in whatever order they were stored. Reads all reports."""
    digest = hashlib.sha256()
    for table in DECIDING:
        digest.update(f"{table}\n".encode())
        for row in dump_rows(corpus, table):
            digest.update(f"{to_json(row)}\n".encode())
    with explained(corpus.path):
        connection = corpus.connection
        (seen,) = connection.execute("SELECT substr(max(last_seen_at), 1, 10) FROM report_sources").fetchone()
        reports, agencies, first, last = connection.execute(
            """SELECT count(*), count(DISTINCT agency_id), min(report_year), max(report_year)
            FROM reports WHERE state = 'current'"""
        ).fetchone()
    day = (seen or "empty").replace("-", "")
    return Edition(f"{day}-{digest.hexdigest()[:12]}", seen, reports, agencies, (first, last) if first else None)
