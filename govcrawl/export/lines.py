"""JSON Lines: an object a row, values as the database has them."""

from __future__ import annotations

from pathlib import Path

from govcrawl.export.writing import Rows, Table, Written, writing
from govcrawl.store.rows import to_json


def write_lines(table: Table, rows: Rows, to: Path) -> Written:
    """Write a table as JSON Lines."""
    names = [each.name for each in table.fields]
    count = 0
    with writing(to), to.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(f"{to_json(dict(zip(names, row, strict=True)))}\n")
            count += 1
    return Written(count)
