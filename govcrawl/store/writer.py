"""`Store`: the one writer of the corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from govcrawl import __version__
from govcrawl.divisions import Divisions
from govcrawl.model import Claim, Division, ProblemKind, Report
from govcrawl.store import bookkeeping
from govcrawl.store.agencies import agency_id
from govcrawl.store.connection import open_for_writing
from govcrawl.store.divisions import stored_divisions
from govcrawl.store.errors import explained
from govcrawl.store.indicators import STALE
from govcrawl.store.ledger import Ledger, mending
from govcrawl.store.records import Outcome, Saved
from govcrawl.store.rereadings import Change, changes, note_changes, stored_values, values_of
from govcrawl.store.rows import PARTS, part_rows, report_row, stamp, without_surrogates
from govcrawl.store.unread import forget_unread, save_unread
from govcrawl.store.versions import settle, stands_alone

R = TypeVar("R")

Place = tuple[str, int | None]
"""An address, and the capture of it."""

INSERT_PART = {
    table: f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(columns.split(',')))})"
    for table, columns in PARTS.items()
}

SOURCE = """
INSERT INTO report_sources (report_id, url, capture_id, portal_id, first_seen_at, last_seen_at, position)
VALUES (:id, :url, :capture, :portal, :seen, :seen, :position)
ON CONFLICT (report_id, url) DO UPDATE SET
    position = CASE WHEN excluded.last_seen_at >= last_seen_at THEN excluded.position ELSE position END,
    capture_id = CASE WHEN excluded.last_seen_at >= last_seen_at
        THEN coalesce(excluded.capture_id, capture_id) ELSE capture_id END,
    portal_id = coalesce(portal_id, excluded.portal_id),
    first_seen_at = min(first_seen_at, excluded.first_seen_at),
    last_seen_at = max(last_seen_at, excluded.last_seen_at),
    vanished_at = CASE WHEN excluded.last_seen_at >= vanished_at THEN NULL ELSE vanished_at END,
    vanished = CASE WHEN excluded.last_seen_at >= vanished_at THEN NULL ELSE vanished END
"""


class Store(Ledger):
    """The database, open for writing; a context manager that closes it.

    Every method is one transaction: after a kill at any moment it has happened, or it has not. Inside
    `with store.atomic():` several calls are one. No method reads a clock; times come in as aware datetimes.
    All raise `StoreError` where the database cannot do as asked, and leave it as it was. Lone surrogates, which UTF-8
    cannot hold, are stored as U+FFFD.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, extractor_version: str = __version__) -> None:
        super().__init__(connection, path)
        self.extractor_version = extractor_version
        self._gazetteer: Divisions | None = None

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

    def save_report(
        self,
        report: Report,
        capture_id: int | None,
        url: str,
        portal_id: str | None,
        seen_at: datetime,
        also: Sequence[Place] = (),
        *,
        read_at: datetime | None = None,
        again: bool = False,
    ) -> Saved:
        """Store a report with all its rows, where it was seen, and what that makes of its other versions.

        Args:
            report: the report, with its findings.
            capture_id: the capture it was read from. Reports of one capture stand beside each other.
            url: its main address.
            portal_id: the portal it was found at.
            seen_at: when.
            also: the further sources of the same report (its attachments): their addresses and captures.
            read_at: when it was read, where that is not when it was seen.
            again: write a known report anew, whichever version read it. What it says otherwise then is noted.
        """
        when = (stamp(seen_at), stamp(read_at or seen_at))
        return mending(self._save_report, report, [(url, capture_id), *also], portal_id, when, again)

    @property
    def gazetteer(self) -> Divisions:
        """The divisions that the corpus knows, with their history; the program's own while it knows none."""
        if self._gazetteer is None:
            with explained(self.path):
                self._gazetteer = stored_divisions(self.connection)
        return self._gazetteer

    def save_divisions(self, divisions: Iterable[Division]) -> None:
        """Write the gazetteer; what is there already is brought up to date."""
        super().save_divisions(divisions)
        self._gazetteer = None

    def is_elsewhere(self, content_hash: str, url: str) -> bool:
        """Whether this content is stored, and was never seen at this address."""
        with explained(self.path):
            found = self.connection.execute(
                """SELECT NOT EXISTS (SELECT 1 FROM report_sources AS s WHERE s.report_id = r.id AND s.url = ?)
                FROM reports AS r WHERE r.content_hash = ?""",
                (without_surrogates(url), content_hash),
            ).fetchone()
        return found is not None and bool(found[0])

    def save_unread(self, url: str, portal_id: str, claim: Claim, kind: ProblemKind, seen_at: datetime) -> None:
        """Note that an address holds a report, by what its list row claims, which no reader could read."""
        mending(self._save_unread, url, portal_id, claim, kind, seen_at)

    def _save_unread(self, url: str, portal_id: str, claim: Claim, kind: ProblemKind, seen_at: datetime) -> None:
        with self.atomic() as connection:
            agency = self._agency(claim, portal_id)
            if agency is not None:
                save_unread(connection, url, portal_id, agency, claim, kind, seen_at)

    def _save_report(
        self, report: Report, places: list[Place], portal_id: str | None, when: tuple[str, str], again: bool
    ) -> Saved:
        with self.atomic() as connection:
            key, (seen, read) = report.id, when
            noted: list[Change] = []
            stored = connection.execute(
                "SELECT extractor_version, agency_id, report_year, content_hash FROM reports WHERE id = ?", (key,)
            ).fetchone()
            at_url = [stored is not None and self._has_source(key, url) for url, _ in places]
            reread = stored is not None and (again or stored[0] != self.extractor_version or not all(at_url[1:]))
            agency = stored[1] if stored else None
            if stored is None or reread:
                agency = self._agency(report, portal_id)
                noted = self._write(report, report_row(report, agency, read, self.extractor_version), reread)
            for position, (url, capture_id) in enumerate(places):
                self._save_place(key, position, url, capture_id, portal_id, seen)
            before = (stored[1], stored[2]) if stored else (None, None)
            changed: dict[str, str] = {}
            for url, _ in places:
                if stored is not None or not stands_alone(connection, key, url, agency, report.report_year):
                    changed |= settle(connection, key, url, before)
            if changed:
                outcome = Outcome.REVISED
            elif stored is None:
                outcome = Outcome.NEW
            else:
                outcome = Outcome.UNCHANGED if at_url[0] else Outcome.DUPLICATE
            return Saved(key, outcome, reread, tuple(sorted(set(changed) - {key})), tuple(noted))

    def _save_place(
        self, key: str, position: int, url: str, capture_id: int | None, portal_id: str | None, seen: str
    ) -> None:
        given = {"id": key, "url": url, "capture": capture_id, "portal": portal_id, "seen": seen, "position": position}
        self.connection.execute(SOURCE, given)
        forget_unread(self.connection, url)
        if capture_id is not None:
            self.connection.execute("UPDATE captures SET read_at = ? WHERE id = ?", (seen, capture_id))

    def _has_source(self, report_id: str, url: str) -> bool:
        found = self.connection.execute(
            "SELECT 1 FROM report_sources WHERE report_id = ? AND url = ?", (report_id, url)
        ).fetchone()
        return found is not None

    def _write(self, report: Report, row: dict[str, Any], reread: bool) -> list[Change]:
        """Write a report's rows; gives what was read otherwise before, which is noted."""
        connection = self.connection
        key = report.id
        parts = part_rows(report)
        found: list[Change] = []
        if reread:
            found = changes(stored_values(connection, key), values_of(row, parts))
            old = connection.execute("SELECT extractor_version FROM reports WHERE id = ?", (key,)).fetchone()[0]
            note_changes(connection, key, found, (old, self.extractor_version), row["extracted_at"])
            if found:
                connection.execute(STALE, (key,))
            for table in PARTS:
                connection.execute(f"DELETE FROM {table} WHERE report_id = ?", (key,))
            columns = ", ".join(f"{name} = :{name}" for name in row)
            connection.execute(f"UPDATE reports SET {columns} WHERE id = :id", {**row, "id": key})
        else:
            names = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO reports (id, {names}) VALUES (:id, {marks})", {**row, "id": key})
        for table, part in parts.items():
            if part:
                connection.executemany(INSERT_PART[table], part)
        return found

    def _agency(self, report: Report | Claim, portal_id: str | None) -> int | None:
        """The id of the report's agency, made where it is new. Also makes the division a row, if it has none."""
        connection = self.connection
        bookkeeping.ensure_division(connection, report.division_code, report.province_code)
        if not report.agency:
            return None
        return agency_id(connection, self.gazetteer, report.agency, report.division_code, portal_id)
