"""A table on paper: widths of columns, lines in cells, heights of rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from govcrawl.simulator.report.files.grid import Grid, Slot
from govcrawl.simulator.report.files.look import Look
from govcrawl.simulator.report.files.page import Measure
from govcrawl.simulator.report.files.wrapping import wrap

_LEADING = 1.25
_SMALLEST = 6.5
_NARROW = {"group": 4.0, "header": 3.0, "label": 12.0, "corner": 8.0}
"""Widest a column is made for a cell of that role, in characters."""
_VERTICAL = 1.15


@dataclass(slots=True)
class Laid:
    """A table as it would be printed on a page without end."""

    grid: Grid
    edges: list[float]
    """x of the columns' edges from the left margin."""
    heights: list[float]
    lines: dict[Slot, list[str]]
    size: float
    padding: float

    @property
    def leading(self) -> float:
        return self.size * _LEADING


def lay_table(grid: Grid, width: float, look: Look, measure: Measure) -> Laid:
    """Fit a table into a width. Type is made smaller until no number has to be broken, but not without end."""
    size = look.table
    while True:
        padding = look.padding if look.ruled else max(look.padding, 3.0)
        padding = min(padding, width / grid.columns / 8) if size < 9 else min(padding, width / grid.columns / 6)
        edges = _edges(grid, width, size, padding, look.narrow_group, look.face, measure)
        if size - 0.5 < _SMALLEST or not _numbers_break(grid, edges, size, padding, look, measure):
            break
        size -= 0.5
    lines = {slot: wrap(slot.cell.text, _inner(slot, edges, padding), size, look.face, measure) for slot in grid.slots}
    return Laid(grid, edges, _heights(grid, lines, size, padding, look), lines, size, padding)


def _inner(slot: Slot, edges: list[float], padding: float) -> float:
    return edges[slot.column + slot.columns] - edges[slot.column] - 2 * padding


def _numbers_break(grid: Grid, edges: list[float], size: float, padding: float, look: Look, measure: Measure) -> bool:
    return any(
        measure(slot.cell.text.strip(), size, look.face) > _inner(slot, edges, padding)
        for slot in grid.slots
        if slot.cell.role == "value" and len(slot.cell.text) < 16
    )


def column_edges(grid: Grid, width: float, size: float, narrow_group: bool = True) -> list[float]:
    """The edges of a table's columns where no more is known of the type than that Chinese characters are square."""
    return _edges(grid, width, size, 5.4, narrow_group, "song", _square)


def _square(text: str, size: float, face: str) -> float:
    return sum(size * (0.5 if character.isascii() else 1.0) for character in text)


def _edges(
    grid: Grid, width: float, size: float, padding: float, narrow_group: bool, face: str, measure: Measure
) -> list[float]:
    """Each column is as wide as its cells want it, at most what their role is given; what is left goes to all."""
    wanted = [size * 1.1 + 2 * padding] * grid.columns
    vertical = set()
    for slot in grid.slots:
        if slot.columns > 1:
            continue
        text = max(slot.cell.text.split("\n"), key=len)
        most = size * _NARROW.get(slot.cell.role, 10.0)
        if slot.cell.role == "group" and slot.rows > 8 and narrow_group:
            vertical.add(slot.column)
        natural = min(measure(text, size, face) + 0.5, most)
        wanted[slot.column] = max(wanted[slot.column], natural + 2 * padding)
    for column in vertical:
        wanted[column] = size * _VERTICAL + 2 * padding
    return _fitted(wanted, vertical, width, size, padding)


def _fitted(wanted: list[float], vertical: set[int], width: float, size: float, padding: float) -> list[float]:
    """Give what is left of the width to all columns, or take what is missing from the wide ones."""
    left = width - sum(wanted)
    free = [column for column in range(len(wanted)) if column not in vertical] or list(range(len(wanted)))
    if left >= 0:
        shares = {column: left / len(free) for column in free}
    else:
        labels = [c for c in free if wanted[c] > size * 5 + 2 * padding] or free
        total = sum(wanted[c] for c in labels)
        shares = {column: left * wanted[column] / total for column in labels}
    edges = [0.0]
    for column, natural in enumerate(wanted):
        edges.append(edges[-1] + max(natural + shares.get(column, 0.0), size * 1.1 + 2 * padding))
    return [edge * width / edges[-1] for edge in edges]


def _heights(grid: Grid, lines: dict[Slot, list[str]], size: float, padding: float, look: Look) -> list[float]:
    gap = padding if look.ruled else max(padding, size * 0.45)
    leading = size * _LEADING
    heights = [leading * look.tall + 2 * gap] * grid.rows
    for slot in sorted(grid.slots, key=lambda slot: slot.rows):
        need = len(lines[slot]) * leading + 2 * gap
        has = sum(heights[slot.row : slot.row + slot.rows])
        if need > has:
            for row in range(slot.row, slot.row + slot.rows):
                heights[row] += (need - has) / slot.rows
    return heights


@dataclass(frozen=True, slots=True)
class Band:
    """A row of a table or a part of one, as it stands on one page."""

    row: int
    height: float
    lines: tuple[int, int] | None = None
    """Which lines of its cells, if a page cuts it."""


def cut(laid: Laid, rooms: list[float], look: Look) -> list[list[Band]]:
    """Divide the rows over pages: `rooms` are the heights left, the last one for every further page.

    A page on which not even one row fits gets none.
    """
    bands = [Band(row, height) for row, height in enumerate(laid.heights)]
    again = bands[: laid.grid.headers] if look.header_again and _may_be_repeated(laid.grid) else []
    pages: list[list[Band]] = []
    page: list[Band] = []
    room = rooms[0]
    while bands:
        band = bands[0]
        fresh = len(pages) > 0 and len(page) == len(again)
        if band.height <= room or (fresh and not _parted(laid, band, room, look)):
            page.append(bands.pop(0))
            room -= band.height
            continue
        parts = _parted(laid, band, room, look)
        if parts:
            page.append(parts[0])
            bands[0] = parts[1]
        pages.append(_without_a_lone_header(laid.grid, page, bands))
        page = list(again) if pages[-1] else []
        room = rooms[min(len(pages), len(rooms) - 1)] - sum(other.height for other in page)
    return [*pages, page]


def _may_be_repeated(grid: Grid) -> bool:
    cells = [slot for slot in grid.slots if slot.row < grid.headers]
    closed = all(slot.row + slot.rows <= grid.headers and slot.cell.role != "title" for slot in cells)
    return closed and 0 < grid.headers < min(6, grid.rows)


def _without_a_lone_header(grid: Grid, page: list[Band], bands: list[Band]) -> list[Band]:
    """A page that would hold nothing of a table but its header gives it to the next one."""
    if page and all(band.row < grid.headers for band in page) and page[0].row == 0:
        bands[:0] = page
        return []
    return page


def _parted(laid: Laid, band: Band, room: float, look: Look) -> tuple[Band, Band] | None:
    """A row as two parts, if a part of its longest cell fits into the room."""
    if not look.rows_cut or band.row < laid.grid.headers:
        return None
    longest = max((len(laid.lines[s]) for s in laid.grid.slots if s.row == band.row and s.rows == 1), default=1)
    fitting = int((room - 2 * laid.padding) / laid.leading)
    if band.lines or not 1 <= fitting < longest:
        return None
    rest = (longest - fitting) * laid.leading + 2 * laid.padding
    return (
        Band(band.row, fitting * laid.leading + 2 * laid.padding, (0, fitting)),
        Band(band.row, rest, (fitting, longest)),
    )


def spans_of(bands: list[Band], top: float) -> list[tuple[Band, float, float]]:
    """(band, its top, its bottom), put one under the other."""
    tops = [top]
    for band in bands:
        tops.append(tops[-1] + band.height)
    return [(band, upper, lower) for band, (upper, lower) in zip(bands, pairwise(tops), strict=True)]
