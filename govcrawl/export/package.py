"""An export: a folder with the tables, a description that programs read, a codebook, and how to cite it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govcrawl.export.citation import citation
from govcrawl.export.codebook import codebook
from govcrawl.export.datapackage import NAME, Resource, datapackage
from govcrawl.export.fields import fields_of, table_label
from govcrawl.export.formats import DATABASE, FORMATS
from govcrawl.export.slim import write_database
from govcrawl.export.whole import whole_folder
from govcrawl.export.writing import Rows, Table, UnfitError, Written, need
from govcrawl.store import Corpus
from govcrawl.store.edition import edition
from govcrawl.store.exporting import Filters, Source, source

DESCRIPTION, CODEBOOK, CITATION = "datapackage.json", "codebook.md", "CITATION.cff"

Told = Callable[[str, int], None]
"""Called with a table's name and how many of its rows were written since."""
EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Package:
    """What was written."""

    version: str
    rows: dict[str, int]
    """By table."""
    unfiltered: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Table → the filters that could not be asked of it."""
    cut: dict[str, int] = field(default_factory=dict)
    """Table → texts that the format could not hold whole."""


def chosen(corpus: Corpus, names: Sequence[str], filters: Filters, *, strict: bool) -> list[Source]:
    """The tables and views of an export.

    Args:
        corpus: open for reading.
        names: tables and views.
        filters: which rows of them.
        strict: whether a filter that cannot be asked of one of them is an error.

    Raises:
        UnfitError: a filter cannot be asked.
        StoreError: there is no such table or view.
    """
    found = [source(corpus, name, filters) for name in names]
    for each in found:
        unasked = [name for name in filters.given if name not in each.filters]
        if strict and unasked:
            raise UnfitError(f"{each.name}: its rows cannot be told apart by {', '.join(unasked)}")
    return found


def write_package(
    corpus: Corpus, to: Path, form: str, sources: Sequence[Source], asked: Filters, told: Told
) -> Package:
    """Write tables and views into a folder, which has its name only once it is whole: one state of the corpus, also
    where a crawl writes to it meanwhile.

    Args:
        corpus: open for reading.
        to: the folder: new, empty, or an export made before, which is replaced.
        form: one of `FORMATS`, or `sqlite` for one database.
        sources: what to write.
        asked: the filters that were asked for, to be told with it.
        told: is called as the work goes on.

    Raises:
        UnfitError: the folder holds something else, or is a file.
        ExportError: it cannot be written, or the format needs what is not installed.
        StoreError: the corpus cannot be read.
    """
    needed = FORMATS[form].needs if form in FORMATS else None
    if needed:
        need(needed, form)
    _refuse_another(to)
    with corpus.unchanging(), whole_folder(to) as folder:
        of = edition(corpus)
        tables = [Table(each.name, table_label(each.name), fields_of(each), of) for each in sources]
        written = _write(folder, form, tables, sources, told)
        resources = _resources(folder, form, tables, sources, written)
        description = json.dumps(datapackage(resources, of, asked.given), ensure_ascii=False, indent=2)
        counts = {name: each.rows for name, each in written.items()}
        (folder / DESCRIPTION).write_text(f"{description}\n", encoding="utf-8")
        (folder / CODEBOOK).write_text(codebook(tables, counts, of), encoding="utf-8")
        (folder / CITATION).write_text(citation(of), encoding="utf-8")
    unfiltered = {each.name: tuple(name for name in asked.given if name not in each.filters) for each in sources}
    return Package(
        of.version,
        counts,
        {name: filters for name, filters in unfiltered.items() if filters},
        {name: each.cut for name, each in written.items() if each.cut},
    )


def _write(folder: Path, form: str, tables: list[Table], sources: Sequence[Source], told: Told) -> dict[str, Written]:
    rows = {each.name: _counted(each, told) for each in sources}
    if form not in FORMATS:
        return write_database(tables, rows, folder / DATABASE)
    made = FORMATS[form]
    return {each.name: made.write(each, rows[each.name], folder / f"{each.name}{made.suffix}") for each in tables}


def _counted(of: Source, told: Told) -> Rows:
    count = 0
    for count, row in enumerate(of.rows(), 1):
        yield row
        if count % EVERY == 0:
            told(of.name, EVERY)
    told(of.name, count % EVERY)


def _resources(
    folder: Path, form: str, tables: list[Table], sources: Sequence[Source], written: dict[str, Written]
) -> Iterator[Resource]:
    made = FORMATS.get(form)
    digests: dict[str, tuple[str, int]] = {}
    for table, of in zip(tables, sources, strict=True):
        path = f"{table.name}{made.suffix}" if made else DATABASE
        if path not in digests:
            digests[path] = _digest(folder / path)
        media = made.media_type if made else "application/vnd.sqlite3"
        yield Resource(table, path, form, media, written[table.name], *digests[path], of.filters)


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _refuse_another(to: Path) -> None:
    """Refuse a folder that is neither empty nor an export made before.

    Raises:
        UnfitError: it holds something else.
    """
    if not to.exists():
        return
    if not to.is_dir():
        raise UnfitError(f"{to}: is a file; an export of this format is a folder")
    found = {path.name for path in to.iterdir()}
    if not found:
        return
    try:
        before: dict[str, Any] = json.loads((to / DESCRIPTION).read_text(encoding="utf-8"))
        mine = {each["path"] for each in before["resources"]} if before["name"] == NAME else set()
    except (OSError, ValueError, LookupError, TypeError):
        mine = set()
    if not mine or found - mine - {DESCRIPTION, CODEBOOK, CITATION}:
        raise UnfitError(f"{to}: holds something else than an export; name a new folder")
