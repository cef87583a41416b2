"""List pages of two platforms: TRS's scripts that build a pager, and plain links to the next page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from math import ceil

TRS_PAGERS = ("offset0", "offset1", "count_page", "stub", "create_page")
"""How a TRS column counts its pages: from `index_1`, from `index_2`, by globals, with a broken last page, by the
older function."""


ROW_STYLES = ("plain", "popup", "host", "spaced", "script")
"""How rows are written: plainly; with a popup of interpretations in the row; with addresses without a scheme; with
white space in the address; by a script (TRS alone)."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list."""

    href: str
    title: str
    day: date | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list: its file name in the column's folder, and its markup."""

    file: str
    markup: str
    stub: bool = False


def trs_pages(rows: Sequence[Row], pager: str, per_page: int, style: str = "plain") -> Iterator[ListPage]:
    """The pages of a TRS column, numbered as the pager variant numbers them."""
    total = max(1, ceil(len(rows) / per_page))
    said = total + 1 if pager == "stub" and total > 1 else total
    for number in range(total):
        scripts = {
            "count_page": f"<script>var currentPage = {number}; var countPage = {said};</script>",
            "create_page": f'<script>createPage({said}, {number}, "index", "html");</script>',
        }
        script = scripts.get(pager, f'<script>createPageHTML({said}, {number}, "index", "html");</script>')
        markup = _rows(rows[number * per_page : (number + 1) * per_page], "u-list", style)
        markup += f'\n<div class="page"><ul>{script}</ul></div>'
        if number == 0:
            yield ListPage("", markup)
            if pager == "offset1" and total > 1:
                yield ListPage("index_1.html", markup)
        else:
            yield ListPage(f"index_{number + (pager == 'offset1')}.html", markup)
    if said > total:
        yield ListPage(f"index_{total}.html", "<html><head></head><body><script>var a=1;</script></body></html>", True)


def static_pages(rows: Sequence[Row], per_page: int, style: str = "plain") -> Iterator[ListPage]:
    """The pages of a list with 上一页, 下一页 and 尾页."""
    total = max(1, ceil(len(rows) / per_page))
    for number in range(1, total + 1):
        markup = _rows(rows[(number - 1) * per_page : number * per_page], "news-list", style)
        links = [f"<span>共{len(rows)}条 第{number}/{total}页</span>"]
        if number > 1:
            links.append(f'<a href="{_file(number - 1) or "index.html"}">上一页</a>')
        if number < total:
            links += [f'<a href="{_file(number + 1)}">下一页</a>', f'<a href="{_file(total)}">尾页</a>']
        yield ListPage(_file(number), f'{markup}\n<div class="pages">{" ".join(links)}</div>')


def _file(number: int) -> str:
    return "" if number == 1 else f"list_{number}.html"


def _rows(rows: Sequence[Row], name: str, style: str) -> str:
    if style == "script":
        return f'<ul class="{name}">{"".join(_written(row) for row in rows)}</ul>'
    items = []
    for index, row in enumerate(rows):
        shown = row.title if len(row.title) < 24 else row.title[:22] + "…"
        day = f"<span>{row.day.isoformat()}</span>" if row.day else ""
        title, href = escape(row.title), escape(row.href)
        href = f"{href}\n\n" if style == "spaced" else href
        popup = _POPUP if style == "popup" and index % 3 == 0 else ""
        items.append(f'<li><a href="{href}" target="_blank" title="{title}">{escape(shown)}</a>{popup} {day}</li>')
        if index % 5 == 4:
            items.append('<li class="empty"></li>')
    return f'<ul class="{name}">\n' + "\n".join(items) + "\n</ul>"


_POPUP = '<ul class="pop"><li><a href="/zcjd/1.html">相关解读：政策问答</a></li></ul>'


def _written(row: Row) -> str:
    """A row that the page's script writes."""
    day = row.day.isoformat() if row.day else ""
    return (
        f'<script>var url="{row.href}"; title="{escape(row.title)}"; time="{day}";'
        "document.writeln('<li><a href=\"'+url+'\">'+title+'</a><span>'+time+'</span></li>');</script>\n"
    )
