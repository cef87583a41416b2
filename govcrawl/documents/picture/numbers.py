"""Cells of figures: read again where there is doubt, as numbers where nothing else can stand, dashes by their shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from govcrawl.documents.layout import Lattice
from govcrawl.documents.picture.lookalikes import lookalikes
from govcrawl.documents.picture.paper import ink_of
from govcrawl.documents.picture.recogniser import NUMERIC, Reading, recognise
from govcrawl.documents.picture.strips import strip_of
from govcrawl.documents.picture.tools import Image
from govcrawl.documents.picture.typed import TypedLine

SURE = 0.9
"""Readings that are less sure than this are made again."""
_DOUBTED = 0.5
"""The most that a reading can be worth that another one contradicts."""
_TAKEN_FOR = 0.8
"""The most for a number where the recogniser would rather see letters."""
_BY_SHAPE = 0.95
_AGAIN = ((1.2, 1.25), (1.7, 1.1))
"""Frames and stretches of the readings that are made again."""
_LONGEST = 8.0
"""No figure is longer, in full characters."""


def settle(
    grey: Image, lines: Sequence[TypedLine], readings: Sequence[Reading], tables: Sequence[Lattice]
) -> list[Reading]:
    """Settle the readings of the cells of figures.

    Args:
        grey: the sheet without its ruled lines.
        lines: the lines of type that were read.
        readings: what they say.
        tables: the tables whose cells the lines name.
    """
    settled = list(readings)
    doubtful: list[int] = []
    for place in _figures(lines, readings, tables):
        line, reading = lines[place], readings[place]
        sign = _sign_by_shape(grey, line)
        if sign:
            settled[place] = Reading(sign, _BY_SHAPE, sign, _BY_SHAPE)
            continue
        settled[place] = _as_number(reading)
        lost = line.parts > len(reading.text.replace(" ", ""))
        if lost or settled[place].confidence < SURE or not is_number(settled[place].text):
            doubtful.append(place)
    _read_again(grey, lines, doubtful, settled)
    return settled


def is_number(text: str) -> bool:
    """Whether a text has no other signs than numbers have."""
    return bool(text) and all(character in NUMERIC for character in text)


def _figures(lines: Sequence[TypedLine], readings: Sequence[Reading], tables: Sequence[Lattice]) -> list[int]:
    """Places of the lines that are figures: alone in a cell, short, in a row or column of figures mostly."""
    alone = Counter(line.cell for line in lines)
    cells = {
        line.cell: place
        for place, line in enumerate(lines)
        if line.cell is not None and alone[line.cell] == 1 and line.place.width <= _LONGEST * line.em
    }
    tally: Counter[tuple[int, str, int, bool]] = Counter()
    for (table, number), place in cells.items():
        cell = tables[table].cells[number]
        sure = is_number(readings[place].text) or bool(_dashes(lines[place]))
        tally[table, "row", cell.row, sure] += 1
        tally[table, "column", cell.column, sure] += 1
    found: list[int] = []
    for (table, number), place in cells.items():
        cell = tables[table].cells[number]
        among = any(
            tally[table, kind, at, True] >= max(1, tally[table, kind, at, False])
            for kind, at in (("row", cell.row), ("column", cell.column))
        )
        if is_number(readings[place].text) or (among and _can_be_number(readings[place], lines[place])):
            found.append(place)
    return found


def _can_be_number(reading: Reading, line: TypedLine) -> bool:
    """Whether a reading that is no number may yet be of one: no label among figures is so short."""
    known = lookalikes()
    alike = sum(
        character in NUMERIC or character in known.dashes or any(character in taken for taken in known.of.values())
        for character in reading.text
    )
    return not reading.text or 2 * alike >= len(reading.text)


def _sign_by_shape(grey: Image, line: TypedLine) -> str:
    """Dashes or a lone slash, which a recogniser without its neighbours takes for 一 and 1; else nothing."""
    (x0, top, x1, bottom), em = line.place, line.em
    width, height = x1 - x0, bottom - top
    if dashes := _dashes(line):
        return dashes
    if line.parts != 1:
        return ""
    if not 0.3 * height < width < 1.2 * height or height < 0.5 * em:
        return ""
    rows, columns = np.nonzero(ink_of(grey[top:bottom, x0:x1]))
    slope, middle = np.polyfit(rows, columns, 1)
    off = np.abs(columns - (slope * rows + middle))
    return "/" if slope < -0.25 and float(np.percentile(off, 97)) < 0.11 * em else ""


def _dashes(line: TypedLine) -> str:
    """What is low and wide: dashes beside each other, which a recogniser takes for as many 1; or nothing."""
    (x0, top, x1, bottom), em = line.place, line.em
    width, height = x1 - x0, bottom - top
    if height >= 0.25 * em or width <= 2.0 * height * line.parts:
        return ""
    count = max(line.parts, round(width / em + 0.25))  # the white around the outer ones is not in the box
    return ("—" if width > 0.6 * em * line.parts else "-") * count


def _as_number(reading: Reading) -> Reading:
    """A reading whose letters only look like the signs of a number becomes the number."""
    text = reading.text.replace(" ", "")
    if text[:1] == "—" and text[1:].isdigit():
        text = f"-{text[1:]}"  # in front of figures no dash stands but a minus
    if is_number(text):
        return reading._replace(text=text, confidence=max(reading.confidence, reading.number_confidence))
    if lookalikes().reads_as(text, reading.number):
        return reading._replace(text=reading.number, confidence=min(_TAKEN_FOR, reading.number_confidence))
    return reading


def _read_again(grey: Image, lines: Sequence[TypedLine], doubtful: list[int], settled: list[Reading]) -> None:
    """Read cells in other sizes: what two readings agree on is taken; where none agree it is told by the confidence."""
    doubted = [lines[place] for place in doubtful]
    again = [
        recognise([strip_of(grey, line.place, line.em, frame=frame, stretch=stretch) for line in doubted])
        for frame, stretch in _AGAIN
    ]
    for index, place in enumerate(doubtful):
        made = [settled[place], *(_as_number(readings[index]) for readings in again)]
        votes = Counter(reading.text for reading in made if is_number(reading.text))
        if not votes:
            settled[place] = settled[place]._replace(confidence=min(settled[place].confidence, _DOUBTED))
            continue
        text, count = max(votes.items(), key=lambda vote: (vote[1], -made_by(made, vote[0])))
        best = max((reading for reading in made if reading.text == text), key=lambda reading: reading.confidence)
        worth = best.confidence if count == len(made) else min(best.confidence, _TAKEN_FOR if count > 1 else _DOUBTED)
        settled[place] = best._replace(confidence=worth)


def made_by(made: Sequence[Reading], text: str) -> int:
    """The first reading that says so."""
    return next(number for number, reading in enumerate(made) if reading.text == text)
