"""How well a corpus remembers: a nation over seven years is replayed, and each detection is held against the truth.

    python -m tests.benchmarks.remembering --agencies 2000 [--folder DIR] [--measure] [--misses]

Prints a table, and then a line of JSON for each detection. With `--folder` everything is kept there, and `--measure`
looks again at what is there already.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from govcrawl.archive import Archive
from govcrawl.relating import relate as relate_reports
from govcrawl.simulator.chronicle import Chronicle
from govcrawl.store import Store
from tests.benchmarks.clock import environment
from tests.benchmarks.remembered import HEADER, Score, measure

YEARS = range(2018, 2025)
_FILE_BYTES = 64 << 20


def build(chronicle: Chronicle, folder: Path) -> int:
    """Write the nation's places, its captures as WARC files, and what each capture shows; gives their number."""
    folder.mkdir(parents=True, exist_ok=True)
    chronicle.write_places(folder)
    shown: list[tuple[str, str, str]] = []
    pages = 0
    with Archive(folder / "foreign", "chronicle", max_bytes=_FILE_BYTES) as archive:
        for got in chronicle.captures():
            pages += 1
            archive.write(got.url, got.status, got.headers, got.body, got.fetched_at)
            if got.content:
                shown.append((got.url, hashlib.sha256(got.body).hexdigest(), got.content))
    (folder / "shown.json").write_text(json.dumps(shown), encoding="utf-8")
    return pages


def replay(folder: Path, *settings: str) -> dict[str, object]:
    """Read the files into a fresh corpus, by the command, which holds the reports against each other in the end.

    Raises:
        CalledProcessError: something could not be read.
    """
    shutil.rmtree(folder / "corpus", ignore_errors=True)
    warcs = sorted(map(str, (folder / "foreign").glob("*.warc.gz")))
    given = [f"GOVCRAWL_REGISTRY={folder / 'registry'}", f"GOVCRAWL_DIVISIONS={folder / 'divisions.csv'}", *settings]
    options = [word for setting in given for word in ("-s", setting)]
    command = [sys.executable, "-m", "govcrawl", "replay", *warcs, "--data-dir", str(folder / "corpus"), "--json"]
    done = subprocess.run([*command, *options], check=True, stdout=subprocess.PIPE, text=True, env=environment())
    told: dict[str, object] = json.loads(done.stdout)
    return told


def relate(folder: Path, done: Callable[[str], None]) -> None:
    """Hold the reports of a corpus that is there against each other."""
    with Store.open(folder / "corpus" / "govcrawl.db") as store:
        relate_reports(store, done, anew=True)


def judge(chronicle: Chronicle, folder: Path) -> list[Score]:
    """What the corpus noticed."""
    shown = {(url, sha): key for url, sha, key in json.loads((folder / "shown.json").read_text(encoding="utf-8"))}
    connection = sqlite3.connect(f"file:{folder / 'corpus' / 'govcrawl.db'}?mode=ro", uri=True)
    try:
        return measure(connection, chronicle.truth, shown)
    finally:
        connection.close()


def main(arguments: list[str] | None = None) -> int:
    """Build, replay, measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.remembering", description=__doc__)
    parser.add_argument("--agencies", type=int, default=2000)
    parser.add_argument("--years", type=int, default=len(YEARS))
    parser.add_argument("--seed", default="1")
    parser.add_argument("--folder", type=Path, help="keep everything here")
    parser.add_argument("--relate", action="store_true", help="relate anew what is in the folder, and measure")
    parser.add_argument("--measure", action="store_true", help="only measure what is in the folder")
    parser.add_argument("--misses", action="store_true", help="print some of what was missed, and of what is wrong")
    asked = parser.parse_args(arguments)
    chronicle = Chronicle(asked.seed, asked.agencies, YEARS[: asked.years])
    with TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        if not asked.measure and not asked.relate:
            with _told("building"):
                shutil.rmtree(folder / "foreign", ignore_errors=True)
                pages = build(chronicle, folder)
            print(f"{pages} captures", file=sys.stderr)
            with _told("replaying, and relating"):
                print(replay(folder), file=sys.stderr)
        elif asked.relate:
            with _told("relating"):
                relate(folder, lambda name: print(f"  {name} {time.monotonic():.0f}", file=sys.stderr))
        scores = judge(chronicle, folder)
    _print(scores, misses=asked.misses)
    return 0


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Tell how long something takes."""
    started = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)


def _print(scores: list[Score], *, misses: bool) -> None:
    print(HEADER)
    for each in scores:
        print(each.line())
        if misses:
            for word, some in (("missed", each.missed), ("wrong", each.wrong)):
                for one in some:
                    print(f"    {word}: {one}")
    for each in scores:
        line = each.to_dict()
        if not misses:
            line = {key: value for key, value in line.items() if key not in {"missed", "wrong"}}
        print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
