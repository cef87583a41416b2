"""What the printed labels of the forms say in English; the words are in `data/lookups/`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from govcrawl.forms.printed import CellKind, PrintedCell
from govcrawl.forms.schema import Part
from govcrawl.lookups import load_lookup

TABLES: Mapping[tuple[Part, CellKind], str] = {
    (Part.APPLICATIONS, CellKind.ROW): "rows",
    (Part.APPLICATIONS, CellKind.ROW_GROUP): "groups",
    (Part.APPLICATIONS, CellKind.COLUMN): "applicants",
    (Part.REVIEW_LITIGATION, CellKind.COLUMN): "outcomes",
    (Part.REVIEW_LITIGATION, CellKind.COLUMN_GROUP): "channels",
    (Part.STATISTICS, CellKind.ROW): "cells",
}
"""Which table of `labels.toml` has a label's code."""


def english(part: Part, label: PrintedCell) -> str:
    """A printed label in English; empty where nobody has written it down, and for what is no label."""
    if label.kind is CellKind.UNIT:
        return _words("labels", "units").get(label.text, "")
    if label.kind in {CellKind.VALUE, CellKind.BLANK}:
        return ""
    by_text = english_text(label.text)
    table = TABLES.get((part, label.kind))
    return by_text or (_words("labels", table).get(label.code, "") if table else "")


def english_text(text: str) -> str:
    """A printed title or heading in English; empty where nobody has written it down."""
    return _words("printed", "english").get(text, "")


@cache
def _words(lookup: str, table: str) -> Mapping[str, str]:
    words: Mapping[str, str] = load_lookup(lookup)[table]
    return words
