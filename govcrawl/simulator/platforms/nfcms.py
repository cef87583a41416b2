"""NFCMS: folders of `content/post_<id>.html` below `index.html`, `index_2.html`, counted from one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row, item


class Nfcms(Publisher):
    """The platform's static columns; its scripts know the site and the column by globals."""

    name: ClassVar[str] = "nfcms"
    known_defects: ClassVar[tuple[str, ...]] = ("mobile_twins", "counted_pages", "no_globals")
    container: ClassVar[str] = "news_cont_d_wrap"

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"{column}content/post_{7_043_000 + number}.html"

    def article(self, title: str, body: str, metadata: Mapping[str, str]) -> str:
        script = "<script>window.NFCMS_SITE_ID = 975001; window.NFCMS_POST_ID = 7043001;</script>"
        return super().article(title, body, metadata) + script

    def serve(self, column: Column) -> None:
        for number, rows in enumerate(self.slices(column.rows), 1):
            self.host.add(f"{column.path}{_file(number)}", Page(self._page(column, rows, number)))

    def _page(self, column: Column, rows: Sequence[Row], number: int) -> Callable[[], bytes]:
        def render() -> bytes:
            before = column.before if number == 1 else ""
            markup = "\n".join(map(self._row, rows))
            known = f"window.NFCMS_SITE_ID = 975001; window.NFCMS_CAT_ID = {20_000 + column.number};"
            script = "" if "no_globals" in self.defects else f"<script>{known}</script>"
            main = f'{before}<ul class="news_list">\n{markup}\n</ul>{self._pager(column, number)}{script}'
            return self.wrap(column.name, main, {"ColumnName": column.name})

        return render

    def _row(self, row: Row) -> str:
        written = item(row)
        if "mobile_twins" in self.defects:
            twin = escape(row.href.replace("/post_", "/mpost_"))
            written = written.replace("<li>", f'<li><a class="wap" href="{twin}">手机版</a>', 1)
        return written

    def _pager(self, column: Column, number: int) -> str:
        pages = max(1, ceil(len(column.rows) / self.per_page))
        if "counted_pages" in self.defects:
            return f'<div class="page">第{number}页 共{pages}页</div>'
        links = [f'<a href="{_file(each) or "index.html"}">{each}</a>' for each in range(1, pages + 1)]
        if number < pages:
            links.append(f'<a class="next" href="{_file(number + 1)}">下一页</a>')
            links.append(f'<a class="last" href="{_file(pages)}">尾页</a>')
        return f'<div class="page">{"".join(links)}</div>'


def _file(number: int) -> str:
    return "" if number == 1 else f"index_{number}.html"
