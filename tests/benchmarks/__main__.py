"""Measures everything, or what `--only` names. A target that is missed is told, and fails nothing."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks import classifier, crawling, extraction, formats, naming, replaying, starting, storing
from tests.benchmarks.figures import Figure, put

Groups = dict[str, Callable[[], Iterator[Figure]]]

FULL: Groups = {
    "extraction": extraction.figures,
    "crawl": crawling.figures,
    "memory": crawling.two_sizes,
    "large": crawling.large,
    "replay": replaying.figures,
    "store": storing.figures,
    "start": starting.figures,
    "naming": naming.figures,
    "formats": formats.figures,
}
SMALL: Groups = {
    "extraction": partial(extraction.figures, rounds=2, stream=8, streams=1),
    "crawl": partial(crawling.figures, provinces=1, years_each=2, rounds=1),
    "memory": partial(crawling.two_sizes, provinces=1, few=1, many=3),
    "replay": partial(replaying.figures, reports=20, provinces=1),
    "store": partial(storing.figures, reports=8, rounds=1),
    "start": partial(starting.figures, rounds=1),
    "naming": partial(naming.figures, rounds=1, finds=1),
    "formats": partial(formats.figures, ("pdf", "docx"), count=2),
}
"""Too little to mean anything; to see whether the benchmarks work."""


def main(arguments: list[str] | None = None) -> int:
    """Print every figure asked for."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=sorted([*FULL, "classifier"]), help="a group of figures; may be repeated"
    )
    parser.add_argument("--small", action="store_true", help="tiny sizes: shows that the benchmarks work, no more")
    parser.add_argument(
        "--pages", type=Path, metavar="CSV", help="hold the classifier against this table of real pages"
    )
    asked = parser.parse_args(arguments)
    started = time.monotonic()
    missed = []
    groups = dict(SMALL if asked.small else FULL)
    if asked.pages:
        groups["classifier"] = partial(classifier.figures, asked.pages)
    for name, figures in groups.items():
        if asked.only and name not in asked.only:
            continue
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        for figure in figures():
            put(figure)
            if figure.missed:
                missed.append(figure.name)
    verdict = f"targets missed: {', '.join(missed)}" if missed else "every target is met"
    print(f"{verdict}; measured in {time.monotonic() - started:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
