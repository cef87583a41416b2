"""What is owed and what was found of it, kept as rows."""

from __future__ import annotations

from collections.abc import Mapping

from govcrawl.store import Store
from govcrawl.store.coverage_rows import collect_coverage, replace_coverage


def relate_coverage(store: Store) -> Mapping[str, int]:
    """Write what the view `coverage` says to `coverage_rows` and `coverage_counts`; only what changed is written.

    Returns:
        `expected`, `found`: rows; `changed`: rows written or removed.
    """
    collect_coverage(store.connection)
    with store.atomic() as connection:
        return replace_coverage(connection)
