"""The counters of a crawl in the user's words, while it runs and when it is done."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from govcrawl.cli.common import tell
from govcrawl.model import ProblemKind

Counts = Mapping[str, int]
EVERY = 30.0
"""Seconds between two plain lines."""

OUTCOMES = {
    "new": "new",
    "revised": "new versions of known reports",
    "duplicate": "at a further address",
    "unchanged": "read again and unchanged",
}
PROBLEM_ROOMS = ("read", "extract", "check", "store/problem")
"""Pipelines that count problems, each as `govcrawl/<room>/<kind>`."""


def problems(counts: Counts) -> Counter[str]:
    """Problems met in the run, by kind."""
    met: Counter[str] = Counter()
    for room in PROBLEM_ROOMS:
        for kind in ProblemKind:
            met[kind] += counts.get(f"govcrawl/{room}/{kind}", 0)
    return +met


def stored(counts: Counts) -> dict[str, int]:
    """Reports by what they turned out to be."""
    return {outcome: counts.get(f"govcrawl/store/{outcome}", 0) for outcome in OUTCOMES}


def short_line(counts: Counts) -> str:
    """One line for a run that is going on."""
    met = sum(problems(counts).values())
    return (
        f"{counts.get('downloader/request_count', 0)} requests, {sum(stored(counts).values())} reports, {met} problems"
    )


def outcome_lines(counts: Counts, seconds: float) -> Iterator[str]:
    """What happened, when it is over."""
    requests = counts.get("downloader/request_count", 0)
    same = counts.get("govcrawl/archive/same_body", 0) + counts.get("govcrawl/store/not_modified", 0)
    yield f"{requests} requests in {seconds:.0f} s; {same} pages had not changed"
    parts = [f"{number} {OUTCOMES[outcome]}" for outcome, number in stored(counts).items() if number]
    yield "reports: " + (", ".join(parts) or "none new")
    met = problems(counts)
    if met:
        listed = ", ".join(f"{number} {kind}" for kind, number in met.most_common())
        yield f"problems: {listed} (docs/problems.md says what to do about each)"
    else:
        yield "problems: none"


@contextmanager
def watching(title: str) -> Iterator[Callable[[Counts], None]]:
    """A live line on a terminal, a plain line every half minute elsewhere."""
    if sys.stderr.isatty():
        from rich.console import Console

        console = Console(stderr=True)
        with console.status(title) as line:
            yield lambda counts: line.update(f"{title}: {short_line(counts)}")
        return
    last = time.monotonic()

    def plain(counts: Counts) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            tell(f"{title}: {short_line(counts)}")

    yield plain
