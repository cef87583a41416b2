"""Which reports share fingerprints that few agencies have."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

from govcrawl.model import Writer

PARTS = 64
"""Fingerprints are sorted in so many parts, so that the memory for it is small."""

FEWEST = 8
"""Fingerprints that two reports must share to be compared."""

COMMON_SHARE = 0.01
COMMON_LEAST = 5
COMMON_MOST = 40
"""What more agencies write than this share of all, but at least and at most so many, is common."""

MOST_OTHERS = 8
MOST_OWN = 4
"""Earlier reports that a report is compared with: of other agencies, and of its own."""


class Index:
    """Fingerprints of all reports, with those that few agencies have in reverse.

    Some 12 bytes for each of a report's fingerprints; while they are sorted, 8 more.
    """

    def __init__(self, writers: Sequence[Writer], prints: Iterable[Iterable[int]]) -> None:
        """Sort the fingerprints.

        Args:
            writers: of every report, the earlier ones first.
            prints: the fingerprints of each, in the same order.
        """
        self.writers = writers
        self.common: set[int] = set()
        """Fingerprints that too many agencies have."""
        self._starts = array("I", [0])
        self._holders = array("I")
        self._groups = [array("I") for _ in writers]
        self._reports = _numbered(writers)
        self._agencies = _numbered(writer.agency for writer in writers)
        agencies = len(set(self._agencies))
        self._most = round(min(max(COMMON_LEAST, COMMON_SHARE * agencies), COMMON_MOST))
        for part in _parts(prints):
            self._sort(part)

    def candidates(self, number: int) -> list[int]:
        """Earlier reports that share the most fingerprints with a report, by its number, those first.

        None of the same agency and year is among them, and one for each other agency and year.
        """
        shared: Counter[int] = Counter()
        for group in self._groups[number]:
            start = self._starts[group]
            shared.update(self._holders[start : bisect_left(self._holders, number, start, self._starts[group + 1])])
        writer = self.writers[number]
        left = {True: MOST_OWN, False: MOST_OTHERS}
        seen = {writer}
        found = []
        for other, count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
            if count < FEWEST:
                break
            by = self.writers[other]
            if by not in seen and left[by.agency == writer.agency]:
                seen.add(by)
                left[by.agency == writer.agency] -= 1
                found.append(other)
        return found

    def _sort(self, part: array[int]) -> None:
        keys = sorted(part)
        keys.append(-1)
        first, fingerprint = 0, -1
        for place, key in enumerate(keys):
            if key >> 32 != fingerprint:
                if place - first > 1:
                    self._add(fingerprint, [held & 0xFFFFFFFF for held in keys[first:place]])
                first, fingerprint = place, key >> 32

    def _add(self, fingerprint: int, holders: list[int]) -> None:
        """Note who has a fingerprint, or that too many have it. What only versions of one report have is nothing."""
        if len({self._reports[holder] for holder in holders}) < 2:
            return
        if len({self._agencies[holder] for holder in holders}) > self._most:
            self.common.add(fingerprint)
            return
        group = len(self._starts) - 1
        self._holders.extend(holders)
        self._starts.append(len(self._holders))
        for holder in holders:
            self._groups[holder].append(group)


def _numbered(keys: Iterable[Hashable]) -> list[int]:
    """The same number for the same key."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def _parts(prints: Iterable[Iterable[int]]) -> Iterator[array[int]]:
    """Fingerprint and report as one number each, in parts that have no fingerprint in common."""
    parts = [array("Q") for _ in range(PARTS)]
    for number, hashes in enumerate(prints):
        for fingerprint in hashes:
            parts[fingerprint % PARTS].append(fingerprint << 32 | number)
    while parts:
        yield parts.pop()
