"""What is printed on every sheet and belongs to none: page numbers, running heads and feet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from govcrawl.documents.layout.lines import Line
from govcrawl.documents.layout.records import Sheet
from govcrawl.lookups import pattern

MARGIN = 105.0
"""Points, above and below, in which furniture stands."""
EDGE = 62.0
"""Points in which a figure alone is a page number even on a single sheet."""
RUNNING = 70.0
"""Points in which running heads and feet stand; the text begins an inch from the edge or further in."""
LARGEST = 0.2
"""Share of the sheet's height that neither margin exceeds."""
AGAIN = 4.0
"""Points by which a running head may wander from sheet to sheet."""
LONGEST = 200
_TELLING = 6
"""Letters that tell a running head without its figures."""


def furniture(sheets: Sequence[Sheet], lines: Sequence[Sequence[Line]]) -> list[set[int]]:
    """For each sheet the numbers of those lines that are no content.

    Args:
        sheets: the sheets.
        lines: for each its lines outside of tables, from top to bottom.
    """
    found: list[set[int]] = [set() for _ in sheets]
    bare: list[tuple[int, int, int]] = []
    repeated: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for number, (sheet, printed) in enumerate(zip(sheets, lines, strict=True)):
        for index in _in_margins(sheet, printed):
            text = "".join(printed[index].text.split())
            if pattern("layout", "page", "number").fullmatch(text):
                found[number].add(index)
            elif pattern("layout", "page", "bare").fullmatch(text):
                bare.append((number, index, int(text) if text.isdigit() else 0))
            elif len(text) <= LONGEST:
                place = round(printed[index].middle / AGAIN)
                repeated[_running(printed[index]), place].append((number, index))
    for number, index, value in bare:
        if _counts_on(number, value, bare) or _within(sheets[number], lines[number][index], EDGE):
            found[number].add(index)
    _take_running(found, repeated, sheets, lines)
    return found


def _running(line: Line) -> str:
    """What a running head or foot says on every sheet: without the page number at its beginning or end."""
    parts = line.text.split()
    if len(parts) > 1 and _is_number(parts[-1]):
        parts.pop()
    elif len(parts) > 1 and _is_number(parts[0]):
        parts.pop(0)
    text = "".join(parts)
    # Recognition loses a figure of a year here and there.
    letters = "".join(letter for letter in text if not letter.isdigit())
    return letters if len(letters) >= _TELLING else text


def _is_number(text: str) -> bool:
    return any(pattern("layout", "page", name).fullmatch(text) for name in ("number", "bare"))


def _in_margins(sheet: Sheet, lines: Sequence[Line]) -> list[int]:
    return [index for index, line in enumerate(lines) if _within(sheet, line, MARGIN)]


def _within(sheet: Sheet, line: Line, points: float) -> bool:
    """Whether a line stands so close to the upper or lower edge of its sheet."""
    margin = min(points, LARGEST * sheet.height)
    return line.bottom <= margin or line.top >= sheet.height - margin


def _counts_on(number: int, value: int, bare: Sequence[tuple[int, int, int]]) -> bool:
    """Whether another sheet bears the number that counting from this one gives."""
    return value > 0 and any(other != number and that - value == other - number for other, _, that in bare)


def _take_running(
    found: list[set[int]],
    repeated: dict[tuple[str, int], list[tuple[int, int]]],
    sheets: Sequence[Sheet],
    lines: Sequence[Sequence[Line]],
) -> None:
    """Mark the lines that stand at the same place of most sheets: two on two or three, or more than half."""
    least = max(2, (len(sheets) + 1) // 2)
    for (text, place), hits in repeated.items():
        near = [*hits, *repeated.get((text, place + 1), ()), *repeated.get((text, place - 1), ())]
        if len({number for number, _ in near}) < least:
            continue
        outside = all(_within(sheets[number], lines[number][index], RUNNING) for number, index in hits)
        if outside or not _is_header(near, lines):
            for number, index in hits:
                found[number].add(index)


def _is_header(hits: Sequence[tuple[int, int]], lines: Sequence[Sequence[Line]]) -> bool:
    """Whether the line below is the same on all of the sheets, too: a table's header is printed again."""
    return len({lines[number][index + 1].text for number, index in hits if index + 1 < len(lines[number])}) == 1
