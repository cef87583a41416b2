"""How a figure is called, and what is printed there. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from govcrawl.forms.schema import load_forms
from govcrawl.site.reports.tables import Figure
from govcrawl.store.asking.proofs import Proof
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


def sum_in_labels(proof: Proof) -> str:
    """A sum of the form in its printed labels: `（七）总计 = （一）予以公开 + … + （六）其他处理`."""
    labels = _labels(proof.where.partition("/")[0])
    return " ".join(labels.get(word, word) for word in proof.message.split(" "))


@cache
def _labels(part: str) -> Mapping[str, str]:
    """Code → label, of the rows and columns of a part; of several forms the newest's."""
    tables = [table for form in load_forms() for table in form.tables if table.part == part]
    columns = {column.code: column.label for table in tables for column in table.columns}
    return columns | {row.code: row.label for table in tables for row in table.rows}
