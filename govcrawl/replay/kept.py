"""The corpus's own captures as visits to be read again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from govcrawl import __version__
from govcrawl.archive import read_record
from govcrawl.crawl.items import Fetched
from govcrawl.model import ArchiveError, Capture, Link, ProblemKind, Role
from govcrawl.platforms.articles import is_attachment
from govcrawl.replay.looking import hanging_on
from govcrawl.replay.steps import Group, Seen
from govcrawl.replay.visits import Look, Visit, visits_of
from govcrawl.store.captures import Bundle
from govcrawl.store.ledger import Ledger

Damaged = Callable[[str], None]

Piece = tuple[int, Capture]
"""A row of `captures`, and its id."""

NEVER = datetime.min.replace(tzinfo=UTC)


class Kept:
    """Chooses captures by what the database says of them, and reads their bodies from the archive."""

    def __init__(self, store: Ledger, folder: Path, damaged: Damaged) -> None:
        self.folder = folder
        self.store = store
        self.damaged = damaged
        self._portals = store.portals()
        self._bundles: list[str] = []

    def choose(self, kinds: Collection[ProblemKind], provinces: Sequence[str], *, everything: bool) -> int:
        """Choose what is read again; gives the number of pages and files alone."""
        self._bundles = self.store.bundles(__version__, kinds, provinces=provinces, everything=everything)
        return len(self._bundles)

    def steps(self) -> Iterator[Seen]:
        """Every visit of each page or file alone, the former before the later ones."""
        for url in self._bundles:
            visits = self._visits(self.store.bundle(url))
            group = Group(len(visits))
            for visit in visits:
                yield Seen(visit, group)

    def _visits(self, bundle: Bundle) -> list[Visit[Piece]]:
        looks = {key: _look(key, each, bundle.checked_at.get(key)) for key, each in bundle.captures.items()}
        own = {key: look for key, look in looks.items() if key not in bundle.elsewhere}
        pages = {key: look for key, look in own.items() if look.url == bundle.url}
        if not pages:  # their page has no body in the archive: files alone
            urls = {each.url: None for each in own.values()}
            alone = ([look for look in own.values() if look.url == each] for each in urls)
            return [visit for each in alone for visit in visits_of(each, [])]
        files = [look for key, look in own.items() if key not in pages]
        files += [_seen(looks[key], at) for key, at in bundle.revisits if key in own and key not in pages]
        for page, look in pages.items():
            others = [key for key in bundle.together.get(page, ()) if key in looks and key not in pages]
            if len(pages) == 1:  # all that hung on it did so then
                others = [key for key in others if key not in own]
            files += self._hanging(look, [looks[key] for key in others if _is_file(bundle.captures[key])])
        return list(visits_of(list(pages.values()), files, lasting=False))

    def _hanging(self, page: Look[Piece], files: Sequence[Look[Piece]]) -> list[Look[Piece]]:
        """Those of some files that a page links, as it calls them, when it was seen.

        That a report was read from both does not say so: the same report may hang on another page, as its file.
        """
        links = self._links(page) if files else {}
        found = []
        for file in files:
            key, capture = file.place
            if file.url in links:
                found.append(_seen(replace(file, place=(key, replace(capture, link=links[file.url]))), page.at))
        return found

    def _links(self, page: Look[Piece]) -> dict[str, Link]:
        """The files of a page by the addresses that answered. What the archive cannot give is told by `load`."""
        try:
            body = _body(self.folder, page.place[1])
        except ArchiveError:
            return {}
        links = hanging_on(replace(page.place[1], body=body))
        return {self.store.sent_on(url): link for url, link in links.items()}

    def load(self, step: Seen) -> Fetched | None:
        """A page with its attachments. What the archive cannot give is told, and its visit left out."""
        pieces = [self._load(*look.place) for look in step.visit.looks]
        there = [piece for piece in pieces if piece is not None]
        if len(there) < len(pieces):
            return None
        item = there[0]
        item.attachments = there[1:]
        item.seen_at = None if step.at == NEVER else step.at
        return item

    def _load(self, key: int, capture: Capture) -> Fetched | None:
        try:
            body = _body(self.folder, capture)
        except ArchiveError as error:
            self.damaged(f"{capture.url}: {error}")
            return None
        portal = self._portals.get(capture.portal_id or "")
        return Fetched(replace(capture, body=body), portal, capture.link, expects_report=True, capture_id=key)


def _body(folder: Path, capture: Capture) -> bytes:
    assert capture.warc_file is not None
    assert capture.warc_offset is not None
    return read_record(folder, capture.warc_file, capture.warc_offset).body


def _is_file(capture: Capture) -> bool:
    """Whether it may hang on a page: as a file, or one that a list leads to."""
    return capture.role is Role.ATTACHMENT or is_attachment(capture.url)


def _seen(look: Look[Piece], at: datetime) -> Look[Piece]:
    return replace(look, at=at, last=at)


def _look(key: int, capture: Capture, checked_at: datetime | None) -> Look[Piece]:
    at = capture.fetched_at or NEVER
    return Look(capture.url, at, capture.body_sha256, (key, capture), max(at, checked_at or at))
