"""`/xxgk-list-<slug>.html`: an empty page, and rows as JSON for a posted form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import ClassVar
from urllib.parse import quote

from govcrawl.simulator.answers import NOT_FOUND, Answer, Asked, Host, Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row, Wrap

_ORDER = ("is_top DESC", "displayorder DESC", "inputtime DESC")


class XxgkList(Publisher):
    """`encoded` writes the form as one text, `order_inline` the order among the other values; `scripted_form` makes
    the form of variables, which nothing but the script can.
    """

    name: ClassVar[str] = "xxgk_list"
    known_defects: ClassVar[tuple[str, ...]] = ("encoded", "order_inline", "total", "scripted_form")
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (("encoded", "order_inline", "scripted_form"),)
    losing: ClassVar[tuple[str, ...]] = ("scripted_form",)
    container: ClassVar[str] = "xxgk_content"

    def __init__(self, host: Host, wrap: Wrap, *, defects: frozenset[str] = frozenset(), per_page: int = 15) -> None:
        super().__init__(host, wrap, defects=defects, per_page=per_page)
        self._lists: dict[str, Sequence[Row]] = {}

    def column_path(self, folder: str, number: int) -> str:
        return f"/xxgk-list-{folder.strip('/').rpartition('/')[2] or 'xxgk'}{number}.html"

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"/xxgk-show-{190000 + number}.html"

    def framed(self, href: str) -> str:
        """A file shown in a frame, as the platform puts it into an article."""
        return f'<iframe src="{href}" width="100%" height="900"></iframe>'

    def serve(self, column: Column) -> None:
        category = str(300 + column.number)
        self._lists[category] = column.rows
        asks = f'$.ajax({{type: "POST", url: "/api-ajax_list-"+page+".html", {self._data(category)}}});'

        def render() -> bytes:
            script = f"<script>function load(page){{ {asks} }} load(1);</script>"
            return self.wrap(column.name, f'{column.before}<ul class="ajax_list"></ul>\n{script}', {})

        self.host.add(column.path, Page(render))
        self.host.serve("/api-ajax_list-*", self._answer)

    def _data(self, category: str) -> str:
        values = ["21_xxgk", category, "21", "xxgk", "Y-m-d", "50", str(self.per_page)]
        if "encoded" in self.defects:
            pairs = [("ajax_type[]", each) for each in values] + [("ajax_type[7][]", each) for each in _ORDER]
            return 'data: "' + "&".join(f"{quote(k)}={quote(v)}" for k, v in [*pairs, ("is_ds", "1")]) + '"'
        if "scripted_form" in self.defects:
            return "data: {ajax_type: [module, catid, 21], is_ds: 1}"
        order = ",".join(f"'{each}'" for each in _ORDER)
        order = order if "order_inline" in self.defects else f"[{order}]"
        return f"data: {{ajax_type: [{','.join(repr(each) for each in values)},{order}], is_ds: 1}}"

    def _answer(self, asked: Asked) -> Answer:
        number = asked.path.removeprefix("/api-ajax_list-").removesuffix(".html")
        values = asked.parameters.get("ajax_type[]", [])
        if asked.method != "POST" or asked.headers.get("x-requested-with") != "XMLHttpRequest":
            return NOT_FOUND
        if not number.isdecimal() or len(values) < 7 or values[1] not in self._lists or not values[6].isdecimal():
            return Answer(body=b'{"code":0,"msg":"error"}', content_type="text/html")
        size, rows = int(values[6]), self._lists[values[1]]
        start = (int(number) - 1) * size
        data = [
            {
                "title": row.title,
                "url": row.href if "://" in row.href else f"http://{self.host.name}{row.href}",
                "inputtime": str(row.day),
                "updatetime": "",
            }
            for row in rows[start : start + size]
        ]
        total = {"total": len(rows)} if "total" in self.defects else {}
        return Answer(body=json.dumps({**total, "data": data}).encode(), content_type="text/html")
