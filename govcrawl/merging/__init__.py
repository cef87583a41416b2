"""Corpora crawled on different machines made one: their rows, and the files of their archives."""

from __future__ import annotations

from govcrawl.merging.files import archived_name
from govcrawl.merging.run import Merged, Place, merge

__all__ = ["Merged", "Place", "archived_name", "merge"]
