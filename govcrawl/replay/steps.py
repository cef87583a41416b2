"""What a replay does, one after the other, and who says what that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from govcrawl.crawl.items import Fetched
from govcrawl.replay.visits import Visit


@dataclass(slots=True)
class Group:
    """The visits of one page that are read again together; what they are read as now is known after the last."""

    left: int
    captures: set[int] = field(default_factory=set)
    reports: set[str] = field(default_factory=set)
    whole: bool = True
    """Whether every visit could be read: else what was read before stays."""


@dataclass(slots=True)
class Seen:
    """A visit that is to be read."""

    visit: Visit[Any]
    group: Group | None = None

    @property
    def url(self) -> str:
        return self.visit.page.url

    @property
    def urls(self) -> set[str]:
        return self.visit.urls

    @property
    def at(self) -> datetime:
        return self.visit.at


@dataclass(frozen=True, slots=True)
class Missing:
    """An address that answered that there is nothing."""

    url: str
    at: datetime
    status: int

    @property
    def urls(self) -> set[str]:
        return {self.url}


@dataclass(frozen=True, slots=True)
class Known:
    """A visit of which every body is stored and read: there is nothing to read."""

    captures: list[int]


Step = Seen | Missing


class Steps(Protocol):
    """Where the steps come from."""

    def steps(self) -> Iterator[Step]:
        """What is to be done, in order, without bodies."""

    def load(self, step: Seen) -> Fetched | Known | None:
        """The bodies of a visit; None where the archive cannot give one, which was told.

        Whatever was done before at its addresses is stored when this is called.
        """
