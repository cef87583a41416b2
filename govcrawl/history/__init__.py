"""Versions of reports: which came before which, and what changed between them. Pure."""

from __future__ import annotations

from govcrawl.history.chains import Pair, pairs_of
from govcrawl.history.changes import changes_between
from govcrawl.history.successions import succession

__all__ = ["Pair", "changes_between", "pairs_of", "succession"]
