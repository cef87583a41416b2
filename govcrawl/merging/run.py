"""A merge from its first database to its last."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govcrawl.archive.writer import FOLDER
from govcrawl.lock import hold_lock, share_lock
from govcrawl.merging.files import bring_files, bring_table, drop_files, missing
from govcrawl.model import ArchiveError, StoreError
from govcrawl.relating import STEPS, relate
from govcrawl.store import Store
from govcrawl.store.merging import adopt_names, archived_files, as_input, files_of, join_corpus, settle_merged

Begin = Callable[[int], Callable[[str], None]]


@dataclass(frozen=True, slots=True)
class Place:
    """A corpus on the disk."""

    db: Path
    archive: Path
    """The folder with its WARC files."""

    @classmethod
    def of(cls, db: Path, data_dir: Path | None = None) -> Place:
        """A database with the archive in its data folder, which is its own folder where none is given."""
        return cls(db, (data_dir or db.parent) / FOLDER)


@dataclass(slots=True)
class Merged:
    """What became of a merge."""

    inputs: dict[str, dict[str, int]] = field(default_factory=dict)
    """Database → reports it holds, those taken from it, and files of its archive."""
    reports: int = 0
    """In the result."""
    files: int = 0
    """Of the result's archive."""
    one_table: bool = True
    """All were read with one table of divisions, which lies beside the result where it is their own."""

    def to_dict(self) -> dict[str, Any]:
        return {"inputs": self.inputs, "reports": self.reports, "files": self.files, "one_table": self.one_table}


def merge(
    inputs: Sequence[Place],
    into: Place,
    done: Callable[[str], None] = lambda name: None,
    relating: Begin = lambda total: lambda step: None,
) -> Merged:
    """Join corpora to one. The result is the same for every order and grouping of them, and when it is done again.

    Each database is one transaction, settling all of them is one more: stopped at any moment, nothing is lost, and the
    same call completes the rest. The inputs are only read.

    Args:
        inputs: corpora that no run is writing to.
        into: made where it is not there; what it holds already stays.
        done: is told of each database when it is joined.
        relating: is told how many steps relating has, when all are joined, and gives what is told of each.

    Raises:
        LockedError: a run is writing to one of the databases.
        StoreError: a database cannot be used, or is the result itself.
        ArchiveError: a file of an archive is missing or cannot be brought. That is found before anything is changed.
    """
    _refuse_itself(inputs, into)
    scratch = into.db.with_name(f"{into.db.name}.merging")
    merged = Merged()
    with ExitStack() as stack:
        stack.enter_context(hold_lock(into.db))
        for place in inputs:
            stack.enter_context(share_lock(place.db))
        shutil.rmtree(scratch, ignore_errors=True)
        stack.callback(shutil.rmtree, scratch, ignore_errors=True)
        for place in inputs:
            _look_at(place, scratch)
        joined = [*inputs, into] if into.db.exists() else inputs
        merged.one_table = bring_table((place.db.parent for place in joined), into.db.parent)
        store = stack.enter_context(Store.open(into.db))
        _adopt(store, into)
        for place in inputs:
            merged.inputs[str(place.db)] = _join(store, place, into, scratch)
            done(str(place.db))
        settle_merged(store)
        relate(store, relating(len(STEPS)))
        (merged.reports,) = store.connection.execute("SELECT count(*) FROM reports").fetchone()
        merged.files = len(archived_files(store.connection))
    return merged


def _refuse_itself(inputs: Sequence[Place], into: Place) -> None:
    if into.db.resolve() in {place.db.resolve() for place in inputs}:
        raise StoreError(f"{into.db}: the result cannot be one of the databases that are merged into it")


def _look_at(place: Place, scratch: Path) -> None:
    """Refuse a database that cannot be read or whose archive lacks a file."""
    with as_input(place.db, scratch) as uri:
        lacking = missing(files_of(uri), place.archive)
    if lacking:
        raise ArchiveError(
            f"{place.db}: {len(lacking)} files of its archive are not in {place.archive}: {', '.join(lacking[:3])}"
        )


def _adopt(store: Store, into: Place) -> None:
    """Give the files of the result's own archive the names that they would have if it were merged into another."""
    names = bring_files(archived_files(store.connection), into.archive, into.archive)
    adopt_names(store, names)
    drop_files([old for old, new in names.items() if old != new], into.archive)


def _join(store: Store, place: Place, into: Place, scratch: Path) -> dict[str, int]:
    with as_input(place.db, scratch) as uri:
        names = bring_files(files_of(uri), place.archive, into.archive)
        joined = join_corpus(store, uri, names)
    return {"reports": joined.reports, "taken": joined.taken, "files": len(names)}
