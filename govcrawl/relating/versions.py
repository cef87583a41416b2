"""Which report is a version of which, and what changed between them."""

from __future__ import annotations

from collections.abc import Mapping

from govcrawl.history import pairs_of, succession
from govcrawl.store import Store
from govcrawl.store import history as stored


def relate_versions(store: Store) -> Mapping[str, int]:
    """Compare each version of a report with the one before it, cell by cell."""
    connection = store.connection
    pairs = pairs_of(stored.versions(connection))
    found = [
        succession(pair, stored.contents(connection, pair.earlier.id), stored.contents(connection, pair.later.id))
        for pair in pairs
    ]
    with store.atomic():
        return stored.replace_versions(connection, found)
