"""The full-text index, brought up to date."""

from __future__ import annotations

from collections.abc import Mapping

from govcrawl.store import Store
from govcrawl.store.search import index_reports


def relate_search(store: Store) -> Mapping[str, int]:
    """Index what was stored or read anew since the last time."""
    indexed = index_reports(store.connection, store.atomic)
    return {"reports": indexed.reports, "written": indexed.written}
