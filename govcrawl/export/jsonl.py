"""The canonical dump: a JSON object a line, the same bytes for the same corpus."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from govcrawl.export.package import DESCRIPTION, Package
from govcrawl.export.whole import whole_file
from govcrawl.export.writing import UnfitError
from govcrawl.model import ExportError
from govcrawl.store import Corpus
from govcrawl.store.dump import dump_names, dump_rows
from govcrawl.store.edition import edition
from govcrawl.store.rows import to_json

FIRST = b'{"table":'
"""How the file of a dump begins."""


def write_jsonl(corpus: Corpus, to: Path, without: Collection[str] = ()) -> Package:
    """Write every table and view of a corpus, all in one state of it.

    Args:
        corpus: open for reading.
        to: a folder that is there, for a file a table (`reports.jsonl`: the rows); else a file, of lines
            `{"table": …, "row": {…}}`. The files have their names only once all are whole.
        without: tables and views to leave out.

    Raises:
        UnfitError: it would take the place of something else than a dump.
        ExportError: it cannot be written, or what should be left out is not there.
        StoreError: the corpus cannot be read.
    """
    names = dump_names()
    unknown = sorted(set(without) - set(names))
    if unknown:
        raise ExportError(f"{', '.join(unknown)}: no table or view; there are {', '.join(names)}")
    names = [name for name in names if name not in without]
    _refuse_another(to)
    with corpus.unchanging(), ExitStack() as files:
        if to.is_dir():
            targets = {name: files.enter_context(whole_file(to / f"{name}.jsonl")) for name in names}
            counts = {name: _write_table(corpus, name, file) for name, file in targets.items()}
        else:
            counts = _write_file(corpus, names, files.enter_context(whole_file(to)))
        return Package(edition(corpus).version, counts)


def _write_file(corpus: Corpus, names: Collection[str], file: TextIO) -> dict[str, int]:
    counts = {}
    for name in names:
        counts[name] = 0
        for row in dump_rows(corpus, name):
            file.write(f"{to_json({'table': name, 'row': row})}\n")
            counts[name] += 1
    return counts


def _write_table(corpus: Corpus, name: str, file: TextIO) -> int:
    count = 0
    for row in dump_rows(corpus, name):
        file.write(f"{to_json(row)}\n")
        count += 1
    file.flush()  # a disk that is full has to be met before the first file takes its name
    return count


def _refuse_another(to: Path) -> None:
    """Refuse a file that is no dump, what is neither file nor folder, and a folder that describes another export.

    Raises:
        UnfitError: it is such a one.
    """
    if to.is_dir():
        mine = not (to / DESCRIPTION).exists()
    elif to.is_file():
        with to.open("rb") as file:
            mine = file.read(len(FIRST)) in {FIRST, b""}
    else:
        mine = not to.exists()
    if not mine:
        raise UnfitError(f"{to}: holds something else than a dump; name a new file or folder")
