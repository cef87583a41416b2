"""Openness: lists printed by a server, by `?branch_id=…&page=N`, or in the second generation by `page_N.html`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Answer, Asked, Host, Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row, Wrap, item
from govcrawl.simulator.platforms.ucap import hexadecimal


class Openness(Publisher):
    """Agencies are branches; `numeric` is the second generation of the platform, with numbers in its paths."""

    name: ClassVar[str] = "openness"
    known_defects: ClassVar[tuple[str, ...]] = ("numeric", "counted_pages", "no_dates", "beside_another")
    container: ClassVar[str] = "content"

    def __init__(self, host: Host, wrap: Wrap, *, defects: frozenset[str] = frozenset(), per_page: int = 15) -> None:
        super().__init__(host, wrap, defects=defects, per_page=per_page)
        self._branches: dict[str, Column] = {}

    def column_path(self, folder: str, number: int) -> str:
        if "numeric" in self.defects:
            return f"/OpennessContent/showList/{1400 + number}/{45_700 + number}/page_1.html"
        return f"/opennessAnnualReport/?branch_id={hexadecimal(self.host.name, f'branch {number}', figures=24)}"

    def article_path(self, column: str, number: int, day: date) -> str:
        if "numeric" in self.defects:
            return f"/XxgkAnnualReport/show/{4300 + number}.html"
        return f"/openness/detail/content/{hexadecimal(self.host.name, number, figures=24)}.html"

    def serve(self, column: Column) -> None:
        pages = list(self.slices(column.rows))
        if "numeric" in self.defects:
            stem = column.path.removesuffix("1.html")
            for number, rows in enumerate(pages, 1):
                self.host.add(f"{stem}{number}.html", Page(self._rendered(column, rows, number)))
            return
        branch = column.path.partition("branch_id=")[2]
        self._branches[branch] = column
        self.host.serve("/opennessAnnualReport/", self._answer)

    def _answer(self, asked: Asked) -> Answer:
        column = self._branches.get(asked.parameter("branch_id"))
        if column is None:
            return self.host.missing
        number = max(1, int(asked.parameter("page", "1")))
        rows = column.rows[(number - 1) * self.per_page : number * self.per_page]
        return Answer(body=self._page(column, rows, number))

    def _rendered(self, column: Column, rows: Sequence[Row], number: int) -> Callable[[], bytes]:
        return lambda: self._page(column, rows, number)

    def _page(self, column: Column, rows: Sequence[Row], number: int) -> bytes:
        before = column.before if number == 1 else ""
        written = "\n".join(self._row(row) for row in rows)
        main = f'{before}<ul class="openness-list">\n{written}\n</ul>{self._pager(column, number)}'
        return self.wrap(column.name, main, {"ColumnName": column.name})

    def _row(self, row: Row) -> str:
        written = item(Row(row.href, row.title, None) if "no_dates" in self.defects else row)
        if "beside_another" in self.defects:
            return written.replace("</a>", '</a> | <a style="color:#E20304" href="/zcjd/">解读</a>', 1)
        return written

    def _pager(self, column: Column, number: int) -> str:
        pages = max(1, ceil(len(column.rows) / self.per_page))
        if "counted_pages" in self.defects:
            return f'<div class="page">当前第{number}页 共{pages}页</div>'
        links = "".join(f'<a href="{self._address(column, each)}">{each}</a>' for each in range(1, pages + 1))
        if number < pages:
            links += f'<a href="{self._address(column, number + 1)}">下一页</a>'
        return f'<div class="page">{links}</div>'

    def _address(self, column: Column, number: int) -> str:
        if "numeric" in self.defects:
            return f"{column.path.removesuffix('1.html')}{number}.html"
        return f"{column.path}&amp;page={number}"
