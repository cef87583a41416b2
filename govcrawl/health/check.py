"""One thing that was looked at, and how it was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a check ended."""

    GOOD = "good"
    NOTE = "note"
    """Worth knowing; nothing is broken."""
    BAD = "bad"
    """govcrawl cannot work like this."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. Its texts are English; `govcrawl.locale.retelling` has them in other languages."""

    name: str
    mark: Mark
    saw: str
    mend: str = ""

    def to_dict(self) -> dict[str, str]:
        return {"name": self.name, "mark": str(self.mark), "saw": self.saw, "mend": self.mend}
