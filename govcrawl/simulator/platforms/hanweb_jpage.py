"""Hanweb jpage: a first group of rows as XML in the column's script, the rest behind `dataproxy.jsp`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from html import escape
from math import ceil
from typing import Any, ClassVar

from govcrawl.simulator.answers import Answer, Asked, Page
from govcrawl.simulator.platforms.base import Column, Row, item
from govcrawl.simulator.platforms.hanweb import HanwebPublisher, hex_id

_GROUP = 3
"""Pages that the column itself holds."""
_NOTHING = b"<datastore><recordset></recordset></datastore>       \n"
"""What a proxy says to ids it does not know: 54 bytes."""
_FIRST_COLUMN, _FIRST_UNIT = 84240, 294070
_WEBSITE = "1"
_PROXIES = {
    "": "/module/web/jpage/dataproxy.jsp",
    "old_proxy": "/module/jpage/dataproxy.jsp",
    "js_array": "/module/jslib/jquery/jpage/dataproxy.jsp",
    "more_columns": "/module/web/jpage/morecolumndataproxy.jsp",
}


class HanwebJpage(HanwebPublisher):
    """`/art/2021/1/29/art_<column>_<number>.html` below `/col/col<column>/index.html`."""

    name: ClassVar[str] = "hanweb_jpage"
    known_defects: ClassVar[tuple[str, ...]] = (
        "escaped",
        "table_rows",
        "dirty",
        "wrong_type",
        "js_array",
        "old_proxy",
        "more_columns",
        "page_only",
        "short_blocks",
        "silent_total",
        "script_only",
        "empty_proxy",
        "encrypted",
        "referer_required",
    )
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("escaped", "table_rows", "dirty"),
        ("js_array", "old_proxy", "more_columns", "encrypted", "empty_proxy"),
        ("page_only", "short_blocks"),
        ("script_only", "encrypted"),
    )
    losing: ClassVar[tuple[str, ...]] = ("encrypted",)

    @cached_property
    def lists(self) -> dict[str, Column]:
        """The columns by the ids that the proxy is asked for."""
        return {}

    @property
    def proxy(self) -> str:
        return _PROXIES[next((name for name in _PROXIES if name in self.defects), "")]

    def column_path(self, folder: str, number: int) -> str:
        return f"/col/col{_FIRST_COLUMN + number}/index.html"

    def article_path(self, column: str, number: int, day: date) -> str:
        code = column.rpartition("/col")[2].partition("/")[0]
        return f"/art/{day.year}/{day.month}/{day.day}/art_{code}_{number}.html"

    def serve(self, column: Column) -> None:
        self.lists[self._ids(column)[0]] = column
        self.host.add(column.path.removesuffix("index.html"), Page(lambda: self._page(column)))
        self.script(self.proxy, self._answer)

    def _ids(self, column: Column) -> tuple[str, str]:
        code, unit = str(_FIRST_COLUMN + column.number), str(_FIRST_UNIT + column.number)
        if "more_columns" in self.defects:
            code = f"{code},{_FIRST_COLUMN - column.number}"
        if "encrypted" in self.defects:
            return hex_id("column", code) + "==", hex_id("unit", unit) + "=="
        return code, unit

    def _page(self, column: Column) -> bytes:
        rows = column.rows[: self._inside()]
        code, unit = self._ids(column)
        total = "" if "silent_total" in self.defects else f"totalRecord:{len(column.rows)},"
        script = (
            f"$('#{_FIRST_UNIT}').jpage({{perPage:{self.per_page},{total}groupSize:{_GROUP},proxyUrl:'{self.proxy}',"
            f"ajaxParam:{{col:1,appid:1,webid:{_WEBSITE},path:'/',columnid:'{code}',sourceContentType:1,unitid:'{unit}',"
            "webname:'门户网站',permissiontype:0}});"
        )
        group = "" if "script_only" in self.defects else self._next_group(column, 1)
        data = f"<datastore>\n{group}<recordset>\n{self._records(rows)}\n</recordset></datastore>"
        data = f'<script type="text/xml">{data}</script>'
        main = f'{column.before}<div id="{_FIRST_UNIT}" class="list">{data}</div>\n<script>{script}</script>'
        return self.wrap(column.name, main, {"ColumnType": column.name})

    def _inside(self) -> int | None:
        """How many rows the column itself holds."""
        if "empty_proxy" in self.defects:
            return None
        return self.per_page if "encrypted" in self.defects else _GROUP * self.per_page

    def _next_group(self, column: Column, page: int) -> str:
        code, unit = self._ids(column)
        query = f"page={page}&appid=1&appid=1&webid={_WEBSITE}&path=/&columnid={code}&unitid={unit}"
        link = f'<a href="{self.proxy}?{query}&webname=%25E9%2597%25A8&permissiontype=0"></a>'
        return f"<nextgroup><![CDATA[{link}]]></nextgroup>\n"

    def _records(self, rows: Sequence[Row]) -> str:
        return "\n".join(f"<record>{self._record(row)}</record>" for row in rows)

    def _record(self, row: Row) -> str:
        markup = self._markup(row)
        return escape(markup) if "escaped" in self.defects else f"<![CDATA[\n{markup}]]>"

    def _markup(self, row: Row) -> str:
        if "table_rows" in self.defects:
            link = f'<a href="{escape(row.href)}" title="{escape(row.title)}">{escape(row.title[:12])}...</a>'
            return f'<table><tr><td><img src="/picture/0/dot.gif"></td><td>{link}</td><td>{row.day}</td></tr></table>'
        markup = item(row)
        return markup.replace("<li>", "<li style=<br/>", 1) if "dirty" in self.defects else markup

    def _answer(self, asked: Asked) -> Answer:
        column = self.lists.get(asked.parameter("columnid"))
        known = column is not None and asked.parameter("unitid") == self._ids(column)[1]
        if column is None or not known or "encrypted" in self.defects or asked.parameter("webid") != _WEBSITE:
            return self._typed(_NOTHING)
        start, end, size = self._block(asked)
        rows = [] if "empty_proxy" in self.defects else column.rows[start - 1 : end]
        total = len(column.rows)
        if "js_array" in self.defects:
            return self._typed(_array(total, [self._markup(row) for row in rows]))
        group = self._next_group(column, ceil(end / size) + 1) if end < total else ""
        counts = f"<totalrecord>{total}</totalrecord><totalpage>{ceil(total / size)}</totalpage>"
        return self._typed(
            f"<datastore>{counts}{group}<recordset>{self._records(rows)}</recordset></datastore>".encode()
        )

    def _block(self, asked: Asked) -> tuple[int, int, int]:
        """First record, last record, records of a page."""
        size = max(1, _number(asked, "perpage", self.per_page))
        if "page_only" in self.defects or not asked.parameter("startrecord"):
            size = _GROUP * self.per_page
            page = max(1, _number(asked, "page", 1))
            return (page - 1) * size + 1, page * size, size
        start, end = max(1, _number(asked, "startrecord", 1)), _number(asked, "endrecord", size)
        if "short_blocks" in self.defects:
            end = min(end, start + 2 * self.per_page - 1)
        return start, end, size

    def _typed(self, body: bytes) -> Answer:
        wrong = "wrong_type" in self.defects
        return Answer(200, body, "text/html;charset=ISO-8859-1" if wrong else "text/xml;charset=UTF-8")


def _array(total: int, records: Sequence[str]) -> bytes:
    """The old proxy's answer: a script's array of strings."""
    strings = ",\n".join('"' + record.replace("\\", "\\\\").replace('"', '\\"') + '"' for record in records)
    return f"var totalRecord = {total};\nvar dataStore = [{strings}];\n".encode()


def _number(asked: Asked, name: str, default: Any) -> int:
    value = asked.parameter(name)
    return int(value) if value.isascii() and value.isdecimal() else int(default)
