"""A portal of a nation, explored in process as a patient reader would: every link, every further page of every list."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlencode, urljoin, urlsplit

from govcrawl.discovery import canonical, classify_link, interstitial, same_page_key
from govcrawl.discovery.links import LinkKind
from govcrawl.documents.charset import decode
from govcrawl.platforms import platform_named, recognise_platform
from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.page import Page
from govcrawl.simulator.answers import Answer, Asked, Host
from govcrawl.simulator.nation import Nation
from govcrawl.simulator.nation.site import Site

_ARTICLES = re.compile(r"/xwdt/|/fw/|/zwfw/")
_UNFOLLOWED = {LinkKind.ATTACHMENT, LinkKind.NOTICE, LinkKind.INTERPRETATION}


def host_of(nation: Nation, name: str) -> Host | None:
    """A host of the nation."""
    return next((host for host in nation.hosts if host.name == name), None)


def ask(nation: Nation, request: ListRequest, referer: str = "") -> Answer | None:
    """What the nation answers; None where there is no such host."""
    parts = urlsplit(request.url)
    host = host_of(nation, parts.netloc)
    headers = {name.lower(): value for name, value in request.headers} | ({"referer": referer} if referer else {})
    body = urlencode(request.form).encode() if request.form is not None else (request.json or "").encode()
    method = "GET" if request.form is None and request.json is None else "POST"
    return host.answer(Asked(unquote(parts.path) or "/", parts.query, method, headers, body)) if host else None


def fetch(nation: Nation, url: str) -> bytes:
    """A page that has to be there."""
    answer = ask(nation, ListRequest(url))
    assert answer is not None, url
    assert answer.status == 200, url
    return answer.body


def explore(nation: Nation, site: Site) -> set[str]:
    """Every address that the portal's pages lead to, canonical; news and services are left aside."""
    hosts = {channel.host.name for channel in site.channels.values()}
    articles = {url for filed in nation.reports for _, url in filed.urls}
    start = ListRequest(site.seat.homepage)
    found, seen = {start.url}, {(same_page_key(start.url), "")}
    queue: list[tuple[ListRequest, BasePlatform | None, str]] = [(start, None, "")]
    while queue:
        request, platform, referer = queue.pop()
        answer = ask(nation, request, referer)
        if answer is None or answer.status != 200:
            continue
        listed = request if platform is not None else None
        page = Page(request.url, answer.body, to_utf8=lambda body: decode(body, None).utf8, request=listed)
        platform = platform or platform_named(site.knobs.publisher.name) or recognise_platform(page)
        found |= {canonical(link.url) for link in (*page.links(), *platform.list_links(page))}
        for each, reader in _further(page, platform):
            target = ListRequest(urljoin(page.url, each.url), each.form, each.json, each.headers)
            key = (same_page_key(target.url), target.key)
            if (
                key not in seen
                and target.url not in articles
                and urlsplit(target.url).netloc in hosts
                and not _ARTICLES.search(target.url)
            ):
                seen.add(key)
                queue.append((target, reader, page.url))
    return found


def _further(page: Page, platform: BasePlatform) -> list[tuple[ListRequest, BasePlatform | None]]:
    """What to ask for after a page: further pages of its list by its own platform, its links by whichever they are."""
    target = interstitial(page)
    if target:
        return [(ListRequest(target), None)]
    lists = list(platform.next_pages(page))
    pager = platform.pager(page)
    if pager is not None:
        lists += [
            ListRequest(each.url(n)) for each in (pager, pager.shifted()) for n in range(2, (pager.total or 0) + 1)
        ]
    links = [
        link
        for link in (*page.links(), *platform.columns(page))
        if classify_link(link, inside=LinkKind.COLUMN) not in _UNFOLLOWED
    ]
    return [*((each, platform) for each in lists), *((ListRequest(link.url), None) for link in links)]
