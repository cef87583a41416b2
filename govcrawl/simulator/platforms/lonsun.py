"""Lonsun: an agency's column with its first rows, and an endpoint that answers further rows as fragments of HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from html import escape
from math import ceil
from typing import ClassVar
from urllib.parse import quote

from govcrawl.simulator.answers import Answer, Asked, Host
from govcrawl.simulator.platforms.base import Column, Publisher, Row, Wrap

_SITE = "6781961"
_ENDPOINT = "/site/label/8888"
_NOTHING = "暂无相关信息"
_ORGAN = re.compile(r"/public/column/(\d+)")
PARAMETERS = ("object_parameters", "own_address")
"""The endpoint's parameters as an object of the script instead of a query; or none, and `pageIndex` on the column."""


class Lonsun(Publisher):
    """Articles at `/public/<agency>/<number>.html`, an agency's annual reports at `/public/column/<agency>?type=3`."""

    name: ClassVar[str] = "lonsun"
    known_defects: ClassVar[tuple[str, ...]] = (*PARAMETERS, "nothing_inline", "no_page_count", "prefix", "organs")
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (
        PARAMETERS,
        ("own_address", "nothing_inline"),
        ("own_address", "no_page_count"),
    )
    container: ClassVar[str] = "wzcon"

    def __init__(self, host: Host, wrap: Wrap, *, defects: frozenset[str] = frozenset(), per_page: int = 15) -> None:
        super().__init__(host, wrap, defects=defects, per_page=per_page)
        self._columns: dict[str, Column] = {}

    def column_path(self, folder: str, number: int) -> str:
        return f"{self._prefix}/public/column/{25_480 + number}?type=3"

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"{self._prefix}/public/{_organ(column)}/{44_880_000 + number}.html"

    def serve(self, column: Column) -> None:
        self._columns[_organ(column.path)] = column
        self.host.serve(column.path.partition("?")[0], lambda asked: self._page(column, asked))
        self.host.serve(f"{self._prefix}{_ENDPOINT}", self._fragment)

    @property
    def _prefix(self) -> str:
        return "/zwgk" if "prefix" in self.defects else ""

    def _page(self, column: Column, asked: Asked) -> Answer:
        index = int(asked.parameter("pageIndex", "1")) if "own_address" in self.defects else 1
        rows = "" if "nothing_inline" in self.defects else _rows(self._slice(column, index))
        main = f'{column.before if index == 1 else ""}<div id="list">{rows}</div>{self._script(column)}'
        metadata = {"SiteId": _SITE, "ColumnName": column.name, "ColumnType": column.name}
        return Answer(body=self.wrap(column.name, main, metadata))

    def _script(self, column: Column) -> str:
        counted = "" if "no_page_count" in self.defects else f"pageCount: {self._pages(column)},"
        lines = [f"Ls.pagination('#page_public_info', {{{counted} pageIndex: 1, callback: load}});"]
        organ = _organ(column.path)
        address = f"{self._prefix}{_ENDPOINT}"
        if "object_parameters" in self.defects:
            lines.append(
                f"var organ = '{organ}'; function load(n) {{ Ls.ajax({{url: '{address}', dataType: 'html'}}, "
                f"{{IsAjax: 1, dataType: 'html', _: Math.random(), labelName: 'publicInfoList', siteId: '{_SITE}', "
                f"pageSize: {self.per_page}, pageIndex: n, action: 'list', isDate: true, dateFormat: 'yyyy-MM-dd', "
                f"length: 80, organId: organ, type: '3', result: '{_NOTHING}', "
                "file: '/xxgk/publicInfoList_newest'}); }"
            )
        elif "own_address" not in self.defects:
            query = (
                f"IsAjax=1&dataType=html&labelName=publicInfoList&siteId={_SITE}&pageSize={self.per_page}&action=list"
                f"&isDate=true&dateFormat=yyyy-MM-dd&length=80&organId={organ}&type=3&result={quote(_NOTHING)}"
                "&file=%2Fxxgk%2FpublicInfoList_newest2020"
            )
            lines.append(f"function load(n) {{ Ls.get('{address}?{query}' + '&pageIndex=' + n); }}")
        if "organs" in self.defects:
            known = [{"organId": int(agency), "name": each.name} for agency, each in self._columns.items()]
            lines.append(f"var organs = {json.dumps(known, ensure_ascii=False)};")
        return "<script>\n" + "\n".join(lines) + "\n</script>"

    def _fragment(self, asked: Asked) -> Answer:
        column = self._columns.get(asked.parameter("organId"))
        known = asked.parameter("siteId") == _SITE and asked.parameter("file").startswith("/xxgk/publicInfoList")
        index = int(asked.parameter("pageIndex", "1"))
        rows = self._slice(column, index) if column and known and asked.parameter("type") == "3" else ()
        return Answer(body=_rows(rows).encode())

    def _slice(self, column: Column, index: int) -> Sequence[Row]:
        return column.rows[(index - 1) * self.per_page : index * self.per_page]

    def _pages(self, column: Column) -> int:
        return max(1, ceil(len(column.rows) / self.per_page))


def _rows(rows: Sequence[Row]) -> str:
    if not rows:
        return f'<div class="nothing">{_NOTHING}</div>'
    written = "\n".join(
        f'<li><a title="{escape(row.title)}" href="{escape(row.href)}" target="_blank">{escape(row.title[:20])}</a>'
        f'<span class="date">{row.day or ""}</span></li>'
        for row in rows
    )
    return f'<ul class="clearfix xxgk_nav_list">\n{written}\n</ul>'


def _organ(path: str) -> str:
    found = _ORGAN.search(path)
    return found[1] if found else ""
