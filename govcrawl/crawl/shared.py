"""What the spiders of one process share beside the writers: the run's budget, its network, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from govcrawl.crawl.budget import Account, Budget
from govcrawl.model import Portal, Problem

SILENT_ENOUGH = 20
"""So many portals without an answer, and no answer from any other: it is not the portals."""
OPEN_AT_ONCE = 256
"""Portals that are walked at the same time; the others wait for their turn. What is listed and not yet asked for is in
memory, and a host asked lately is connected: of a nation's portals at once both would be more than a machine has."""
A_WALK = 100
"""Requests a portal may well cost: a budget is not spread over so many that none of them ends."""


@dataclass(slots=True)
class Network:
    """Whether anything answers at all; what cannot be told before that is known is held back."""

    answers: int = 0
    problems: list[Problem] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    """Ids of portals whose walk ended before anybody answered."""

    def is_proven(self) -> bool:
        """Whether the network works."""
        return self.answers > 0

    def is_down(self) -> bool:
        """Whether so many are silent that asking the others is in vain."""
        return not self.answers and len(self.silent) >= SILENT_ENOUGH

    def answered(self) -> tuple[list[Problem], list[str]]:
        """Count an answer; gives what was held back and may be told now."""
        self.answers += 1
        held = self.problems, self.silent
        self.problems, self.silent = [], []
        return held


@dataclass(slots=True)
class Rota:
    """The order in which the portals of all spiders are begun: least recently visited first."""

    waiting: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Spider → the portal it wants to begin next: (last visit, id)."""
    begun: set[str] = field(default_factory=set)
    """Portals that are being walked."""
    most: int = OPEN_AT_ONCE

    @classmethod
    def within(cls, budget: Budget) -> Rota:
        """A rota that begins no more portals at once than a budget can bring to an end."""
        limit = OPEN_AT_ONCE if budget.requests is None else budget.requests // A_WALK
        return cls(most=max(1, min(OPEN_AT_ONCE, limit)))

    def may_begin(self, spider: str, portal_id: str, visited_at: str) -> bool:
        """Whether it is this portal's turn; it counts as begun from then on."""
        self.waiting[spider] = (visited_at, portal_id)
        if len(self.begun) >= self.most or min(self.waiting.values()) < self.waiting[spider]:
            return False
        del self.waiting[spider]
        self.begun.add(portal_id)
        return True

    def done(self, portal_id: str) -> None:
        """The portal's walk has ended."""
        self.begun.discard(portal_id)

    def leave(self, spider: str) -> None:
        """The spider begins no further portal."""
        self.waiting.pop(spider, None)


@dataclass(slots=True)
class Shared:
    """All of it."""

    account: Account
    network: Network = field(default_factory=Network)
    rota: Rota = field(default_factory=Rota)

    def why_not(self) -> str | None:
        """Why no further request may be made in this run, None where one may."""
        if self.account.is_spent():
            return f"the run's budget of {self.account.budget} is used up"
        return "nothing answers: the network seems down" if self.network.is_down() else None


def least_recent_first(portals: Iterable[Portal], visits: Mapping[str, str]) -> tuple[Portal, ...]:
    """Portals never visited, then the others, the longest ago first; else in their own order."""
    return tuple(sorted(portals, key=lambda portal: visits.get(portal.id, "")))
