"""The passages that two texts share, nearly word by word.

Fingerprints that both have are chained where they follow each other at like distances; what lies around a chain is
aligned, and of the alignment the stretches are kept in which agreement outweighs difference.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Levenshtein

from govcrawl.likeness.fingerprints import SHINGLE, fingerprints
from govcrawl.likeness.prose import Prose

SHORTEST = 80
"""Comparable characters that a passage must have, and as many that few agencies write."""

LEAST_SCORE = 0.75
"""Likeness of the two sides of a passage: twice the characters they share in order by all they have."""

FEWEST_SEEDS = 3
FARTHEST = 80
DRIFT = 30
"""Seeds of a chain are at most so many characters apart, and their distances differ by at most so many."""

AROUND = 80
"""Characters around a chain that are aligned, too: fingerprints stand seldom at the very ends of a passage."""

COST = 1.5
"""What a character that differs takes from a stretch; one that agrees gives it 1."""


@dataclass(frozen=True, slots=True)
class Text:
    """A report's prose with its fingerprints."""

    prose: Prose
    prints: dict[int, int]

    @classmethod
    def of(cls, prose: Prose) -> Text:
        return cls(prose, fingerprints(prose.text))

    def section(self, position: int) -> tuple[int, int]:
        """Begin and end of the section that a place lies in."""
        bounds = self.prose.bounds
        number = self.prose.section_at(position)
        return bounds[number], bounds[number + 1] - 1 if number + 1 < len(bounds) else len(self.prose.text) - 1

    def own(self, begin: int, end: int, common: Set[int]) -> int:
        """How many characters of a stretch few agencies write: from each such fingerprint up to the next one."""
        marks = sorted((position, fingerprint in common) for fingerprint, position in self.prints.items())
        first = bisect_left(marks, (begin, False))
        inside = [mark for mark in marks[first:] if mark[0] < end]
        ends = [position for position, _ in inside[1:]] + [end]
        found = 0 if not inside or inside[0][1] else inside[0][0] - begin
        return found + sum(last - at for (at, shared), last in zip(inside, ends, strict=True) if not shared)


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage in two texts: begin and end in each; the likeness of the two; its characters of its own."""

    begin: int
    end: int
    other_begin: int
    other_end: int
    score: float
    own: int


Seed = tuple[int, int]


def shared_passages(one: Text, two: Text, common: Set[int]) -> list[Shared]:
    """The passages of one text that stand in the other, too, in the order of the first.

    Args:
        one: a text.
        two: another.
        common: fingerprints that do not count.
    """
    seeds = sorted((one.prints[key], two.prints[key]) for key in one.prints.keys() & two.prints.keys() - common)
    found: list[Shared] = []
    for chain in _chains(one, two, seeds):
        begin, end = _around(one, chain[0][0], chain[-1][0])
        other_begin, other_end = _around(two, chain[0][1], chain[-1][1])
        for stretch in _stretches(one.prose.text[begin:end], two.prose.text[other_begin:other_end]):
            first, last, other_first, other_last = stretch
            own = one.own(begin + first, begin + last, common)
            score = Indel.normalized_similarity(
                one.prose.text[begin + first : begin + last],
                two.prose.text[other_begin + other_first : other_begin + other_last],
            )
            if own >= SHORTEST and score >= LEAST_SCORE:
                place = begin + first, begin + last, other_begin + other_first, other_begin + other_last
                found.append(Shared(*place, round(score, 4), own))
    return sorted(_apart(found), key=lambda shared: shared.begin)


def _chains(one: Text, two: Text, seeds: Iterable[Seed]) -> list[list[Seed]]:
    """Seeds of two sections that follow each other at like distances, the longest chain first."""
    chains: list[list[Seed]] = []
    running: list[tuple[tuple[int, int], list[Seed]]] = []
    for seed in seeds:
        sections = one.prose.section_at(seed[0]), two.prose.section_at(seed[1])
        running = [entry for entry in running if seed[0] - entry[1][-1][0] <= FARTHEST]
        fitting = [chain for where, chain in running if where == sections and _follows(chain[-1], seed)]
        if fitting:
            min(fitting, key=lambda chain: _drift(chain[-1], seed)).append(seed)
        else:
            chains.append([seed])
            running.append((sections, chains[-1]))
    return sorted((chain for chain in chains if len(chain) >= FEWEST_SEEDS), key=len, reverse=True)


def _follows(last: Seed, seed: Seed) -> bool:
    return 0 < seed[1] - last[1] <= FARTHEST and _drift(last, seed) <= DRIFT


def _drift(last: Seed, seed: Seed) -> int:
    return abs((seed[0] - last[0]) - (seed[1] - last[1]))


def _around(text: Text, first: int, last: int) -> tuple[int, int]:
    begin, end = text.section(first)
    return max(begin, first - AROUND), min(end, last + SHINGLE + AROUND)


def _stretches(one: str, two: str) -> Iterator[tuple[int, int, int, int]]:
    """Parts of the alignment of two texts in which agreement outweighs difference, long enough to be a passage."""
    gain, best = 0.0, 0.0
    begin: tuple[int, int] | None = None
    end = (0, 0)
    for step in Levenshtein.opcodes(one, two):
        if step.tag == "equal":
            if begin is None:
                begin, gain, best = (step.src_start, step.dest_start), 0.0, 0.0
            gain += step.src_end - step.src_start
            if gain > best:
                best, end = gain, (step.src_end, step.dest_end)
        elif begin is not None:
            gain -= COST * max(step.src_end - step.src_start, step.dest_end - step.dest_start)
            if gain <= 0 or best - gain > AROUND:
                if end[0] - begin[0] >= SHORTEST:
                    yield begin[0], end[0], begin[1], end[1]
                begin = None
    if begin is not None and end[0] - begin[0] >= SHORTEST:
        yield begin[0], end[0], begin[1], end[1]


def _apart(found: Sequence[Shared]) -> Iterator[Shared]:
    """Those that overlap no longer one, in either text."""
    kept: list[Shared] = []
    for shared in sorted(found, key=lambda one: (one.begin - one.end, one.begin)):
        if not any(
            (shared.begin < other.end and other.begin < shared.end)
            or (shared.other_begin < other.other_end and other.other_begin < shared.other_end)
            for other in kept
        ):
            kept.append(shared)
            yield shared
