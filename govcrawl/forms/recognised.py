"""Text that was recognised from a picture, and how sure that is: it goes with the text from the grid to the figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govcrawl.model import Figure, GridCell


class Recognised(str):
    """A text that knows how sure its recognition is; equal to the plain text, so that every cache serves both."""

    __slots__ = ("confidence",)
    confidence: float

    def __new__(cls, text: str, confidence: float) -> Recognised:
        made = super().__new__(cls, text)
        made.confidence = confidence
        return made


def with_confidence(row: Sequence[GridCell]) -> tuple[GridCell, ...]:
    """The row with the confidence of each cell in its text, too: cells are taken apart to texts on their way."""
    return tuple(
        cell if cell.confidence >= 1 else cell._replace(text=Recognised(cell.text, cell.confidence)) for cell in row
    )


def plain(text: str) -> str:
    """The text alone: what is remembered under it must not carry another cell's confidence."""
    return str(text) if type(text) is Recognised else text


def sure_as(figure: Figure, text: str) -> Figure:
    """The figure of a cell, as sure as the recognition of its text."""
    return replace(figure, confidence=text.confidence) if type(text) is Recognised else figure
