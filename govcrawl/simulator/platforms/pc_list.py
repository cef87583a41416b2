"""`/<site>/<column>/pc/list.html`: rows and their files as an array in a script of the page."""

from __future__ import annotations

import json
from datetime import date
from typing import ClassVar

from govcrawl.simulator.answers import Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row

_FIRST_ID = 2007653864991360000


class PcList(Publisher):
    """`object_urls` writes the addresses as an object instead of a text; `files` gives every third article a file;
    `paged` shows but the first page's rows, `truncated_array` breaks the array off.
    """

    name: ClassVar[str] = "pc_list"
    known_defects: ClassVar[tuple[str, ...]] = ("object_urls", "files", "paged", "truncated_array")
    losing: ClassVar[tuple[str, ...]] = ("paged", "truncated_array")
    container: ClassVar[str] = "article-content-body"

    def column_path(self, folder: str, number: int) -> str:
        return f"/rmzf/zfxxg{100 + number}/pc/list.html"

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"{column.removesuffix('list.html')}content/content_{_FIRST_ID + number}.html"

    def serve(self, column: Column) -> None:
        def render() -> bytes:
            rows = column.rows[: self.per_page] if "paged" in self.defects else column.rows
            array = json.dumps([self._listed(row, place) for place, row in enumerate(rows)], ensure_ascii=False)
            if "truncated_array" in self.defects:
                array = array[: array.rfind('{"id"') + 20]
            total = f"<p>共{len(column.rows)}条</p>" if len(rows) < len(column.rows) else ""
            pager = f'{total}<a href="javascript:;">下一页</a>' if total else ""
            script = f"<script>\nvar pageData = {{}}; var articleList = {array};\nrender(articleList);\n</script>"
            return self.wrap(column.name, f'{column.before}<ul id="list"></ul>\n{pager}{script}', {})

        self.host.add(column.path, Page(render))

    def _listed(self, row: Row, place: int) -> dict[str, object]:
        urls: dict[str, str] = {"pc": row.href}
        has_file = "files" in self.defects and place % 3 == 0
        file = {
            "fileName": f"{row.title}.pdf",
            "filePath": f"{row.href.rpartition('/')[0]}/{place}.pdf",
            "domainName": f"http://{self.host.name}",
            "fileId": str(place),
            "totalSize": 1234,
        }
        return {
            "id": str(_FIRST_ID + place),
            "title": row.title,
            "pubDate": f"{row.day} 09:10:11" if row.day else "",
            "urls": urls if "object_urls" in self.defects else json.dumps(urls),
            "articleFiles": [file] if has_file else [],
        }
