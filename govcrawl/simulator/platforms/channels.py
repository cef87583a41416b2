"""`/channels/<id>.html`: numbered channels, and articles under `/contents/<channel>/`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row


class Channels(Publisher):
    """`disabled_next` leaves a dead link to the first page on the last one; `scripted` turns pages by a script."""

    name: ClassVar[str] = "channels"
    known_defects: ClassVar[tuple[str, ...]] = ("disabled_next", "scripted")
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (("disabled_next", "scripted"),)
    losing: ClassVar[tuple[str, ...]] = ("scripted",)
    container: ClassVar[str] = "article-details"

    def column_path(self, folder: str, number: int) -> str:
        return f"/channels/{35920 + number}.html"

    def article_path(self, column: str, number: int, day: date) -> str:
        channel = column.removeprefix("/channels/").removesuffix(".html")
        return f"/contents/{channel}/{288000 + number}.html"

    def serve(self, column: Column) -> None:
        for number, rows in enumerate(self.slices(column.rows), 1):
            self.host.add(_file(column, number), self._page(column, rows, number))

    def _page(self, column: Column, rows: Sequence[Row], number: int) -> Page:
        def render() -> bytes:
            listed = "".join(
                f'<tr><td><a href="{row.href}" title="{escape(row.title)}">{escape(row.title[:18])}…</a></td>'
                f"<td>{row.day}</td></tr>"
                for row in rows
            )
            before = column.before if number == 1 else ""
            main = f'{before}<div class="xxgk"><table>{listed}</table></div>{self._pager(column, number)}'
            return self.wrap(column.name, main, {})

        return Page(render)

    def _pager(self, column: Column, number: int) -> str:
        pages = max(1, ceil(len(column.rows) / self.per_page))
        following = f'<a href="{_file(column, number + 1)}">下一页</a>' if number < pages else ""
        if number == pages and "disabled_next" in self.defects:
            following = f'<a disabled="disabled" href="{column.path}?over">下一页</a>'
        if "scripted" in self.defects:
            following = f'<a href="javascript:go({number + 1})">下一页</a>'
        return f'<div class="pages">当前第 {number} / {pages} 页 {following}</div>'


def _file(column: Column, number: int) -> str:
    return column.path if number == 1 else column.path.replace(".html", f"_{number}.html")
