"""Named, composable departures from the official annex, as they are met in the wild."""

from __future__ import annotations

from govcrawl.simulator.report.quirks import broken, editions, labels, markup, rows, sections, tables, titles, values
from govcrawl.simulator.report.quirks.broken import break_identity
from govcrawl.simulator.report.quirks.registry import QUIRKS, Quirk

__all__ = [
    "QUIRKS",
    "Quirk",
    "break_identity",
    "broken",
    "editions",
    "labels",
    "markup",
    "rows",
    "sections",
    "tables",
    "titles",
    "values",
]
