"""Breaking text into lines as Chinese typesetting does: anywhere but within a number or a word."""

from __future__ import annotations

import re

from govcrawl.simulator.report.files.page import Measure

_TOKEN = re.compile(r"[0-9A-Za-z.,%+\-]+|\s|.", re.DOTALL)
_NEVER_FIRST = "，。、；：？！）》”’〕】％,.;:?!)"


def wrap(text: str, width: float, size: float, face: str, measure: Measure, first: float = 0.0) -> list[str]:
    """Lines of at most `width` points, at least one; the first one is shorter by `first`.

    A number wider than a whole line is broken, and so is one in a cell too narrow for it.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        lines += _wrapped(part, width, size, face, measure, first if not lines else 0.0)
    return lines or [""]


def _wrapped(text: str, width: float, size: float, face: str, measure: Measure, first: float) -> list[str]:
    lines: list[str] = []
    line, room = "", width - first
    for token in _pieces(text, width, size, face, measure):
        if line and measure(line + token, size, face) > room + 0.01:
            carried = ""
            if token[0] in _NEVER_FIRST and len(line) > 3:
                carried, line = line[-1], line[:-1]
            lines.append(line)
            line, room = carried, width
        line += token
    return [*lines, line]


def _pieces(text: str, width: float, size: float, face: str, measure: Measure) -> list[str]:
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        tokens += [token] if measure(token, size, face) <= width else list(token)
    return tokens


def balanced(text: str, width: float, size: float, face: str, measure: Measure) -> list[str]:
    """Lines of about the same width, as a title is broken."""
    whole = measure(text.replace("\n", ""), size, face)
    count = int(whole / width) + 1
    return wrap(text, width if count == 1 else whole / count + size, size, face, measure)
