"""Small pages for the tests of the document readers."""

from __future__ import annotations

from pathlib import Path

from govcrawl.model import Document, Grid, Text

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def page(body: str, head: str = "") -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def table(*rows: str) -> str:
    """A table whose rows are written as `a|b|c`."""
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row.split("|")) + "</tr>" for row in rows)
        + "</table>"
    )


def texts_of(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def origins_of(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row if cell.origin] for row in grid.rows]


def grids_of(document: Document) -> list[list[list[str]]]:
    return [texts_of(grid) for grid in document.grids()]


def shape_of(document: Document) -> list[str]:
    """The blocks in order: the text itself, or `#` for a grid."""
    return [block.text if isinstance(block, Text) else "#" for block in document.blocks]
