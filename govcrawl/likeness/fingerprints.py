"""The fingerprints of a text: features that two texts share where they share a passage, word by word or nearly.

Official prose is made of phrases that everybody writes; what tells a copy is that they follow each other alike. So some
of a text's shingles are taken as anchors, by their hashes, wherever they stand; and a fingerprint is four anchors that
follow each other, or four of five that do, the first and the last among them. It spans some twenty-five characters; a
word exchanged takes away those around it only.

MinHash compares whole sections, and a passage inside a longer section changes their likeness too little to be found;
cut into overlapping windows, each would need a signature, many times the memory and an array library at the core.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from zlib import crc32

from govcrawl.likeness.prose import BREAK

SHINGLE = 5
"""Characters of an anchor."""

WINDOW = 12
"""Shingles, of which at least one is an anchor: every sixth or seventh."""

_FACTOR = 0x9E3779B1
"""An odd number with its bits well mixed (2 to the 32nd by the golden ratio)."""

_MASK = 0xFFFFFFFFFFFF
_BITS = 0xFFFFFFFF


@dataclass(slots=True)
class Prints:
    """The fingerprints of a text, 32 bits each and the same on every machine."""

    places: dict[int, int] = field(default_factory=dict)
    """Fingerprint → where it first begins; in the order of the text."""
    middles: list[tuple[int, int, int]] = field(default_factory=list)
    """Begin and end of each gap between two anchors that has one more anchor on either side, and the fingerprint of
    these four."""


def fingerprints(text: str) -> Prints:
    """Every fingerprint of a text; none spans a break."""
    found = Prints()
    start = 0
    for piece in text.split(BREAK):
        if len(piece) >= SHINGLE:
            _collect(piece, start, found)
        start += len(piece) + len(BREAK)
    return found


def _collect(piece: str, start: int, found: Prints) -> None:
    anchors = _anchors(piece)
    values = [value for value, _ in anchors]
    at = [start + place for _, place in anchors]
    keep = found.places.setdefault
    for index in range(len(anchors) - 3):
        begin = at[index]
        first, one, two, three = values[index : index + 4]
        seed = first * _FACTOR & _MASK
        near = (seed ^ one) * _FACTOR & _MASK
        nearer = (near ^ two) * _FACTOR & _MASK
        closest = (nearer ^ three) * _FACTOR >> 16 & _BITS
        keep(closest, begin)
        found.middles.append((at[index + 1], at[index + 2], closest))
        if index + 4 < len(values):
            four = values[index + 4]
            far = ((seed ^ two) * _FACTOR & _MASK ^ three) * _FACTOR & _MASK
            keep((nearer ^ four) * _FACTOR >> 16 & _BITS, begin)
            keep((((near ^ three) * _FACTOR & _MASK) ^ four) * _FACTOR >> 16 & _BITS, begin)
            keep((far ^ four) * _FACTOR >> 16 & _BITS, begin)


def _anchors(piece: str) -> list[tuple[int, int]]:
    """Hash and place of the shingles that are taken: in every window the one with the least hash, the last of equals.

    Winnowing: Schleimer, Wilkerson, Aiken, SIGMOD 2003.
    """
    encoded = piece.encode("utf-32-le", "surrogatepass")
    width = 4 * SHINGLE
    hashes = [crc32(encoded[begin : begin + width]) for begin in range(0, len(encoded) - width + 1, 4)]
    anchors: list[tuple[int, int]] = []
    least, place = 0, -1
    for end in range(min(WINDOW, len(hashes)), len(hashes) + 1):
        if place < end - WINDOW or place < 0:
            window = hashes[max(end - WINDOW, 0) : end]
            least = min(window)
            place = end - 1 - window[::-1].index(least)
        elif hashes[end - 1] <= least:
            least, place = hashes[end - 1], end - 1
        else:
            continue
        anchors.append((least, place))
    return anchors
