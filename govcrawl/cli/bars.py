"""How far a long command has come, and how long it will take: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from govcrawl.locale.terminal import _, worded
from govcrawl.locale.terms import STEPS

if TYPE_CHECKING:
    from rich.progress import Progress

EVERY = 30.0
"""Seconds between two plain lines."""
LEAST = 3.0
"""Seconds that have to pass before anything can be said of the rest."""
FEW = 0.02
"""Share of the work that is too little to tell a pace by."""
WIDEST = 60
"""Cells of the words before a bar."""

_shown: list[Progress] = []
"""The bar that is on the terminal."""


@contextmanager
def aside() -> Iterator[None]:
    """Take the bar off the terminal while something else is printed there."""
    if not _shown:
        yield
        return
    bar = _shown[-1]
    bar.stop()
    try:
        yield
    finally:
        bar.start()


def remaining(done: float, total: float | None, seconds: float) -> float | None:
    """Seconds that the rest will take if it goes on as so far; None while that is a guess."""
    if total is None or done <= 0 or seconds < LEAST:
        return None
    return max(0.0, seconds * (total - done) / done)


def duration(seconds: float) -> str:
    """A time as one says it: `40 s`, `12 min`, `3 h 20 min`."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return _("{seconds} s", seconds=round(seconds))
    if minutes < 100:
        return _("{minutes} min", minutes=minutes)
    return _("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def left(done: float, total: float | None, seconds: float, most: float | None = None) -> str:
    """How long the rest will take, in words; empty while nobody knows.

    Args:
        done: what is done, in whatever unit `total` is.
        total: all there is to do, where that is known.
        seconds: how long it took so far.
        most: seconds that the whole may take at most.
    """
    if total is not None and done >= total:
        return ""
    rest = remaining(done, total, seconds)
    if most is not None:
        rest = max(0.0, most - seconds) if rest is None else max(0.0, min(rest, most - seconds))
    return "" if rest is None else _("about {time} left", time=duration(rest))


@dataclass(slots=True)
class Bar:
    """One piece of work under way. Tell it of what is done; it decides what is shown, and where."""

    title: str
    total: float | None
    most: float | None = None
    """Seconds that it may take at most."""
    done: float = 0.0
    detail: str = ""
    began: float = field(default_factory=lambda: time.monotonic())
    told: float = field(default_factory=lambda: time.monotonic())
    first: tuple[float, float] | None = None
    """When the first step was over, and what was done by then: before it, something may have been prepared for all."""
    shown: Progress | None = None

    def begin(self, title: str, total: float | None, most: float | None = None) -> None:
        """Go on to the next piece of work."""
        self.title, self.total, self.most = title, total, most
        self.done, self.detail, self.began, self.first = 0.0, "", time.monotonic(), None
        if self.shown is not None:
            self.shown.reset(self.shown.task_ids[0], total=total, description=self._words())

    def relating(self, steps: int) -> Callable[[str], None]:
        """Go on to holding the reports against each other, which most commands end with."""
        self.begin(_("relating"), steps)
        return lambda name: self.step(worded(name, STEPS))

    def step(self, name: str, amount: float = 1.0) -> None:
        """A step is over."""
        self.set(self.done + amount, name)

    def set(self, done: float, detail: str) -> None:
        """So much is done by now."""
        self.done, self.detail = done if self.total is None else min(done, self.total), detail
        self.first = self.first or (time.monotonic(), self.done)
        if self.shown is not None:
            self.shown.update(self.shown.task_ids[0], completed=self.done, description=self._words())
        elif time.monotonic() - self.told >= EVERY:
            self.told = time.monotonic()
            click.echo(self.line(), err=True)

    def line(self) -> str:
        """Where it is, as a plain line."""
        parts = [f"{self.done:.0f}/{self.total:.0f}" if self.total else "", self.detail, self.rest()]
        return f"{self.title}: {', '.join(filter(None, parts))}"

    def rest(self) -> str:
        """How long it will take still."""
        since, before = self.first or (self.began, 0.0)
        if self.done <= before + FEW * (self.total or 0.0):
            since, before = self.began, 0.0
        now = time.monotonic()
        total = None if self.total is None or self.done < FEW * self.total else self.total - before
        most = None if self.most is None else self.most - (since - self.began)
        return left(self.done - before, total, now - since, most)

    def _words(self) -> str:
        from rich.cells import set_cell_size
        from rich.markup import escape

        return escape(set_cell_size(f"{self.title} {self.detail}", WIDEST).rstrip())


@contextmanager
def working(title: str, total: float | None, most: float | None = None) -> Iterator[Bar]:
    """A bar for the length of the block, where standard error is a terminal."""
    bar = Bar(title, total, most)
    if not sys.stderr.isatty():
        yield bar
        return
    with _drawn(bar) as shown:
        bar.shown = shown
        yield bar


@contextmanager
def progress(title: str, total: float | None) -> Iterator[Callable[[str], None]]:
    """As `working`, for work in equal steps: the block calls what it is given with the name of each finished step."""
    with working(title, total) as bar:
        yield bar.step


@contextmanager
def _drawn(bar: Bar) -> Iterator[Progress]:
    """A bar of rich's, which is gone when the block ends.

    Rich shall not take over standard output: what a command prints may go into a file.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.text import Text

    class Rest(ProgressColumn):
        max_refresh = 1.0

        def render(self, task: Task) -> Text:
            return Text(bar.rest(), style="progress.remaining")

    columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), Rest()]
    drawn = Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
    )
    with drawn:
        drawn.add_task(bar.title, total=bar.total)
        _shown.append(drawn)
        try:
            yield drawn
        finally:
            _shown.remove(drawn)
