"""What all reports say together, year by year."""

from __future__ import annotations

from collections.abc import Mapping

from govcrawl.store import Store
from govcrawl.store.year_sums import collect_year_sums, replace_year_sums


def relate_year_sums(store: Store) -> Mapping[str, int]:
    """Add the figures of `indicators` by year and by who reports."""
    rows = collect_year_sums(store.connection)
    with store.atomic() as connection:
        return replace_year_sums(connection, rows)
