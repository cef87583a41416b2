"""A replay from its first capture to its last."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govcrawl import __version__
from govcrawl.archive import Archive
from govcrawl.archive.writer import FOLDER
from govcrawl.crawl.bundles import NoReportError, extract, last_line, read_bodies
from govcrawl.crawl.items import Fetched
from govcrawl.crawl.keeping import Keeper
from govcrawl.crawl.settings import RunSettings
from govcrawl.divisions import Divisions, load_divisions
from govcrawl.lock import join_lock
from govcrawl.model import ArchiveError, ProblemKind, StoreError
from govcrawl.replay.files import Files
from govcrawl.replay.kept import Kept
from govcrawl.store import Outcome, Store
from govcrawl.workers import Workers

AGAIN = frozenset(
    {
        ProblemKind.UNREADABLE,
        ProblemKind.EXTRACTION_FAILED,
        ProblemKind.WRONG_TYPE,
        ProblemKind.NO_TABLE,
        ProblemKind.TOO_LARGE,
        ProblemKind.ENCRYPTED,
        ProblemKind.EMPTY,
    }
)
"""What another reader may be able to read."""
_AHEAD = 2
"""Pages in memory for each worker."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Replayed:
    """What became of a replay."""

    pages: int = 0
    """Pages with their attachments, and files alone, that were read."""
    captures: int = 0
    reports: Counter[str] = field(default_factory=Counter)
    """By outcome."""
    problems: Counter[str] = field(default_factory=Counter)
    """Why pages and files still give nothing, by kind."""
    damaged: list[str] = field(default_factory=list)
    """What of the archive could not be read back."""
    skipped: int = 0
    """Answers of the files given that lead to no report: lists, home pages, refusals."""

    @property
    def right(self) -> bool:
        """Whether everything was read; a page that is no report is read too."""
        return not self.damaged and not set(self.problems) & {str(kind) for kind in AGAIN}

    def to_dict(self) -> dict[str, Any]:
        return {
            "right": self.right,
            "pages": self.pages,
            "captures": self.captures,
            "reports": dict(self.reports),
            "problems": dict(self.problems),
            "damaged": self.damaged,
            "skipped": self.skipped,
        }


def replay(
    run: RunSettings,
    *,
    warcs: Sequence[Path] = (),
    provinces: Sequence[str] = (),
    everything: bool = False,
    begin: Callable[[int], Callable[[str], None]] = lambda total: lambda url: None,
) -> Replayed:
    """Read captures again, and store what they give. One transaction a page: stopped at any moment, it goes on.

    Args:
        run: where the database and the archive are, and how files are read.
        warcs: files to read instead of the corpus's own archive: every report in their answers.
        provinces: codes; only portals of these.
        everything: also what was read well by this very version.
        begin: is told how many pages there are, and gives what is told of each when it is done.

    Raises:
        LockedError: a crawl is writing to the database.
        StoreError: it cannot be used.
        ArchiveError: a file that was named cannot be read at all.
    """
    divisions = load_divisions(run.divisions)
    with (
        join_lock(run.db),
        Store.open(run.db, extractor_version=__version__) as store,
        Workers(run.workers) as workers,
    ):
        store.save_divisions(divisions)
        replaying = _Replay(store, divisions, workers, run.heavy)
        if warcs:
            with Archive.of_run(run.data_dir, replaying.keeper.now()) as archive:
                files = Files(store, archive, run.data_dir / FOLDER, run.registry, replaying.result.damaged.append)
                total = files.survey(warcs)
                replaying.result.skipped = files.skipped
                replaying.read(files.items(), begin(total))
        else:
            kept = Kept(store, run.data_dir / FOLDER, replaying.result.damaged.append)
            total = kept.choose(AGAIN, provinces, everything=everything)
            replaying.read(kept.items(), begin(total))
        return replaying.result


class _Replay:
    """Reads items one after the other, as many at once as there are workers for."""

    def __init__(self, store: Store, divisions: Divisions, workers: Workers, heavy: int) -> None:
        self.result = Replayed()
        self.divisions = divisions
        self.workers = workers
        self.heavy = heavy
        self.keeper = Keeper(store, divisions, self._count, replaying=True)

    def _count(self, what: str) -> None:
        if what in set(Outcome):
            self.result.reports[what] += 1
        elif what.startswith("problem/"):
            self.result.problems[what.removeprefix("problem/")] += 1

    def read(self, items: Iterator[Fetched], done: Callable[[str], None]) -> None:
        """Read all of them."""
        asyncio.run(self._read_all(items, done))

    async def _read_all(self, items: Iterator[Fetched], done: Callable[[str], None]) -> None:
        async def some() -> None:
            for item in items:  # shared by all: each takes the next
                await self._read(item)
                done(item.capture.url)

        async with asyncio.TaskGroup() as group:
            for _ in range(self.workers.count * _AHEAD):
                group.create_task(some())

    async def _read(self, item: Fetched) -> None:
        self.result.pages += 1
        self.result.captures += len(item.pieces)
        await read_bodies(item, self.workers, self.heavy)
        try:
            extract(item, self.divisions)
        except NoReportError as error:
            self.keeper.fail_with(item, error)
        except (StoreError, ArchiveError):
            raise
        except Exception as error:  # a report that cannot be judged must not take the others with it
            log.exception("reading %s", item.capture.url)
            self.keeper.fail(item, ProblemKind.EXTRACTION_FAILED, last_line(error))
        else:
            self.keeper.save(item)
