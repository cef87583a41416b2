"""The captures of one page and its files over time, as visits: what was there together, from when until when. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Look(Generic[P]):
    """A body that was had at an address."""

    url: str
    at: datetime
    digest: str
    """Of the body: looks with the same one saw the same."""
    place: P
    """Where the body lies."""
    last: datetime
    """When it was confirmed last, without having been had again; `at` where it was not."""


@dataclass(slots=True)
class Visit(Generic[P]):
    """A page, or a file alone, with the files that hung on it then."""

    page: Look[P]
    files: dict[str, Look[P]]
    """By address."""
    at: datetime
    """When all of them had been seen."""
    last: datetime
    """When they were seen last, before one of them changed."""
    also: list[P] = field(default_factory=list)
    """Where the same bodies lie that later visits saw."""

    @property
    def looks(self) -> list[Look[P]]:
        """The page, and then its files."""
        return [self.page, *self.files.values()]

    @property
    def urls(self) -> set[str]:
        return {look.url for look in self.looks}

    @property
    def content(self) -> tuple[tuple[str, str], ...]:
        """What was there, whenever it was."""
        return (("", self.page.digest), *sorted((url, look.digest) for url, look in self.files.items()))


def visits_of(
    pages: Sequence[Look[P]],
    files: Sequence[Look[P]],
    gone: Sequence[datetime] = (),
    *,
    lasting: bool = True,
    linked: Callable[[P], Container[str]] | None = None,
) -> Iterator[Visit[P]]:
    """The visits of a page, in order of time. Visits in a row that saw the same are one.

    Args:
        pages: the looks at the page.
        files: the looks at the files that hung on it at any time. One belongs to the visit that it follows, or, before
            the first look at the page, to that.
        gone: when the page was missing, so that what was seen before and after is told apart.
        lasting: whether a file that a later visit did not look at is taken to be as it was; else it is not there.
        linked: the addresses of the files that a page links; all of them where not given.
    """
    current: Visit[P] | None = None
    for visit in _single(pages, files, lasting=lasting, linked=linked):
        between = current is not None and any(current.last < moment <= visit.at for moment in gone)
        if current is not None and not between and visit.content == current.content:
            current.last = max(current.last, visit.last)
            current.also += [look.place for look in visit.looks]
            continue
        if current is not None:
            yield current
        current = visit
    if current is not None:
        yield current


def _single(
    pages: Sequence[Look[P]],
    files: Sequence[Look[P]],
    *,
    lasting: bool,
    linked: Callable[[P], Container[str]] | None,
) -> Iterator[Visit[P]]:
    """Each visit by itself."""
    ordered = sorted(pages, key=lambda look: look.at)
    waiting = deque(sorted(files, key=lambda look: look.at))
    there: dict[str, Look[P]] = {}
    while ordered and waiting and waiting[0].at < ordered[0].at:
        early = waiting.popleft()
        there[early.url] = early
    for number, page in enumerate(ordered):
        end = ordered[number + 1].at if number + 1 < len(ordered) else None
        names = linked(page.place) if linked is not None else None
        own: set[str] = set()
        if number and not lasting:
            there = {}
        while waiting and (end is None or waiting[0].at < end):
            look = waiting.popleft()
            if look.url in own and there[look.url].digest != look.digest:
                yield _visit(page, there, names)
                own = set()
            there[look.url] = look
            own.add(look.url)
        yield _visit(page, there, names)


def _visit(page: Look[P], there: Mapping[str, Look[P]], names: Container[str] | None) -> Visit[P]:
    files = {url: look for url, look in there.items() if names is None or url in names}
    at = max(look.at for look in (page, *files.values()))
    return Visit(page, files, at, max(at, page.last, *(look.last for look in files.values())))
