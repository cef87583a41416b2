"""Tables without rules: columns from the figures below each other, rows from their labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from govcrawl.documents.layout.blank import Tail, blank_tables, tail
from govcrawl.documents.layout.celltext import EMPTY, CellText
from govcrawl.documents.layout.columns import header_and_labels
from govcrawl.documents.layout.headers import header_cells
from govcrawl.documents.layout.labelcolumns import Labels, place
from govcrawl.documents.layout.lines import Line, joined
from govcrawl.documents.layout.pieces import Cut, Piece, stacked
from govcrawl.documents.layout.printed import PrintedCell, PrintedTable
from govcrawl.documents.layout.prose import Measure
from govcrawl.documents.layout.regions import Block, blocks_of, is_header, split
from govcrawl.documents.layout.rowlabels import MOST
from govcrawl.documents.limits import too_large


@dataclass(slots=True)
class Open:
    """What the lines of a sheet hold."""

    tables: list[PrintedTable] = field(default_factory=list)
    prose: list[Line] = field(default_factory=list)
    header: list[Line] = field(default_factory=list)
    """The last lines, if they are the header of a table that begins on the next sheet."""
    blank: Tail | None = None
    """The blank table that reaches to the end of the sheet."""
    matches: int = 0
    """Labels times rows that had to be matched."""
    most: int = 0
    """Labels times rows that may be matched."""


def unruled(cuts: Sequence[Cut], of: Measure | None, blank: Tail | None, *, most: int) -> Open:
    """Tell the tables without rules among the lines of a sheet from its prose.

    Args:
        cuts: the lines outside of ruled tables, without page numbers, from top to bottom.
        of: where prose begins and ends on the sheet.
        blank: the blank table that the sheet before ends with.
        most: how many labels times rows may be matched.

    Raises:
        DocumentError: TOO_LARGE (there are more).
    """
    found = Open(most=most)
    done = 0
    for empty in blank_tables(cuts, of, blank):
        _read(found, cuts[done : empty.start], of, at_end=False)
        _add(found, empty.blocks)
        done = empty.stop
        if done == len(cuts):
            found.blank = tail(empty, blank)
    _read(found, cuts[done:], of, at_end=True)
    return found


def _read(found: Open, cuts: Sequence[Cut], of: Measure | None, *, at_end: bool) -> None:
    """Read lines with tables that hold figures."""
    parts = split(cuts, of)
    for number, part in enumerate(parts):
        if isinstance(part, Line):
            found.prose.append(part)
            continue
        blocks, below = blocks_of(part)
        _add(found, blocks)
        if at_end and number + 1 == len(parts) and is_header(below):
            found.header = below
        else:
            found.prose.extend(below)


def _add(found: Open, blocks: Sequence[Block]) -> None:
    """Add tables."""
    found.matches += sum(min((len(block.rows) or len(block.labels)) * len(block.labels), MOST) for block in blocks)
    if found.matches > found.most:
        raise too_large("too many labels beside rows of figures")
    found.tables.extend(printed(block) for block in blocks)


def printed(block: Block) -> PrintedTable:
    """A block of lines as a table."""
    edges = _edges(block.centres) if block.centres else [max(piece.x1 for piece in block.labels)]
    header, beside = header_and_labels([piece for cut in block.header for piece in cut.pieces], edges[0])
    pieces = [*beside, *block.labels]
    labels = place(pieces, [_middle(row) for row in block.rows])
    cells: list[PrintedCell] = []
    height = _add_header(cells, header, block, edges, labels.columns)
    for label in stacked(labels.above):
        height = _add_torn(cells, label, height, labels.columns)
    _add_rows(cells, block, labels, height)
    height += len(labels.rows)
    for label in stacked(labels.below):
        height = _add_torn(cells, label, height, labels.columns)
    if not pieces and not block.rows:
        height += 1
    left = min((piece.x0 for piece in pieces), default=edges[0])
    xs = [left + (edges[0] - left) * number / max(labels.columns, 1) for number in range(labels.columns)] + edges
    top = min([*(one.line.top for one in [*block.header, *block.rows]), *(piece.top for piece in pieces)])
    table = PrintedTable(xs, height, cells, top, False, labels.columns, bool(header), block.centres)
    _fill(table)
    return table


def _middle(row: Cut) -> float:
    values = sorted(piece.middle for piece in row.values)
    return values[len(values) // 2] if row.mark is None else row.mark.middle


def _edges(centres: Sequence[float]) -> list[float]:
    """Halfway between the columns, and as far beyond the outer ones."""
    between = [(first + second) / 2 for first, second in pairwise(centres)]
    half = min((second - first for first, second in pairwise(centres)), default=60.0) / 2
    return [centres[0] - half, *between, centres[-1] + half]


def _add_header(
    cells: list[PrintedCell], header: Sequence[Piece], block: Block, edges: Sequence[float], columns: int
) -> int:
    """Add the header's cells; returns its rows."""
    if not header:
        return 0
    found = header_cells(header, block.centres, edges)
    for cell in found:
        if cell.column >= 0:
            cells.append(PrintedCell(said(cell.pieces), cell.level, columns + cell.column, 1, cell.columns))
        elif columns:
            cells.append(PrintedCell(said(cell.pieces), cell.level, 0, 1, columns))
    return max(cell.level for cell in found) + 1


def _add_torn(cells: list[PrintedCell], pieces: Sequence[Piece], row: int, columns: int) -> int:
    """Add a row that is only the rest of a label; returns the rows there are now."""
    cells.append(PrintedCell(said(pieces), row, columns - 1))
    return row + 1


def _add_rows(cells: list[PrintedCell], block: Block, labels: Labels, above: int) -> None:
    for label in labels.placed:
        cells.append(
            PrintedCell(said(label.pieces), above + label.row, label.column, label.rows, max(label.columns, 1))
        )
    places = {middle: number for number, middle in enumerate(labels.rows)}
    for row in block.rows:
        number = places[_middle(row)]
        for piece in row.values:
            column = min(range(len(block.centres)), key=lambda at: abs(block.centres[at] - piece.centre))
            text = CellText(piece.text, piece.confidence)
            cells.append(PrintedCell(text, above + number, labels.columns + column))


def said(pieces: Sequence[Piece]) -> CellText:
    """The text of pieces below each other. The last line may go on elsewhere if it is as long as any."""
    text = ""
    for piece in pieces:
        text = joined(text, piece.text)
    longest = max(piece.x1 for piece in pieces)
    short = longest - pieces[-1].x1
    full = short < (1.5 if len(pieces[-1].text) > 1 else 0.2) * pieces[-1].height
    return CellText(text, min(piece.confidence for piece in pieces), full)


def _fill(table: PrintedTable) -> None:
    """Blank cells where nothing is printed; what would overlap what is there is left out."""
    taken: set[tuple[int, int]] = set()
    kept: list[PrintedCell] = []
    for cell in table.cells:
        slots = {
            (row, column)
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        if taken & slots and slots - taken:
            slots = {min(slots - taken)}
            cell = PrintedCell(cell.said, *min(slots))
        if not taken & slots:
            taken |= slots
            kept.append(cell)
    kept.extend(
        PrintedCell(EMPTY, row, column)
        for row in range(table.rows)
        for column in range(table.columns)
        if (row, column) not in taken
    )
    kept.sort(key=lambda cell: (cell.row, cell.column))
    table.cells = kept
