"""Near-duplicates: one report at two addresses, with a word or a figure more or less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from rapidfuzz.distance import Indel

from govcrawl.model import Contents, Likeness, LinkKind, Printed, Version

LEAST_SCORE = 0.9
"""Likeness of the prose, white space aside."""

DIFFERING = 0.1
"""Share of the cells printed in either, noughts aside, that may differ; one always may."""


def near_duplicates(versions: Sequence[Version], contents: Mapping[str, Contents]) -> Iterator[Likeness]:
    """Pairs of reports of one agency and year that have no main address in common and say nearly the same.

    Args:
        versions: all reports of one agency and year.
        contents: what each says, by id.
    """
    ordered = sorted(versions, key=lambda version: (version.first_seen_at, version.id))
    for earlier, later in combinations(ordered, 2):
        if _addresses(earlier) & _addresses(later):
            continue
        score = likeness(contents[earlier.id], contents[later.id])
        if score >= LEAST_SCORE:
            yield Likeness(later.id, earlier.id, LinkKind.NEAR_DUPLICATE, score)


def likeness(one: Contents, two: Contents) -> float:
    """How alike the prose of two reports is, 0 to 1; 0 where too many of their cells differ."""
    printed = _figures(one.cells), _figures(two.cells)
    names = printed[0].keys() | printed[1].keys()
    differing = sum(printed[0].get(name) != printed[1].get(name) for name in names)
    if differing > max(1, DIFFERING * len(names)):
        return 0.0
    prose = _prose(one), _prose(two)
    if not any(prose):
        return 1.0 if names else 0.0
    return round(Indel.normalized_similarity(*prose, score_cutoff=LEAST_SCORE), 4)


def _addresses(version: Version) -> set[str]:
    return {seen.url for seen in version.sightings if seen.position == 0}


def _figures(cells: Mapping[str, Printed]) -> dict[str, object]:
    return {where: cell.value for where, cell in cells.items() if cell.value}


def _prose(contents: Contents) -> str:
    return "".join("".join(f"{heading}{text}".split()) for heading, text in contents.sections)
