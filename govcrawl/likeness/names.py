"""What an agency is called in its own prose."""

from __future__ import annotations

from collections.abc import Iterable

from govcrawl.lookups import load_lookup

SHORTEST = 2


def names_of(agencies: Iterable[str], divisions: Iterable[str]) -> tuple[str, ...]:
    """The names to take out of a report's prose, longest first.

    Args:
        agencies: names of the agency, as printed.
        divisions: names and full names of its division, and of those that this lies in.

    Returns:
        Each as it is; divisions also without the word for their kind; agencies also without their division.
    """
    places = set(divisions)
    places |= {_bare(place) for place in places}
    places = {place for place in places if len(place) >= SHORTEST}
    found = set(places)
    for agency in agencies:
        found.add(agency)
        found.update(agency.removeprefix(place) for place in places)
    anybody = set(load_lookup("boilerplate")["agency"]["anybody"])
    return tuple(
        sorted((name for name in found - anybody if len(name) >= SHORTEST), key=lambda name: (-len(name), name))
    )


def _bare(place: str) -> str:
    """A division's name without the word for its kind: 云山市 is 云山."""
    for suffix in load_lookup("boilerplate")["division"]["suffixes"]:
        if place.endswith(suffix):
            return place.removesuffix(suffix)
    return place
