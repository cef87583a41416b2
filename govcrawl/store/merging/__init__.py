"""Corpora joined to one: the rows. The files of the archive are moved by `govcrawl.merging`."""

from __future__ import annotations

from govcrawl.store.merging.corpus import adopt_names, archived_files, files_of, join_corpus, settle_merged
from govcrawl.store.merging.described import TABLES, Described, Kind
from govcrawl.store.merging.inputs import as_input

__all__ = [
    "TABLES",
    "Described",
    "Kind",
    "adopt_names",
    "archived_files",
    "as_input",
    "files_of",
    "join_corpus",
    "settle_merged",
]
