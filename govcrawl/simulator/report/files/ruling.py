"""The lines of a table, put down as different programs do it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from govcrawl.simulator.report.files.look import Look
from govcrawl.simulator.report.files.page import Fill, Page, Stroke

Box = tuple[float, float, float, float]
_Segment = tuple[float, float, float, float]
_GAP = 1.8
"""Between the two lines of a double frame."""


def rule(page: Page, boxes: Iterable[Box], look: Look) -> None:
    """Draw the lines around cells."""
    boxes = [tuple(round(value, 2) for value in box) for box in boxes]  # type: ignore[misc]
    if not boxes:
        return
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    segments = [segment for box in boxes for segment in _sides(box)]
    if look.open_sides:
        segments = [s for s in segments if not (s[0] == s[2] and s[0] in {left, right})]
    if look.drawing != "frames":
        segments = sorted(set(segments))
    if look.drawing in {"long", "boxes"}:
        segments = _joined(segments)
    if look.double_frame and not look.open_sides:
        top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
        segments += _sides((left - _GAP, top - _GAP, right + _GAP, bottom + _GAP))
    for x0, y0, x1, y1 in segments:
        if look.drawing == "boxes":
            half = look.rule / 2
            page.fills.append(Fill(x0 - half, y0 - half, x1 + half, y1 + half))
        else:
            page.strokes.append(Stroke(x0, y0, x1, y1, look.rule))


def _sides(box: Box) -> list[_Segment]:
    x0, y0, x1, y1 = box
    return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def _joined(segments: list[_Segment]) -> list[_Segment]:
    """Segments that touch on one line are one."""
    lines: dict[tuple[bool, float], list[tuple[float, float]]] = defaultdict(list)
    for x0, y0, x1, y1 in segments:
        lines[(y0 == y1, y0 if y0 == y1 else x0)].append((x0, x1) if y0 == y1 else (y0, y1))
    joined: list[_Segment] = []
    for (horizontal, at), pieces in lines.items():
        start, end = sorted(pieces)[0]
        for low, high in [*sorted(pieces)[1:], (float("inf"), float("inf"))]:
            if low <= end + 0.05:
                end = max(end, high)
                continue
            joined.append((start, at, end, at) if horizontal else (at, start, at, end))
            start, end = low, high
    return joined
