"""What came of a page and its attachments, into the store: captures, reports, problems, one transaction an item."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from govcrawl.crawl.bundles import NoReportError
from govcrawl.crawl.items import Fetched
from govcrawl.divisions import Divisions
from govcrawl.forms import read_claim
from govcrawl.forms.title import is_report_title
from govcrawl.model import Claim, Problem, ProblemKind
from govcrawl.reading import Found
from govcrawl.store import Outcome, Saved, Store

UNREADABLE = frozenset(
    {
        ProblemKind.UNREADABLE,
        ProblemKind.ENCRYPTED,
        ProblemKind.WRONG_TYPE,
        ProblemKind.TOO_LARGE,
        ProblemKind.EMPTY,
        ProblemKind.EXTRACTION_FAILED,
        ProblemKind.NO_TABLE,
    }
)
"""Why a report that is there cannot be read."""
FETCHING = frozenset(
    {
        ProblemKind.UNREACHABLE,
        ProblemKind.HTTP_ERROR,
        ProblemKind.NOT_FOUND,
        ProblemKind.BLOCKED,
        ProblemKind.ROBOTS,
        ProblemKind.REDIRECT_LOOP,
        ProblemKind.FOREIGN_HOST,
    }
)
"""What an answer disproves, whatever it holds."""


READING = UNREADABLE | {ProblemKind.NOT_A_REPORT}
"""What reading says, and another reading may disprove."""


@dataclass(slots=True)
class Keeper:
    """Writes what became of items. `count` is told of it in words (`problem/unreadable`, an outcome)."""

    store: Store
    divisions: Divisions
    count: Callable[[str], None] = field(default=lambda what: None)
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    replaying: bool = False
    """What was fetched before is read again: that says nothing of what is at its address by now."""
    again: Callable[[str], bool] = field(default=lambda report_id: False)
    """Whether a known report is written anew, whichever version read it."""
    saved: Callable[[Saved], None] = field(default=lambda saved: None)
    """Is told of each report that was stored."""

    def keep(self, item: Fetched) -> int:
        """Give what was archived its row of `captures`, once, and its id.

        The row comes with what was read from it, in one transaction; after a kill between the archive and the row
        the page is fetched again. What is handed to another process has its row before.
        """
        if item.capture_id is None:
            item.capture_id = self.store.save_capture(item.capture)
        return item.capture_id

    def _seen(self, item: Fetched) -> datetime:
        """When the item was at its address."""
        seen_at = item.seen_at or item.capture.fetched_at
        return seen_at if self.replaying and seen_at is not None else self.now()

    def note_address(self, url: str, asked_url: str | None) -> None:
        """Remember a redirect, so that the address as listed is known the next time."""
        self.store.save_redirect(asked_url or url, url, self.now())

    def fail(self, item: Fetched, kind: ProblemKind, detail: str, url: str | None = None) -> None:
        """Store why a page, with whatever is attached to it, gave nothing. The captures stay, to be replayed.

        Args:
            url: of the piece that the problem is one of; the page where not given.
        """
        with self.store.atomic():
            for piece in item.pieces:
                self._done_with(piece, item)
            self._tell(item, url or item.capture.url, kind, detail)
            self._tell_failures(item, but=url or item.capture.url)
            claim = self._claim(item) if kind in UNREADABLE else None
            if claim is not None and item.portal_id is not None:
                self.store.save_unread(item.capture.url, item.portal_id, claim, kind, self.now())

    def fail_with(self, item: Fetched, error: NoReportError) -> None:
        """Store why there is no report."""
        self.fail(item, error.kind, str(error), error.url)

    def save(self, item: Fetched) -> None:
        """Store what was found, or that a page is what it was."""
        with self.store.atomic():
            if item.same_body:
                self._confirm(item)
                return
            ids = {piece.capture.url: self.keep(piece) for piece in item.pieces}
            for found in item.found:
                self._save(found, ids, item)
            for piece in item.pieces:
                self.store.mark_read(ids[piece.capture.url], self.now())
                self._mend(piece)
            for found in item.found:
                if found.report.form == "none":
                    detail = found.report.reason or "the sections of a report, and no form that could be read"
                    self._tell(item, found.urls[0] if found.urls else item.capture.url, ProblemKind.NO_TABLE, detail)
            self._tell_failures(item)

    def _mend(self, piece: Fetched) -> None:
        """The problems that a piece's being had and read disproves."""
        url = piece.capture.url
        if self.replaying:
            self.store.clear_problem(url, self.now(), READING)
            return
        self.note_address(url, piece.asked_url)
        for each in {url, piece.asked_url or url}:
            self.store.clear_problem(each, self.now(), FETCHING if piece.failure else None)

    def _save(self, found: Found, ids: dict[str, int], item: Fetched) -> Outcome:
        """One report, with every address it was found at; the page is one of them for its attachments' reports."""
        main, *others = found.urls or (item.capture.url,)
        also = [url for url in dict.fromkeys((*others, item.capture.url)) if url != main]
        saved = self.store.save_report(
            found.report,
            ids.get(main),
            main,
            item.portal_id,
            self._seen(item),
            [(url, ids.get(url)) for url in also],
            read_at=self.now(),
            again=self.again(found.report.id),
        )
        self.saved(saved)
        self.count(str(saved.outcome))
        return saved.outcome

    def _confirm(self, item: Fetched) -> None:
        for piece in item.pieces:
            url = piece.capture.url
            self.store.touch_source(url, self.now())
            self.note_address(url, piece.asked_url)
            if piece.expects_report:
                self.clear_fetching(url, piece.asked_url, piece.known_report)
            else:
                for each in {url, piece.asked_url or url}:
                    self.store.clear_problem(each, self.now())
        if item.expects_report:
            self.count("same_report")

    def clear_fetching(self, url: str, asked_url: str | None, readable: bool) -> None:
        """An unchanged page can be had again; what its reading told is as true as it was."""
        kinds = FETCHING | {ProblemKind.EMPTY} if readable else FETCHING
        for each in {url, asked_url or url}:
            self.store.clear_problem(each, self.now(), kinds)

    def _done_with(self, piece: Fetched, item: Fetched) -> None:
        """The piece was had and looked at; a page some of whose files are missing for now is to be asked for again."""
        capture_id = self.keep(piece)
        if piece is not item or not item.incomplete:
            self.store.mark_read(capture_id, self.now())
        if self.replaying:
            self.store.clear_problem(piece.capture.url, self.now(), READING)
            return
        self.note_address(piece.capture.url, piece.asked_url)
        if piece is not item:
            self.clear_fetching(piece.capture.url, piece.asked_url, readable=False)

    def _tell_failures(self, item: Fetched, but: str = "") -> None:
        """The files that could not be read, each at its own address."""
        for piece in item.pieces:
            if piece.failure and piece.capture.url != but:
                self._tell(item, piece.capture.url, *piece.failure)

    def _tell(self, item: Fetched, url: str, kind: ProblemKind, detail: str) -> None:
        self.count(f"problem/{kind}")
        self.store.save_problem(Problem(url, kind, detail, item.portal_id), self.now())

    def _claim(self, item: Fetched) -> Claim | None:
        """Whose report a page is by the row that led to it, where that calls it one."""
        if item.link is None or item.portal is None or not is_report_title(item.link.text):
            return None
        return read_claim(item.link, self.divisions, item.portal)
