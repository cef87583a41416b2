"""The narrow table that questions are asked of, brought up to date with the panel."""

from __future__ import annotations

from collections.abc import Mapping

from govcrawl.store import Store
from govcrawl.store.indicators import prepare_indicators, replace_indicators


def relate_indicators(store: Store) -> Mapping[str, int]:
    """Write the rows that changed: of reports that came, went or were read otherwise, and of renamed agencies."""
    prepare_indicators(store.connection)
    with store.atomic() as connection:
        return replace_indicators(connection)
