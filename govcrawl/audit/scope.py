"""What every check is given, and what it gives."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from govcrawl.audit.expectations import Expected
from govcrawl.store import Corpus


class Weight(StrEnum):
    """How bad a fault is."""

    FAIL = "fail"
    """The corpus is not what it says it is."""
    WARN = "warn"
    """Somebody should look."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong."""

    check: str
    weight: Weight
    where: str
    """A table, a report, an address, or a file."""
    message: str

    def to_dict(self) -> dict[str, str]:
        return {"check": self.check, "weight": str(self.weight), "where": self.where, "message": self.message}


@dataclass(slots=True)
class Scope:
    """What is audited. Checks count in `looked_at` what they looked at."""

    corpus: Corpus
    archive: Path
    """The folder with the WARC files."""
    expected: tuple[Expected, ...] = ()
    divisions: Path | None = None
    """The gazetteer that reports are read again with; the program's own where not given."""
    workers: int | None = None
    """Processes that read again at the same time; the machine's cores where not given."""
    looked_at: Counter[str] = field(default_factory=Counter)

    @property
    def connection(self) -> sqlite3.Connection:
        return self.corpus.connection
