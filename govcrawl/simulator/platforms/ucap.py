"""UCAP with static lists: `list.shtml`, `list_2.shtml`, and a pager that names the container first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row, item

ADDRESSES = ("content_folders", "numbered")
"""Articles as `c<number>/content.shtml`, or as `c01_<number>.shtml`, instead of 32 hexadecimal figures."""
TOTALS = ("stale_total", "overstated_total")
"""The pager's number of rows: five, or more than there are, instead of the true one."""


class Ucap(Publisher):
    """Folders of `<32 figures>.shtml`; the channel's id stands in the metadata of its page."""

    name: ClassVar[str] = "ucap"
    known_defects: ClassVar[tuple[str, ...]] = (
        *ADDRESSES,
        *TOTALS,
        "newline_in_href",
        "protocol_relative",
        "ddtab",
        "shell",
        "siblings",
    )
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (ADDRESSES, TOTALS)
    container: ClassVar[str] = "article_content"

    def column_path(self, folder: str, number: int) -> str:
        return f"{folder}redirect_firstChannel.shtml" if "shell" in self.defects else f"{folder}list.shtml"

    def article_path(self, column: str, number: int, day: date) -> str:
        folder = folder_of(column)
        if "content_folders" in self.defects:
            return f"{folder}c{1_650_000 + number}/content.shtml"
        if "numbered" in self.defects:
            return f"{folder}{day:%Y%m}/c01_{180_000 + number}.shtml"
        return f"{folder}{day:%Y%m}/{hexadecimal(self.host.name, number)}.shtml"

    def href(self, column: str, path: str) -> str:
        path = f"//{self.host.name}{path}" if "protocol_relative" in self.defects else path
        return f"{path}\n\n" if "newline_in_href" in self.defects else path

    def serve(self, column: Column) -> None:
        folder = folder_of(column.path)
        for number, rows in enumerate(self.slices(column.rows), 1):
            file = "list.shtml" if number == 1 else f"list_{number}.shtml"
            self.host.add(f"{folder}{file}", Page(self._page(column, rows, number)))
        if "shell" in self.defects:
            shell = b'<html><head><script>window.location.href="list.shtml";</script></head><body></body></html>'
            self.host.add(column.path, Page(lambda: shell))

    def article(self, title: str, body: str, metadata: Mapping[str, str]) -> str:
        return super().article(title, f"<UCAPCONTENT>{body}</UCAPCONTENT>", metadata)

    def metadata(self, column: Column) -> dict[str, str]:
        """What the page of a column says of itself."""
        channel = hexadecimal(self.host.name, f"channel {column.number}")
        return {"ColumnName": column.name, "channelid": channel, "template,templategroup,version": "559,default,1.6"}

    def _page(self, column: Column, rows: Sequence[Row], number: int) -> Callable[[], bytes]:
        def render() -> bytes:
            before = column.before if number == 1 else ""
            markup = "\n".join(self._row(column, index, row) for index, row in enumerate(rows))
            main = f'{before}<ul class="list">\n{markup}\n</ul>{self._pager(column, number)}'
            return self.wrap(column.name, main, self.metadata(column))

        return render

    def _row(self, column: Column, index: int, row: Row) -> str:
        written = item(row)
        if "ddtab" in self.defects and index % 2:
            written += "\n" + item(replace(row, href=f"{row.href.strip()}?ddtab=true"))
        if "siblings" in self.defects:
            file = f"{folder_of(column.path)}files/{hexadecimal(self.host.name, row.href)}.docx"
            written = written.replace("</a>", f'</a> <a href="{file}\n">下载文字版</a>', 1)
        return written

    def _pager(self, column: Column, number: int) -> str:
        rows = len(column.rows)
        pages = max(1, ceil(rows / self.per_page))
        said = min(rows, 5) if "stale_total" in self.defects else rows + 7 * ("overstated_total" in self.defects)
        call = f"createPageHTML('page_div',{pages}, {number},'list','shtml',{said});"
        return f'<script>{call}</script><div class="page_num"><div id="page_div"></div></div>'


def folder_of(path: str) -> str:
    """The folder in which a file lies."""
    return path.rpartition("/")[0] + "/"


def hexadecimal(*of: object, figures: int = 32) -> str:
    """An id that looks drawn at random and is always the same."""
    return hashlib.sha256("/".join(map(str, of)).encode()).hexdigest()[:figures]
