"""Hanweb's jpaas gateway: columns without rows, whose unit the gateway builds page by page."""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property
from typing import ClassVar

from govcrawl.simulator.answers import Answer, Asked, Page
from govcrawl.simulator.platforms.base import Column, items
from govcrawl.simulator.platforms.hanweb import HanwebPublisher, hex_id

_GATEWAY = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_SCRIPT = "/AuthorizedRead/unitbuild.js"
_WEBSITE, _TAG, _FRAME_TAG = "8", "信息列表", "左侧导航"


class HanwebJpaas(HanwebPublisher):
    """`<folder>/art/2022/art_<32 figures>.html`; a page asked for beside `paramJson` is not heeded."""

    name: ClassVar[str] = "hanweb_jpaas"
    known_defects: ClassVar[tuple[str, ...]] = (
        "right_spelling",
        "camel_case",
        "fixed_size",
        "first_inline",
        "further_units",
        "referer_required",
    )

    @cached_property
    def lists(self) -> dict[str, Column]:
        """The columns by their page's id."""
        return {}

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"{column}art/{day.year}/art_{hex_id(self.host.name, column, number)}.html"

    def serve(self, column: Column) -> None:
        self.lists[_page_id(column)] = column
        self.host.add(column.path, Page(lambda: self._page(column)))
        self.script(_GATEWAY, self._answer)

    def _page(self, column: Column) -> bytes:
        tags = [_FRAME_TAG, _TAG] if "further_units" in self.defects else [_TAG]
        units = "".join(self._unit(column, tag) for tag in tags)
        inside = self._list(column, 1, self.per_page) if "first_inline" in self.defects else ""
        return self.wrap(
            column.name, f'{column.before}{units}<div class="list">{inside}</div>', {"ColumnType": column.name}
        )

    def _unit(self, column: Column, tag: str) -> str:
        query = {
            "webId": _WEBSITE,
            "pageId": _page_id(column),
            "parseType": self._spelling,
            "pageType": "column",
            "tagId": tag,
            "tplSetId": hex_id("template"),
            "editType": "null",
        }
        pairs = ",".join(f"'{name}':'{value}'" for name, value in query.items())
        name = "queryData" if "camel_case" in self.defects else "querydata"
        return f'<script src="{_SCRIPT}" url="{_GATEWAY}" {name}="{{{pairs}}}"></script>\n'

    @property
    def _spelling(self) -> str:
        return "buildstatic" if "right_spelling" in self.defects else "bulidstatic"

    def _list(self, column: Column, page: int, size: int) -> str:
        rows = column.rows[(page - 1) * size : page * size]
        counts = f'count="{len(column.rows)}" rows="{size}" pageNo="{page}"'
        return f'<ul class="list">{items(rows)}</ul><div class="pagination" {counts}></div>'

    def _answer(self, asked: Asked) -> Answer:
        column = self.lists.get(asked.parameter("pageId"))
        if column is None or asked.parameter("parseType") != self._spelling or asked.parameter("webId") != _WEBSITE:
            return _json({"success": False, "message": "unit not found", "data": None})
        if asked.parameter("tagId") != _TAG:
            return _json(
                {"success": True, "data": {"html": f'<ul><li><a href="{column.path}">{column.name}</a></li></ul>'}}
            )
        page, size = self._wanted(asked)
        return _json({"success": True, "data": {"html": self._list(column, page, size)}})

    def _wanted(self, asked: Asked) -> tuple[int, int]:
        try:
            wanted = json.loads(asked.parameter("paramJson", "{}"))
            page, size = int(wanted.get("pageNo", 1)), int(wanted.get("pageSize", self.per_page))
        except (ValueError, TypeError, AttributeError):
            page, size = 1, self.per_page
        return max(1, page), self.per_page if "fixed_size" in self.defects else max(1, size)


def _page_id(column: Column) -> str:
    return hex_id("page", column.path)


def _json(data: object) -> Answer:
    return Answer(200, json.dumps(data, ensure_ascii=False).encode(), "application/json;charset=UTF-8")
