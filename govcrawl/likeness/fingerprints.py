"""The fingerprints of a text: few of its shingles, chosen so that equal passages have equal ones.

Winnowing (Schleimer, Wilkerson, Aiken: Winnowing, SIGMOD 2003): of each `WINDOW` shingles that follow each other, the
one with the least hash is taken. Any passage of `WINDOW + SHINGLE - 1` characters that two texts share gives both the same
fingerprint, wherever it stands in them. MinHash compares whole sections, and a passage inside a longer section changes
their likeness too little to be found; cut into windows they would need a signature each, and many times the memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

from govcrawl.likeness.prose import BREAK

SHINGLE = 8
"""Characters of a shingle."""

WINDOW = 6
"""Shingles of which one is taken, at the least."""


def fingerprints(text: str) -> dict[int, int]:
    """Hash (32 bits, the same on every machine) → where its shingle first stands; in the order of the text."""
    found: dict[int, int] = {}
    start = 0
    for piece in text.split(BREAK):
        hashes = _hashes(piece)
        for index in _chosen(hashes):
            found.setdefault(hashes[index], start + index)
        start += len(piece) + len(BREAK)
    return found


def _hashes(text: str) -> list[int]:
    """The hash of every shingle."""
    encoded = text.encode("utf-32-le", "surrogatepass")
    width = 4 * SHINGLE
    return [crc32(encoded[begin : begin + width]) for begin in range(0, len(encoded) - width + 1, 4)]


def _chosen(hashes: Sequence[int]) -> Iterator[int]:
    """Index of the least hash in each window, the last one of equals; once where windows share it."""
    last = -1
    for start in range(max(min(len(hashes), 1), len(hashes) - WINDOW + 1)):
        end = min(start + WINDOW, len(hashes))
        if last < start:
            least = min(hashes[start:end])
            last = end - 1
            while hashes[last] != least:
                last -= 1
            yield last
        elif hashes[end - 1] <= hashes[last]:
            last = end - 1
            yield last
