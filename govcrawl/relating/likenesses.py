"""Which reports are nearly the same, and whose prose was copied."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from govcrawl import __version__
from govcrawl.likeness import Prose, Told, comparable, copied_prose, names_of, near_duplicates
from govcrawl.lookups import lookups_folder
from govcrawl.model import Likeness, LinkKind, Version
from govcrawl.store import Store, history
from govcrawl.store import likeness as stored
from govcrawl.store.related import last_inputs, note_inputs

STEP = "likeness"


def relate_likenesses(store: Store) -> Mapping[str, int]:
    """Link the near-duplicates of one agency and year, and the passages that an earlier report has, too.

    All prose has to be read for that, so it is not done again while no report, name or rule has changed.
    """
    connection = store.connection
    reports = [Told(*row) for row in stored.told(connection)]
    called = {report.id: stored.called(connection, report.id) for report in reports}
    versions = history.versions(connection)
    inputs = _digest(reports, called, versions)
    if last_inputs(connection, STEP) == inputs:
        return _counted(stored.linked(connection))
    names: dict[stored.Called, tuple[str, ...]] = {}

    def read(report_id: str) -> Prose:
        known = called[report_id]
        if known not in names:
            names[known] = names_of(known.agencies, known.divisions)
        return comparable(stored.sections(connection, report_id), names[known])

    links = [*_duplicates(connection, versions), *copied_prose(reports, read)]
    with store.atomic():
        counts = stored.replace_links(connection, links)
        note_inputs(connection, STEP, inputs)
    return _counted(counts)


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return {str(kind): counts.get(kind, 0) for kind in LinkKind}


def _digest(reports: Sequence[Told], called: Mapping[str, stored.Called], versions: Sequence[Version]) -> str:
    """Of everything that links follow from: an id stands for a content, the program's version for its rules.

    Agencies stand there by names, or by which reports have the same one: their numbers are this database's own.
    """
    digest = hashlib.sha256(__version__.encode())
    digest.update((lookups_folder() / "boilerplate.toml").read_bytes())
    for report in reports:
        digest.update(repr((report.id, report.writer.year, called[report.id])).encode())
    agencies: dict[int | None, int] = {}
    for version in sorted(versions, key=lambda version: version.id):
        places = sorted((sighting.url, sighting.position) for sighting in version.sightings)
        agency = agencies.setdefault(version.agency_id, len(agencies))
        told = (version.id, version.published_on, version.first_seen_at, agency, version.report_year, places)
        digest.update(repr(told).encode())
    return digest.hexdigest()


def _duplicates(connection: sqlite3.Connection, versions: Sequence[Version]) -> Iterator[Likeness]:
    groups: dict[tuple[int, int], list[Version]] = defaultdict(list)
    for version in versions:
        if version.agency_id is not None and version.report_year is not None:
            groups[version.agency_id, version.report_year].append(version)
    for group in groups.values():
        if len(group) > 1:
            yield from near_duplicates(group, {one.id: history.contents(connection, one.id) for one in group})
