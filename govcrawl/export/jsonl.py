"""The canonical dump: a JSON object a line, the same bytes for the same corpus."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from govcrawl.export.whole import whole_file
from govcrawl.model import ExportError
from govcrawl.store import Corpus
from govcrawl.store.dump import dump_names, dump_rows
from govcrawl.store.rows import to_json


def write_jsonl(corpus: Corpus, to: Path, without: Collection[str] = ()) -> dict[str, int]:
    """Write every table and view of a corpus, all in one state of it; gives the number of rows of each.

    Args:
        corpus: open for reading.
        to: a folder that is there, for a file a table (`reports.jsonl`: the rows); else a file, of lines
            `{"table": …, "row": {…}}`. It has its name only once it is whole.
        without: tables and views to leave out.

    Raises:
        ExportError: it cannot be written, or what should be left out is not there.
        StoreError: the corpus cannot be read.
    """
    names = dump_names()
    unknown = sorted(set(without) - set(names))
    if unknown:
        raise ExportError(f"{', '.join(unknown)}: no table or view; there are {', '.join(names)}")
    names = [name for name in names if name not in without]
    with corpus.unchanging():
        if to.is_dir():
            return {name: _write_table(corpus, name, to / f"{name}.jsonl") for name in names}
        return _write_file(corpus, names, to)


def _write_file(corpus: Corpus, names: Collection[str], to: Path) -> dict[str, int]:
    counts = {}
    with whole_file(to) as file:
        for name in names:
            counts[name] = 0
            for row in dump_rows(corpus, name):
                file.write(f"{to_json({'table': name, 'row': row})}\n")
                counts[name] += 1
    return counts


def _write_table(corpus: Corpus, name: str, path: Path) -> int:
    count = 0
    with whole_file(path) as file:
        for row in dump_rows(corpus, name):
            file.write(f"{to_json(row)}\n")
            count += 1
    return count
