"""Reports that are published as files: alone, or beside the same report on its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from random import Random

from govcrawl.simulator.nation.reports import Filed
from govcrawl.simulator.report import QUIRKS

WRITERS = ("docx", "reportlab", "openpyxl", "PIL")
"""Modules that files are written with (extra `simulator`)."""
SHAPES = ("docx", "pdf", "xlsx", "pdf_unruled", "docx", "pdf", "ofd", "docx", "pdf", "zip")
"""What files are, one after the other: what every installation reads, the more common formats more often."""
TABLELESS = ("docx", "pdf")
"""What a report without tables is published as."""
_BESIDE = 8
_DIFFERING = 3
_NOT_IN_FILES = frozenset({"table_cut_in_two"})
"""Quirks that no file has, beside those of markup."""


def can_write_files() -> bool:
    """Whether the libraries that files are written with are installed."""
    return all(find_spec(module) is not None for module in WRITERS)


def attach(reports: Sequence[Filed], percent: int, seed: int, shapes: Sequence[str] = SHAPES) -> None:
    """Let a share of the reports be files that their pages only link; of the others, let some have a file beside.

    Args:
        percent: of the reports that are files alone.
        shapes: of the files, in turn.
    """
    random = Random(f"{seed}/attachments")
    order = list(reports)
    random.shuffle(order)
    alone = round(len(order) * percent / 100)
    for number, filed in enumerate(order[:alone]):
        put_in_file(filed, shapes[number % len(shapes)])
    tabled = [filed for filed in order[alone:] if filed.spec.form != "prose"]
    for number, filed in enumerate(tabled[::_BESIDE] if percent else ()):
        filed.beside = "differs" if number % _DIFFERING == 1 else "agrees"
        _without_markup(filed)


def put_in_file(filed: Filed, shape: str) -> None:
    """Let a report be a file that its page only links."""
    tabled = filed.spec.form != "prose"
    filed.file = shape if tabled or shape not in SHAPES else TABLELESS[shape not in TABLELESS]
    _without_markup(filed)


def _without_markup(filed: Filed) -> None:
    """Take away what only a page can have."""
    kept = tuple(name for name in filed.spec.quirks if not QUIRKS[name].html_only and name not in _NOT_IN_FILES)
    filed.spec = replace(filed.spec, quirks=kept)
