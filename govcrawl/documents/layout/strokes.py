"""Rules as they are drawn → the lines a reader sees: doubled, dotted and broken ones put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from govcrawl.documents.layout.records import Rule

SNAP = 3.0
"""Points between two lines that are seen as one: a doubled line, the two sides of a thin box."""
GAP = 4.0
"""Points between two pieces of one line: dashes, cells drawn one by one."""
SHORTEST = 5.0
"""A line shorter than this (points) bounds no cell: ends of thin boxes, letters drawn as lines."""


class Stroke(NamedTuple):
    """A line along one axis: `at` across it, from `start` to `end` along it."""

    at: float
    start: float
    end: float


def strokes_of(rules: Iterable[Rule]) -> tuple[list[Stroke], list[Stroke]]:
    """The horizontal and the vertical lines, each sorted by `at`. What lies aslant is no line of a table."""
    horizontal: list[Stroke] = []
    vertical: list[Stroke] = []
    for x0, top, x1, bottom in rules:
        wide, high = abs(x1 - x0), abs(bottom - top)
        if wide > high and high <= SNAP:
            horizontal.append(Stroke((top + bottom) / 2, min(x0, x1), max(x0, x1)))
        elif high > wide and wide <= SNAP:
            vertical.append(Stroke((x0 + x1) / 2, min(top, bottom), max(top, bottom)))
    return merged(horizontal), merged(vertical)


def merged(pieces: Sequence[Stroke]) -> list[Stroke]:
    """Put the pieces of lines together, sorted by `at`; what is too short to bound a cell is left out."""
    lines: list[Stroke] = []
    for cluster in _clusters(sorted(pieces)):
        lines.extend(_joined(cluster))
    lines.sort()
    return lines


def _clusters(pieces: Sequence[Stroke]) -> Iterable[list[Stroke]]:
    """Pieces that lie on one line, each cluster no wider than `SNAP`."""
    cluster: list[Stroke] = []
    for piece in pieces:
        if cluster and piece.at - cluster[0].at > SNAP:
            yield cluster
            cluster = []
        cluster.append(piece)
    if cluster:
        yield cluster


def _joined(cluster: list[Stroke]) -> Iterable[Stroke]:
    """Join the pieces of one line; a long piece has more say about where it lies."""
    cluster.sort(key=lambda piece: piece.start)
    start, end = cluster[0].start, cluster[0].end
    weight = moment = 0.0
    for at, piece_start, piece_end in cluster:
        if piece_start > end + GAP:
            if end - start >= SHORTEST:
                yield Stroke(moment / weight, start, end)
            start, end, weight, moment = piece_start, piece_end, 0.0, 0.0
        length = piece_end - piece_start + 0.01
        weight += length
        moment += at * length
        if piece_end > end:
            end = piece_end
    if end - start >= SHORTEST:
        yield Stroke(moment / weight, start, end)


def places(strokes: Iterable[Stroke]) -> list[float]:
    """Where lines lie, those within `SNAP` as one, sorted."""
    found: list[float] = []
    first = weight = moment = 0.0
    for at, start, end in sorted(strokes):
        length = end - start
        if weight and at - first > SNAP:
            found.append(moment / weight)
            weight = moment = 0.0
        if not weight:
            first = at
        weight += length
        moment += at * length
    if weight:
        found.append(moment / weight)
    return found
