"""What a whole run may cost, in requests or in time; one account for all spiders of the process."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_FORM = re.compile(r"^\s*(\d+)\s*(s|m|min|h|)\s*$", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit; None for none."""

    requests: int | None = None
    seconds: float | None = None

    @classmethod
    def parse(cls, text: str) -> Budget:
        """Read `5000` (requests) or `90m`, `2h`, `600s` (time); no limit where the text is empty.

        Raises:
            ValueError: it is none of these, or nothing at all is allowed.
        """
        if not text.strip():
            return cls()
        found = _FORM.match(text)
        number = int(found[1]) if found else 0
        if found is None or number < 1:
            raise ValueError(f"{text!r} is no budget; write 90m or 2h for time, 5000 for requests")
        unit = found[2].lower()
        return cls(seconds=float(number * _SECONDS[unit])) if unit else cls(requests=number)

    def __str__(self) -> str:
        if self.requests is not None:
            return str(self.requests)
        return "" if self.seconds is None else f"{self.seconds:.0f}s"

    @property
    def is_limited(self) -> bool:
        return self.requests is not None or self.seconds is not None


UNLIMITED = Budget()


@dataclass(slots=True)
class Account:
    """What a run has spent of its budget."""

    budget: Budget
    clock: Callable[[], float] = time.monotonic
    requests: int = 0
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    def charge(self) -> None:
        """A request is made."""
        self.requests += 1

    def is_spent(self) -> bool:
        """Whether no further request may be made."""
        budget = self.budget
        if budget.requests is not None:
            return self.requests >= budget.requests
        return budget.seconds is not None and self.clock() - self.started >= budget.seconds
