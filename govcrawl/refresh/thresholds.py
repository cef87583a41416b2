"""What a run must not do worse than. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from govcrawl.crawl.revisits import SEASON
from govcrawl.refresh.report import RunFigures

LIMITS = {
    "max_failing_share": True,
    "max_blocked_share": True,
    "max_coverage_drop": True,
    "max_vanished": False,
    "max_new_problems": False,
    "min_new_in_season": False,
}
"""Every limit, and whether it is a share."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The limits of a plan; None for none."""

    max_failing_share: float | None = None
    """Of the portals visited, those that failed."""
    max_blocked_share: float | None = None
    """Of the portals visited, those that block."""
    max_coverage_drop: float | None = None
    """How far a province's share of expected reports found may fall from one run to the next."""
    max_vanished: int | None = None
    """Reports found gone in one run."""
    max_new_problems: int | None = None
    min_new_in_season: int | None = None
    """Reports, new or changed, that a run from January to April must bring."""

    def broken(self, figures: RunFigures, today: date) -> Iterator[str]:
        """A sentence for each limit that the run broke."""
        visited = sum(figures.portals.values())
        failing, blocking = figures.portals.get("failing", 0), figures.portals.get("blocked", 0)
        if _is_above(failing, visited, self.max_failing_share):
            yield f"{failing} of {visited} portals visited failed; {self.max_failing_share:.0%} are allowed"
        if _is_above(blocking, visited, self.max_blocked_share):
            yield f"{blocking} of {visited} portals visited block; {self.max_blocked_share:.0%} are allowed"
        yield from self._coverage(figures)
        if self.max_vanished is not None and figures.vanished_count > self.max_vanished:
            yield f"{figures.vanished_count} reports vanished; {self.max_vanished} are allowed"
        new = sum(figures.problems_new.values())
        if self.max_new_problems is not None and new > self.max_new_problems:
            yield f"{new} problems are new; {self.max_new_problems} are allowed"
        brought = figures.new + figures.changed
        if self.min_new_in_season is not None and today.month in SEASON and brought < self.min_new_in_season:
            yield f"{brought} reports are new or changed; in the season at least {self.min_new_in_season} are expected"

    def _coverage(self, figures: RunFigures) -> Iterator[str]:
        if self.max_coverage_drop is None:
            return
        for province in figures.coverage:
            before, now = province.before, province.share
            if before is not None and now is not None and before - now > self.max_coverage_drop:
                yield f"coverage of {province.name} fell from {before:.1%} to {now:.1%}"


def _is_above(number: int, of: int, limit: float | None) -> bool:
    return limit is not None and of > 0 and number / of > limit
