"""The deep check: every archived page is read again, as a replay would, and every cell compared with what is stored."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future

from govcrawl import __version__
from govcrawl.audit.scope import Fault, Scope, Weight
from govcrawl.crawl.bundles import NoReportError
from govcrawl.crawl.items import Fetched
from govcrawl.model import RegistryError, Report
from govcrawl.replay.kept import Kept
from govcrawl.replay.reading import Reader
from govcrawl.replay.wire import Json
from govcrawl.store.auditing import report_versions_read
from govcrawl.store.divisions import check_table
from govcrawl.store.ledger import Ledger
from govcrawl.store.rereadings import Change, changes, stored_values, values_of
from govcrawl.store.rows import part_rows, report_row
from govcrawl.workers import Workers

_AHEAD = 4
"""Visits in flight for each worker."""
_NAMED = 5
"""Differences of one report that are told."""


Begin = Callable[[int], Callable[[str], None]]


def check_again(scope: Scope, begin: Begin = lambda total: lambda url: None) -> Iterator[Fault]:
    """Every report is what its archived bytes are read as.

    A report that hangs at several addresses was read at one of them, whose row in a list may say another date than
    that of the others: it is right where it is read so at any of them.

    Args:
        scope: what is audited.
        begin: is told how many addresses there are, and gives what is told of each when it is read.
    """
    try:
        check_table(scope.connection, scope.divisions)
    except RegistryError as error:
        yield Fault("again", Weight.FAIL, "divisions", str(error))
        return
    found: dict[str, list[Change]] = {}
    ledger = Ledger(scope.connection, scope.corpus.path)
    damaged: list[str] = []
    kept = Kept(ledger, scope.archive, damaged.append)
    scope.looked_at["addresses"] = kept.choose((), (), everything=True)
    done = begin(scope.looked_at["addresses"])
    with Workers(scope.workers) as workers:
        for report in _read(kept, Reader(workers, scope.divisions), scope, done):
            if found.get(report.id) != []:
                _compare(scope, report, found)
    for told in damaged:
        yield Fault("again", Weight.FAIL, told.partition(": ")[0], told)
    for report_id, (version, counts) in report_versions_read(scope.connection).items():
        weight = Weight.FAIL if version == __version__ else Weight.WARN
        if report_id not in found:
            told = "nothing in the archive is read as this report"
            # What a newer reader reads otherwise is superseded, and stays; a file without a form may be no report.
            yield Fault("again", weight if counts else Weight.WARN, report_id, told)
        elif found[report_id]:
            yield Fault("again", weight, report_id, _told(found[report_id], version))


def _read(kept: Kept, reader: Reader, scope: Scope, done: Callable[[str], None]) -> Iterator[Report]:
    waiting: deque[tuple[Fetched, Future[Json]]] = deque()

    def finish() -> Iterator[Report]:
        item, reading = waiting.popleft()
        try:
            reader.end(item, reading)
        except NoReportError:
            scope.looked_at["without_a_report"] += 1
        else:
            yield from item.reports
        done(item.capture.url)

    for step in kept.steps():
        item = kept.load(step)
        if item is not None:
            scope.looked_at["visits"] += 1
            waiting.append((item, reader.begin(item)))
        if len(waiting) >= reader.workers.count * _AHEAD:
            yield from finish()
    while waiting:
        yield from finish()


def _compare(scope: Scope, report: Report, found: dict[str, list[Change]]) -> None:
    """Keep the fewest differences that a report was read with."""
    stored = scope.connection.execute("SELECT 1 FROM reports WHERE id = ?", (report.id,)).fetchone()
    if stored is None:
        scope.looked_at["not_stored"] += 1
        return
    values = values_of(report_row(report, None, "", ""), part_rows(report))
    differences = changes(stored_values(scope.connection, report.id), values)
    if report.id not in found:
        scope.looked_at["reports"] += 1
        scope.looked_at["cells"] += len(values)
    if report.id not in found or len(differences) < len(found[report.id]):
        found[report.id] = differences


def _told(differences: list[Change], version: str) -> str:
    named = "; ".join(f"{where}: {old!r} is read as {new!r}" for where, old, new in differences[:_NAMED])
    more = f" and {len(differences) - _NAMED} more" if len(differences) > _NAMED else ""
    by = "" if version == __version__ else f" (it was read by {version}; `govcrawl replay` reads it anew)"
    return f"{named}{more}{by}"
