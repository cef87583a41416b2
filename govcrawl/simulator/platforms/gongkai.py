"""Shandong's `/gongkai/`: articles are plain pages, a channel is an empty page whose script fills it."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from typing import ClassVar

from govcrawl.simulator.answers import Answer, Page
from govcrawl.simulator.platforms.base import Column, Publisher, items
from govcrawl.simulator.platforms.ids import hexadecimal

_SCRIPT = """fetch("{source}").then(function (answer) {{ return answer.json(); }}).then(function (rows) {{
document.getElementById("app").innerHTML = "<ul>" + rows.map(function (row) {{
return '<li><a href="' + row.href + '">' + row.title + "</a><span>" + row.day + "</span></li>";
}}).join("") + "</ul>"; }});"""


class Gongkai(Publisher):
    """`bare` serves sites without the `/gongkai/` before them. No row is in reach without a browser."""

    name: ClassVar[str] = "gongkai"
    known_defects: ClassVar[tuple[str, ...]] = ("bare",)
    losing: ClassVar[tuple[str, ...]] = ("bare",)

    def column_path(self, folder: str, number: int) -> str:
        before = "" if "bare" in self.defects else "/gongkai"
        return f"{before}/site_{self.host.name.split('.')[-2]}/channel_{hexadecimal(24, self.host.name, number)}/"

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"{column}doc_{hexadecimal(24, self.host.name, column, number)}.html"

    def serve(self, column: Column) -> None:
        source = f"/gongkai/rows/{hexadecimal(24, column.path)}"
        rows = [{"href": row.href, "title": row.title, "day": str(row.day)} for row in column.rows]
        self.host.add(source, Answer(body=json.dumps(rows).encode(), content_type="application/json"))

        def render() -> bytes:
            script = _SCRIPT.format(source=escape(source))
            return self.wrap(column.name, f'{column.before}<div id="app"></div><script>{script}</script>', {})

        self.host.add(column.path, Page(render))

    def rendered(self, column: Column) -> bytes:
        """The channel as a browser shows it after its script ran."""
        return self.wrap(column.name, f'<div id="app"><ul>{items(column.rows)}</ul></div>', {})
