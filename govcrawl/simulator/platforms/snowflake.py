"""Nineteen-figure ids: list pages `1.html`, `2.html`, and articles in the same folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row, items

_FIRST_ID = 1539509946796740000


class Snowflake(Publisher):
    """`text_pager` prints the number of pages without links, `no_pager` nothing at all."""

    name: ClassVar[str] = "snowflake"
    known_defects: ClassVar[tuple[str, ...]] = ("text_pager", "no_pager")
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (("text_pager", "no_pager"),)
    losing: ClassVar[tuple[str, ...]] = ("no_pager",)

    def column_path(self, folder: str, number: int) -> str:
        return f"{folder}1.html"

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"{column.removesuffix('1.html')}{_FIRST_ID + number}.html"

    def serve(self, column: Column) -> None:
        folder = column.path.removesuffix("1.html")
        for number, rows in enumerate(self.slices(column.rows), 1):
            self.host.add(f"{folder}{number}.html", self._page(column, rows, number))

    def _page(self, column: Column, rows: Sequence[Row], number: int) -> Page:
        pages = max(1, ceil(len(column.rows) / self.per_page))

        def render() -> bytes:
            links = f'<a href="{number + 1}.html">下一页</a><a href="{pages}.html">尾页</a>' if number < pages else ""
            pager = f'<a href="1.html">首页</a>{links}'
            if "text_pager" in self.defects:
                pager = f"<span>第{number}页/共{pages}页</span>"
            pager = "" if "no_pager" in self.defects else f'<div class="pages">{pager}</div>'
            before = column.before if number == 1 else ""
            return self.wrap(column.name, f"{before}<ul>{items(rows)}</ul>{pager}", {})

        return Page(render)
