"""How fast a corpus of 200,000 reports answers: it is built, related, and every kind of page and story is asked of it.

    python -m tests.benchmarks.asking [--reports 200000] [--folder DIR] [--measure] [--only KIND …]

Prints a line of JSON for each figure. With `--folder` the corpus is kept there, and `--measure` asks what is there.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time

from govcrawl.relating.run import STEPS
from govcrawl.store import Store
from tests.benchmarks.asking.base import AGENCIES, make_base, prepare
from tests.benchmarks.asking.cloning import clone
from tests.benchmarks.asking.pages import DATASETTE, Visitor, addresses_of, summary
from tests.benchmarks.asking.sizes import bytes_by_table
from tests.benchmarks.figures import Figure, put

COPIED_STEPS = frozenset({"identities", "versions", "likeness", "across", "corrections"})
"""Steps whose rows the copies have already."""
LARGEST = 12
"""Tables that are named with their size."""


def main(arguments: list[str] | None = None) -> int:
    """Build, relate, ask."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.asking", description=__doc__)
    parser.add_argument("--reports", type=int, default=200_000)
    parser.add_argument("--agencies", type=int, default=AGENCIES, help="of the nation that is copied")
    parser.add_argument("--folder", type=Path, help="keep everything here")
    parser.add_argument("--base", type=Path, help="a related corpus to copy, which is changed; else one is made")
    parser.add_argument("--measure", action="store_true", help="only ask the corpus that is in the folder")
    parser.add_argument("--only", nargs="*", default=[], metavar="KIND", help="kinds of pages, by how they begin")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        database = folder / "govcrawl.db"
        if not asked.measure:
            folder.mkdir(parents=True, exist_ok=True)
            for figure in build(database, asked.base or make_base(folder / "base", asked.agencies), asked.reports):
                put(figure)
            for figure in relate(database):
                put(figure)
            put(size(database))
        for figure in asyncio.run(ask(database, tuple(asked.only))):
            put(figure)
    return 0


def build(database: Path, base: Path, reports: int) -> Iterator[Figure]:
    """Copy the small corpus; the time without that of making the small one."""
    prepare(base)
    seconds: dict[str, float] = {}
    started = monotonic()
    copies = clone(base, database, reports, seconds.__setitem__)
    longest = dict(sorted(seconds.items(), key=lambda each: -each[1])[:5])
    yield Figure(
        "ask_build_seconds", monotonic() - started, "s", f"{copies} copies of a related corpus", detail=longest
    )


def relate(database: Path) -> Iterator[Figure]:
    """What the steps cost whose rows are not copied: on a corpus that they see for the first time, and once more."""
    for name, step in STEPS.items():
        if name in COPIED_STEPS:
            continue
        times = []
        for _ in range(2):
            with Store.open(database) as store:
                wall, cpu = monotonic(), process_time()
                step(store)
                times.append((monotonic() - wall, process_time() - cpu))
        (first, first_cpu), (again, again_cpu) = times
        detail = {"cpu_s": first_cpu, "again_s": again, "again_cpu_s": again_cpu}
        yield Figure(f"ask_relate_{name}_seconds", first, "s", "all rows; again: nothing changed", detail=detail)


def size(database: Path) -> Figure:
    """Bytes of the database for each report, by table with its indexes."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        (reports,) = connection.execute("SELECT count(*) FROM reports").fetchone()
    tables, indexes = bytes_by_table(database)
    detail = {name: size / reports for name, size in list(tables.items())[:LARGEST]}
    detail |= {"others": sum(list(tables.values())[LARGEST:]) / reports, "of these, indexes": indexes / reports}
    return Figure("ask_bytes_per_report", sum(tables.values()) / reports, "bytes", f"{reports} reports", detail=detail)


async def ask(database: Path, only: tuple[str, ...]) -> list[Figure]:
    """Every kind of page."""
    visitor = Visitor(database, database.parent)
    await visitor.ask("start", "/")
    figures = []
    for kind, paths in [*addresses_of(database), *DATASETTE.items()]:
        if not only or kind.startswith(only):
            figures.append(summary(kind, [await visitor.ask(kind, path) for path in paths]))
            print(figures[-1].sentence(), file=sys.stderr, flush=True)
    return figures


if __name__ == "__main__":
    sys.exit(main())
