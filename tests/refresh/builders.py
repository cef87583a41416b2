"""Run reports for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from govcrawl.refresh.report import Coverage, RefreshReport, RunFigures

STARTED = datetime(2024, 3, 5, 2, 30, tzinfo=UTC)
FINISHED = datetime(2024, 3, 5, 3, 10, tzinfo=UTC)
GANSU = Coverage("620000", "甘肃省", 200, 150, 0.8)


def figures(**given: Any) -> RunFigures:
    """A run like many."""
    usual: dict[str, Any] = {
        "seconds": 2400.0,
        "requests": 321,
        "listed": 1000,
        "due": 50,
        "new": 3,
        "changed": 2,
        "duplicate": 1,
        "unchanged": 44,
        "problems_new": {"blocked": 1},
        "problems_open": {"blocked": 1, "unreachable": 4},
        "portals": {"working": 8, "failing": 1, "blocked": 1},
        "coverage": (GANSU,),
    }
    return RunFigures(**{**usual, **given})


def report(run: RunFigures | None = None, **given: Any) -> RefreshReport:
    """Its report."""
    return RefreshReport("nightly", STARTED, FINISHED, run or figures(), **given)
