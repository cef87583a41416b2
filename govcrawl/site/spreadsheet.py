"""A table as a file that a spreadsheet opens by a double click: CSV of UTF-8 with its mark, in the reader's words."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from datasette import Response

from govcrawl.export.separated import plain

_MARK = "\ufeff"
"""Without it Excel takes Chinese for another encoding."""


def spreadsheet(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """Answer with a file called `<name>.csv`. Numbers are bare, blanks empty, and no text is a formula.

    Args:
        name: ASCII letters, digits and hyphens.
        head: what the columns are called.
        rows: as many values each.
    """
    file = StringIO(newline="")
    lines = csv.writer(file)
    lines.writerow(head)
    lines.writerows([plain(value) for value in row] for row in rows)
    return Response(
        _MARK + file.getvalue(),
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
        content_type="text/csv; charset=utf-8",
    )
