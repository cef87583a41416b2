"""What a simulated platform does: it names columns and articles, and serves lists by its own protocol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import ClassVar, Protocol

from govcrawl.simulator.answers import Host
from govcrawl.simulator.page import article


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list."""

    href: str
    """The article's address as the list writes it."""
    title: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column to be served."""

    path: str
    """What `Publisher.column_path` gave."""
    name: str
    rows: Sequence[Row]
    """All rows, in the order of the list."""
    number: int
    """Which column of the host it is, from one: the stuff of ids."""
    before: str = ""
    """Markup above the list on its first page (the sidebar, the columns inside this one)."""


class Wrap(Protocol):
    """A whole page of the portal, in its frame and charset."""

    def __call__(self, title: str, main: str, metadata: Mapping[str, str]) -> bytes: ...


class Publisher:
    """One platform on one host. Subclasses override what is the platform's own.

    Args:
        host: where pages and endpoints are put.
        wrap: makes a whole page of a title, the markup of its middle, and further `<meta>`s.
        defects: of `known_defects`, what this portal does wrong.
        per_page: rows of a list page.
    """

    name: ClassVar[str]
    """The platform's name, as `govcrawl.platforms` has it."""
    known_defects: ClassVar[tuple[str, ...]] = ()
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Groups of defects of which a portal can have but one."""
    losing: ClassVar[tuple[str, ...]] = ()
    """Defects that put rows or files out of a crawl's reach, which has to be told and not guessed at."""
    container: ClassVar[str] = "article-content"
    """The class of the element that holds an article's body."""

    def __init__(self, host: Host, wrap: Wrap, *, defects: frozenset[str] = frozenset(), per_page: int = 15) -> None:
        unknown = defects - set(self.known_defects)
        if unknown:
            raise ValueError(f"{self.name}: no such defect: {', '.join(sorted(unknown))}")
        self.host = host
        self.wrap = wrap
        self.defects = defects
        self.per_page = per_page

    @property
    def writes_hosts(self) -> bool:
        """Whether its lists can lead to another host; rows that a click opens by an id cannot."""
        return True

    def column_path(self, folder: str, number: int) -> str:
        """The path (and query) of a column that stands at `folder` in the portal's tree, its number-th column."""
        return folder

    def article_path(self, column: str, number: int, day: date) -> str:
        """The path of an article of a column; `number` is its own on the host."""
        raise NotImplementedError

    def href(self, column: str, path: str) -> str:
        """How a list of the column writes the address of an article."""
        return path

    def article(self, title: str, body: str, metadata: Mapping[str, str]) -> str:
        """The middle of an article's page."""
        return article(title, body, dict(metadata), self.container)

    def serve(self, column: Column) -> None:
        """Put the column's pages and endpoints on the host."""
        raise NotImplementedError

    def slices(self, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
        """The rows of each page, at least one page."""
        for start in range(0, max(1, len(rows)), self.per_page):
            yield rows[start : start + self.per_page]


def items(rows: Sequence[Row]) -> str:
    """Rows as plain list items, long titles cut as sites cut them."""
    return "\n".join(item(row) for row in rows)


def item(row: Row) -> str:
    """One `<li>`: the whole title in the link's attribute, the date beside it."""
    shown = row.title if len(row.title) < 24 else row.title[:22] + "…"
    day = f"<span>{row.day.isoformat()}</span>" if row.day else ""
    return f'<li><a href="{escape(row.href)}" target="_blank" title="{escape(row.title)}">{escape(shown)}</a>{day}</li>'
