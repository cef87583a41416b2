"""Shanghai: `/nw<digits>/`, `index_2.html` and on, the number of pages in the call of the pager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Answer, Page
from govcrawl.simulator.page import article
from govcrawl.simulator.platforms.base import Column, Publisher, Row, items
from govcrawl.simulator.platforms.ids import hexadecimal

_STUB = b"<html><head></head><body><script>var a=1;</script></body></html>"


class Shanghai(Publisher):
    """`stub_deep_page` tells of one page more than there is, which is a broken stub."""

    name: ClassVar[str] = "shanghai"
    known_defects: ClassVar[tuple[str, ...]] = ("stub_deep_page",)
    container: ClassVar[str] = "Article_content"

    def column_path(self, folder: str, number: int) -> str:
        return f"/nw{12340 + number}/"

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"{column}{day:%Y%m%d}/{hexadecimal(32, self.host.name, column, number)}.html"

    def article(self, title: str, body: str, metadata: Mapping[str, str]) -> str:
        return article(title, f'<div id="ivs_content">\n{body}\n</div>', metadata, self.container)

    def serve(self, column: Column) -> None:
        pages = max(1, ceil(len(column.rows) / self.per_page))
        stub = "stub_deep_page" in self.defects and pages > 1
        for number, rows in enumerate(self.slices(column.rows), 1):
            file = "" if number == 1 else f"index_{number}.html"
            self.host.add(column.path + file, self._page(column, rows, number, pages + stub))
        if stub:
            self.host.add(f"{column.path}index_{pages + 1}.html", Answer(body=_STUB))

    def _page(self, column: Column, rows: Sequence[Row], number: int, pages: int) -> Page:
        def render() -> bytes:
            script = f"$('.page').pagination({{totalPage:{pages}, currentPage:{number}, showPageNum:5}});"
            before = column.before if number == 1 else ""
            main = (
                f'{before}<ul class="tadaty-list">{items(rows)}</ul><div class="page"></div><script>{script}</script>'
            )
            return self.wrap(column.name, main, {})

        return Page(render)
