"""The corpus as one SQLite file: schema, migrations, views, the one writer, and reading."""

from __future__ import annotations

from govcrawl.store.columns import ColumnState, RememberedColumn
from govcrawl.store.coverage import Only
from govcrawl.store.hosts import HostMemory
from govcrawl.store.reading import Corpus, open_corpus
from govcrawl.store.records import KnownUrl, Outcome, PortalState, Saved
from govcrawl.store.status import status
from govcrawl.store.writer import Store

__all__ = [
    "ColumnState",
    "Corpus",
    "HostMemory",
    "KnownUrl",
    "Only",
    "Outcome",
    "PortalState",
    "RememberedColumn",
    "Saved",
    "Store",
    "open_corpus",
    "status",
]
