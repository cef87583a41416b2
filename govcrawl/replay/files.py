"""WARC files of anybody as items to be read: the reports in their answers, pages with the attachments they link."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from govcrawl.archive import Archive, read_record, read_warc
from govcrawl.crawl.files import files_of
from govcrawl.crawl.items import Fetched
from govcrawl.discovery import PageKind, canonical, classify_page, has_form, host_of
from govcrawl.documents.charset import decode
from govcrawl.model import ArchiveError, Capture, Link, Portal, Role
from govcrawl.platforms import Page, recognise_platform
from govcrawl.portals import load_portals
from govcrawl.store import Store
from govcrawl.workers import is_heavy

_LARGE = 4_000_000
"""A page of more bytes is no page of links."""


@dataclass(slots=True)
class _Place:
    """Where an answer lies, and what it links."""

    path: Path
    offset: int
    links: dict[str, Link] = field(default_factory=dict)
    """The files of a page, by address."""


class Files:
    """Reads files twice: once to learn what is in them, and then a page and its attachments at a time."""

    def __init__(
        self, store: Store, archive: Archive, own: Path, registry: Path, damaged: Callable[[str], None]
    ) -> None:
        self.store = store
        self.archive = archive
        self.own = own.resolve()
        self.damaged = damaged
        self.skipped = 0
        self._pages: dict[str, _Place] = {}
        self._files: dict[str, _Place] = {}
        portals = [*store.portals().values(), *(each for file in registry.glob("*.csv") for each in load_portals(file))]
        self._portals = {host_of(portal.homepage): portal for portal in reversed(portals)}
        self._saved: set[str] = set()

    def survey(self, paths: Sequence[Path]) -> int:
        """Look through the files; gives the number of pages and files alone that may hold reports.

        Raises:
            ArchiveError: a file cannot be opened.
        """
        for path in paths:
            for capture in read_warc(path, on_damage=self.damaged):
                self._note(path, capture)
        attached = {url for page in self._pages.values() for url in page.links if url in self._files}
        return len(self._pages) + len(self._files.keys() - attached)

    def _note(self, path: Path, capture: Capture) -> None:
        place = _Place(path, capture.warc_offset or 0)
        url = canonical(capture.url)
        if capture.status >= 300 or not capture.body.strip():
            self.skipped += 1
        elif is_heavy(capture.body, _LARGE):
            self._files[url] = place
        else:
            page = Page(capture.url, capture.body, to_utf8=partial(_in_utf8, capture.content_type))
            place.links = {canonical(link.url): link for link in files_of(page, recognise_platform(page))}
            if has_form(capture.body) or (place.links and _may_be_a_report(page)) or _is_a_report(page):
                self._pages[url] = place
            else:
                self.skipped += 1

    def items(self) -> Iterator[Fetched]:
        """Each page with those of its files that are there, then the other files."""
        taken: set[str] = set()
        for url, place in self._pages.items():
            item = self._load(place, Role.PAGE, None, None)
            if item is None:
                continue
            for file, link in place.links.items():
                if file in self._files:
                    taken.add(file)
                    piece = self._load(self._files[file], Role.ATTACHMENT, link, url)
                    item.attachments += [piece] if piece is not None else []
            yield item
        for url, place in self._files.items():
            item = None if url in taken else self._load(place, Role.ATTACHMENT, None, None)
            if item is not None:
                yield item

    def _load(self, place: _Place, role: Role, link: Link | None, page_url: str | None) -> Fetched | None:
        try:
            capture = read_record(place.path.parent, place.path.name, place.offset)
        except ArchiveError as error:
            self.damaged(str(error))
            return None
        portal = self._portal(capture.url)
        known = self.store.known(capture.url)
        same = known is not None and known.body_sha256 == hashlib.sha256(capture.body).hexdigest()
        capture = replace(
            capture, role=role, link=link, page_url=page_url, portal_id=portal.id if portal is not None else None
        )
        if not same and place.path.resolve().parent != self.own:
            capture = self._archived(capture)
        return Fetched(
            capture, portal, link, expects_report=True, capture_id=known.capture_id if known and same else None
        )

    def _archived(self, capture: Capture) -> Capture:
        """Keep a body of a foreign file in the corpus's own archive before it is read."""
        headers = (("Content-Type", capture.content_type),) if capture.content_type else ()
        fetched_at = capture.fetched_at
        if fetched_at is None:
            raise ArchiveError(f"{capture.url}: the record says no date")
        file, offset = self.archive.write(capture.url, capture.status, headers, capture.body, fetched_at)
        return replace(capture, warc_file=file, warc_offset=offset)

    def _portal(self, url: str) -> Portal | None:
        portal = self._portals.get(host_of(url))
        if portal is not None and portal.id not in self._saved:
            self._saved.add(portal.id)
            self.store.save_portals([portal])
        return portal


def _is_a_report(page: Page) -> bool:
    return classify_page(page) is PageKind.REPORT


def _may_be_a_report(page: Page) -> bool:
    return classify_page(page) in {PageKind.REPORT, PageKind.OTHER}


def _in_utf8(content_type: str | None, body: bytes) -> bytes:
    return decode(body, content_type).utf8
