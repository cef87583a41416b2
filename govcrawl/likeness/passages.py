"""The passages that two texts share, nearly word by word.

Fingerprints that both have are chained where they follow each other at like distances; what lies around a chain is
aligned, and of the alignment the stretches are kept in which agreement outweighs difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Levenshtein

from govcrawl.likeness.fingerprints import WINDOW, Prints, fingerprints
from govcrawl.likeness.prose import Prose

SHORTEST = 80
SHORTEST_COMPARABLE = 70
"""Characters that a passage must have, as it is printed and as it is compared."""

JOINT = 40
"""Characters of official phrases within a passage that do not part it."""

EDGE = 2 * WINDOW
"""A gap has an anchor before and behind it, so that so many characters at the ends of a stretch are told by none."""

FEWEST_GAPS = 6
"""Gaps between anchors, of a passage, around which few agencies write the same. Where two official sentences follow
each other by chance, there are three to five of them."""

LEAST_OWN = 50
LEAST_OWN_SHARE = 0.6
"""Number and share of a passage's characters around which few agencies write the same."""

LEAST_SCORE = 0.85
"""Likeness of the two sides of a passage: twice the characters they share in order by all they have."""

FEWEST_SEEDS = 3
FARTHEST = 120
DRIFT = 40
"""Seeds of a chain are at most so many characters apart, and their distances differ by at most so many."""

AROUND = 150
"""Characters around a chain that are aligned, too: fingerprints stand seldom at the very ends of a passage."""

PATIENCE = 60
"""A stretch ends where differences have taken so much from it."""

COST = 1.5
"""What a character that differs takes from a stretch; one that agrees gives it 1."""


@dataclass(frozen=True, slots=True)
class Text:
    """A report's prose with its fingerprints."""

    prose: Prose
    prints: Prints

    @classmethod
    def of(cls, prose: Prose) -> Text:
        return cls(prose, fingerprints(prose.text))

    def section(self, position: int) -> tuple[int, int]:
        """Begin and end of the section that a place lies in."""
        bounds = self.prose.bounds
        number = self.prose.section_at(position)
        return bounds[number], bounds[number + 1] - 1 if number + 1 < len(bounds) else len(self.prose.text) - 1

    def cores(self, begin: int, end: int, common: Set[int]) -> Iterator[tuple[int, int, int]]:
        """The parts of a stretch that few agencies write: begin, end, and how many characters say so."""
        gaps = [
            (first, last)
            for first, last, key in self.prints.middles
            if begin <= first and last <= end and key not in common
        ]
        while gaps:
            count = 1
            while count < len(gaps) and gaps[count][0] - gaps[count - 1][1] <= JOINT:
                count += 1
            part, gaps = gaps[:count], gaps[count:]
            if count < FEWEST_GAPS:
                continue
            first = begin if part[0][0] - begin <= EDGE else part[0][0]
            last = end if end - part[-1][1] <= EDGE else part[-1][1]
            yield first, last, sum(stop - start for start, stop in part)


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
Block = tuple[int, int, int]
"""Begin in one text, begin in the other, and length of what both have there."""


def shared_passages(one: Text, two: Text, common: Set[int]) -> list[Shared]:
    """The passages of one text that stand in the other, too, in the order of the first.

    Args:
        one: a text.
        two: another.
        common: fingerprints that do not count.
    """
    here, there = one.prints.places, two.prints.places
    seeds = sorted({(here[key], there[key]) for key in here.keys() & there.keys() - common})
    found: list[Shared] = []
    for chain in _chains(one, two, seeds):
        begin, end = _around(one, chain[0][0], chain[-1][0])
        other_begin, other_end = _around(two, chain[0][1], chain[-1][1])
        for stretch in _stretches(one.prose.text[begin:end], two.prose.text[other_begin:other_end]):
            blocks = [(step[0] + begin, step[1] + other_begin, step[2]) for step in stretch]
            found += _passages(one, two, blocks, common)
    return sorted(_apart(found), key=lambda shared: shared.begin)


def _passages(one: Text, two: Text, blocks: Sequence[Block], common: Set[int]) -> Iterator[Shared]:
    """The parts of an aligned stretch that are long enough, and few agencies'."""
    for begin, end, own in one.cores(blocks[0][0], blocks[-1][0] + blocks[-1][2], common):
        other_begin, other_end = _across(blocks, begin), _across(blocks, end)
        long_enough = end - begin >= SHORTEST_COMPARABLE and len(one.prose.passage(begin, end)) >= SHORTEST
        if long_enough and own >= max(LEAST_OWN, LEAST_OWN_SHARE * (end - begin)):
            score = Indel.normalized_similarity(one.prose.text[begin:end], two.prose.text[other_begin:other_end])
            if score >= LEAST_SCORE:
                yield Shared(begin, end, other_begin, other_end, round(score, 4), own)


def _across(blocks: Sequence[Block], position: int) -> int:
    """Where a place of the first text stands in the second."""
    for begin, other, size in blocks:
        if position <= begin + size:
            return other + max(position - begin, 0)
    return blocks[-1][1] + blocks[-1][2]


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
    return max(begin, first - AROUND), min(end, last + AROUND)


def _stretches(one: str, two: str) -> Iterator[list[Block]]:
    """The blocks that agree, of each part of the alignment of two texts in which agreement outweighs difference."""
    blocks: list[Block] = []
    gain, best, upto = 0.0, 0.0, 0
    for step in Levenshtein.opcodes(one, two):
        size = step.src_end - step.src_start
        if step.tag == "equal":
            blocks.append((step.src_start, step.dest_start, size))
            gain += size
            if gain > best:
                best, upto = gain, len(blocks)
        elif blocks:
            gain -= COST * max(size, step.dest_end - step.dest_start)
            if gain <= 0 or best - gain > PATIENCE:
                yield blocks[:upto]
                blocks, gain, best, upto = [], 0.0, 0.0, 0
    if blocks:
        yield blocks[:upto]


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
