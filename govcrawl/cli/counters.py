"""The counters of a crawl in the user's words, while it runs and when it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from govcrawl.cli.bars import Bar, working
from govcrawl.locale import marked
from govcrawl.locale.terminal import _, named
from govcrawl.locale.terms import PROBLEMS
from govcrawl.model import ProblemKind

Counts = Mapping[str, int]
PORTALS = "govcrawl/portals/"
"""What counters of portals whose walk has ended begin with."""

OUTCOMES = {
    "new": marked("new"),
    "revised": marked("new versions of known reports"),
    "duplicate": marked("at a further address"),
    "unchanged": marked("read again and unchanged"),
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
    return _(
        "{requests} requests, {reports} reports, {problems} problems",
        requests=counts.get("downloader/request_count", 0),
        reports=sum(stored(counts).values()),
        problems=met,
    )


def outcome_lines(counts: Counts, seconds: float) -> Iterator[str]:
    """What happened, when it is over."""
    requests = counts.get("downloader/request_count", 0)
    same = counts.get("govcrawl/archive/same_body", 0) + counts.get("govcrawl/store/not_modified", 0)
    yield _(
        "{requests} requests in {seconds} s; {same} pages had not changed",
        requests=requests,
        seconds=f"{seconds:.0f}",
        same=same,
    )
    parts = [f"{number} {_(OUTCOMES[outcome])}" for outcome, number in stored(counts).items() if number]
    yield _("reports: {listed}", listed=", ".join(parts) or _("none new"))
    yield problem_line(problems(counts))


def problem_line(met: Counter[str]) -> str:
    """Problems by kind, most frequent first; every language names the kinds of docs/problems.md."""
    if not met:
        return _("problems: none")
    listed = ", ".join(
        _("{number} {what}", number=number, what=named(kind, PROBLEMS)) for kind, number in met.most_common()
    )
    return _("problems: {listed} (docs/problems.md says what to do about each)", listed=listed)


def portals_done(counts: Counts) -> int:
    """Portals whose walk has ended, however it did."""
    return sum(number for name, number in counts.items() if name.startswith(PORTALS))


@dataclass(frozen=True, slots=True)
class Watching:
    """A run that is watched; called with its counters about once a second."""

    bar: Bar

    def __call__(self, counts: Counts) -> None:
        self.bar.set(portals_done(counts), short_line(counts))

    def relating(self, steps: int) -> Callable[[str], None]:
        """The spiders have ended; what they brought is held against all the rest."""
        return self.bar.relating(steps)


@contextmanager
def watching(title: str, portals: int, most: float | None = None) -> Iterator[Watching]:
    """A bar by portals on a terminal, a plain line every half minute elsewhere.

    Args:
        title: what is done.
        portals: how many are visited.
        most: seconds that the run may take, where it has a budget.
    """
    with working(title, portals, most) as bar:
        yield Watching(bar)
