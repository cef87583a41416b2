"""A replay from its first capture to its last."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from govcrawl import __version__
from govcrawl.archive import Archive, warcs_of
from govcrawl.archive.writer import FOLDER
from govcrawl.crawl.bundles import NoReportError
from govcrawl.crawl.items import Fetched
from govcrawl.crawl.keeping import Keeper
from govcrawl.crawl.settings import RunSettings
from govcrawl.divisions import load_divisions
from govcrawl.lock import join_lock
from govcrawl.model import ProblemKind
from govcrawl.relating import STEPS, relate
from govcrawl.replay.files import Files
from govcrawl.replay.kept import Kept
from govcrawl.replay.reading import Reader
from govcrawl.replay.result import AGAIN, Replayed
from govcrawl.replay.steps import Known, Missing, Seen, Step, Steps
from govcrawl.replay.wire import Json
from govcrawl.store import Outcome, Saved, Store
from govcrawl.store.divisions import check_table
from govcrawl.workers import Workers

_AHEAD = 8
"""Visits in flight for each worker: one that takes long lets the others go on so far."""
_MOST_BYTES = 128_000_000
"""Of bodies in flight."""
_MOST_DOCUMENTS = 5000
"""After which a worker is replaced: most of them are pages, which leave nothing behind."""
_UNPACKED = ".replay-"

Begin = Callable[[int], Callable[[str], None]]


def replay(
    run: RunSettings,
    *,
    warcs: Sequence[Path] = (),
    provinces: Sequence[str] = (),
    everything: bool = False,
    begin: Begin = lambda total: lambda url: None,
    relating: Begin = lambda total: lambda step: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Replayed:
    """Read captures again, and store what they give. One transaction a page: stopped at any moment, it goes on.

    Args:
        run: where the database and the archive are, and how files are read.
        warcs: WARC and WACZ files to read instead of the corpus's own archive: every report in their answers.
        provinces: codes; only portals of these.
        everything: also what was read well by this very version.
        begin: is told how many pages there are, and gives what is told of each when it is done.
        relating: the same of the steps of relating, when all pages are read.
        now: the clock, for when something was read.

    Raises:
        LockedError: a crawl is writing to the database.
        StoreError: it cannot be used.
        ArchiveError: a file that was named cannot be read at all.
        RegistryError: the corpus was read with another table of divisions.
    """
    divisions = load_divisions(run.divisions)
    with ExitStack() as stack:
        stack.enter_context(join_lock(run.db))
        store = stack.enter_context(Store.open(run.db, extractor_version=__version__))
        check_table(store.connection, run.divisions)
        workers = stack.enter_context(Workers(run.workers, most=_MOST_DOCUMENTS))
        store.save_divisions(divisions)
        result = Replayed()
        replaying = _Replay(
            Keeper(store, divisions, now=now, replaying=True), Reader(workers, run.divisions), result, everything
        )
        steps: Files | Kept
        if warcs:
            unpacked = stack.enter_context(_unpacking(run.data_dir))
            archive = stack.enter_context(Archive.of_run(run.data_dir, now()))
            steps = Files(store, archive, run.data_dir / FOLDER, run.registry, result.damaged.append)
            total = steps.survey(warcs_of(warcs, unpacked, result.damaged.append), workers)
            result.skipped = steps.skipped
        else:
            steps = Kept(store, run.data_dir / FOLDER, result.damaged.append)
            total = steps.choose(AGAIN, provinces, everything=everything)
        replaying.read(steps, begin(total))
        result.related = relate(store, relating(len(STEPS))).to_dict()
        return result


@contextmanager
def _unpacking(data_dir: Path) -> Iterator[Path]:
    """A folder to unpack files into. What a killed replay left of its own is removed: the lock is held."""
    data_dir.mkdir(parents=True, exist_ok=True)
    for left in data_dir.glob(f"{_UNPACKED}*"):
        shutil.rmtree(left)
    with TemporaryDirectory(prefix=_UNPACKED, dir=data_dir) as folder:
        yield Path(folder)


@dataclass(slots=True)
class _Begun:
    """A step on its way."""

    step: Step
    loaded: Fetched | Known | None = None
    reading: Future[Json] | None = None

    @property
    def size(self) -> int:
        """Bytes it holds."""
        if not isinstance(self.loaded, Fetched):
            return 0
        return sum(len(piece.capture.body) for piece in self.loaded.pieces)


class _Replay:
    """Lets workers read as many visits at once as they can, and stores what they say in the order of the steps."""

    def __init__(self, keeper: Keeper, reader: Reader, result: Replayed, everything: bool) -> None:
        self.keeper = keeper
        self.store = keeper.store
        self.reader = reader
        self.result = result
        self.everything = everything
        self._read: set[str] = set()
        keeper.count, keeper.saved, keeper.again = self._count, self._saved, self._again

    def _count(self, what: str) -> None:
        if what in set(Outcome):
            self.result.reports[what] += 1
        elif what.startswith("problem/"):
            self.result.problems[what.removeprefix("problem/")] += 1

    def _saved(self, saved: Saved) -> None:
        self._read.add(saved.report_id)
        self.result.note(saved.report_id, saved.rereadings)

    def _again(self, report_id: str) -> bool:
        """A report that hangs at several addresses is written anew where it is met first, as it was at first."""
        return self.everything and report_id not in self._read

    def read(self, steps: Steps, done: Callable[[str], None]) -> None:
        """Do all of them."""
        most = self.reader.workers.count * _AHEAD
        waiting: deque[_Begun] = deque()
        busy: set[str] = set()
        held = 0

        def finish() -> None:
            nonlocal held
            begun = waiting.popleft()
            held -= begun.size
            busy.difference_update(begun.step.urls)
            self._finish(begun)
            if not isinstance(begun.step, Seen) or begun.step.group is None or not begun.step.group.left:
                done(begun.step.url)

        for step in steps.steps():
            while waiting and (len(waiting) >= most or held > _MOST_BYTES or not busy.isdisjoint(step.urls)):
                finish()
            begun = self._begin(steps, step)
            waiting.append(begun)
            held += begun.size
            busy |= step.urls
        while waiting:
            finish()

    def _begin(self, steps: Steps, step: Step) -> _Begun:
        loaded = steps.load(step) if isinstance(step, Seen) else None
        reading = self.reader.begin(loaded) if isinstance(loaded, Fetched) else None
        return _Begun(step, loaded, reading)

    def _finish(self, begun: _Begun) -> None:
        step, loaded = begun.step, begun.loaded
        if isinstance(step, Missing):
            found = self.store.gone(step.url, step.at, f"HTTP {step.status}")
            self.result.gone += found
            self.result.skipped += not found
        elif isinstance(loaded, Known):
            self.result.pages += 1
            self.result.captures += len(loaded.captures)
            confirmed = self.store.confirm(loaded.captures, step.visit.at, step.visit.last)
            self.result.reports[Outcome.UNCHANGED] += len(confirmed)
        elif begun.reading is not None and loaded is not None:
            self.result.pages += 1
            self.result.captures += len(loaded.pieces)
            self._end(step, loaded, begun.reading)
        elif step.group is not None:
            step.group.whole = False
            step.group.left -= 1

    def _end(self, step: Seen, item: Fetched, reading: Future[Json]) -> None:
        failure: NoReportError | None = None
        try:
            self.reader.end(item, reading)
        except NoReportError as error:
            failure = error
        with self.store.atomic():
            if failure is not None:
                self.keeper.fail_with(item, failure)
            else:
                self.keeper.save(item)
            ids = [self.keeper.keep(piece) for piece in item.pieces]
            if step.visit.last > step.visit.at:
                self.store.confirm(ids, step.visit.at, step.visit.last)
            if step.group is not None:
                self._end_group(step, item, ids, readable=failure is None or failure.kind in _READ)

    def _end_group(self, step: Seen, item: Fetched, ids: list[int], *, readable: bool) -> None:
        """After the last visit of a page, its captures are sources of what they were read as now, and of nothing else.

        Where something could not be read, perhaps for want of a program, what was read before stays.
        """
        group = step.group
        assert group is not None
        for key, _ in step.visit.also:
            self.store.mark_read(key, self.keeper.now())
        group.left -= 1
        group.captures.update(ids)
        group.reports.update(report.id for report in item.reports)
        group.whole = group.whole and readable and not any(piece.failure for piece in item.pieces)
        if not group.left and group.whole:
            version, at = self.store.extractor_version, self.keeper.now()
            self.result.lost += self.store.drop_readings(sorted(group.captures), group.reports, version, at)


_READ = {ProblemKind.NOT_A_REPORT, ProblemKind.NO_TABLE}
"""Why bodies that were read give no report."""
