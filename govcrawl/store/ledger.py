"""What the writer keeps beside the reports: divisions, portals, columns, captures, listings, problems, runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from govcrawl.model import Capture, Division, Link, Portal, Problem, ProblemKind
from govcrawl.store import bookkeeping, captures, columns, sightings
from govcrawl.store.columns import ColumnState, RememberedColumn
from govcrawl.store.errors import explain, explained
from govcrawl.store.hosts import HostMemory, read_host, write_host
from govcrawl.store.records import KnownUrl, PortalState
from govcrawl.store.rereadings import save_revisit
from govcrawl.store.rows import stamp, without_surrogates
from govcrawl.store.status import status
from govcrawl.store.vanished import gone_at, settle_rows, unlisted

R = TypeVar("R")


class Ledger:
    """The half of the store that is not reports. Every method is one transaction."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    @contextmanager
    def atomic(self) -> Iterator[sqlite3.Connection]:
        """One transaction around several calls; nested ones are savepoints."""
        connection = self.connection
        nested = connection.in_transaction
        try:
            connection.execute("SAVEPOINT govcrawl" if nested else "BEGIN IMMEDIATE")
            yield connection
            connection.execute("RELEASE govcrawl" if nested else "COMMIT")
        except BaseException as error:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK TO govcrawl" if nested else "ROLLBACK")
                if nested:
                    connection.execute("RELEASE govcrawl")
            if isinstance(error, sqlite3.Error):
                raise explain(error, self.path) from error
            raise

    def save_divisions(self, divisions: Iterable[Division]) -> None:
        """Write the gazetteer; what is there already is brought up to date."""
        self._keep(bookkeeping.save_divisions, tuple(divisions))

    def save_portals(self, portals: Iterable[Portal]) -> None:
        """Write the registry; state and history of known portals stay."""
        self._keep(bookkeeping.save_portals, tuple(portals))

    def mark_portal(self, portal_id: str, state: PortalState, at: datetime) -> None:
        """Note how a visit went; `working` sets `last_success_at`."""
        self._keep(bookkeeping.mark_portal, portal_id, state, stamp(at))

    def visits(self) -> dict[str, str]:
        """Portal → when its walk last ended, for those that were ever visited."""
        with explained(self.path):
            sql = "SELECT id, visited_at FROM portals WHERE visited_at IS NOT NULL"
            return dict(self.connection.execute(sql).fetchall())

    def gone_at(self, url: str) -> datetime | None:
        """When an address last answered that there is nothing; None where it was had since, or its row changed."""
        with explained(self.path):
            at = mending(partial(gone_at, self.connection), url)
        return datetime.fromisoformat(at) if at else None

    def unlisted(self, portal_id: str, since: datetime, most: int) -> list[Link]:
        """Known reports that no list of a portal showed since a moment, least recently confirmed first; so many."""
        with explained(self.path):
            return unlisted(self.connection, portal_id, stamp(since), most)

    def settle_rows(self, portal_id: str, since: datetime, at: datetime, *, complete: bool) -> int:
        """Note the reports that a portal's columns, read completely since a moment, list no more. Gives their number.

        Those that are listed again are taken back, also where the columns were read in part.
        """
        return self._keep(settle_rows, portal_id, stamp(since), stamp(at), complete)

    def save_capture(self, capture: Capture) -> int:
        """Store one fetched body's provenance and give its id. The body itself belongs into the archive."""
        return self._keep(captures.save_capture, capture)

    def mark_read(self, capture_id: int, read_at: datetime) -> None:
        """Note that what a capture holds was stored: a column, a problem. (`save_report` notes it itself.)"""
        with self.atomic() as connection:
            connection.execute("UPDATE captures SET read_at = ? WHERE id = ?", (stamp(read_at), capture_id))

    def unread_captures(self) -> Iterator[tuple[int, Capture]]:
        """Captures, without their bodies, that were archived and not read before a kill; oldest first."""
        return captures.unread_captures(self.connection)

    def bundles(
        self,
        version: str,
        kinds: Collection[ProblemKind],
        *,
        provinces: Sequence[str] = (),
        everything: bool = False,
    ) -> list[str]:
        """What is worth reading again: the addresses of pages, and of files alone, first captured first.

        Args:
            version: of the extractor; what another one read is read again.
            kinds: open problems of a page or file for which it is.
            provinces: codes; none for all.
            everything: all there is, whatever became of it.
        """
        with explained(self.path):
            return captures.bundles(self.connection, version, kinds, provinces, everything)

    def bundle(self, url: str) -> captures.Bundle:
        """Every capture of a page, or a file alone, and of what hung on it, without the bodies."""
        with explained(self.path):
            return captures.bundle(self.connection, url)

    def with_body(self, url: str, sha256: str, version: str) -> tuple[int, bool] | None:
        """The capture of a body at an address, and whether it is a source of a report as a version reads it."""
        with explained(self.path):
            return mending(partial(captures.with_body, self.connection), url, sha256, version)

    def drop_readings(self, capture_ids: Sequence[int], kept: Collection[str], version: str, at: datetime) -> int:
        """Let captures be sources of the kept reports alone; gives how many are left without any, and superseded."""
        return self._keep(captures.drop_readings, tuple(capture_ids), tuple(kept), version, stamp(at))

    def confirm(self, capture_ids: Sequence[int], first: datetime, last: datetime) -> list[str]:
        """Note that captures were all that was at their addresses between two moments; gives the reports they hold."""
        return self._keep(sightings.confirm, tuple(capture_ids), stamp(first), stamp(last))

    def gone(self, url: str, at: datetime, detail: str) -> int:
        """Note that an address answered that there is nothing; gives the number of reports seen there before."""
        return self._keep(sightings.gone, url, stamp(at), detail)

    def save_revisit(self, capture_id: int, at: datetime, status: int, file: str | None, offset: int | None) -> None:
        """Note an answer that confirmed a body, and where the archive has it."""
        self._keep(save_revisit, capture_id, stamp(at), status, file, offset)

    def portals(self) -> dict[str, Portal]:
        """The portals that the database knows, by id."""
        with explained(self.path):
            return captures.portals(self.connection)

    def known(self, url: str) -> KnownUrl | None:
        """What is known of an address, or of the one it sends on to; None where neither was ever captured."""
        with explained(self.path):
            return mending(partial(bookkeeping.known, self.connection), url)

    def sent_on(self, url: str) -> str:
        """The address that answers for another; itself where none does."""
        with explained(self.path):
            return mending(partial(bookkeeping.sent_on, self.connection), url)

    def touch_source(self, url: str, seen_at: datetime) -> None:
        """Note that the body at an address is still the last one: a 304, or the same bytes."""
        self._keep(bookkeeping.touch_source, url, stamp(seen_at))

    def save_listing(self, link: Link, portal_id: str | None, column_url: str | None, seen_at: datetime) -> bool:
        """Remember how a list shows a link. True where the row is new or another than last time."""
        return self._keep(bookkeeping.save_listing, link, portal_id, column_url, stamp(seen_at))

    def save_problem(self, problem: Problem, seen_at: datetime) -> None:
        """Count a problem of a URL; a mended one is open again."""
        self._keep(bookkeeping.save_problem, problem, stamp(seen_at))

    def clear_problem(self, url: str, mended_at: datetime, kinds: Collection[ProblemKind] | None = None) -> int:
        """Mark a URL's open problems (of some kinds) as mended; their rows stay. Gives their number."""
        return self._keep(bookkeeping.clear_problem, url, stamp(mended_at), kinds)

    def save_redirect(self, asked_url: str, url: str, seen_at: datetime) -> None:
        """Remember which address answered for another, or that an address answers for itself again."""
        self._keep(bookkeeping.save_redirect, asked_url, url, stamp(seen_at))

    def columns_of(self, portal_id: str) -> list[RememberedColumn]:
        """The columns remembered of a portal, those right last first."""
        return columns.columns_of(self.connection, portal_id)

    def save_column(self, column: RememberedColumn, seen_at: datetime) -> bool:
        """Note a column that is right. True where it was not known before, or had moved away and is back."""
        return self._keep(columns.save_column, column, seen_at)

    def mark_column(
        self, portal_id: str, url: str, state: ColumnState, seen_at: datetime, moved_to: str | None = None
    ) -> None:
        """Note that a remembered column is no longer right."""
        self._keep(columns.mark_column, portal_id, url, state, moved_to, seen_at)

    def discovered_at(self, portal_id: str) -> datetime | None:
        """When a portal's columns were last looked for from its home page."""
        return columns.discovered_at(self.connection, portal_id)

    def note_discovery(self, portal_id: str, seen_at: datetime) -> None:
        """Note that a portal's columns were looked for from its home page."""
        self._keep(columns.note_discovery, portal_id, seen_at)

    def host(self, host: str) -> HostMemory | None:
        """What is remembered of a host; None where there is nothing to remember."""
        with explained(self.path):
            return read_host(self.connection, host)

    def save_host(self, memory: HostMemory, at: datetime) -> None:
        """Remember how a host is reached and how long it rests."""
        self._keep(write_host, memory, stamp(at))

    def start_run(
        self, started_at: datetime, command: str = "crawl", arguments: Mapping[str, Any] | None = None
    ) -> int:
        """Open a row of `crawl_runs` and give its id."""
        return self._keep(bookkeeping.start_run, stamp(started_at), command, arguments or {})

    def finish_run(self, run_id: int, finished_at: datetime, exit_code: int, report: Mapping[str, Any]) -> None:
        """Close a run with its exit code and its counts."""
        self._keep(bookkeeping.finish_run, run_id, stamp(finished_at), exit_code, report)

    def status(self) -> dict[str, Any]:
        """Coverage, freshness and problems, as `govcrawl status --json` prints them."""
        with explained(self.path):
            return status(self.connection)

    def _keep(self, write: Callable[..., R], *arguments: Any) -> R:
        """One transaction of bookkeeping."""

        def keep(*given: Any) -> R:
            with self.atomic() as connection:
                return write(connection, *given)

        return mending(keep, *arguments)


def mending(call: Callable[..., R], *arguments: Any) -> R:
    """What a call gives; one that fails for lone surrogates is called again with U+FFFD in their place."""
    try:
        return call(*arguments)
    except UnicodeEncodeError:
        return call(*map(without_surrogates, arguments))
