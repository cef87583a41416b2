"""Hosts of the nation: filled when they are first asked, shut where they are to be, changing while they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from govcrawl.simulator.answers import Answer, Asked, Host
from govcrawl.simulator.hostile import CHALLENGE_412, CHALLENGE_521, FIREWALL

_LATER = 12
REFUSALS: Mapping[str, Answer] = {
    "412": Answer(412, CHALLENGE_412.encode()),
    "412_later": Answer(412, CHALLENGE_412.encode()),
    "468": Answer(468, CHALLENGE_412.encode()),
    "521": Answer(521, CHALLENGE_521.encode()),
    "403": Answer(403, FIREWALL.encode(), "text/html; charset=utf-8"),
}
FORBIDDING = Answer(200, b"User-agent: *\nDisallow: /\n", "text/plain")


@dataclass(slots=True)
class Turning:
    """A column that gets a row more once its first page was read: the same pages before and after."""

    before: Host
    after: Host
    first: str
    """The path of the first page."""
    turned: bool = False

    def answer(self, asked: Asked) -> Answer | None:
        """What the column answers; None where the address is none of its own."""
        host = self.after if self.turned else self.before
        answer = host.answer(asked)
        if answer is host.missing:
            return None
        here = f"{asked.path}?{asked.query}" if asked.query else asked.path
        self.turned = self.turned or here == self.first
        return answer


class NationHost(Host):
    """A portal's host. What is left for later is put on it when it is asked for the first time."""

    def __init__(self, name: str, *, robots: Answer | None = None, gate: str = "") -> None:
        super().__init__(name, robots=FORBIDDING if gate == "robots" else robots)
        self.gate = gate
        self.answered = 0
        self.turnings: list[Turning] = []
        self._later: list[Callable[[], None]] = []

    def later(self, job: Callable[[], None]) -> None:
        """Put something on the host when it is first asked."""
        self._later.append(job)

    def fill(self) -> None:
        """Do what was left for later."""
        jobs, self._later = self._later, []
        for job in jobs:
            job()

    def answer(self, asked: Asked) -> Answer:
        refusal = REFUSALS.get(self.gate)
        self.answered += 1
        if refusal is not None and (self.gate != "412_later" or self.answered > _LATER):
            return refusal
        self.fill()
        if asked.path != "/robots.txt":
            for turning in self.turnings:
                answer = turning.answer(asked)
                if answer is not None:
                    return answer
        return super().answer(asked)
