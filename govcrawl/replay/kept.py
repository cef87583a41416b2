"""The corpus's own captures as items to be read again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from govcrawl import __version__
from govcrawl.archive import read_record
from govcrawl.crawl.items import Fetched
from govcrawl.model import ArchiveError, Capture, ProblemKind
from govcrawl.store import Store

Damaged = Callable[[str], None]


class Kept:
    """Chooses captures by what the database says of them, and reads their bodies from the archive."""

    def __init__(self, store: Store, folder: Path, damaged: Damaged) -> None:
        self.folder = folder
        self.store = store
        self.damaged = damaged
        self._portals = store.portals()
        self._bundles: list[list[tuple[int, Capture]]] = []

    def choose(self, kinds: Collection[ProblemKind], provinces: Sequence[str], *, everything: bool) -> int:
        """Choose what is read again; gives the number of pages and files alone."""
        self._bundles = self.store.bundles(__version__, kinds, provinces=provinces, everything=everything)
        return len(self._bundles)

    def items(self) -> Iterator[Fetched]:
        """Each page with its attachments. What the archive cannot give is told, and left out."""
        for bundle in self._bundles:
            pieces = [piece for key, capture in bundle if (piece := self._load(key, capture)) is not None]
            if pieces:
                pieces[0].attachments = pieces[1:]
                yield pieces[0]

    def _load(self, key: int, capture: Capture) -> Fetched | None:
        if capture.warc_file is None or capture.warc_offset is None:
            return None
        try:
            body = read_record(self.folder, capture.warc_file, capture.warc_offset).body
        except ArchiveError as error:
            self.damaged(f"{capture.url}: {error}")
            return None
        portal = self._portals.get(capture.portal_id or "")
        return Fetched(replace(capture, body=body), portal, capture.link, expects_report=True, capture_id=key)
