"""UCAP with dynamic lists: an empty column whose script asks an endpoint for the rows of its channel."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Answer, Asked, Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row
from govcrawl.simulator.platforms.ucap import folder_of, hexadecimal

ENDPOINTS = ("search", "search_list")
"""`/search/<channel>` or `/searchList/<channel>` instead of `/common/search/<channel>`."""
TOTALS = ("overstated_total", "understated_total")
"""More rows named than there are, so that the last pages are empty; or fewer than stand on
the first page."""
_MOST = 100
_REFUSAL = '{"code":401,"msg":"token校验失败"}'.encode()
"""What an endpoint says that wants a token which only the page's script can make."""


class UcapJson(Publisher):
    """Folders of `<32 figures>.shtml`, listed by `…/search/<channel>?_isJson=true&page=N`."""

    name: ClassVar[str] = "ucap_json"
    known_defects: ClassVar[tuple[str, ...]] = (
        *ENDPOINTS,
        *TOTALS,
        "protocol_relative",
        "wrong_type",
        "referer_required",
        "joined_address",
        "marked_titles",
        "token",
    )
    losing: ClassVar[tuple[str, ...]] = ("token",)
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (ENDPOINTS, TOTALS)
    container: ClassVar[str] = "article_content"

    def column_path(self, folder: str, number: int) -> str:
        return f"{folder}common_list.shtml"

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"{folder_of(column)}{day:%Y%m}/{hexadecimal(self.host.name, number)}.shtml"

    def href(self, column: str, path: str) -> str:
        return f"//{self.host.name}{path}" if "protocol_relative" in self.defects else path

    def article(self, title: str, body: str, metadata: Mapping[str, str]) -> str:
        return super().article(title, f"<UCAPCONTENT>{body}</UCAPCONTENT>", metadata)

    def serve(self, column: Column) -> None:
        channel = hexadecimal(self.host.name, f"channel {column.number}")
        self.host.add(column.path, Page(lambda: self._page(column, channel)))
        self.host.serve(f"{self._endpoint()}{channel}", lambda asked: self._answer(column, asked))

    def _endpoint(self) -> str:
        short = "/search/" if "search" in self.defects else "/common/search/"
        return "/searchList/" if "search_list" in self.defects else short

    def _page(self, column: Column, channel: str) -> bytes:
        address = f"'{self._endpoint()}{channel}'"
        if "joined_address" in self.defects:
            address = f"'{self._endpoint()}' + channelId"
        script = f"""<div id="list"></div><script>
var channelId = $('meta[name=channelid]').attr('content'), pageSize = {self.per_page};
function load(page) {{ $.getJSON({address}, {{_isAgg: true, _isJson: true, _pageSize: pageSize, _template: 'index',
  _rangeTimeGte: '', _channelName: '', page: page}}, function (json) {{ render(json.data.results); }}); }}
load(1);</script>"""
        metadata = {"ColumnName": column.name, "channelid": channel}
        return self.wrap(column.name, column.before + script, metadata)

    def _answer(self, column: Column, asked: Asked) -> Answer:
        if "referer_required" in self.defects and not asked.headers.get("referer"):
            return Answer(403, b"Forbidden")
        if "token" in self.defects:
            return Answer(body=_REFUSAL, content_type="application/json")
        size = min(int(asked.parameter("_pageSize", "15")), _MOST, self.per_page)
        page = max(1, int(asked.parameter("page", "1")))
        rows = column.rows[(page - 1) * size : page * size]
        answer = {"data": {"total": self._total(column, size), "page": page, "rows": size, "results": self._rows(rows)}}
        kind = "text/html" if "wrong_type" in self.defects else "application/json"
        return Answer(body=json.dumps(answer, ensure_ascii=False).encode(), content_type=kind)

    def _total(self, column: Column, size: int) -> int:
        rows = len(column.rows)
        if "understated_total" in self.defects:
            return min(rows, size - 1)
        return (ceil(rows / size) + 2) * size if "overstated_total" in self.defects else rows

    def _rows(self, rows: Sequence[Row]) -> list[dict[str, object]]:
        return [
            {
                "title": f"<em>{row.title[:4]}</em>{row.title[4:]}" if "marked_titles" in self.defects else row.title,
                "url": row.href,
                "publishedTimeStr": f"{row.day} 10:21:33" if row.day else "",
                "channelName": "政府信息公开年报",
                "domainMetaList": [{"resultList": [{"key": "refno", "value": ""}]}],
            }
            for row in rows
        ]
