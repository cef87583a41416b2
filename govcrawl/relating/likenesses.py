"""Which reports are nearly the same, and whose prose was copied."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from govcrawl.likeness import Prose, Told, comparable, copied_prose, names_of, near_duplicates
from govcrawl.model import Likeness, LinkKind, Version
from govcrawl.store import Store, history
from govcrawl.store import likeness as stored


def relate_likenesses(store: Store) -> Mapping[str, int]:
    """Link the near-duplicates of one agency and year, and the passages that an earlier report has, too."""
    connection = store.connection
    reports = [Told(*row) for row in stored.told(connection)]
    names: dict[stored.Called, tuple[str, ...]] = {}

    def read(report_id: str) -> Prose:
        called = stored.called(connection, report_id)
        if called not in names:
            names[called] = names_of(called.agencies, called.divisions)
        return comparable(stored.sections(connection, report_id), names[called])

    counts = stored.replace_links(connection, chain(_duplicates(connection), copied_prose(reports, read)))
    return {str(kind): counts.get(kind, 0) for kind in LinkKind}


def _duplicates(connection: sqlite3.Connection) -> Iterator[Likeness]:
    groups: dict[tuple[int, int], list[Version]] = defaultdict(list)
    for version in history.versions(connection):
        if version.agency_id is not None and version.report_year is not None:
            groups[version.agency_id, version.report_year].append(version)
    for group in groups.values():
        if len(group) > 1:
            yield from near_duplicates(group, {one.id: history.contents(connection, one.id) for one in group})
