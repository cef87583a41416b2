"""Which reports share fingerprints that few agencies have."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from govcrawl.model import Writer

PARTS = 64
"""Fingerprints are sorted in so many parts, so that the memory for it is small."""

FEWEST = 4
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

    About 12 bytes for each of a report's fingerprints, some 4 KB a report.
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
        agencies = len({writer.agency for writer in writers})
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
        for fingerprint, keys in groupby(sorted(part), key=lambda key: key >> 32):
            holders = [key & 0xFFFFFFFF for key in keys]
            by = {self.writers[holder] for holder in holders}
            if len(by) < 2:
                continue
            if len({writer.agency for writer in by}) > self._most:
                self.common.add(fingerprint)
                continue
            group = len(self._starts) - 1
            self._holders.extend(holders)
            self._starts.append(len(self._holders))
            for holder in holders:
                self._groups[holder].append(group)


def _parts(prints: Iterable[Iterable[int]]) -> Iterator[array[int]]:
    """Fingerprint and report as one number each, in parts that have no fingerprint in common."""
    parts = [array("Q") for _ in range(PARTS)]
    for number, hashes in enumerate(prints):
        for fingerprint in hashes:
            parts[fingerprint % PARTS].append(fingerprint << 32 | number)
    while parts:
        yield parts.pop()
