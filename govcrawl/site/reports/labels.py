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
    return "" if cell.value is None else str(cell.value)


def name_of(where: str) -> str:
    """The name that a cell has in the panel, if it has one there: `new_received_total`."""
    return "_".join(where.split("/")[1:])
