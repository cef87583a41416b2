"""The picture of a sheet → words and rules with their places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from govcrawl.documents.layout.lattice import Lattice, lattices
from govcrawl.documents.layout.records import Rule, Sheet, Word
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.picture.lines import Lines, find_lines
from govcrawl.documents.picture.marks import Marks, Place, lines_of, marks_of, place_of, rows_of, without_specks
from govcrawl.documents.picture.paper import Paper, even, ink_of
from govcrawl.documents.picture.recogniser import Reading
from govcrawl.documents.picture.recogniser import recognise as recognise_strips
from govcrawl.documents.picture.strips import strip_of
from govcrawl.documents.picture.tools import Image

POINTS = 11.0
"""Size of the type of a report's body."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type that is to be read."""

    place: Place
    cell: tuple[int, int] | None = None
    """The number of its table and of its cell there."""


def recognise(image: Image, *, number: int, dpi: float, limits: Limits) -> Sheet:
    """Recognise the picture of one sheet; see `govcrawl.documents.picture.sheet_of`."""
    if image.shape[0] * image.shape[1] > limits.pixels:
        raise too_large(f"a picture of {image.shape[1]:,} x {image.shape[0]:,} pixels")
    paper = even(image)
    return _recognise(paper, number, 72 / (dpi * paper.scale), limits)


def recognise_type_of(image: Image, *, number: int, limits: Limits) -> Sheet:
    """Recognise a picture that does not say how large it is to be printed: its type is taken to be that of a report."""
    paper = even(image)
    return _recognise(paper, number, POINTS / paper.em, limits)


def _recognise(paper: Paper, number: int, points: float, limits: Limits) -> Sheet:
    drawn = find_lines(paper)
    rules = _rules(drawn, points)
    tables = [table for table in lattices(rules, limits=limits) if not table.single_column]
    clean = np.where(drawn.drawn > 0, np.uint8(255), paper.grey)
    lines = list(find_type(marks_of(ink_of(clean), paper.em), tables, paper, points))
    readings = recognise_strips([strip_of(clean, line.place, paper.em) for line in lines])
    words = []
    for line, reading in zip(lines, readings, strict=True):
        if reading.text.strip():
            x0, top, x1, bottom = (round(side * points, 2) for side in line.place)
            words.append(
                Word(reading.text.strip(), x0, top, x1, bottom, round(bottom - top, 1), round(reading.confidence, 4))
            )
    height, width = paper.grey.shape
    return Sheet(number, width * points, height * points, tuple(words), tuple(rules))


def _word(place: Place, reading: Reading, em: float, points: float) -> Word:
    """A word in the box of its type, of which its ink leaves some blank."""
    size = max(em, place.height / 0.9)
    above = (size - place.height) / 2
    sides = (place.x0 - 0.05 * em, place.top - above, place.x1 + 0.05 * em, place.bottom + above)
    x0, top, x1, bottom = (round(side * points, 2) for side in sides)
    return Word(reading.text.strip(), x0, top, x1, bottom, round(size * points, 1), round(reading.confidence, 4))


def _rules(lines: Lines, points: float) -> list[Rule]:
    across = [Rule(start * points, at * points, end * points, at * points) for at, start, end in lines.across]
    down = [Rule(at * points, start * points, at * points, end * points) for at, start, end in lines.down]
    return [*across, *down]


def find_type(marks: Marks, tables: list[Lattice], paper: Paper, points: float) -> list[Line]:
    """The lines of type of a sheet: those in cells cell by cell, then those around the tables."""
    found: list[Line] = []
    outside = np.ones(len(marks), dtype=bool)
    middle = (marks[:, :2] + marks[:, 2:]) / 2 * points
    for table_number, table in enumerate(tables):
        column = np.searchsorted(table.xs, middle[:, 0]) - 1
        row = np.searchsorted(table.ys, middle[:, 1]) - 1
        inside = (column >= 0) & (column < len(table.xs) - 1) & (row >= 0) & (row < len(table.ys) - 1)
        inside &= outside
        outside &= ~inside
        slots = np.asarray(table.slots())
        places = np.flatnonzero(inside)
        cells = slots[row[places], column[places]]
        order = np.argsort(cells, kind="stable")
        numbers, starts = np.unique(cells[order], return_index=True)
        for number, members in zip(numbers.tolist(), np.split(places[order], starts[1:]), strict=True):
            within = _without_remains(
                marks[members], Place(*(int(side / points) for side in table.cells[number].box)), paper.em
            )
            found += [
                Line(place_of(line), (table_number, number))
                for line in rows_of(without_specks(within, paper.em), paper.em)
            ]
    around = without_specks(marks[outside], paper.em)
    return [*found, *(Line(place) for place in lines_of(around, paper.em))]


def _without_remains(marks: Marks, cell: Place, em: float) -> Marks:
    """Drop what is left of the lines around a cell: thin marks along its sides."""
    thin, near = max(3.0, 0.12 * em), max(2.0, 0.15 * em)
    width, height = marks[:, 2] - marks[:, 0], marks[:, 3] - marks[:, 1]
    flat = (height <= thin) & ((marks[:, 1] - cell.top < near) | (cell.bottom - marks[:, 3] < near))
    upright = (width <= thin) & ((marks[:, 0] - cell.x0 < near) | (cell.x1 - marks[:, 2] < near))
    return marks[~(flat | upright)]
