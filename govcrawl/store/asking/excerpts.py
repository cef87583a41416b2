"""Where a report's prose says what was looked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from govcrawl.store.search.words import pattern_of

BEFORE, BEHIND = 30, 60
"""Characters around a word."""
MOST = 2
CUT = "…"

SECTIONS = "SELECT heading, text FROM sections WHERE report_id = ? ORDER BY position"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a section."""

    heading: str
    pieces: tuple[tuple[str, bool], ...]
    """(text, whether it was looked for), in order."""


def excerpts(connection: sqlite3.Connection, report_id: str, phrases: Sequence[Sequence[str]]) -> tuple[Excerpt, ...]:
    """The first places of the words of a question, a few at most: a section is shown for a word no other one shows."""
    waiting = [list(each) for each in phrases]
    found: list[Excerpt] = []
    if not waiting:
        return ()
    for heading, text in connection.execute(SECTIONS, (report_id,)):
        place = next((match.span() for each in waiting if (match := pattern_of(each).search(text))), None)
        if place is None:
            continue
        start, end = max(0, place[0] - BEFORE), min(len(text), place[1] + BEHIND)
        piece = " ".join(text[start:end].split())
        around = ((CUT if start else "", False), *marked(piece, phrases), (CUT if end < len(text) else "", False))
        found.append(Excerpt(heading, tuple(each for each in around if each[0])))
        waiting = [each for each in waiting if not pattern_of(each).search(piece)]
        if not waiting or len(found) == MOST:
            break
    return tuple(found)


def marked(text: str, phrases: Sequence[Sequence[str]]) -> tuple[tuple[str, bool], ...]:
    """A text in pieces: what was looked for, and what stands between."""
    spans = sorted(match.span() for each in phrases if each for match in pattern_of(list(each)).finditer(text))
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in spans:
        if end <= done:
            continue
        start = max(start, done)
        if start > done:
            pieces.append((text[done:start], False))
        pieces.append((text[start:end], True))
        done = end
    if done < len(text):
        pieces.append((text[done:], False))
    return tuple(pieces)
