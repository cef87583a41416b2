"""Pictures in a document of Word: counted, and recognised where the tables themselves are pictures."""

from __future__ import annotations

from importlib import import_module

from lxml.etree import _Element

from govcrawl.documents.docx.package import Package
from govcrawl.documents.grids import Budget
from govcrawl.documents.html import read_body
from govcrawl.documents.limits import Limits
from govcrawl.model import Block, Document, DocumentError, ProblemKind

_NARROW = 1_800_000
"""Five centimetres in the unit of drawings: no table is narrower."""


def could_be_tables(body: _Element) -> list[_Element]:
    """The pictures that are embedded and wide enough for a table."""
    return [image for image in body.iter("img") if _source(image)[0] and not 0 <= _source(image)[1] < _NARROW]


def read_with_pictures(body: _Element, package: Package, limits: Limits, notes: list[str]) -> tuple[list[Block], bool]:
    """The blocks of a body with those of its pictures in their places; whether any were recognised.

    Raises:
        DocumentError: UNREADABLE where recognition is not installed, TOO_LARGE where it would cost too much.
    """
    budget = Budget(limits)
    blocks: list[Block] = []
    recognised = False
    for child in list(body):
        images = could_be_tables(child)
        alone = body.makeelement("div")
        alone.append(child)
        blocks += read_body(alone, budget, notes)
        for image in images:
            for document in _read(package.picture(_source(image)[0]), limits, notes):
                blocks += document.blocks
                recognised |= document.recognised
                notes += [note for note in document.notes if note not in notes]
    return blocks, recognised


def _read(data: bytes | None, limits: Limits, notes: list[str]) -> tuple[Document, ...]:
    """A picture that is none, or broken, is told in the notes: the others may still hold the tables."""
    if data is None:
        return ()
    try:
        read: tuple[Document, ...] = import_module("govcrawl.documents.picture").read(data, url=None, limits=limits)
    except DocumentError as error:
        if error.kind in (ProblemKind.UNREADABLE, ProblemKind.TOO_LARGE):
            raise
        if "picture_unread" not in notes:
            notes.append("picture_unread")
        return ()
    return read


def _source(image: _Element) -> tuple[str, int]:
    """(relationship, width) as the cleaned markup named them; a width of -1 is not known."""
    relationship, _, width = image.get("src", "").rpartition(" ")
    return relationship, int(width)
