"""The ruled lines of a sheet: long runs of ink along an axis, mended where a scan broke, thinned or doubled them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np

from govcrawl.documents.picture.paper import Paper, faint_ink_of
from govcrawl.documents.picture.tools import Image, pixels


class Line(NamedTuple):
    """A line along an axis, in pixels: `at` across it, from `start` to `end` along it."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Lines:
    """The ruled lines of a sheet."""

    across: tuple[Line, ...]
    down: tuple[Line, ...]
    drawn: Image
    """255 where their ink is."""


def find_lines(paper: Paper) -> Lines:
    """Find the ruled lines of a sheet."""
    em = paper.em
    faint = faint_ink_of(paper.grey)
    across_ink, across, _ = _runs(faint, em, 2.0 * em)
    down_ink, down, between = _runs(np.ascontiguousarray(faint.T), em, 0.9 * em)
    across, down = _mend(across, em), _mend(down, em)
    across, down = _anchored(across, down, em, 6 * em), _anchored(down, across, em, 4 * em)
    across = _anchored(across, down, em, 6 * em)
    # Between labels that leave it no margin only a line itself can reach from one line to the next.
    down += [line for line in between if _spans(line, across, em)]
    across, down = _reach(across, down, em), _reach(down, across, em)
    drawn = np.zeros_like(faint)
    _keep(drawn, across_ink, across, em)
    _keep(drawn.T, down_ink, down, em)
    return Lines(tuple(across), tuple(down), drawn)


def _runs(ink: Image, em: float, shortest: float) -> tuple[Image, list[Line], list[Line]]:
    """Runs of ink along the rows: where they are, as lines, and those so close to type that they may be of it."""
    gap = max(3, round(0.15 * em))
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    # A line that is a little slant leaves its row before it is long enough.
    bridged = cv2.dilate(bridged, np.ones((3 if em > 20 else 2, 1), np.uint8))
    runs = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, int(shortest)), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    thin: list[int] = []
    beside = ink.copy()
    for place, (x, y, width, height, area) in enumerate(stats[1:].tolist(), start=1):
        # The two strokes of a doubled line are one run where the gap between them is narrow.
        thickest = 0.5 * em if width >= 10 * em else 0.3 * em
        if area / width <= max(5.0, thickest) + 2 and height < 0.05 * width + em:
            thin.append(place)
            if width >= 6 * em:
                # The other stroke of a doubled line is no type beside it.
                within = (slice(y, y + height), slice(x, x + width))
                beside[within][labels[within] == place] = 0
        else:
            _erase(runs, labels, stats[place], place)
    lines: list[Line] = []
    doubtful: list[Line] = []
    for place in thin:
        x, y, width, height, _ = stats[place].tolist()
        drawn = _is_drawn(ink, beside, x, y, width, height, em)
        (lines if drawn else doubtful).append(Line(y + (height - 1) / 2, x, x + width - 1))
        if not drawn:
            _erase(runs, labels, stats[place], place)
    return pixels(runs), lines, doubtful


def _erase(runs: Any, labels: Any, box: Any, place: int) -> None:
    x, y, width, height = box[:4].tolist()
    within = (slice(y, y + height), slice(x, x + width))
    runs[within][labels[within] == place] = 0


def _is_drawn(ink: Image, beside: Image, x: int, y: int, width: int, height: int, em: float) -> bool:
    """Whether a run is a line between white margins, and no row of strokes of a line of type."""
    covered = cv2.countNonZero(ink[y : y + height, x : x + width].max(axis=0)) / width
    if covered < 0.7:
        return False
    off, reach = max(1, round(0.06 * em)), max(3, round(0.17 * em))
    above = beside[max(0, y - reach) : max(0, y - off), x : x + width]
    below = beside[y + height + off : y + height + reach, x : x + width]
    touched = sum(float(side.max(axis=0).mean()) for side in (above, below) if side.size)
    # The feet of a row of figures are as long as a short line.
    return touched < (0.6 if covered > 0.92 or width > 8 * em else 0.2)


def _mend(lines: list[Line], em: float) -> list[Line]:
    """Join the pieces of a broken line and the two strokes of a doubled one."""
    mended: list[Line] = []
    for line in sorted(lines):
        for place in range(len(mended) - 1, -1, -1):
            other = mended[place]
            if line.at - other.at > 0.35 * em:
                continue
            # Strokes of characters below each other are short, and far from each other for their length.
            gap = min(0.8 * em, max(0.15 * em, 0.25 * min(line.length, other.length)))
            if line.start <= other.end + gap and other.start <= line.end + gap:
                weight = line.length / max(1.0, line.length + other.length)
                mended[place] = Line(
                    other.at + (line.at - other.at) * weight, min(line.start, other.start), max(line.end, other.end)
                )
                break
        else:
            mended.append(line)
    return mended


def _anchored(lines: list[Line], crossing: list[Line], em: float, enough: float) -> list[Line]:
    """Those that are long, or that end at others across: a dash, or a stroke of a character, does neither.

    A short one must touch them, as the figure 1 stands close to the lines above and below it.
    """
    kept: list[Line] = []
    for line in lines:
        near = 0.7 * em if line.length >= enough / 2 else 0.12 * em + 2
        ends = [any(_meets(line.at, end, other, near) for other in crossing) for end in (line.start, line.end)]
        if line.length >= enough or all(ends) or (any(ends) and line.length >= enough / 2):
            kept.append(line)
    return kept


def _spans(line: Line, crossing: list[Line], em: float) -> bool:
    """Whether both ends of a line touch others across."""
    return all(any(_meets(line.at, end, other, 0.1 * em + 2) for other in crossing) for end in (line.start, line.end))


def _meets(at: float, end: float, other: Line, near: float) -> bool:
    """Whether a line's end is as near as that to a line across."""
    return abs(other.at - end) <= near and other.start - near <= at <= other.end + near


def _reach(lines: list[Line], crossing: list[Line], em: float) -> list[Line]:
    """Let each line end exactly at the line across that it nearly meets."""
    near = 0.7 * em
    reaching: list[Line] = []
    for line in lines:
        ends = [line.start, line.end]
        for side, end in enumerate(ends):
            meeting = [other.at for other in crossing if _meets(line.at, end, other, near)]
            if meeting:
                ends[side] = min(meeting, key=lambda at: abs(at - end))
        reaching.append(Line(line.at, ends[0], ends[1]))
    return reaching


def _keep(drawn: Image, runs: Image, lines: list[Line], em: float) -> None:
    """Mark the ink of the lines that were kept."""
    reach = max(2, round(0.3 * em))
    for line in lines:
        top, bottom = max(0, int(line.at) - reach), int(line.at) + reach + 1
        left, right = max(0, int(line.start) - reach), int(line.end) + reach + 1
        place = (slice(top, bottom), slice(left, right))
        # A line that is a little slant, or thin, leaves short pieces that were no run of their own.
        whole = cv2.morphologyEx(runs[place], cv2.MORPH_CLOSE, np.ones((1, int(2.5 * em)), np.uint8))
        drawn[place] = np.maximum(drawn[place], whole)
        thick = max(1, round(0.05 * em))
        drawn[int(line.at) - thick : int(line.at) + thick + 1, int(line.start) : int(line.end) + 1] = 1
