"""Static lists of the long tail: each way of numbering pages that sites without a known system have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row, items

_FILES = {
    "query_page": ("/index.php?m=content&c=index&a=lists&catid={id}", "&page={n}"),
    "jhtml": ("/c/www/nb{id}.jhtml", "/c/www/nb{id}_{n}.jhtml"),
    "jspx": ("/yxgovfront/newzfxxgk.jspx?path=yyx&channelId={id}&pageNo=1", "&pageNo={n}"),
    "list1_html": ("/sitesources/yyx/page_pc/nb{id}/list1.html", "/sitesources/yyx/page_pc/nb{id}/list{n}.html"),
    "cms_html": ("/cms/html/yyx/nb{id}/index.html", "/cms/html/yyx/nb{id}/index_{n}.html"),
    "ilist": ("/info/iList.jsp?node_id=GKyyx&cat_id={id}&cur_page=1", "&cur_page={n}"),
    "page_html": ("/nb/showList/{id}/page_1.html", "/nb/showList/{id}/page_{n}.html"),
    "folder": ("/class/NB{id}/", "/class/NB{id}/{n}/"),
    "zero_based": ("/nb/{id}/index.html", "/nb/{id}/index_{z}.html"),
    "count_page": ("/nb/{id}/index.html", "/nb/{id}/index_{z}.html"),
    "figures": ("/nb/{id}/index.html", "/nb/{id}/index_{n}.html"),
    "symbols": ("/nb/{id}/index.html", "/nb/{id}/list_{n}.html"),
    "stated": ("/zwgk/list.jsp?cat={id}&pageNo=1", "&pageNo={n}"),
    "circle": ("/nb/{id}/index.html", "/nb/{id}/index_{n}.html"),
    "calendar": ("/nb/{id}/index.html", "/nb/{id}/index_{n}.html"),
    "clicked": ("/nb/{id}/index.html", "/nb/{id}/index_{n}.html"),
}
"""The first page and the others: whole paths, or parameters set in the first page's. `{z}` counts from zero."""


class StaticVarieties(Publisher):
    """One defect is the way its pages are numbered; `stated` only says how many there are, `circle` leads from the
    last page to the first, `calendar` has days and months beside the list, `clicked` turns pages by a script.
    """

    name: ClassVar[str] = "static_list"
    known_defects: ClassVar[tuple[str, ...]] = tuple(_FILES)
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (tuple(_FILES),)
    losing: ClassVar[tuple[str, ...]] = ("clicked",)

    @property
    def variety(self) -> str:
        """How the pages are numbered."""
        return next(iter(self.defects), "query_page")

    def column_path(self, folder: str, number: int) -> str:
        return _FILES[self.variety][0].format(id=1000 + number)

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"/c/www/{number}.jhtml" if self.variety == "jhtml" else f"/nr/{day.year}/{number}.html"

    def serve(self, column: Column) -> None:
        for number, rows in enumerate(self.slices(column.rows), 1):
            self.host.add(self._path(column, number), self._page(column, rows, number))

    def _path(self, column: Column, number: int) -> str:
        path = _FILES[self.variety][1].format(id=1000 + column.number, n=number, z=number - 1)
        if number == 1:
            return column.path
        if not path.startswith("&"):
            return path
        name = path.partition("=")[0]
        return column.path.partition(f"{name}=")[0] + path

    def _page(self, column: Column, rows: Sequence[Row], number: int) -> Page:
        def render() -> bytes:
            before = column.before if number == 1 else ""
            pager = self._pager(column, number, max(1, ceil(len(column.rows) / self.per_page)))
            return self.wrap(
                column.name, f'{before}<ul class="list">{items(rows)}</ul>\n<div class="fy">{pager}</div>', {}
            )

        return Page(render)

    def _pager(self, column: Column, number: int, pages: int) -> str:
        def link(target: int, text: str) -> str:
            return f'<a href="{escape(self._path(column, target))}">{text}</a>'

        figures = " ".join(link(each, str(each)) for each in range(1, pages + 1) if each != number)
        further = f"{link(number + 1, '下一页')} {link(pages, '尾页')}" if number < pages else ""
        special = {
            "count_page": f"<script>var currentPage = {number - 1}; var countPage = {pages};</script>",
            "figures": f"<b>{number}</b> {figures}",
            "symbols": link(number + 1, "&gt;") if number < pages else "",
            "stated": f"第{number}页 共{pages}页",
            "circle": link(number % pages + 1, "下一页"),
            "calendar": further + _calendar(column.path),
            "clicked": f'第{number}页 共{pages}页 <a href="javascript:go({number + 1})">下一页</a>',
        }
        return special.get(self.variety, f"共{len(column.rows)}条 {link(1, '首页')} {figures} {further}")


def _calendar(path: str) -> str:
    days = "".join(f'<td><a href="{path}?date=2024-01-{day:02}">{day}</a></td>' for day in range(1, 31, 4))
    months = f'<a href="{path}?year=2024&amp;month=2">&gt;</a><a href="{path}?year=2025&amp;month=1">&gt;&gt;</a>'
    return f"<table><tr>{days}</tr></table>{months}"
