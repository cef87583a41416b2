"""The one writer of a run: the database and the archive, shared by all spiders and pipelines of the process."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from weakref import WeakKeyDictionary

from govcrawl import __version__
from govcrawl.archive import Archive
from govcrawl.crawl.budget import Account
from govcrawl.crawl.settings import RunSettings
from govcrawl.crawl.shared import Rota, Shared
from govcrawl.divisions import Divisions, load_divisions
from govcrawl.lock import join_lock
from govcrawl.store import Store
from govcrawl.workers import Workers


@dataclass(slots=True)
class Writers:
    """What a run writes to, and the gazetteer it reads."""

    store: Store
    archive: Archive
    divisions: Divisions
    closing: ExitStack
    """Closes both, and gives back the lock."""
    shared: Shared
    """What the spiders share beside."""
    workers: Workers
    """Reads files, for all spiders of the process."""
    users: int = field(default=0)
    _has_divisions: bool = field(default=False)

    def save_divisions(self) -> None:
        """Write the gazetteer, for the first spider of the process that begins.

        Raises:
            StoreError: the database cannot be written.
        """
        if not self._has_divisions:
            self.store.save_divisions(self.divisions)
            self._has_divisions = True


_OPEN: dict[Path, Writers] = {}
_OF: WeakKeyDictionary[object, Writers] = WeakKeyDictionary()


def writers_of(user: object, run: RunSettings) -> Writers:
    """The writers of a run, opened for its first user; several spiders of one process share one database.

    Raises:
        LockedError: another process writes to the database.
        StoreError: the database cannot be used.
        RegistryError: the gazetteer is broken.
    """
    if user in _OF:
        return _OF[user]
    path = run.db.resolve()
    writers = _OPEN.get(path)
    if writers is None:
        divisions = load_divisions(run.divisions)
        with ExitStack() as opening:
            opening.enter_context(join_lock(path))
            store = opening.enter_context(Store.open(path, extractor_version=__version__))
            archive = opening.enter_context(Archive.of_run(run.data_dir, datetime.now(UTC)))
            workers = opening.enter_context(Workers(run.workers))
            shared = Shared(Account(run.budget), rota=Rota.within(run.budget))
            writers = _OPEN[path] = Writers(store, archive, divisions, opening.pop_all(), shared, workers)
    writers.users += 1
    _OF[user] = writers
    return writers


def release(user: object, run: RunSettings) -> None:
    """Close the writers when their last user is done."""
    writers = _OF.pop(user, None)
    if writers is None:
        return
    writers.users -= 1
    if writers.users == 0:
        _OPEN.pop(run.db.resolve(), None)
        writers.closing.close()
