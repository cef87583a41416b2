"""Cut the stream of printed rows into the sub-tables of the forms.

Portals print the form as one table, as five, or as one table cut in two by a page; so the rows of all grids
are read as one stream, and the labels alone say where a sub-table begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govcrawl.forms.lexicon import Anchors, anchors_of
from govcrawl.forms.values import is_number, is_value
from govcrawl.model import Document, Grid, GridCell


@dataclass(slots=True)
class Line:
    """A printed row: its cells, the grid it stands in, and what its labels speak for."""

    cells: tuple[GridCell, ...]
    grid: int
    aligned: bool
    labels: tuple[tuple[int, str], ...]
    """(position, text) of each label cell that starts in this row."""
    anchors: tuple[Anchors, ...]
    numbers: int
    """How many cells of this row hold a number."""
    values: int
    """How many hold a number, a blank or a printed "nothing"."""

    @property
    def is_header(self) -> bool:
        """A row of header labels without a single number."""
        return not self.numbers and any(a.header or a.stub for a in self.anchors)


@dataclass(slots=True)
class Segment:
    """The rows of one printed sub-table. `table_id` is None where no label speaks for a table."""

    table_id: str | None
    lines: list[Line] = field(default_factory=list)
    title: str = ""

    @property
    def has_values(self) -> bool:
        return any(line.numbers for line in self.lines)


def lines_of(document: Document) -> list[Line]:
    """The rows of all grids of the document, in reading order."""
    lines: list[Line] = []
    for number, grid in enumerate(document.grids()):
        lines.extend(_line(row, number, grid) for row in grid.rows)
    return lines


def _line(row: Sequence[GridCell], number: int, grid: Grid) -> Line:
    labels: list[tuple[int, str]] = []
    numbers = values = 0
    for position, cell in enumerate(row):
        if not cell.origin:
            continue
        text = cell.text
        if is_value(text):
            values += 1
            numbers += is_number(text)
        else:
            labels.append((position, text))
    return Line(
        cells=tuple(row),
        grid=number,
        aligned=grid.aligned,
        labels=tuple(labels),
        anchors=tuple(anchors_of(text) for _, text in labels),
        numbers=numbers,
        values=values,
    )


def segments_of(lines: Sequence[Line]) -> list[Segment]:
    """Cut the stream into sub-tables; rows that belong to none come in segments without a table id."""
    segments: list[Segment] = []
    current: Segment | None = None
    for line in lines:
        if current is None or current.table_id is None or not _continues(current, line):
            current = _start(segments, current, line)
        current.lines.append(line)
    for segment in segments:
        _resolve(segment)
    return [segment for segment in segments if segment.lines]


def _continues(segment: Segment, line: Line) -> bool:
    """Whether a row goes on with the sub-table at hand."""
    if not any(anchor.known for anchor in line.anchors):
        same_grid = segment.lines[-1].grid == line.grid
        return same_grid or (line.numbers > 0 and segment.table_id not in {"review_litigation"})
    if any(anchor.title for anchor in line.anchors):
        return False
    if any(anchor.stub for anchor in line.anchors) and segment.has_values:
        return segment.table_id == "statistics" and any("statistics" in a.stub for a in line.anchors)
    wanted = segment.table_id
    speaks = [anchor for anchor in line.anchors if anchor.known]
    rows = [anchor for anchor in speaks if anchor.row or anchor.group]
    if rows and line.values:
        return any(wanted in anchor.row or wanted in anchor.group for anchor in rows) or not any(
            anchor.row for anchor in rows
        )
    return any(wanted in anchor.any for anchor in speaks)


def _start(segments: list[Segment], current: Segment | None, line: Line) -> Segment:
    table_id = _best_table(line, current)
    if table_id is None and current is not None and current.table_id is None:
        return current
    title = next((text for (_, text), anchor in zip(line.labels, line.anchors, strict=True) if anchor.title), "")
    segment = Segment(table_id, title=title)
    segments.append(segment)
    return segment


def _best_table(line: Line, current: Segment | None) -> str | None:
    """The table that the labels of a row speak for most."""
    votes: dict[str, float] = {}
    for anchor in line.anchors:
        for ids, weight in (
            (anchor.title, 8.0),
            (anchor.row, 4.0),
            (anchor.header, 2.0),
            (anchor.group, 2.0),
            (anchor.stub, 1.0),
        ):
            for table_id in ids:
                votes[table_id] = votes.get(table_id, 0.0) + weight / len(ids)
    if not votes:
        return None
    # A label of the list of 2014 also stands in prose tables: one such word alone opens no table.
    top = max(votes.values())
    best = [table_id for table_id, vote in votes.items() if vote == top]
    if current is not None and current.table_id in best:
        return current.table_id
    return best[0]


def _resolve(segment: Segment) -> None:
    """Let the row labels overrule a header that several sub-tables share."""
    votes: dict[str, int] = {}
    for line in segment.lines:
        for anchor in line.anchors:
            for table_id in anchor.row:
                votes[table_id] = votes.get(table_id, 0) + 1
    if votes and segment.table_id is not None:
        best = max(votes, key=lambda table_id: votes[table_id])
        if votes[best] > votes.get(segment.table_id, 0):
            segment.table_id = best
