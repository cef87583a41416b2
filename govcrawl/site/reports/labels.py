"""How a figure is called, and what is printed there. Pure."""

from __future__ import annotations

from govcrawl.site.reports.tables import Figure
from govcrawl.store.asking.report import Cell

BETWEEN = "／"


def joined(figure: Figure) -> str:
    """The labels over a figure as one text; its place where nothing is printed over it."""
    return BETWEEN.join(label.text for label in figure.labels) or figure.cell.where


def printed_text(cell: Cell) -> str:
    """What is printed in a cell; for a value that follows from others, the value."""
    if cell.raw:
        return cell.raw
    return "" if cell.value is None else plain(cell.value)


def plain(value: float | int) -> str:
    """A number as reports print it: no separators, and no fraction that is none."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def name_of(where: str) -> str:
    """The name that a cell has in the panel, if it has one there: `new_received_total`."""
    return "_".join(where.split("/")[1:])
