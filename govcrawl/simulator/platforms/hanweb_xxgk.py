"""Hanweb's disclosure module: tables by the code of a heading, and a tree of headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from html import escape
from math import ceil
from typing import ClassVar

from govcrawl.simulator.answers import Answer, Asked, Page
from govcrawl.simulator.platforms.base import Column, Row
from govcrawl.simulator.platforms.hanweb import HanwebPublisher

_SEARCH, _TREE, _SUBJECTS = "/module/xxgk/search.jsp", "/module/xxgk/tree.jsp", "/module/xxgk/subjectinfo.jsp"
_FIRST_COLUMN = 13000
_WEBSITE, _AREA = "63", "11970100MB0000001C"
_NEIGHBOURS = (("A01", "机构职能"), ("A02", "政策文件"))


class HanwebXxgk(HanwebPublisher):
    """Tables of `search.jsp`, loaded by `/col/col<n>/index.html?number=<heading>`."""

    name: ClassVar[str] = "hanweb_xxgk"
    known_defects: ClassVar[tuple[str, ...]] = (
        "tree_shell",
        "subject_shell",
        "script_tree",
        "first_inline",
        "no_dates",
        "referer_required",
    )
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (("tree_shell", "subject_shell", "first_inline"),)

    @cached_property
    def lists(self) -> dict[str, Column]:
        """The columns by the codes of their headings."""
        return {}

    def column_path(self, folder: str, number: int) -> str:
        heading = "" if self.is_shell else f"number=A{number:02d}03"
        return f"/col/col{_FIRST_COLUMN + number}/index.html?vc_xxgkarea={_AREA}&{heading or 'number='}"

    @property
    def is_shell(self) -> bool:
        """Whether columns hold the tree in a frame, and no table."""
        return not self.defects.isdisjoint({"tree_shell", "subject_shell"})

    def article_path(self, column: str, number: int, day: date) -> str:
        code = column.rpartition("/col")[2].partition("/")[0]
        return f"/art/{day.year}/{day.month}/{day.day}/art_{code}_{number}.html"

    def serve(self, column: Column) -> None:
        self.lists[_heading(column)] = column
        path = column.path.partition("?")[0]
        self.host.add(path, Page(lambda: self._page(column)))
        self.script(_SEARCH, self._table)
        self.script(_TREE, self._tree)
        self.script(_SUBJECTS, self._subjects)

    def _page(self, column: Column) -> bytes:
        return self.wrap(column.name, f"{column.before}{self._middle(column)}", {"ColumnType": column.name})

    def _middle(self, column: Column) -> str:
        divid = f"div{_FIRST_COLUMN + column.number}"
        script = (
            f"<script>loadDynamic('{_SEARCH}?standardXxgk=1&infotypeId='+a+'&vc_title='+encodeURI(b)+'&vc_number='+"
            f"encodeURI(c)+'&area={_AREA}', '{divid}', '0','0','950','{_WEBSITE}','','');</script>"
        )
        query = f"standardXxgk=1&amp;area={_AREA}&amp;divid={divid}"
        if "subject_shell" in self.defects:
            return f'<iframe src="{_SUBJECTS}?{query}"></iframe>'
        if "tree_shell" in self.defects:
            return f'<iframe src="{_TREE}?{query}"></iframe>{script}<div id="{divid}"></div>'
        inside = self._rows(column, 1) if "first_inline" in self.defects else ""
        return f'<div id="{divid}">{inside}</div>{script}'

    def _rows(self, column: Column, page: int) -> str:
        total = max(1, ceil(len(column.rows) / self.per_page))
        rows = column.rows[(page - 1) * self.per_page : page * self.per_page]
        head = '<tr><td class="th">发布机构</td><td class="th">信息名称</td><td class="th">发布日期</td></tr>'
        return f'<table>{head}{self._lines(rows)}</table><div class="page">共{total}页 第{page}页 下一页 尾　页</div>'

    def _lines(self, rows: Sequence[Row]) -> str:
        lines = []
        for index, row in enumerate(rows):
            day = "" if "no_dates" in self.defects else row.day
            named = f'gkfs="主动公开" title="{escape(row.title)}"'
            link = f'<a href="{escape(row.href)}" {named}>{escape(row.title[:14])}...</a>'
            kind = "even" if index % 2 else "odd"
            lines.append(f'<tr class="tr_main_value_{kind}"><td>办公室</td><td>{link}</td><td>{day}</td></tr>')
        return "\n".join(lines)

    def _table(self, asked: Asked) -> Answer:
        column = self.lists.get(asked.parameter("infotypeId"))
        page = asked.parameter("currpage", "1")
        theirs = asked.parameter("jdid") == _WEBSITE and asked.parameter("area") in ("", _AREA)
        if column is None or not theirs or not page.isdecimal():
            return Answer(200, "<table></table><div>共0页</div>".encode())
        return Answer(200, self._rows(column, max(1, int(page))).encode())

    def _tree(self, asked: Asked) -> Answer:
        headings = dict(_NEIGHBOURS) | {code: column.name for code, column in self.lists.items()}
        return Answer(200, self._nodes(headings).encode())

    def _nodes(self, headings: Mapping[str, str]) -> str:
        hidden = f'<input type="hidden" name="jdid" value="{_WEBSITE}">'
        if "script_tree" in self.defects:
            lines = (
                f"d.add({index},0,'{name}',\"javascript:funclick('{code}')\");"
                for index, (code, name) in enumerate(headings.items(), 1)
            )
            return f"<html><body>{hidden}<script>{''.join(lines)}</script></body></html>"
        items = (
            f'<li><a href="javascript:void(0)" onclick="funclick(\'{code}\')">{escape(name)}</a></li>'
            for code, name in headings.items()
        )
        return f"<html><body>{hidden}<ul>{''.join(items)}</ul></body></html>"

    def _subjects(self, asked: Asked) -> Answer:
        return Answer(200, f'<html><body><iframe src="{_TREE}?{escape(asked.query)}"></iframe></body></html>'.encode())


def _heading(column: Column) -> str:
    return f"A{column.number:02d}03"
