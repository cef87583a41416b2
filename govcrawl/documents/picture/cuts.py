"""A tall picture of several sheets, one below the other → its sheets, so that a table the end of one cuts is mended."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from govcrawl.documents.layout import Box, Rule, Sheet, Word, lattices
from govcrawl.documents.limits import Limits


def sheets_in(sheet: Sheet, limits: Limits) -> list[Sheet]:
    """Cut a sheet between ruled tables that follow each other with nothing printed between them."""
    if sheet.height < 1.5 * sheet.width:
        return [sheet]
    edges = [0.0, *_gaps(sheet, limits), sheet.height]
    return [_part(sheet, top, bottom) for top, bottom in itertools.pairwise(edges)]


def _gaps(sheet: Sheet, limits: Limits) -> Iterator[float]:
    tables = [table.box for table in lattices(sheet.rules, limits=limits) if not table.single_column]
    for upper, lower in itertools.pairwise(tables):
        if upper.bottom < lower.top and not any(
            upper.bottom < (word.top + word.bottom) / 2 < lower.top for word in sheet.words
        ):
            yield (upper.bottom + lower.top) / 2


def _part(sheet: Sheet, top: float, bottom: float) -> Sheet:
    words = tuple(
        Word(text, x0, above - top, x1, below - top, size, confidence)
        for text, x0, above, x1, below, size, confidence in sheet.words
        if top <= (above + below) / 2 < bottom
    )
    rules = tuple(
        Rule(x0, max(above, top) - top, x1, min(below, bottom) - top)
        for x0, above, x1, below in sheet.rules
        if above < bottom and below >= top
    )
    pictures = tuple(
        Box(x0, above - top, x1, below - top) for x0, above, x1, below in sheet.pictures if top <= above < bottom
    )
    return Sheet(sheet.number, sheet.width, bottom - top, words, rules, pictures)
