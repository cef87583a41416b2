"""TRS: folders of static pages, whose scripts build the pager, each in its own way of counting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import escape
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Answer, Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row
from govcrawl.simulator.platforms.rows import row_items

PAGERS = ("offset1", "count_page", "stub", "create_page")
"""How a column counts otherwise than from `index_1`: from `index_2`; by globals; with a broken last page; by the older
function."""
STYLES = ("popup", "host", "spaced", "script")
"""How rows are written otherwise than plainly: with a popup of interpretations inside; with addresses without a
scheme; with white space in the address; by a script."""
_STUB = b"<html><head></head><body><script>var a=1;</script></body></html>"


class Trs(Publisher):
    """`<folder>/t<day>_<number>.html` below a folder of `index_<n>.html`."""

    name: ClassVar[str] = "trs"
    known_defects: ClassVar[tuple[str, ...]] = (*PAGERS, *STYLES)
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (PAGERS, STYLES)
    container: ClassVar[str] = "TRS_Editor"

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"{column}{day:%Y%m}/t{day:%Y%m%d}_{number}.html"

    def href(self, column: str, path: str) -> str:
        if "host" in self.defects:
            return f"//{self.host.name}{path}"
        return f"./{path.removeprefix(column)}" if path.startswith(column) else path

    def serve(self, column: Column) -> None:
        total = max(1, ceil(len(column.rows) / self.per_page))
        said = total + 1 if "stub" in self.defects and total > 1 else total
        for number, rows in enumerate(self.slices(column.rows)):
            page = Page(self._page(column, rows, number, said))
            for file in self._files(number, total):
                self.host.add(f"{column.path}{file}", page)
        if said > total:
            self.host.add(f"{column.path}index_{total}.html", Answer(200, _STUB))

    def _files(self, number: int, total: int) -> Iterator[str]:
        shifted = "offset1" in self.defects
        if number:
            yield f"index_{number + shifted}.html"
            return
        yield ""
        if shifted and total > 1:
            yield "index_1.html"

    def _page(self, column: Column, rows: Sequence[Row], number: int, said: int) -> Callable[[], bytes]:
        def render() -> bytes:
            before = column.before if number == 0 else ""
            main = f'{before}<div class="list">{self._rows(rows)}\n<div class="page"><ul>{self._pager(number, said)}'
            return self.wrap(column.name, f"{main}</ul></div></div>", {"ColumnType": column.name})

        return render

    def _pager(self, number: int, said: int) -> str:
        if "count_page" in self.defects:
            return f"<script>var currentPage = {number}; var countPage = {said};</script>"
        function = "createPage" if "create_page" in self.defects else "createPageHTML"
        return f'<script>{function}({said}, {number}, "index", "html");</script>'

    def _rows(self, rows: Sequence[Row]) -> str:
        if "script" in self.defects:
            return f'<ul class="u-list">{"".join(_written(row) for row in rows)}</ul>'
        return f'<ul class="u-list">\n{row_items(rows, self.defects)}\n</ul>'


def _written(row: Row) -> str:
    """A row that the page's script writes."""
    day = row.day.isoformat() if row.day else ""
    return (
        f'<script>var url="{row.href}"; title="{escape(row.title)}"; time="{day}";'
        "document.writeln('<li><a href=\"'+url+'\">'+title+'</a><span>'+time+'</span></li>');</script>\n"
    )
