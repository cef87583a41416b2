"""The picture of a sheet → words and rules with their places."""

from __future__ import annotations

import re

import numpy as np

from govcrawl.documents.layout import Rule, Sheet, Word, lattices
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.picture.lines import Lines, find_lines
from govcrawl.documents.picture.marks import marks_of
from govcrawl.documents.picture.numbers import settle
from govcrawl.documents.picture.paper import Paper, even, ink_of
from govcrawl.documents.picture.recogniser import Reading
from govcrawl.documents.picture.recogniser import recognise as recognise_strips
from govcrawl.documents.picture.strips import is_long, stacked_strip_of, strip_of
from govcrawl.documents.picture.tools import Image
from govcrawl.documents.picture.typed import TypedLine, find_type

_SURE = 0.6
_SHORT = 1.5
_LINE = 3
"""Characters; on its side a sheet has no line of so many."""
_MANY = 8
_LEGIBLE = 0.75
"""Words, and the share of them that was surely read: a sheet that lies on its side or its head has less."""
_FEW_FIGURES = 4
_BETTER = 2.0
"""A sheet turned must say so much more than as it is given: whoever gave it has mostly looked at it."""
_FIGURES = re.compile(r"(\d)\1")
POINTS = 12.0
"""Size of the type of a report's body."""
_NARROWEST, _WIDEST = 4.0, 18.0
"""Inches that a sheet of a report is wide; a picture that says it were something else says nothing."""


def recognise(image: Image, *, number: int, dpi: float, limits: Limits) -> Sheet:
    """Recognise the picture of one sheet; see `govcrawl.documents.picture.sheet_of`."""
    return _set_upright(image, number, dpi, limits)


def recognise_picture(image: Image, *, number: int, dpi: float, limits: Limits) -> Sheet:
    """Recognise a picture that may not say how large it is to be printed: then its type is taken to be a report's."""
    told = dpi if dpi and _NARROWEST <= image.shape[1] / dpi <= _WIDEST else 0.0
    return _set_upright(image, number, told, limits)


def _set_upright(image: Image, number: int, dpi: float, limits: Limits) -> Sheet:
    """Recognise a picture; where next to nothing of much can be read, turned by half and by quarters."""
    if image.shape[0] * image.shape[1] > limits.pixels:
        raise too_large(f"a picture of {image.shape[1]:,} x {image.shape[0]:,} pixels")
    sheet = _recognise(even(image), number, dpi, limits)
    if len(sheet.words) < _MANY or _legible(sheet) > _LEGIBLE:
        return sheet
    turned = [
        _recognise(even(np.ascontiguousarray(np.rot90(image, turns))), number, dpi, limits) for turns in (2, 1, 3)
    ]
    best = max(turned, key=_read)
    return best if _read(best) > _BETTER * _read(sheet) else sheet


def _legible(sheet: Sheet) -> float:
    """Share of its words that were surely read."""
    stand = _figures_stand(sheet)
    if stand is False:
        return 0.0
    sure = [word for word in sheet.words if word.confidence > _SURE]
    written = [word for word in sure if not word.text.isdigit()]
    # On its side a sheet has lines of one character each, as figures always may have, or they stand below each other.
    lines = sum(len(word.text) if _is_stacked(word) and not stand else 1 for word in written)
    if sum(len(word.text) for word in written) < _SHORT * lines:
        return 0.0
    return len(sure) / max(1, len(sheet.words))


def _read(sheet: Sheet) -> float:
    """Characters that were surely read, of lines longer than a sheet on its side has."""
    stand = _figures_stand(sheet)
    return sum(
        len(word.text)
        for word in sheet.words
        if word.confidence > _SURE
        and len(word.text) >= _LINE
        and stand is not False
        and (stand or not _is_stacked(word))
    )


def _figures_stand(sheet: Sheet) -> bool | None:
    """Whether figures are higher than they are wide, as all are but on a sheet on its side; None if there are few."""
    figures = [word for word in sheet.words if word.confidence > _SURE and len(word.text) == 1 and word.text.isdigit()]
    if len(figures) < _FEW_FIGURES:
        return None
    return 2 * sum(word.bottom - word.top > word.x1 - word.x0 for word in figures) > len(figures)


def _is_stacked(word: Word) -> bool:
    """Whether its characters stand below each other: turned by a quarter, any line does."""
    return len(word.text) >= _LINE and word.bottom - word.top > word.x1 - word.x0


def _recognise(paper: Paper, number: int, dpi: float, limits: Limits) -> Sheet:
    points = 72 / (dpi * paper.scale) if dpi else POINTS / paper.em
    drawn = find_lines(paper)
    rules = _rules(drawn, points)
    tables = [table for table in lattices(rules, limits=limits) if not table.single_column]
    clean = np.where(drawn.drawn > 0, np.uint8(255), paper.grey)
    lines = find_type(marks_of(ink_of(clean, paper.em), paper.em), tables, paper, points)
    readings = recognise_strips([_strip(clean, line) for line in lines])
    _read_whole(clean, lines, readings)
    readings = settle(clean, lines, readings, tables)
    words = []
    for line, reading in zip(lines, readings, strict=True):
        if reading.text.strip():
            x0, top, x1, bottom = (round(side * points, 2) for side in line.place)
            size = round(line.em * points if line.stacked else bottom - top, 1)
            words.append(Word(reading.text.strip(), x0, top, x1, bottom, size, round(reading.confidence, 4)))
    height, width = paper.grey.shape
    return Sheet(number, width * points, height * points, tuple(words), tuple(rules))


def _strip(grey: Image, line: TypedLine) -> Image:
    if line.stacked:
        return stacked_strip_of(grey, line.place, line.em)
    return strip_of(grey, line.place, line.em)


def _read_whole(grey: Image, lines: list[TypedLine], readings: list[Reading]) -> None:
    """Read narrowed lines again at their full width where that left doubt, or may have swallowed one of two figures."""
    doubtful = [
        place
        for place, (line, reading) in enumerate(zip(lines, readings, strict=True))
        if is_long(line.place, line.em) and (reading.confidence < _SURE or _FIGURES.search(reading.text))
    ]
    strips = [strip_of(grey, lines[place].place, lines[place].em, whole=True) for place in doubtful]
    for place, reading in zip(doubtful, recognise_strips(strips), strict=True):
        if reading.confidence > readings[place].confidence or len(reading.text) > len(readings[place].text):
            readings[place] = reading


def _rules(lines: Lines, points: float) -> list[Rule]:
    across = [Rule(start * points, at * points, end * points, at * points) for at, start, end in lines.across]
    down = [Rule(at * points, start * points, at * points, end * points) for at, start, end in lines.down]
    return [*across, *down]
