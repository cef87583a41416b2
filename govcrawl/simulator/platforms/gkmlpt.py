"""gkmlpt: an entry page that holds a tree of categories for its script, and rows by an endpoint of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import ClassVar

from govcrawl.simulator.answers import Answer, Asked, Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row

_ENTRY = "/gkmlpt/annualreport"
_REPORTS = "政府信息公开年报"
_OTHERS = ("机构职能", "政策文件", "人事任免", "财政信息")
_SITE = 975_000


class Gkmlpt(Publisher):
    """Every agency has a path of its own with the platform below it; its reports are a category of its tree."""

    name: ClassVar[str] = "gkmlpt"
    known_defects: ClassVar[tuple[str, ...]] = (
        "overstated_count",
        "wechat_item",
        "jump_url",
        "bare_keys",
        "wrong_type",
        "nested_tree",
    )
    container: ClassVar[str] = "article-content"

    def column_path(self, folder: str, number: int) -> str:
        return _ENTRY if number == 1 else f"/xxgk{number}{_ENTRY}"

    def article_path(self, column: str, number: int, day: date) -> str:
        post = 3_205_000 + number
        return f"{_prefix(column)}/gkmlpt/content/{post // 1_000_000}/{post // 1000}/post_{post}.html"

    def article(self, title: str, body: str, metadata: Mapping[str, str]) -> str:
        detail = json.dumps({"title": title, "publisher": metadata.get("ContentSource", "")}, ensure_ascii=False)
        script = f'<script>window._CONFIG = {{"APP_URL":"","SID":"{_SITE}","DETAIL":{detail}}};</script>'
        return super().article(title, body, metadata) + script

    def serve(self, column: Column) -> None:
        prefix = _prefix(column.path)
        self.host.add(column.path, Page(lambda: self._entry(column)))
        self.host.add(f"{prefix}/gkmlpt/index", Page(lambda: self._entry(column)))
        self.host.serve(f"{prefix}/gkmlpt/api/all/*", lambda asked: self._answer(column, asked))

    def category(self, column: Column) -> int:
        """The id of the category that holds the column's rows."""
        return 2600 + 10 * column.number + len(_OTHERS)

    def _entry(self, column: Column) -> bytes:
        config = self._config(column)
        main = f'{column.before}<div id="app"></div><script>window._CONFIG = {config};</script>'
        return self.wrap(_REPORTS, f'{main}<script src="/gkmlpt/gkml/pc/js/app.js"></script>', {})

    def _config(self, column: Column) -> str:
        tree, site = json.dumps(self._tree(column), ensure_ascii=False), str(_SITE + column.number)
        if "bare_keys" in self.defects:
            return f"{{APP_URL: '', SID: '{site}', CATE: '', TREE: {tree}, DETAIL: null}}"
        return f'{{"APP_URL":"","SID":"{site}","CATE":"","TREE":{tree},"DETAIL":null}}'

    def _tree(self, column: Column) -> list[dict[str, object]]:
        first = self.category(column) - len(_OTHERS)
        nodes = [_node(first + place, name, 0) for place, name in enumerate(_OTHERS)]
        nodes.append(_node(self.category(column), _REPORTS, len(column.rows)))
        if "jump_url" in self.defects:
            nodes.insert(1, {**_node(first + 9, "办事大厅", 0), "jump_url": f"http://{self.host.name}/bsdt/"})
        if "nested_tree" in self.defects:
            return [{**_node(first + 8, "法定主动公开", 0), "children": nodes}]
        return nodes

    def _answer(self, column: Column, asked: Asked) -> Answer:
        ours = asked.path.endswith(f"/{self.category(column)}")
        ours = ours and asked.parameter("sid") in ("", str(_SITE + column.number))
        page = max(1, int(asked.parameter("page", "1")))
        rows = column.rows[(page - 1) * self.per_page : page * self.per_page] if ours else ()
        count = len(column.rows) + ("wechat_item" in self.defects) if ours else 0
        if ours and "overstated_count" in self.defects:
            count += 3 * self.per_page
        answer = {
            "classify": {"id": self.category(column), "name": _REPORTS, "post_count": count},
            "articles": self._articles(rows, first=ours and page == 1),
        }
        kind = "text/html" if "wrong_type" in self.defects else "application/json"
        return Answer(body=json.dumps(answer, ensure_ascii=False).encode(), content_type=kind)

    def _articles(self, rows: Sequence[Row], *, first: bool) -> list[dict[str, object]]:
        found = [self._article(row) for row in rows]
        if first and "wechat_item" in self.defects:
            found.append({**self._article(Row("", "掌上政务周刊", None)), "url": "https://mp.weixin.test/s/a1b2"})
        return found

    def _article(self, row: Row) -> dict[str, object]:
        seconds = int(datetime(row.day.year, row.day.month, row.day.day, 2, tzinfo=UTC).timestamp()) if row.day else 0
        address = f"//{self.host.name}{row.href}" if row.href.startswith("/") else row.href
        return {
            "title": row.title,
            "document_number": "",
            "identifier": "",
            "publisher": "",
            "date": seconds,
            "create_time": seconds,
            "display_publish_time": seconds,
            "classify_main_name": _REPORTS,
            "url": address,
            "post_url": address,
            "attachment": [],
            "abstract": "",
            "is_expired": False,
            "is_abolished": False,
        }


def _node(number: int, name: str, count: int) -> dict[str, object]:
    return {"id": number, "name": name, "parent": 0, "post_count": count, "jump_url": ""}


def _prefix(path: str) -> str:
    return path.partition("/gkmlpt/")[0]
