"""Cut the stream of printed rows into the sub-tables of the forms.

Portals print the form as one table, as five, or as one table cut in two by a page; so the rows of all grids
are read as one stream, and the labels alone say where a sub-table begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from govcrawl.forms.labels import CACHE, ROW_CACHE
from govcrawl.forms.lexicon import Anchors, anchors_of, bare, headings
from govcrawl.forms.recognised import with_confidence
from govcrawl.forms.values import CellKind, cell_kind
from govcrawl.model import Document, GridCell

_WEIGHTS = {"title": 8.0, "row": 4.0, "header": 2.0, "group": 2.0, "stub": 1.0}
"""How much each part a label can play says about the table it stands in."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What the labels of a row speak for, together. Every set holds table ids."""

    anchors: tuple[Anchors, ...]
    title: frozenset[str]
    row: frozenset[str]
    header: frozenset[str]
    group: frozenset[str]
    stub: frozenset[str]
    any: frozenset[str]
    """All of these."""
    known: bool
    """Whether any label is one of a form."""


@lru_cache(maxsize=CACHE)
def speech_of(labels: tuple[str, ...]) -> Speech:
    """What a row's labels speak for. Cached: the rows of the forms come by in every report."""
    anchors = tuple(anchors_of(label) for label in labels)

    def union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
        return frozenset().union(*sets)

    return Speech(
        anchors,
        title=union(anchor.title for anchor in anchors),
        row=union(anchor.row for anchor in anchors),
        header=union(anchor.header for anchor in anchors),
        group=union(anchor.group for anchor in anchors),
        stub=union(anchor.stub for anchor in anchors),
        any=union(anchor.any for anchor in anchors),
        known=any(anchor.known for anchor in anchors),
    )


@dataclass(slots=True)
class Line:
    """A printed row: its cells, the grid it stands in, and what its labels speak for."""

    cells: tuple[GridCell, ...]
    grid: int
    aligned: bool
    labels: tuple[str, ...]
    """The text of each label cell that starts in this row."""
    speech: Speech
    numbers: int
    """How many cells of this row hold a number."""
    values: int
    """How many hold a number, a blank or a printed "nothing"."""

    @property
    def is_header(self) -> bool:
        """A row of header labels without a single number, and without the label of a row."""
        speech = self.speech
        return not self.numbers and not speech.row and bool(speech.header or speech.stub)


@dataclass(slots=True)
class Segment:
    """The rows of one printed sub-table. `table_id` is None where no label speaks for a table."""

    table_id: str | None
    lines: list[Line] = field(default_factory=list)
    has_values: bool = False


def lines_of(document: Document) -> list[Line]:
    """The rows of all grids of the document, in reading order."""
    return [_line(row, number, grid.aligned) for number, grid in enumerate(document.grids()) for row in grid.rows]


def _line(row: tuple[GridCell, ...], number: int, aligned: bool) -> Line:
    labels, speech, numbers, values, unsure = _contents(row)
    return Line(with_confidence(row) if unsure else row, number, aligned, labels, speech, numbers, values)


@lru_cache(maxsize=ROW_CACHE)
def _contents(row: tuple[GridCell, ...]) -> tuple[tuple[str, ...], Speech, int, int, bool]:
    """Labels of a row, what they speak for, how many numbers, how many values, and whether it was recognised."""
    labels: list[str] = []
    numbers = values = 0
    for text, origin, _ in row:
        if origin:
            kind = cell_kind(text)
            if kind is CellKind.NUMBER:
                numbers += 1
                values += 1
            elif kind is CellKind.NOTHING:
                values += 1
            else:
                labels.append(text)
    printed = tuple(labels)
    return printed, speech_of(printed), numbers, values, any(cell.confidence < 1 for cell in row)


def segments_of(lines: Sequence[Line]) -> list[Segment]:
    """Cut the stream into sub-tables; rows that belong to none come in segments without a table id."""
    segments: list[Segment] = []
    current: Segment | None = None
    for line in lines:
        if current is None or current.table_id is None or not _continues(current, line):
            current = _start(segments, current, line)
        current.lines.append(line)
        current.has_values = current.has_values or line.numbers > 0
    for segment in segments:
        _resolve(segment)
    return segments


def _continues(segment: Segment, line: Line) -> bool:
    """Whether a row goes on with the sub-table at hand."""
    speech, wanted = line.speech, segment.table_id
    if not speech.known:
        if line.labels and not line.values and bare(line.labels[0]) in headings():
            return False
        if segment.lines[-1].grid == line.grid:
            return True
        return line.numbers > 0 and not (segment.has_values and wanted == "review_litigation")
    if speech.title:
        return False
    if speech.stub and segment.has_values:
        return wanted == "statistics" and wanted in speech.stub
    if speech.row and line.values:
        return wanted in speech.row or wanted in speech.group or _under_shared_header(segment, speech)
    return wanted in speech.any


def _under_shared_header(segment: Segment, speech: Speech) -> bool:
    """Whether all there is so far is a header that the row's table has as well."""
    alone = all(line.is_header and not line.speech.title for line in segment.lines)
    return alone and not speech.row.isdisjoint(segment.lines[-1].speech.any)


def _start(segments: list[Segment], current: Segment | None, line: Line) -> Segment:
    table_id = _best_table(line.speech, current)
    if table_id is None and current is not None and current.table_id is None:
        return current
    segments.append(Segment(table_id))
    return segments[-1]


def _best_table(speech: Speech, current: Segment | None) -> str | None:
    """The table that the labels of a row speak for most."""
    votes: dict[str, float] = {}
    for anchor in speech.anchors:
        for part, weight in _WEIGHTS.items():
            ids: frozenset[str] = getattr(anchor, part)
            for table_id in ids:
                votes[table_id] = votes.get(table_id, 0.0) + weight / len(ids)
    if not votes:
        return None
    top = max(votes.values())
    best = sorted(table_id for table_id, vote in votes.items() if vote == top)
    if current is not None and current.table_id in best:
        return current.table_id
    return best[0]


def _resolve(segment: Segment) -> None:
    """Let the row labels overrule a header that several sub-tables share."""
    votes: dict[str, int] = {}
    for line in segment.lines:
        for table_id in line.speech.row:
            votes[table_id] = votes.get(table_id, 0) + 1
    if votes and segment.table_id is not None:
        best = max(votes, key=lambda table_id: votes[table_id])
        if votes[best] > votes.get(segment.table_id, 0):
            segment.table_id = best
