"""`/nN/nN/index.html`: page one whole, the further ones as fragments numbered downwards, rows in no order of dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from html import escape
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row


class NList(Publisher):
    """`hidden_links_only` prints no number of pages, `script_only` no block of links."""

    name: ClassVar[str] = "n_list"
    known_defects: ClassVar[tuple[str, ...]] = ("hidden_links_only", "script_only")
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (("hidden_links_only", "script_only"),)
    container: ClassVar[str] = "zsy_content"

    def column_path(self, folder: str, number: int) -> str:
        return f"/n30398511/n54{number:06}/n68{number:06}/"

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"{column}c{68000000 + number}/content.html"

    def href(self, column: str, path: str) -> str:
        return f"../../..{path}"

    def serve(self, column: Column) -> None:
        component, slices = 2603000 + column.number, list(self.slices(column.rows))

        def whole() -> bytes:
            main = f"{column.before}<ul>{_rows(slices[0])}</ul>{self._pager(column, component)}"
            return self.wrap(column.name, main, {})

        self.host.add(column.path, Page(whole))
        for number, rows in enumerate(slices[1:], 2):
            path = f"{column.path}index_{component}_{len(slices) - number + 1}.html"
            self.host.add(path, Page(partial(_fragment, rows)))

    def _pager(self, column: Column, component: int) -> str:
        pages = max(1, ceil(len(column.rows) / self.per_page))
        stem = f"../../..{column.path}index_{component}"
        script = f'var maxPageNum = {pages}; var purl = "{stem}"; document.write("总页数:" + maxPageNum);'
        if "hidden_links_only" in self.defects:
            script = f"pageBar({component});"
        links = "".join(f'<a href="{stem}_{number}.html">{number}</a>' for number in range(pages - 1, 0, -1))
        hidden = "" if "script_only" in self.defects else f"<div style='display:none'>{links}</div>"
        pager = f'<table><tr><td class="pages" id="pag_{component}"><script>{script}</script></td></tr></table>'
        return pager + hidden


def _fragment(rows: Sequence[Row]) -> bytes:
    return f"<ul>\n{_rows(rows)}\n</ul>".encode()


def _rows(rows: Sequence[Row]) -> str:
    mixed = [*rows[::2], *rows[1::2]]
    return "\n".join(
        f'<li><a href="{escape(row.href)}" title="{escape(row.title)}">{escape(row.title[:20])}…</a>'
        f"<span>[{row.day}]</span></li>"
        for row in mixed
    )
