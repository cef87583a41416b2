"""The index: what of a report can be searched for, and how it is kept up with the reports.

A row's number says how new its report is, the less the newer; so the newest hits come first without any sorting, and
a question that has enough of them stops. The index holds no texts (SQLite calls it contentless), so a row cannot be
changed: a report that changed gets a new row, the old one is nobody's, and when many are the index is made again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from govcrawl.store.search.words import spaced

SEARCH = """
CREATE TABLE search_reports (
    id INTEGER PRIMARY KEY,   -- of the rows in the two indexes: the less, the newer
    report_id TEXT UNIQUE,    -- null: its report has another row, or none
    basis TEXT NOT NULL       -- digest of what the rows follow from
);
CREATE VIRTUAL TABLE search_names USING fts5 (
    names, filters, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE search_prose USING fts5 (
    names, prose, filters, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 0'
);
"""
"""Names (title, agency, place, year) apart, since they come first; with the prose once more, for words of both."""

INDEXES = ("search_names", "search_prose")
AT_ONCE = 500
"""Reports to a transaction."""
MOST_OUTDATED = 0.2
"""Share of rows that are nobody's from which on the index is made again; and no less than `AT_ONCE` of them."""
MUCH_NEW = 0.2
"""Share of new rows from which on the parts of an index are joined to one, which takes long and makes it quick."""
DAY_BITS, ORDER_BITS = 16, 24
FIRST_DAY = date(2000, 1, 1).toordinal()

REPORTS = """
SELECT r.id, r.title, r.agency_name, a.name, a.kind, r.division_code, a.division_code, r.report_year, r.published_on,
    r.state, r.extracted_at, r.extractor_version
FROM reports AS r LEFT JOIN agencies AS a ON a.id = r.agency_id
"""
PROSE = "SELECT heading, text FROM sections WHERE report_id = ? ORDER BY position"


@dataclass(frozen=True, slots=True)
class Indexed:
    """What came of bringing the index up to date."""

    reports: int
    """That it has now."""
    written: int
    """Rows that were written."""


@dataclass(frozen=True, slots=True)
class _Entry:
    report_id: str
    basis: str
    order: int
    names: str
    filters: str


def index_reports(connection: sqlite3.Connection, atomic: Callable[[], AbstractContextManager[object]]) -> Indexed:
    """Bring the index up to date, some reports to a transaction. Broken off at any moment, it goes on the next time.

    Args:
        connection: open for writing.
        atomic: opens a transaction.
    """
    good, orphans, new = _compare(connection)
    (rows,) = connection.execute("SELECT count(*) FROM search_reports").fetchone()
    if rows - good >= max(AT_ONCE, MOST_OUTDATED * rows):
        with atomic():
            _empty(connection)
        good, orphans, new = _compare(connection)
    with atomic():
        connection.executemany("UPDATE search_reports SET report_id = NULL WHERE id = ?", [(row,) for row in orphans])
    for start in range(0, len(new), AT_ONCE):
        with atomic():
            _write(connection, new[start : start + AT_ONCE])
    if new and len(new) >= MUCH_NEW * (good + len(new)):
        for index in INDEXES:
            with atomic():
                connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
    return Indexed(good + len(new), len(new))


def missing_rows(connection: sqlite3.Connection) -> int:
    """How many reports the index does not have yet."""
    (reports,) = connection.execute("SELECT count(*) FROM reports").fetchone()
    (held,) = connection.execute("SELECT count(report_id) FROM search_reports").fetchone()
    return max(0, int(reports) - int(held))


def _compare(connection: sqlite3.Connection) -> tuple[int, list[int], list[_Entry]]:
    """How many rows are as they should be, those of reports that changed or are gone, and what is to be written."""
    held = {
        key: (row, basis)
        for row, key, basis in connection.execute(
            "SELECT id, report_id, basis FROM search_reports WHERE report_id IS NOT NULL"
        )
    }
    before = len(held)
    new: list[_Entry] = []
    for entry in _entries(connection):
        if held.get(entry.report_id, (0, ""))[1] == entry.basis:
            del held[entry.report_id]
        else:
            new.append(entry)
    new.sort(key=lambda entry: (entry.order, entry.report_id))
    return before - len(held), [row for row, _ in held.values()], new


def _empty(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM search_reports")
    for index in INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")


def _write(connection: sqlite3.Connection, entries: Sequence[_Entry]) -> None:
    """Rows in the order of their numbers: an index takes others apart."""
    taken: dict[int, int] = {}
    for entry in entries:
        if entry.order not in taken:
            taken[entry.order] = _last(connection, entry.order)
        taken[entry.order] += 1
        row = taken[entry.order]
        prose = "\n".join(f"{heading}\n{text}" for heading, text in connection.execute(PROSE, (entry.report_id,)))
        names = spaced(entry.names)
        connection.execute("INSERT INTO search_reports VALUES (?, ?, ?)", (row, entry.report_id, entry.basis))
        connection.execute(
            "INSERT INTO search_names (rowid, names, filters) VALUES (?, ?, ?)", (row, names, entry.filters)
        )
        connection.execute(
            "INSERT INTO search_prose (rowid, names, prose, filters) VALUES (?, ?, ?, ?)",
            (row, names, spaced(prose), entry.filters),
        )


def _last(connection: sqlite3.Connection, order: int) -> int:
    """The greatest number that is taken of those of an order."""
    first = order << ORDER_BITS
    bounds = (first, first + (1 << ORDER_BITS))
    (last,) = connection.execute("SELECT max(id) FROM search_reports WHERE id >= ? AND id < ?", bounds).fetchone()
    return int(last) if last is not None else first


def _entries(connection: sqlite3.Connection) -> Iterator[_Entry]:
    places = _Places(connection)
    for row in connection.execute(REPORTS):
        key, title, printed, name, kind, division, today, year, published, state, *_ = row
        chain = dict.fromkeys((*places.above(today), *places.above(division)))
        called = dict.fromkeys(
            (title, printed, name, places.names.get(today or division), f"{year}年" if year else None)
        )
        filters = [f"p{code}" for code in chain] + [f"y{year}", f"k{kind}", f"s{state}", "all"]
        names, told = "\n".join(each for each in called if each), " ".join(filters).lower()
        digest = hashlib.blake2b(repr((row, names, told)).encode("utf-8", "replace"), digest_size=8).hexdigest()
        yield _Entry(key, digest, order_of(year, published), names, told)


def order_of(year: int | None, published_on: str | None) -> int:
    """The less the newer: by year of the report, then by its day of publication."""
    try:
        day = date.fromisoformat(published_on or "").toordinal() - FIRST_DAY
    except ValueError:
        day = 0
    newness = (max(0, min(year or 0, 9999)) << DAY_BITS) + max(0, min(day, (1 << DAY_BITS) - 1))
    return (10_000 << DAY_BITS) - newness


class _Places:
    """The divisions by code, each with those it lies in."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.names: dict[str | None, str] = {}
        self._parents: dict[str, set[str]] = defaultdict(set)
        self._above: dict[str, list[str]] = {}
        for code, name, parent, province in connection.execute(
            "SELECT code, full_name, parent_code, province_code FROM divisions"
        ):
            self.names[code] = name
            self._parents[code] = {each for each in (parent, province) if each and each != code}

    def above(self, code: str | None) -> list[str]:
        """A division and all that it lies in, each once; nothing for an agency whose division nobody knows."""
        if code is None:
            return []
        if code not in self._above:
            found = {code: None}
            waiting = [code]
            while waiting:
                for parent in sorted(self._parents[waiting.pop()] - found.keys()):
                    found[parent] = None
                    waiting.append(parent)
            self._above[code] = list(found)
        return self._above[code]
