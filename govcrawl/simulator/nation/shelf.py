"""A column of a portal: its rows as they come together, and how it is served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from govcrawl.simulator.answers import Answer, Host, Page
from govcrawl.simulator.nation.hosts import Turning
from govcrawl.simulator.nation.knobs import Knobs
from govcrawl.simulator.nation.publishers import MOBILE
from govcrawl.simulator.nation.reports import BESIDE, Filed
from govcrawl.simulator.nation.site import Channel, menu
from govcrawl.simulator.platforms.base import Column, Row
from govcrawl.simulator.report.files import FORMATS


@dataclass(slots=True)
class Shelf:
    """A column that is being filled. Rows are sorted by day when it is served."""

    channel: Channel
    folder: str
    """Where it stood at the beginning."""
    name: str
    side: str = ""
    """Markup above the list."""
    groups: list[tuple[str, str]] = field(default_factory=list)
    """(name, address) of the columns inside."""
    rows: list[tuple[Row, Filed | None, str]] = field(default_factory=list)
    """(row, the report it leads to, the report's URL)."""
    path: str = ""
    number: int = 0
    moved_from: str = ""
    """The path it had before it moved."""
    articles_at: str = ""
    """The path that addresses of articles are made of."""

    def __post_init__(self) -> None:
        site, publisher = self.channel.site, self.channel.publisher
        key = f"{self.channel.host.name}{self.folder}"
        self.number = site.column_number(key)
        self.path = self.articles_at = publisher.column_path(self.folder, self.number)
        move = site.moves.get(self.url)
        if move is not None:
            self.moved_from = self.path
            self.number = site.column_number(f"{self.channel.host.name}{move.folder}")
            self.path = publisher.column_path(move.folder, self.number)
            self.articles_at = self.path if move.articles else self.articles_at

    @property
    def url(self) -> str:
        return self.channel.url(self.path)

    def name_article(self, key: str, day: date) -> str:
        """The address of an article that stays the same as long as its column stands where it does."""
        number = self.channel.site.article_number(f"{self.articles_at}|{key}")
        return self.channel.publisher.article_path(self.articles_at, number, day)

    def href(self, path: str) -> str:
        """An article's address as the list writes it."""
        return self.channel.publisher.href(self.path, path)

    def article(self, key: str, title: str, body: str, day: date) -> str:
        """Put an article that is no report on the shelf; gives its path."""
        path = self.name_article(key, day)
        channel = self.channel
        metadata = {"ArticleTitle": title, "PubDate": day.isoformat(), "ContentSource": channel.frame.site}
        main = channel.publisher.article(title, body, metadata)
        channel.put(path, title, main, metadata)
        self.rows.append((Row(self.href(path), title, day), None, ""))
        return path

    def sorted_rows(self) -> list[tuple[Row, Filed | None, str]]:
        return sorted(self.rows, key=lambda entry: entry[0].day or date.min, reverse=True)


def serve(shelf: Shelf, knobs: Knobs, incoming: Row | None = None) -> None:
    """Put the column's pages on its host, when that is first asked.

    Args:
        incoming: a row that comes in at the top as soon as the first page was read.
    """
    rows = [row for row, _, _ in shelf.sorted_rows()]
    if knobs.doubled and len(rows) > knobs.per_page:
        rows.insert(knobs.per_page, rows[knobs.per_page - 1])
    channel = shelf.channel

    def put() -> None:
        if incoming is None or len(rows) <= knobs.per_page:
            channel.publisher.serve(_column(shelf, rows))
            return
        before, after = _scratch(shelf, rows), _scratch(shelf, [incoming, *rows])
        channel.host.turnings.append(Turning(before, after, shelf.path))

    channel.host.later(put)


def _column(shelf: Shelf, rows: Sequence[Row]) -> Column:
    return Column(shelf.path, shelf.name, rows, shelf.number, shelf.side + menu(shelf.groups))


def _scratch(shelf: Shelf, rows: Sequence[Row]) -> Host:
    """A host that holds nothing but a column, to be asked before the channel's own."""
    channel = shelf.channel
    host = Host(channel.host.name)
    host.missing = Answer(404)
    own = channel.publisher
    type(own)(host, own.wrap, defects=own.defects, per_page=own.per_page).serve(_column(shelf, rows))
    return host


def put_report(shelf: Shelf, filed: Filed) -> None:
    """Publish a report in a column; the row's date moves with a revision where pages have no validators.

    A report that vanished is neither listed nor served.
    """
    if filed.vanished:
        return
    channel, knobs = shelf.channel, shelf.channel.site.knobs
    path = shelf.name_article(filed.id, filed.published_on)
    url = channel.url(path)
    filed.urls.append((channel.site.seat.portal_id, url))
    filed.columns.append(shelf.url)
    number = channel.site.article_number(f"{shelf.articles_at}|{filed.id}")
    file = _file_path(filed, number)

    def render() -> bytes:
        built = filed.built
        metadata = built.metadata | {"Url": url, "ColumnName": knobs.column_name}
        main = channel.publisher.article(built.title, _body(filed, file), metadata)
        return channel.wrap(built.title, main, metadata)

    etag = f'"{number:x}-{filed.revision}"'
    page = Page(render, modified=filed.modified, validators=knobs.validators, etag=etag)
    channel.host.add(path, page)
    if file:
        channel.host.add(file, _file(filed, knobs, etag))
        filed.files.append(channel.url(file))
    shown = filed.published_on
    if filed.revised_on is not None and not filed.silent and not knobs.validators:
        shown = filed.revised_on.date()
    shelf.rows.append((Row(shelf.href(path), filed.title, shown), filed, url))
    twin = _twin(path, channel.publisher.name) if knobs.twins and number % 4 == 0 else path
    if twin != path:
        channel.host.add(twin, page)
        shelf.rows.append((Row(shelf.href(twin), filed.title, shown), None, ""))


def _file_path(filed: Filed, number: int) -> str:
    """Where the report's file is; a new edition gets a name of its own, as portals give it. Empty where it has none."""
    if not filed.file_suffix:
        return ""
    edition = f"_{filed.revision}" if filed.revision else ""
    return f"/files/P0{filed.published_on:%Y%m%d}{number:012d}{edition}{filed.file_suffix}"


def _body(filed: Filed, file: str) -> str:
    """The article: the report, what leads to its file, or both."""
    built = filed.built
    if not file:
        return built.body
    link = f'<a href="{file}">{built.title}{filed.file_suffix}</a>'
    return f"<p>全文请见附件：{link}</p>" if filed.file else f"{built.body}<p>附件：{link}</p>"


def _file(filed: Filed, knobs: Knobs, etag: str) -> Page:
    """The file, written when it is first asked for."""
    shape = filed.file or BESIDE
    return Page(
        lambda: filed.attached().data,
        modified=filed.modified,
        content_type=FORMATS[shape].content_type,
        validators=knobs.validators,
        etag=etag,
    )


def _twin(path: str, platform: str) -> str:
    """The address of an article's mobile twin."""
    one, other = MOBILE.get(platform, ("", ""))
    return path.replace(one, other) if one else path
