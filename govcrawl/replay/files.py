"""WARC files of anybody as visits to be read: the reports in their answers, pages with the attachments they link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from govcrawl import __version__
from govcrawl.archive import Archive, Revisit, read_record, scan_warc
from govcrawl.crawl.items import Fetched
from govcrawl.discovery import canonical
from govcrawl.model import ArchiveError, Capture, Link, Role
from govcrawl.portals import load_portals
from govcrawl.replay.hosts import PortalsByHost
from govcrawl.replay.looking import FILE, OTHER, PAGE, Looking
from govcrawl.replay.steps import Known, Missing, Seen, Step
from govcrawl.replay.visits import Look, visits_of
from govcrawl.store import Store
from govcrawl.workers import Workers

_GONE = {404, 410}
_UNKNOWN = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Body:
    """Where a body lies, and what it is."""

    path: Path
    offset: int
    url: str
    """As the record has it."""
    sha256: str
    kind: str = ""
    links: dict[str, Link] = field(default_factory=dict)
    """The files of a page, by address."""


class Files:
    """Reads files twice: once to learn where everything lies, and then a visit at a time, in order of time.

    What is in memory is an index: for each body that may be part of a report some hundred bytes.
    """

    def __init__(
        self, store: Store, archive: Archive, own: Path, registry: Path, damaged: Callable[[str], None]
    ) -> None:
        self.store = store
        self.archive = archive
        self.own = own.resolve()
        self.damaged = damaged
        self.skipped = 0
        self._looks: dict[str, list[tuple[datetime, Body]]] = defaultdict(list)
        self._gone: dict[str, list[tuple[datetime, int, str]]] = defaultdict(list)
        self._steps: list[Step] = []
        portals = [*store.portals().values(), *(each for file in registry.glob("*.csv") for each in load_portals(file))]
        self._portals = PortalsByHost(portals)
        self._saved: set[str] = set()

    def survey(self, paths: Iterable[Path], workers: Workers) -> int:
        """Look through the files; gives the number of visits and of missing pages.

        Raises:
            ArchiveError: a file cannot be opened.
        """
        survey = _Survey(self, Looking(workers))
        for path in paths:
            survey.file(path)
        survey.end()
        self._steps = sorted(self._ordered(), key=lambda step: (step.at, step.url))
        return len(self._steps)

    def note(self, url: str, at: datetime, body: Body) -> None:
        """A body was at an address."""
        self._looks[url].append((at, body))

    def note_gone(self, url: str, at: datetime, status: int, asked: str) -> None:
        """Nothing was at an address."""
        self._gone[url].append((at, status, asked))

    def _ordered(self) -> Iterator[Step]:
        looks = {
            url: [Look(url, at, body.sha256, body, at) for at, body in found if body.kind != OTHER]
            for url, found in self._looks.items()
        }
        self.skipped += sum(body.kind == OTHER for found in self._looks.values() for _, body in found)
        self._looks.clear()
        pages = {url: [look for look in found if look.place.kind == PAGE] for url, found in looks.items()}
        files = {url: [look for look in found if look.place.kind == FILE] for url, found in looks.items()}
        attached: set[str] = set()
        for url, found in pages.items():
            linked = {name for look in found for name in look.place.links if name in files and name != url}
            attached |= linked
            own = [look for name in sorted(linked) for look in files[name]]
            missing = [at for at, _, _ in self._gone.get(url, ())]
            yield from map(Seen, visits_of(found, own, missing, linked=lambda body: body.links))
        for url, found in files.items():
            if url not in attached:
                yield from map(Seen, visits_of(found, [], [at for at, _, _ in self._gone.get(url, ())]))
        for url, times in self._gone.items():
            seen = looks.get(url)
            for at, status, asked in times:
                yield Missing(seen[-1].place.url if seen else asked, at, status)

    def steps(self) -> Iterator[Step]:
        """Each page with those of its files that are there, and the other files: in order of time."""
        return iter(self._steps)

    def load(self, step: Seen) -> Fetched | Known | None:
        """The bodies of a visit, archived where they are new; or that all of them are known and read."""
        looks: list[Look[Body]] = step.visit.looks
        known = [self.store.with_body(look.place.url, look.digest, __version__) for look in looks]
        captures = [each[0] for each in known if each is not None]
        if len(captures) == len(looks) and known[0] is not None and known[0][1]:
            return Known(captures)
        links: dict[str, Link] = step.visit.page.place.links
        alone = looks[0].place.kind == FILE
        pieces = []
        for look, each in zip(looks, known, strict=True):
            page_url = None if look is looks[0] else looks[0].place.url
            role = Role.ATTACHMENT if alone or page_url else Role.PAGE
            piece = self._load(look, role, links.get(look.url) if page_url else None, page_url)
            if piece is None:
                return None
            piece.capture_id = each[0] if each is not None else None
            pieces.append(piece)
        for piece, look in zip(pieces, looks, strict=True):
            if piece.capture_id is None and look.place.path.resolve().parent != self.own:
                piece.capture = self._archived(piece.capture)
        item = pieces[0]
        item.attachments = pieces[1:]
        item.seen_at = step.at
        return item

    def _load(self, look: Look[Body], role: Role, link: Link | None, page_url: str | None) -> Fetched | None:
        body = look.place
        try:
            capture = read_record(body.path.parent, body.path.name, body.offset)
        except ArchiveError as error:
            self.damaged(str(error))
            return None
        portal = self._portals.of(body.url)
        if portal is not None and portal.id not in self._saved:
            self._saved.add(portal.id)
            self.store.save_portals([portal])
        capture = replace(
            capture,
            url=body.url,
            role=role,
            link=link,
            page_url=page_url,
            portal_id=portal.id if portal is not None else None,
            fetched_at=look.at,
        )
        return Fetched(capture, portal, link, expects_report=True)

    def _archived(self, capture: Capture) -> Capture:
        """Keep a body of a foreign file in the corpus's own archive before it is read."""
        said = {
            "Content-Type": capture.content_type,
            "ETag": capture.etag,
            "Last-Modified": capture.last_modified,
        }
        headers = [(name, value) for name, value in said.items() if value]
        assert capture.fetched_at is not None
        file, offset = self.archive.write(
            capture.url, capture.status, headers, capture.body, capture.fetched_at, sha256=capture.body_sha256
        )
        return replace(capture, warc_file=file, warc_offset=offset)


class _Survey:
    """The first reading: every body that is not known from its address is looked at once."""

    def __init__(self, files: Files, looking: Looking) -> None:
        self.files = files
        self.looking = looking
        self._bodies: dict[tuple[str, str], Body] = {}
        self._digests: dict[str, Body] = {}
        """By the digest that a record has; for revisits."""
        self._had: dict[str, list[tuple[datetime, Body]]] = defaultdict(list)
        self._revisits: list[tuple[Path, Revisit, str]] = []

    def file(self, path: Path) -> None:
        """Look through a file."""
        for entry in scan_warc(path, on_damage=self.files.damaged):
            if entry.capture is not None:
                body = self._answer(path, entry.capture)
                if body is not None and entry.digest:
                    self._digests.setdefault(entry.digest, body)
            elif entry.revisit is not None:
                self._revisits.append((path, entry.revisit, entry.digest))

    def _answer(self, path: Path, capture: Capture) -> Body | None:
        url = canonical(capture.url)
        if capture.fetched_at is None:
            self.files.damaged(f"{path.name} at {capture.warc_offset}: the record of {capture.url} says no date")
        elif capture.status in _GONE:
            self.files.note_gone(url, capture.fetched_at, capture.status, capture.url)
        elif capture.status >= 300 or not capture.body.strip():
            self.files.skipped += 1
        else:
            return self._had_at(url, capture.fetched_at, path, capture.warc_offset or 0, capture)
        return None

    def _had_at(self, url: str, at: datetime, path: Path, offset: int, capture: Capture) -> Body:
        body = self._bodies.get((url, capture.body_sha256))
        if body is None:
            body = Body(path, offset, capture.url, capture.body_sha256)
            self._bodies[url, capture.body_sha256] = body
            self.looking.add(capture, _told(body))
        self._had[url].append((at, body))
        self.files.note(url, at, body)
        return body

    def end(self) -> None:
        """Resolve the revisits, and wait for those who look."""
        lost = 0
        for path, revisit, digest in sorted(self._revisits, key=lambda each: each[1].at or _UNKNOWN):
            lost += not self._resolve(path, revisit, digest)
        if lost:
            self.files.damaged(f"{lost} revisit records are of answers that are in none of the files")
        self.looking.end()

    def _resolve(self, path: Path, revisit: Revisit, digest: str) -> bool:
        if revisit.at is None:
            self.files.damaged(f"{path.name} at {revisit.offset}: the record of {revisit.url} says no date")
            return True
        url = canonical(revisit.url)
        body = self._digests.get(digest) or self._before(url, revisit)
        if body is None:
            return False
        if canonical(body.url) == url:
            self.files.note(url, revisit.at, body)
            return True
        try:
            capture = read_record(body.path.parent, body.path.name, body.offset)
        except ArchiveError as error:
            self.files.damaged(str(error))
            return True
        self._had_at(url, revisit.at, body.path, body.offset, replace(capture, url=revisit.url))
        return True

    def _before(self, url: str, revisit: Revisit) -> Body | None:
        """What an address answered at the moment that a revisit refers to, or last before it."""
        assert revisit.at is not None
        had = self._had.get(canonical(revisit.refers_to) if revisit.refers_to else url, [])
        if revisit.refers_at is not None:
            return next((body for at, body in had if at == revisit.refers_at), None)
        before = [(at, body) for at, body in had if at <= revisit.at]
        return max(before, key=lambda each: each[0])[1] if before else None


def _told(body: Body) -> Callable[[str, list[Link]], None]:
    def told(kind: str, links: list[Link]) -> None:
        body.kind = kind
        body.links = {canonical(link.url): link for link in links}

    return told
