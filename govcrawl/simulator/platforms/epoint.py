"""Epoint: static category trees, lists with the page's number in the query, and lists asked for as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from html import escape
from math import ceil
from typing import ClassVar
from urllib.parse import quote

from govcrawl.simulator.answers import NOT_FOUND, Answer, Asked, Host, Page
from govcrawl.simulator.platforms.base import Column, Publisher, Row, Wrap, item
from govcrawl.simulator.platforms.ids import uuid

_USCC = "119999990000000001"
_SCRIPT = "/js/webBuilderCommon.js"
_OPEN, _BETWEEN = '<li class="wb-page-item">', '</li><li class="wb-page-item">'
_ASKED_FOR = ("json_list", "wrapped", "inline_guid", "double_encoded", "no_guid")


class Epoint(Publisher):
    """Static by nature. `page_index` counts pages in the query; `json_list` asks for rows (`wrapped`: with parameters
    one level deeper, `inline_guid`: the GUID in the page, `double_encoded`: JSON in JSON, `no_guid`: told nowhere);
    `link_to_new` opens rows by a click, `empty_detail` on a page that is empty without its script.
    """

    name: ClassVar[str] = "epoint"
    known_defects: ClassVar[tuple[str, ...]] = ("page_index", "link_to_new", "empty_detail", *_ASKED_FOR)
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (("page_index", "link_to_new", "empty_detail", *_ASKED_FOR),)
    losing: ClassVar[tuple[str, ...]] = ("empty_detail", "no_guid")
    container: ClassVar[str] = "ewb-article-info"

    def __init__(self, host: Host, wrap: Wrap, *, defects: frozenset[str] = frozenset(), per_page: int = 15) -> None:
        super().__init__(host, wrap, defects=defects, per_page=per_page)
        self._lists: dict[str, Sequence[Row]] = {}
        self.guid = uuid(host.name, "site")
        self.project = "EWB_YY_Mid" if "wrapped" in defects else "EWB-FRONT"
        self._asks = not defects.isdisjoint(_ASKED_FOR)
        self._clicks = not defects.isdisjoint(("link_to_new", "empty_detail"))

    @property
    def writes_hosts(self) -> bool:
        return not self._clicks

    def column_path(self, folder: str, number: int) -> str:
        category = f"{2000 + number:06}"
        if self._asks:
            return f"/dynamic/zwgk/govInfoPub.html?categorynum={category}&deptcode=001"
        if "page_index" in self.defects:
            return f"/zwgk/govlist.html?deptcode=001001&categorynum={category}&pageIndex=1"
        return f"/govxxgk/{_USCC}/category/{category[:3]}/{category}/govlist.html"

    def article_path(self, column: str, number: int, day: date) -> str:
        guid = uuid(self.host.name, column, number)
        return f"/openDetailDynamic.html?infoid={guid}" if self._clicks else f"/govxxgk/{_USCC}/{day}/{guid}.html"

    def article(self, title: str, body: str, metadata: object) -> str:
        text = "" if "empty_detail" in self.defects else body
        return f'<div class="ewb-article"><h1>{escape(title)}</h1><div class="{self.container}">{text}</div></div>'

    def serve(self, column: Column) -> None:
        if self._asks:
            self._serve_answers(column)
            return
        for number, rows in enumerate(self.slices(column.rows), 1):
            self.host.add(self._file(column, number), self._page(column, rows, number))

    def _file(self, column: Column, number: int) -> str:
        if "page_index" in self.defects:
            return column.path.removesuffix("1") + str(number)
        return column.path if number == 1 else f"{column.path.rpartition('/')[0]}/{number}.html"

    def _page(self, column: Column, rows: Sequence[Row], number: int) -> Page:
        def render() -> bytes:
            before = column.before if number == 1 else ""
            listed = "".join(self._row(column, row) for row in rows)
            if "page_index" in self.defects:
                pages = max(1, ceil(len(column.rows) / self.per_page))
                main = f'<ul id="govinfolist" class="ewb-list">{listed}</ul><p>第{number}页 共{pages}页</p>'
            else:
                main = f'<table class="ewb-table">{listed}</table>{self._pager(column, number)}'
            return self.wrap(column.name, before + main, {})

        return Page(render)

    def _row(self, column: Column, row: Row) -> str:
        if "page_index" in self.defects:
            return item(row)
        opens = f'href="{row.href}"'
        if self._clicks:
            opens = f"href=\"javascript:void(0)\" onclick=\"linkToNew('{row.href.rpartition('=')[2]}','002008')\""
        return (
            f'<tr><td>{_USCC}/202401-00006</td><td><a class="ewb-infoname" {opens} title="{escape(row.title)}">'
            f'{escape(row.title[:20])}…</a></td><td class="ewb-rqnr"><span>{row.day}</span></td></tr>'
        )

    def _pager(self, column: Column, number: int) -> str:
        pages = max(1, ceil(len(column.rows) / self.per_page))
        links = ['<a href="govlist.html">首页</a>', f"{number}/{pages}"]
        if number < pages:
            links += [f'<a href="{number + 1}.html">下页</a>', f'<a href="{pages}.html">尾页</a>']
        return f'<ul class="wb-page">{_OPEN}{_BETWEEN.join(links)}</li></ul>'

    def _serve_answers(self, column: Column) -> None:
        category = column.path.partition("categorynum=")[2].partition("&")[0]
        self._lists[category] = column.rows
        told = f'var siteInfo = {{"siteGuid": "{self.guid}", "projectName": "/{self.project}"}};'
        inline = f"<script>{told}</script>" if "inline_guid" in self.defects else f'<script src="{_SCRIPT}"></script>'

        def render() -> bytes:
            return self.wrap(column.name, f'{column.before}<ul id="govinfolist" class="ewb-list"></ul>{inline}', {})

        self.host.add(column.path, Page(render))
        script = "var siteInfo = load();" if "no_guid" in self.defects else told
        self.host.add(_SCRIPT, Answer(body=script.encode(), content_type="application/javascript"))
        self.host.serve(f"/{self.project}/rest/lightfrontaction/getgovinfolist", self._answer)

    def _answer(self, asked: Asked) -> Answer:
        try:
            sent = json.loads(asked.body)
            sent = sent["params"] if "wrapped" in self.defects else sent
            rows, size, start = self._lists[sent["categorynum"]], int(sent["pageSize"]), int(sent["pageIndex"])
        except (ValueError, KeyError, TypeError):
            return NOT_FOUND
        size = min(size, self.per_page)
        listed = rows[start * size : (start + 1) * size] if sent.get("siteGuid") == self.guid else []
        data = [
            {"infourl": quote(row.href, safe=":/?=&"), "realtitle": row.title, "infodate": str(row.day)}
            for row in listed
        ]
        custom: object = {"data": data, "total": len(rows)}
        if "double_encoded" in self.defects:
            custom = json.dumps(custom, ensure_ascii=False)
        return Answer(
            body=json.dumps({"custom": custom, "status": {"code": "200"}}).encode(), content_type="text/plain"
        )
