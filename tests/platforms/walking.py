"""A publisher's column put on a host, and a platform's module walked through it without a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import unquote, urlencode, urljoin, urlsplit

from govcrawl.model import Link
from govcrawl.platforms.base import BasePlatform, ListRequest, Pager
from govcrawl.platforms.page import Page
from govcrawl.simulator.answers import Answer, Asked, Host
from govcrawl.simulator.page import STANDALONE, page
from govcrawl.simulator.platforms.base import Column, Publisher, Row

HOST = "www.yunyan.test"
MOST_ASKED = 500
"""A walk that asks more has run away."""


@dataclass(frozen=True)
class Mounted:
    """A column on a host, and what it truly lists."""

    publisher: Publisher
    host: Host
    url: str
    rows: Sequence[Row]

    @property
    def titles(self) -> list[str]:
        return [row.title for row in self.rows]

    def page(self) -> Page:
        """The column's first page."""
        return read(self.host, ListRequest(self.url))[1]


@dataclass
class Walked:
    """What a walk met: rows as listed (those listed twice stand twice), pages read, asks that failed."""

    links: list[Link] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    failed: list[tuple[ListRequest, int]] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return len(self.pages) + len(self.failed)

    @property
    def titles(self) -> list[str]:
        return [link.text for link in self.links]


def wrap(title: str, main: str, metadata: Mapping[str, str]) -> bytes:
    """A whole page of an invented county's portal."""
    return page(STANDALONE, title, main, metadata=metadata, crumbs=[("首页", "/"), (title, "#")]).encode()


def mounted(kind: type[Publisher], count: int = 23, defects: Iterable[str] = (), per_page: int = 5) -> Mounted:
    """A column of `count` reports and their articles, as the publisher serves them."""
    host = Host(HOST)
    publisher = kind(host, wrap, defects=frozenset(defects), per_page=per_page)
    path = publisher.column_path("/zwgk/zfxxgk/zfxxgknb/", 1)
    rows = []
    for number in range(count):
        day = date(2024, 1, 31) - timedelta(days=7 * number)
        title = f"云砚县第{number + 1}局{day.year - 1}年政府信息公开工作年度报告"
        article = publisher.article_path(path, 1000 + number, day)
        metadata = {"ArticleTitle": title, "PubDate": day.isoformat()}
        body = wrap(title, publisher.article(title, f"<p>{title}全文</p>", metadata), metadata)
        host.add(urlsplit(article).path if "?" not in article else article, Answer(body=body))
        rows.append(Row(publisher.href(path, article), title, day))
    publisher.serve(Column(path, "政府信息公开年报", rows, 1))
    return Mounted(publisher, host, f"http://{HOST}{path}", rows)


def read(host: Host, request: ListRequest, referer: str = "") -> tuple[int, Page]:
    """What the host answers, as the page a crawl would hand to the platform. Without a referer it is a first page."""
    parts = urlsplit(request.url)
    headers = {name.lower(): value for name, value in request.headers} | ({"referer": referer} if referer else {})
    body = b""
    if request.form is not None:
        headers.setdefault("content-type", "application/x-www-form-urlencoded")
        body = urlencode(request.form).encode()
    elif request.json is not None:
        headers.setdefault("content-type", "application/json")
        body = request.json.encode()
    method = "GET" if request.form is None and request.json is None else "POST"
    answer = host.answer(Asked(unquote(parts.path) or "/", parts.query, method, headers, body))
    return answer.status, Page(request.url, answer.body, request=request if referer else None)


def walk(platform: BasePlatform, host: Host, url: str) -> Walked:
    """Read a list to its end as a crawl does: further pages as told, each asked once; a pager proven by page two."""
    walked = Walked()
    waiting, seen = [ListRequest(url)], {(url, "")}
    while waiting:
        request = waiting.pop(0)
        status, page = read(host, request, referer=url if request.url != url or request.key else "")
        if status != 200:
            walked.failed.append((request, status))
            continue
        walked.pages.append(page)
        walked.links += platform.list_links(page)
        further = platform.next_pages(page)
        pager = platform.pager(page)
        if pager is not None:
            further = _proven(platform, host, page, pager) if pager.current == 1 else []
        for each in further:
            each = ListRequest(urljoin(page.url, each.url), each.form, each.json, each.headers)
            if (each.url, each.key) not in seen:
                seen.add((each.url, each.key))
                waiting.append(each)
        assert len(seen) <= MOST_ASKED, "the walk has run away"
    return walked


def _proven(platform: BasePlatform, host: Host, first: Page, pager: Pager) -> list[ListRequest]:
    rows = {link.url for link in platform.list_links(first)}
    for numbered in (pager, pager.shifted()):
        status, second = read(host, ListRequest(numbered.url(2)), referer=first.url)
        if status == 200 and not {link.url for link in platform.list_links(second)} <= rows:
            return [ListRequest(each) for each in numbered.following()]
    return []


def collect(platform: BasePlatform, host: Host, url: str) -> list[Link]:
    """All rows of the list, those listed twice twice."""
    return walk(platform, host, url).links
