"""VSB: static `.htm` whose further pages are numbered downwards, or `list.jsp` with a parameter for the component."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Answer, Asked, Host, Page
from govcrawl.simulator.page import article
from govcrawl.simulator.platforms.base import Column, Publisher, Row, Wrap
from govcrawl.simulator.platforms.ids import hexadecimal

_ERROR = "<html><head><title>系统提示</title></head><body><p>文件下载失败，请从原页面下载。</p></body></html>"
_CAPTCHA = (
    "<html><head><title>请输入验证码</title></head><body><form>请输入验证码"
    '<input name="codeValue"/><img src="/system/_content/code.jsp"/></form></body></html>'
)


class Vsb(Publisher):
    """`dynamic` serves lists by `list.jsp`; `scripted_next` turns pages by a script, which keeps the rows after the
    first page out of reach; the other two are about attachments.
    """

    name: ClassVar[str] = "vsb"
    known_defects: ClassVar[tuple[str, ...]] = ("dynamic", "referer_required", "captcha_attachment", "scripted_next")
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (("referer_required", "captcha_attachment"),)
    losing: ClassVar[tuple[str, ...]] = ("captcha_attachment", "scripted_next")
    container: ClassVar[str] = "v_news_content"

    def __init__(self, host: Host, wrap: Wrap, *, defects: frozenset[str] = frozenset(), per_page: int = 15) -> None:
        super().__init__(host, wrap, defects=defects, per_page=per_page)
        self._numbers: dict[str, int] = {}
        self._files: dict[str, tuple[str, Answer]] = {}

    def column_path(self, folder: str, number: int) -> str:
        path = f"{folder.rstrip('/')}.htm"
        if "dynamic" in self.defects:
            path = f"/list.jsp?urltype=tree.TreeTempUrl&wbtreeid={1000 + number}"
        self._numbers[path] = 1000 + number
        return path

    def article_path(self, column: str, number: int, day: date) -> str:
        return f"/info/{self._numbers[column]}/{number}.htm"

    def article(self, title: str, body: str, metadata: Mapping[str, str]) -> str:
        return article(title, f'<div id="vsb_content">\n{body}\n</div>', metadata, self.container)

    def attach(self, path: str, name: str, file: Answer) -> str:
        """Put a file on the host for the article at `path`; the markup that links to it."""
        key = hexadecimal(32, self.host.name, path, name).upper()
        self._files[key] = (path, file)
        self.host.serve("/system/_content/download.jsp", self._download)
        href = f"/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1234567890&wbfileid={key}"
        return f'<ul><li>附件【<a href="{escape(href)}">{escape(name)}</a>】已下载<span>12</span>次</li></ul>'

    def _download(self, asked: Asked) -> Answer:
        path, file = self._files.get(asked.parameter("wbfileid"), ("", Answer(404)))
        if "captcha_attachment" in self.defects and not asked.parameter("codeValue"):
            return Answer(body=_CAPTCHA.encode(), content_type="text/html; charset=utf-8")
        if "referer_required" in self.defects and path not in asked.headers.get("referer", ""):
            return Answer(body=_ERROR.encode(), content_type="text/html; charset=utf-8")
        return file

    def serve(self, column: Column) -> None:
        slices = list(self.slices(column.rows))
        if "dynamic" in self.defects:
            for number, rows in enumerate(slices, 1):
                self.host.add(_turned(column.path, column.number, number), self._page(column, rows, number))
            return
        self.host.add(column.path, self._page(column, slices[0], 1))
        for number, rows in enumerate(slices[1:], 2):
            self.host.add(self._file(column, number), self._page(column, rows, number))

    def _file(self, column: Column, number: int) -> str:
        total = max(1, ceil(len(column.rows) / self.per_page))
        if "dynamic" in self.defects:
            return _turned(column.path, column.number, number)
        return column.path if number == 1 else f"{column.path.removesuffix('.htm')}/{total - number + 1}.htm"

    def _page(self, column: Column, rows: Sequence[Row], number: int) -> Page:
        def render() -> bytes:
            here = posixpath.dirname(self._file(column, number).partition("?")[0])
            listed = "\n".join(
                f'<li id="line_u{column.number}_{place}"><a href="{escape(_relative(row.href, here))}">'
                f'<h4>{escape(row.title)}</h4><p class="date">{row.day or ""}</p></a></li>'
                for place, row in enumerate(rows)
            )
            before = column.before if number == 1 else ""
            return self.wrap(column.name, f"{before}<ul>{listed}</ul>\n{self._pager(column, number)}", {})

        return Page(render)

    def _pager(self, column: Column, number: int) -> str:
        total = max(1, ceil(len(column.rows) / self.per_page))
        here = posixpath.dirname(self._file(column, number).partition("?")[0])

        def link(target: int, text: str) -> str:
            href = escape(_relative(self._file(column, target), here))
            if "scripted_next" in self.defects:
                href = f"javascript:gotopage({target})"
            return f'<a href="{href}">{text}</a>'

        near = sorted({1, number, *range(max(1, number - 2), min(total, number + 2) + 1), total})
        numbered = [f'<span class="p_no">{link(each, str(each))}</span>' for each in near]
        numbered[near.index(number)] = f'<span class="p_no_d">{number}</span>'
        ahead = '<span class="p_next_d p_fun_d">下页</span><span class="p_last_d p_fun_d">尾页</span>'
        if number < total:
            ahead = f'<span class="p_next p_fun">{link(number + 1, "下页")}</span>'
            ahead += f'<span class="p_last p_fun">{link(total, "尾页")}</span>'
        told = f'<span class="p_t">共{len(column.rows)}条</span>'
        links = f'<span class="p_pages">{" ".join(numbered)} {ahead}</span>'
        return f'<div class="pb_sys_common">{told} {links} <span class="p_t">{number}/{total}</span></div>'


def _turned(path: str, component: int, number: int) -> str:
    return path if number == 1 else f"{path}&a{component}t=9&a{component}p={number}&a{component}c=15"


def _relative(path: str, folder: str) -> str:
    if not path.startswith("/") or "?" in path:
        return path
    return posixpath.relpath(path, folder)
