"""The whole way from sheets to blocks: tables, what runs from sheet to sheet, prose."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from govcrawl.documents.layout.blank import Tail
from govcrawl.documents.layout.furniture import furniture
from govcrawl.documents.layout.joining import join
from govcrawl.documents.layout.lattice import Lattice, lattices
from govcrawl.documents.layout.lines import Line, lines_of
from govcrawl.documents.layout.marks import mark_columns, mark_last_rows, mark_rows
from govcrawl.documents.layout.pieces import Cut, cut
from govcrawl.documents.layout.printed import PrintedTable
from govcrawl.documents.layout.prose import Measure, Paragraphs, measure
from govcrawl.documents.layout.records import Sheet
from govcrawl.documents.layout.ruled import parted, printed_table
from govcrawl.documents.layout.unruled import unruled
from govcrawl.documents.limits import Limits, too_large
from govcrawl.model import Block, Text

MOST = 64
"""Tables on one sheet; the smaller ones of more are a drawing."""
EDGES = 4.0
"""Points by which the outer sides of two tables of one form may differ."""


@dataclass(frozen=True, slots=True)
class LayoutRead:
    """What sheets say."""

    blocks: list[Block]
    notes: list[str]
    """Repairs: `header_repeated`, `row_joined`."""


@dataclass(slots=True)
class Part:
    """A table or a line of prose of one sheet, at its place."""

    top: float
    sheet: int
    table: PrintedTable | None = None
    line: Line | None = None


@dataclass(slots=True)
class _Page:
    """One sheet while it is read."""

    tables: list[Part] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def read_sheets(sheets: Sequence[Sheet], limits: Limits | None = None) -> LayoutRead:
    """Read printed sheets.

    Words may be single characters or whole lines; their boxes are those of the type (as wide as the pen moves on), not
    of the ink. Tables with and without lines become grids, those cut by the end of a sheet are joined; lines of prose
    become paragraphs; page numbers and running heads are left out.

    Raises:
        DocumentError: TOO_LARGE (more sheets, words, lines, cells or labels than the limits allow).
    """
    limits = limits or Limits()
    _refuse(sheets, limits)
    pages = [_page(sheet, limits) for sheet in sheets]
    dropped = furniture(sheets, [page.lines for page in pages])
    cuts = _cuts(pages, dropped)
    parts: list[Part] = []
    measures: list[Measure | None] = []
    cells = matches = 0
    header: list[Line] = []
    blank: Tail | None = None
    for number, page in enumerate(pages):
        known = measures[-1] if number and sheets[number].width == sheets[number - 1].width else None
        measured = measure([one.line for one in cuts[number]], known)
        measures.append(measured or (measures[-1] if measures else None))
        found = unruled([*map(cut, header), *cuts[number]], measures[-1], blank, most=limits.matches - matches)
        matches += found.matches
        blank = found.blank
        header = [line.raised(sheets[number].height) for line in found.header] if number + 1 < len(pages) else []
        on_sheet = [*page.tables, *(Part(line.top, number, line=line) for line in found.prose)]
        on_sheet.extend(Part(line.top, number, line=line) for line in found.header if not header)
        on_sheet.extend(Part(table.top, number, table) for table in found.tables)
        for part in on_sheet:
            part.sheet = number
            if part.table is not None:
                cells += part.table.rows * part.table.columns
        parts.extend(sorted(on_sheet, key=lambda part: part.top))
    if cells > limits.cells:
        raise too_large(f"more than {limits.cells:,} table cells")
    notes: list[str] = []
    return LayoutRead(_blocks(_joined(parts, notes), measures), notes)


def _refuse(sheets: Sequence[Sheet], limits: Limits) -> None:
    if len(sheets) > limits.sheets:
        raise too_large(f"more than {limits.sheets:,} sheets")
    if sum(len(word.text) for sheet in sheets for word in sheet.words) > limits.glyphs:
        raise too_large(f"more than {limits.glyphs:,} characters")


def _page(sheet: Sheet, limits: Limits) -> _Page:
    """Tell the tables of a sheet from its other lines."""
    page = _Page()
    loose = list(sheet.words)
    for lattice in _tables(lattices(sheet.rules, limits=limits)):
        inside, outside = parted(lattice, loose)
        if not inside:
            continue
        table, rest = printed_table(lattice, inside)
        loose = outside + rest
        if table.rows:
            page.tables.append(Part(table.top, 0, table))
    page.lines = lines_of(loose)
    return page


def _cuts(pages: Sequence[_Page], dropped: Sequence[Container[int]]) -> list[list[Cut]]:
    """The lines of each sheet but its furniture, cut; those of rows told by their measure words alone are marked."""
    cuts = [
        [cut(line) for index, line in enumerate(page.lines) if index not in gone]
        for page, gone in zip(pages, dropped, strict=True)
    ]
    columns = mark_columns(cuts)
    for on_sheet in cuts:
        mark_rows(on_sheet, columns)
    for number, on_sheet in enumerate(cuts):
        mark_last_rows([*on_sheet, *(cuts[number + 1][:1] if number + 1 < len(cuts) else ())])
    return cuts


def _tables(found: Sequence[Lattice]) -> list[Lattice]:
    """Leave out frames and backgrounds; the innermost of nested tables comes first."""
    tables = [lattice for lattice in found if not lattice.single_column]
    for lattice in found:
        if lattice.single_column and len(lattice.cells) <= 3 and any(_alike(lattice, table) for table in tables):
            tables.append(lattice)
    return sorted(tables, key=_area)[-MOST:]


def _area(lattice: Lattice) -> float:
    left, top, right, bottom = lattice.box
    return (right - left) * (bottom - top)


def _alike(one: Lattice, other: Lattice) -> bool:
    return abs(one.box.x0 - other.box.x0) < EDGES and abs(one.box.x1 - other.box.x1) < EDGES


def _joined(parts: list[Part], notes: list[str]) -> list[Part]:
    """Join tables that the end of a sheet cuts, and those without rules right below their own header printed again."""
    out: list[Part] = []
    for part in parts:
        last = out[-1] if out else None
        if part.table is None or last is None or last.table is None:
            out.append(part)
            continue
        if part.sheet > last.sheet or (part.table.headed and not part.table.ruled):
            table = join(last.table, part.table, notes)
            if table is not None:
                last.table, last.sheet = table, part.sheet
                continue
        out.append(part)
    return out


def _blocks(parts: Sequence[Part], measures: Sequence[Measure | None]) -> list[Block]:
    blocks: list[Block] = []
    paragraphs = Paragraphs()
    sheet = 0
    for part in parts:
        closed = None
        of = measures[part.sheet]
        if part.table is not None:
            closed = paragraphs.close()
        elif part.line is not None and of is not None:
            closed = paragraphs.add(part.line, of, new_sheet=part.sheet != sheet)
        if closed:
            blocks.append(Text(closed))
        if part.table is not None:
            blocks.append(part.table.grid())
        sheet = part.sheet
    last = paragraphs.close()
    return [*blocks, Text(last)] if last else blocks
