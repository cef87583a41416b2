"""`Store`: the one writer of the corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from govcrawl import __version__
from govcrawl.agencies import agency_kind
from govcrawl.model import Capture, Division, Link, Portal, Problem, ProblemKind, Report
from govcrawl.store import bookkeeping
from govcrawl.store.connection import open_for_writing
from govcrawl.store.errors import explain, explained
from govcrawl.store.records import KnownUrl, Outcome, PortalState, Saved
from govcrawl.store.rows import PARTS, part_rows, report_row, stamp, without_surrogates
from govcrawl.store.status import status
from govcrawl.store.versions import settle, stands_alone

R = TypeVar("R")

INSERT_PART = {
    table: f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(columns.split(',')))})"
    for table, columns in PARTS.items()
}

SOURCE = """
INSERT INTO report_sources (report_id, url, capture_id, portal_id, first_seen_at, last_seen_at)
VALUES (:id, :url, :capture, :portal, :seen, :seen)
ON CONFLICT (report_id, url) DO UPDATE SET
    capture_id = CASE WHEN excluded.last_seen_at >= last_seen_at
        THEN coalesce(excluded.capture_id, capture_id) ELSE capture_id END,
    portal_id = coalesce(portal_id, excluded.portal_id),
    first_seen_at = min(first_seen_at, excluded.first_seen_at),
    last_seen_at = max(last_seen_at, excluded.last_seen_at)
"""


class Store:
    """The database, open for writing; a context manager that closes it.

    Every method is one transaction: after a kill at any moment it has happened, or it has not. Inside
    `with store.atomic():` several calls are one. No method reads a clock; times come in as aware datetimes.
    All raise `StoreError` where the database cannot do as asked, and leave it as it was. Lone surrogates, which UTF-8
    cannot hold, are stored as U+FFFD.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, extractor_version: str = __version__) -> None:
        self.connection = connection
        self.path = path
        self.extractor_version = extractor_version

    @classmethod
    def open(
        cls, path: Path | str, *, create: bool = True, extractor_version: str = __version__, busy_timeout: float = 5.0
    ) -> Store:
        """Open the database, make it where there is none, and migrate it.

        Args:
            path: the SQLite file.
            create: make the file and its folder where they are missing.
            extractor_version: kept with each report; a known report read by another version is written anew.
            busy_timeout: seconds to wait for another program's transaction.

        Raises:
            StoreError: the file cannot be used; the message says why and how to mend it.
        """
        connection = open_for_writing(Path(path), create=create, busy_timeout=busy_timeout)
        return cls(connection, Path(path), extractor_version)

    def close(self) -> None:
        """Close the database; without a need where the store is a context manager."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

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

    def save_capture(self, capture: Capture) -> int:
        """Store one fetched body's provenance and give its id. The body itself belongs into the archive."""
        return self._keep(bookkeeping.save_capture, capture)

    def mark_read(self, capture_id: int, read_at: datetime) -> None:
        """Note that what a capture holds was stored: a column, a problem. (`save_report` notes it itself.)"""
        with self.atomic() as connection:
            connection.execute("UPDATE captures SET read_at = ? WHERE id = ?", (stamp(read_at), capture_id))

    def unread_captures(self) -> Iterator[tuple[int, Capture]]:
        """Captures, without their bodies, that were archived and not read before a kill; oldest first."""
        return bookkeeping.unread_captures(self.connection)

    def known(self, url: str) -> KnownUrl | None:
        """What is known of an address, or of the one it sends on to; None where neither was ever captured."""
        with explained(self.path):
            return _mending(partial(bookkeeping.known, self.connection), url)

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

    def save_report(
        self, report: Report, capture_id: int | None, url: str, portal_id: str | None, seen_at: datetime
    ) -> Saved:
        """Store a report with all its rows, where it was seen, and what that makes of its other versions."""
        return _mending(self._save_report, report, capture_id, url, portal_id, stamp(seen_at))

    def _keep(self, write: Callable[..., R], *arguments: Any) -> R:
        """One transaction of bookkeeping."""

        def keep(*given: Any) -> R:
            with self.atomic() as connection:
                return write(connection, *given)

        return _mending(keep, *arguments)

    def _save_report(self, report: Report, capture_id: int | None, url: str, portal_id: str | None, seen: str) -> Saved:
        with self.atomic() as connection:
            key = report.id
            stored = connection.execute(
                "SELECT extractor_version, agency_id, report_year, content_hash FROM reports WHERE id = ?", (key,)
            ).fetchone()
            reread = stored is not None and stored[0] != self.extractor_version
            agency = stored[1] if stored else None
            if stored is None or reread:
                agency = self._agency(report, portal_id)
                self._write(report, report_row(report, agency, seen, self.extractor_version), reread)
            at_url = stored is not None and self._has_source(key, url)
            connection.execute(
                SOURCE, {"id": key, "url": url, "capture": capture_id, "portal": portal_id, "seen": seen}
            )
            if capture_id is not None:
                connection.execute("UPDATE captures SET read_at = ? WHERE id = ?", (seen, capture_id))
            changed: dict[str, str] = {}
            if stored is not None or not stands_alone(connection, key, url, agency, report.report_year):
                changed = settle(connection, key, url, (stored[1], stored[2]) if stored else (None, None))
            if changed:
                outcome = Outcome.REVISED
            elif stored is None:
                outcome = Outcome.NEW
            else:
                outcome = Outcome.UNCHANGED if at_url else Outcome.DUPLICATE
            return Saved(key, outcome, reread, tuple(sorted(set(changed) - {key})))

    def _has_source(self, report_id: str, url: str) -> bool:
        found = self.connection.execute(
            "SELECT 1 FROM report_sources WHERE report_id = ? AND url = ?", (report_id, url)
        ).fetchone()
        return found is not None

    def _write(self, report: Report, row: dict[str, Any], reread: bool) -> None:
        connection = self.connection
        key = report.id
        if reread:
            for table in PARTS:
                connection.execute(f"DELETE FROM {table} WHERE report_id = ?", (key,))
            columns = ", ".join(f"{name} = :{name}" for name in row)
            connection.execute(f"UPDATE reports SET {columns} WHERE id = :id", {**row, "id": key})
        else:
            names = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO reports (id, {names}) VALUES (:id, {marks})", {**row, "id": key})
        for table, part in part_rows(report).items():
            if part:
                connection.executemany(INSERT_PART[table], part)

    def _agency(self, report: Report, portal_id: str | None) -> int | None:
        """The id of the report's agency, made where it is new. Also makes the division a row, if it has none."""
        connection = self.connection
        bookkeeping.ensure_division(connection, report.division_code, report.province_code)
        if not report.agency:
            return None
        found = connection.execute(
            "SELECT id, portal_id FROM agencies WHERE name = ? AND coalesce(division_code, '') = ?",
            (report.agency, report.division_code or ""),
        ).fetchone()
        if found is None:
            made = connection.execute(
                "INSERT INTO agencies (name, division_code, kind, portal_id) VALUES (?, ?, ?, ?)",
                (report.agency, report.division_code, agency_kind(report.agency), portal_id),
            )
            return made.lastrowid
        if found[1] is None and portal_id is not None:
            connection.execute("UPDATE agencies SET portal_id = ? WHERE id = ?", (portal_id, found[0]))
        return int(found[0])


def _mending(call: Callable[..., R], *arguments: Any) -> R:
    """What a call gives; one that fails for lone surrogates is called again with U+FFFD in their place."""
    try:
        return call(*arguments)
    except UnicodeEncodeError:
        return call(*map(without_surrogates, arguments))
