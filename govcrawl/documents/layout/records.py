"""A printed sheet as its reader finds it: words and lines with their places. Every fixed layout comes down to it.

Places are in points (1/72 inch) from the upper left corner, x to the right, y down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Word(NamedTuple):
    """Printed text with its place: a single character, a word, or a whole line that was recognised at once."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    """Size of the type."""
    confidence: float = 1.0
    """How sure its recognition is, 0 to 1; of text that is text, 1."""


class Rule(NamedTuple):
    """A straight line along an axis, or one side of a filled box: horizontal where `top` = `bottom`."""

    x0: float
    top: float
    x1: float
    bottom: float


class Box(NamedTuple):
    """A place on the sheet."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper."""

    number: int
    """From 1."""
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictures: tuple[Box, ...] = ()
    """Pictures printed on it."""
