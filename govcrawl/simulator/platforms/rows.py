"""Rows of static lists, with what sites get wrong in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from govcrawl.simulator.platforms.base import Row, item

_POPUP = '<ul class="pop"><li><a href="/zcjd/1.html">相关解读：政策问答</a></li></ul>'
_EVERY = 5


def row_items(rows: Sequence[Row], defects: Iterable[str] = ()) -> str:
    """List items with an empty one after every fifth; `popup` puts a list of interpretations inside every third,
    `spaced` puts line breaks into the addresses."""
    items = []
    for index, row in enumerate(rows):
        written = item(replace(row, href=f"{row.href}\n\n") if "spaced" in defects else row)
        if "popup" in defects and index % 3 == 0:
            written = written.replace("</a>", f"</a>{_POPUP}", 1)
        items.append(written)
        if index % _EVERY == _EVERY - 1:
            items.append('<li class="empty"></li>')
    return "\n".join(items)
