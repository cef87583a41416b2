"""Prints the part of a table that stands on one page."""

from __future__ import annotations

from govcrawl.simulator.report.files.grid import Slot
from govcrawl.simulator.report.files.look import Look
from govcrawl.simulator.report.files.page import Fill, Measure, Page, Run
from govcrawl.simulator.report.files.ruling import Box, rule
from govcrawl.simulator.report.files.table import Band, Laid, spans_of

Printed = dict[Slot, int]
"""How many lines of a cell are on earlier pages."""
_ASCENT = 0.86


def print_piece(
    page: Page, laid: Laid, bands: list[Band], at: tuple[float, float], printed: Printed, look: Look, measure: Measure
) -> float:
    """Print bands from the point `at` on; gives the bottom.

    A cell that a page cuts goes on behind the cut with the lines that found no room before it.
    """
    left, top = at
    spans = spans_of(bands, top)
    boxes: list[Box] = []
    for slot in laid.grid.slots:
        mine = [(band, y0, y1) for band, y0, y1 in spans if slot.row <= band.row < slot.row + slot.rows]
        if not mine:
            continue
        box = (left + laid.edges[slot.column], mine[0][1], left + laid.edges[slot.column + slot.columns], mine[-1][2])
        boxes.append(box)
        if look.heading_fill and slot.cell.role in {"title", "stub", "header"} and look.ruled:
            page.fills.append(Fill(*box, look.heading_fill))
        _print_lines(
            page, laid, slot, _lines(laid, slot, [band for band, _, _ in mine], box, printed), box, look, measure
        )
    if look.ruled:
        rule(page, boxes, look)
    return spans[-1][2] if spans else top


def _lines(laid: Laid, slot: Slot, bands: list[Band], box: Box, printed: Printed) -> list[str]:
    lines = laid.lines[slot]
    if slot.row < laid.grid.headers:
        return lines
    if slot.rows == 1 and bands[0].lines:
        start, end = bands[0].lines
        return lines[start:end]
    done = printed.get(slot, 0)
    last = bands[-1]
    ends_here = last.row == slot.row + slot.rows - 1 and not (last.lines and last.lines[0] == 0)
    fitting = len(lines) if ends_here else int((box[3] - box[1] - laid.padding) / laid.leading)
    printed[slot] = done + fitting
    return lines[done : done + fitting]


def _print_lines(page: Page, laid: Laid, slot: Slot, lines: list[str], box: Box, look: Look, measure: Measure) -> None:
    x0, y0, x1, y1 = box
    centred = slot.cell.role not in {"label", "corner", "blank"} or look.labels_centred
    baseline = y0 + (y1 - y0 - len(lines) * laid.leading) / 2 + (laid.leading - laid.size) / 2 + laid.size * _ASCENT
    bold = slot.cell.role in {"title", "stub", "header"} and look.heading_fill is not None
    for line in lines:
        text = line.strip(" \n")
        width = measure(text, laid.size, look.face)
        x = (x0 + x1 - width) / 2 if centred else x0 + laid.padding
        if text:
            page.runs.append(Run(text, x, baseline, laid.size, look.face, bold=bold))
        baseline += laid.leading
