"""The full-text index of titles, names and prose, and what is kept in it."""

from govcrawl.store.search.index import SEARCH, Indexed, index_reports, missing_rows
from govcrawl.store.search.words import pattern_of, spaced, words

__all__ = ["SEARCH", "Indexed", "index_reports", "missing_rows", "pattern_of", "spaced", "words"]
