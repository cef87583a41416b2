"""Which version came before which.

At one address the version before is the last one that was first seen there earlier, of the same agency and year; an
agency or a year that nobody could read is taken to be the same. A version that took no other's place is held against
the one of the same agency, year, scope and title that was first seen before it anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from govcrawl.model import Place, Sighting, Version

Seen = tuple[Sighting, Version]


@dataclass(frozen=True, slots=True)
class Pair:
    """A version, the one before it, and the sightings that say so."""

    earlier: Version
    later: Version
    place: Place
    old: Sighting
    new: Sighting


def pairs_of(versions: Iterable[Version]) -> list[Pair]:
    """Every version with those before it: one for each address where it took another's place, else at most one.

    Whatever order the versions are given in, the pairs are the same, by the ids of later and earlier.
    """
    known = sorted(versions, key=_moment)
    found: dict[tuple[str, str], Pair] = {}
    for pair in _at_addresses(known):
        found.setdefault((pair.later.id, pair.earlier.id), pair)
    followed = {later for later, _ in found}
    for pair in _elsewhere(known):
        key = pair.later.id, pair.earlier.id
        if pair.later.id not in followed and key[::-1] not in found:
            found[key] = pair
    return [found[key] for key in sorted(found)]


def _at_addresses(versions: Sequence[Version]) -> Iterator[Pair]:
    """Versions that took another's place at its main address; a file can hang on several pages."""
    addresses: dict[str, list[Seen]] = defaultdict(list)
    for version in versions:
        for sighting in version.sightings:
            if sighting.position == 0:
                addresses[sighting.url].append((sighting, version))
    pairs = []
    for seen in addresses.values():
        seen.sort(key=lambda one: (one[0].first_seen_at, one[1].id))
        for index, (new, later) in enumerate(seen):
            before = _before(seen[:index], new, later)
            if before is not None:
                pairs.append(Pair(before[1], later, Place.SAME, before[0], new))
    yield from sorted(pairs, key=lambda pair: pair.new.url)


def _before(seen: Sequence[Seen], new: Sighting, later: Version) -> Seen | None:
    """The last of those seen before at the address whose place the later one took.

    One that is there still (or again) when the later one appears may stand beside it in the same document; it counts
    only where scope and title say that it is the same report.
    """
    for old, earlier in reversed(seen):
        if old.first_seen_at >= new.first_seen_at or not _alike(earlier, later):
            continue
        if old.last_seen_at < new.first_seen_at or _title(earlier) == _title(later):
            return old, earlier
    return None


def _elsewhere(versions: Sequence[Version]) -> Iterator[Pair]:
    groups: dict[tuple[object, ...], list[Version]] = defaultdict(list)
    for version in versions:
        if version.agency_id is not None and version.report_year is not None:
            groups[version.agency_id, version.report_year, *_title(version)].append(version)
    for group in groups.values():
        for earlier, later in pairwise(group):
            yield Pair(earlier, later, Place.OTHER, earlier.sightings[0], later.sightings[0])


def _alike(one: Version, two: Version) -> bool:
    agency = one.agency_id is None or two.agency_id is None or one.agency_id == two.agency_id
    return agency and (one.report_year is None or two.report_year is None or one.report_year == two.report_year)


def _title(version: Version) -> tuple[str, str]:
    return version.scope, version.title_key


def _moment(version: Version) -> tuple[str, str]:
    return version.first_seen_at, version.id
