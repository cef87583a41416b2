"""A plain static list: numbered files, and links to the page before, the next and the last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row
from govcrawl.simulator.platforms.rows import row_items


class StaticList(Publisher):
    """`<folder>/content_<number>.html` below `list_<n>.html`; the long tail of systems without a name."""

    name: ClassVar[str] = "static_list"
    known_defects: ClassVar[tuple[str, ...]] = ("popup", "host", "spaced", "stale_total")
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (("popup", "host", "spaced"),)

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"{column}content_{number}.html"

    def href(self, column: str, path: str) -> str:
        return f"//{self.host.name}{path}" if "host" in self.defects else path

    def serve(self, column: Column) -> None:
        for number, rows in enumerate(self.slices(column.rows), 1):
            self.host.add(f"{column.path}{_file(number)}", Page(self._page(column, rows, number)))

    def _page(self, column: Column, rows: Sequence[Row], number: int) -> Callable[[], bytes]:
        def render() -> bytes:
            before = column.before if number == 1 else ""
            markup = f'<ul class="news-list">\n{row_items(rows, self.defects)}\n</ul>'
            main = f'{before}<div class="list">{markup}\n{self._pager(column, number)}</div>'
            return self.wrap(column.name, main, {"ColumnType": column.name})

        return render

    def _pager(self, column: Column, number: int) -> str:
        total = max(1, ceil(len(column.rows) / self.per_page))
        said = len(column.rows) + (3 if "stale_total" in self.defects else 0)
        links = [f"<span>共{said}条 第{number}/{total}页</span>"]
        if number > 1:
            links.append(f'<a href="{_file(number - 1) or "index.html"}">上一页</a>')
        if number < total:
            links += [f'<a href="{_file(number + 1)}">下一页</a>', f'<a href="{_file(total)}">尾页</a>']
        return f'<div class="pages">{" ".join(links)}</div>'


def _file(number: int) -> str:
    return "" if number == 1 else f"list_{number}.html"
