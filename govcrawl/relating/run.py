"""All steps, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from govcrawl.relating.across import relate_across
from govcrawl.relating.corrections import relate_corrections
from govcrawl.relating.coverage import relate_coverage
from govcrawl.relating.identities import relate_identities
from govcrawl.relating.indicators import relate_indicators
from govcrawl.relating.likenesses import relate_likenesses
from govcrawl.relating.search import relate_search
from govcrawl.relating.versions import relate_versions
from govcrawl.relating.year_sums import relate_year_sums
from govcrawl.store import Store
from govcrawl.store.related import forget_inputs, note_whole

Step = Callable[[Store], Mapping[str, int]]
"""Reads the store, and replaces its own rows in one transaction once all is known; gives what it counted."""

STEPS: dict[str, Step] = {
    "identities": relate_identities,
    "versions": relate_versions,
    "coverage": relate_coverage,
    "likeness": relate_likenesses,
    "across": relate_across,
    "corrections": relate_corrections,
    "indicators": relate_indicators,
    "year_sums": relate_year_sums,
    "search": relate_search,
}
"""By name, in the order they build on each other."""


@dataclass(slots=True)
class Related:
    """What relating counted, by step."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, dict[str, int]]:
        return self.counts


def relate(store: Store, done: Callable[[str], None] = lambda name: None, *, anew: bool = False) -> Related:
    """Hold all reports of the corpus against each other. Stopped at any moment, it can be run again.

    Args:
        store: open for writing.
        done: is told of each step when it is over.
        anew: also take the steps of which nothing that they follow from has changed.

    Raises:
        StoreError: the database cannot be written.
    """
    related = Related()
    if anew:
        with store.atomic() as connection:
            forget_inputs(connection)
    for name, step in STEPS.items():
        related.counts[name] = dict(step(store))
        done(name)
    with store.atomic() as connection:
        note_whole(connection)
    return related
