"""The corpus's own captures as visits to be read again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from govcrawl import __version__
from govcrawl.archive import read_record
from govcrawl.crawl.items import Fetched
from govcrawl.model import ArchiveError, Capture, ProblemKind
from govcrawl.replay.steps import Group, Seen
from govcrawl.replay.visits import Look, Visit, visits_of
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
            visits = self._visits(url)
            group = Group(len(visits))
            for visit in visits:
                yield Seen(visit, group)

    def _visits(self, url: str) -> list[Visit[Piece]]:
        bundle = self.store.bundle(url)
        looks = {key: _look(key, each, bundle.checked_at.get(key)) for key, each in bundle.captures.items()}
        pages = [looks[key] for key, each in bundle.captures.items() if each.url == url]
        if not pages:  # their page has no body in the archive: files alone
            urls = {each.url: None for each in looks.values()}
            alone = ([look for look in looks.values() if look.url == each] for each in urls)
            return [visit for each in alone for visit in visits_of(each, [])]
        files = [looks[key] for key, each in bundle.captures.items() if each.url != url]
        seen = [(key, at) for key, at in bundle.revisits if key in looks and looks[key].url != url]
        seen += [(key, looks[page].at) for page, key in bundle.together if page in looks and key in looks]
        files += [replace(looks[key], at=at, last=at) for key, at in seen]
        return list(visits_of(pages, files, lasting=False))

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
        assert capture.warc_file is not None
        assert capture.warc_offset is not None
        try:
            body = read_record(self.folder, capture.warc_file, capture.warc_offset).body
        except ArchiveError as error:
            self.damaged(f"{capture.url}: {error}")
            return None
        portal = self._portals.get(capture.portal_id or "")
        return Fetched(replace(capture, body=body), portal, capture.link, expects_report=True, capture_id=key)


def _look(key: int, capture: Capture, checked_at: datetime | None) -> Look[Piece]:
    at = capture.fetched_at or NEVER
    return Look(capture.url, at, capture.body_sha256, (key, capture), max(at, checked_at or at))
