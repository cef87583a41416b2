"""A portal of the nation: what stays of it when it is laid out anew, and the hosts it is served from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from govcrawl.simulator.answers import Answer, Page
from govcrawl.simulator.nation.hosts import NationHost
from govcrawl.simulator.nation.knobs import Knobs
from govcrawl.simulator.nation.noise import SIDEBAR
from govcrawl.simulator.nation.places import Seat
from govcrawl.simulator.page import Frame, page
from govcrawl.simulator.platforms.base import Publisher

DISCLOSURE = "/zwgk/zfxxgk/"
COLUMN = f"{DISCLOSURE}zfxxgknb/"
MIRROR = "www.travel-lanhai.test"
"""A foreign host that holds copies of government pages, at their own paths."""
MAIN = "www"
"""The channel of the portal itself."""
_SEARCH_FORBIDDEN = Answer(200, b"User-agent: *\nDisallow: /search\n", "text/plain")
_SHELL = '<html><head><meta charset="utf-8"></head><body><script>{0}</script></body></html>'


@dataclass(frozen=True, slots=True)
class Move:
    """A column that stands elsewhere by now."""

    folder: str
    old: str
    """What is at its old address: `gone`, `shell` or `other` (a page about something else)."""
    articles: bool
    """Its articles went with it."""


@dataclass(slots=True)
class Site:
    """A portal. The numbers that addresses are made of stay with it for good."""

    seat: Seat
    index: int
    knobs: Knobs
    articles: dict[str, int] = field(default_factory=dict)
    """What an article is → its number."""
    columns: dict[str, int] = field(default_factory=dict)
    """Folder → the column's number."""
    moves: dict[str, Move] = field(default_factory=dict)
    """Folder → where it moved."""
    channels: dict[str, Channel] = field(default_factory=dict)
    entry_url: str = ""
    """The report column's address at the beginning; the registry may know it."""
    column_url: str = ""
    """The report column's address now."""
    listed: dict[str, str] = field(default_factory=dict)
    """URL → name of every column that lists reports, as laid out now."""
    not_reports: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)

    def article_number(self, key: str) -> int:
        return self.articles.setdefault(key, 10_000 * (self.index + 1) + len(self.articles) + 1)

    def column_number(self, folder: str) -> int:
        return self.columns.setdefault(folder, len(self.columns) + 1)

    def folder(self, folder: str) -> str:
        """Where a column stands now."""
        while folder in self.moves:
            folder = self.moves[folder].folder
        return folder

    def clear(self) -> None:
        """Forget the layout, not the numbers."""
        self.channels.clear()
        self.listed.clear()
        self.not_reports.clear()
        self.problems.clear()

    def channel(self, name: str = MAIN) -> Channel:
        """The portal's own host, or the one of an agency."""
        if name not in self.channels:
            self.channels[name] = Channel(self, name)
        return self.channels[name]


class Channel:
    """One host of a portal, with its platform's publisher."""

    def __init__(self, site: Site, name: str) -> None:
        self.site = site
        knobs = site.knobs
        domain = site.seat.host.removeprefix("www.")
        robots = _SEARCH_FORBIDDEN if knobs.robots else None
        self.host = NationHost(f"{name}.{domain}", robots=robots, gate=knobs.gate)
        self.publisher: Publisher = knobs.publisher(
            self.host, self.wrap, defects=knobs.defects, per_page=knobs.per_page
        )

    @property
    def frame(self) -> Frame:
        seat = self.site.seat
        nav = (
            ("首页", "/"),
            ("新闻动态", "/xwdt/"),
            ("政府信息公开", DISCLOSURE),
            ("政务服务", "/zwfw/"),
            ("互动交流", "/hdjl/"),
            ("企业年报公示", "/qynbgs/"),
        )
        links = (("霁原大数据中心", "http://www.bigdata-park.test/"), ("岚海旅游网", f"http://{MIRROR}/"))
        return Frame(seat.owner, self.host.name, f"{seat.division.code}0001", nav, links, self.site.knobs.charset)

    def url(self, path: str) -> str:
        return f"http://{self.host.name}{path}"

    def wrap(self, title: str, main: str, metadata: Mapping[str, str]) -> bytes:
        """A whole page of the portal; one that is no article says which column it is."""
        data = dict(metadata) if "ArticleTitle" in metadata else {"ColumnName": title, **metadata}
        crumbs = (("首页", "/"), ("政府信息公开", DISCLOSURE), (title, "#"))
        return self.encode(page(self.frame, title, main, metadata=data, crumbs=crumbs))

    def encode(self, text: str) -> bytes:
        """A page's bytes; a site that says gb2312 writes gb18030."""
        charset = self.site.knobs.charset
        return text.encode("gb18030" if charset == "gb2312" else charset)

    def put(self, path: str, title: str, main: str, metadata: Mapping[str, str] | None = None) -> None:
        """Put a page at a path."""
        self.host.add(path, Page(lambda: self.wrap(title, main, metadata or {})))

    def put_home(self, path: str, main: str) -> bytes:
        """Put the home page, which is no column, at a path; gives its bytes."""
        title = self.frame.site
        body = self.encode(page(self.frame, title, main, metadata={"SiteTitle": title}))
        self.host.add(path, Answer(200, body))
        return body

    def put_shell(self, path: str, target: str, way: str = "script") -> None:
        """Put a page that does nothing but send on: by `script`, `replace`, `refresh` or a `frame`."""
        markup = {
            "script": _SHELL.format(f'window.location.href="{target}";'),
            "replace": _SHELL.format(f'location.replace("{target}");'),
            "refresh": f'<html><head><meta http-equiv="refresh" content="0; url={target}"></head><body></body></html>',
            "frame": f'<html><head></head><body><iframe src="{target}" width="100%"></iframe></body></html>',
        }[way]
        self.host.add(path, Answer(200, markup.encode()))


def sidebar(entries: Mapping[str, str], name: str) -> str:
    """The entries of the national disclosure page; `entries` says where those lead that are not at their usual place.

    Args:
        entries: usual folder → address.
        name: what the report column is called.
    """
    items = []
    for text, folder in SIDEBAR:
        href = entries.get(folder, f"{DISCLOSURE}{folder}/")
        items.append(f'<li><a href="{href}">{text.format(reports=name)}</a></li>')
    return f'<div class="gk-left"><ul class="menu">{"".join(items)}</ul></div>\n'


def menu(groups: Sequence[tuple[str, str]]) -> str:
    """Links to the columns inside a column."""
    inside = "".join(f'<li><a href="{href}">{text}</a></li>' for text, href in groups)
    return f'<div class="sub-columns"><ul>{inside}</ul></div>' if inside else ""
