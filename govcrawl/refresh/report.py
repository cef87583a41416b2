"""The run report: what a nightly run brought, lost and met, from the figures of the crawl and of the store. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

REQUESTS = "downloader/request_count"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Expected against found, of one province."""

    code: str
    name: str
    expected: int
    found: int
    before: float | None = None
    """The share found at the end of the last run, where there was one."""

    @property
    def share(self) -> float | None:
        return self.found / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class RunFigures:
    """The figures of one run."""

    seconds: float = 0.0
    requests: int = 0
    listed: int = 0
    """Report rows seen in columns."""
    due: int = 0
    """Of these, pages asked for."""
    new: int = 0
    changed: int = 0
    """New versions of known reports."""
    duplicate: int = 0
    """Known reports at further addresses."""
    unchanged: int = 0
    """Known pages that were asked for and are as they were."""
    vanished_count: int = 0
    vanished: tuple[Mapping[str, Any], ...] = ()
    """`url`, `portal_id`, `vanished` (`page` or `row`), `report_id`, `title`; the first of them."""
    problems_new: Mapping[str, int] = field(default_factory=dict)
    problems_mended: Mapping[str, int] = field(default_factory=dict)
    problems_open: Mapping[str, int] = field(default_factory=dict)
    problems_named: tuple[Mapping[str, Any], ...] = ()
    """The new ones: `url`, `portal_id`, `kind`, `detail`; the first of them."""
    columns: tuple[Mapping[str, Any], ...] = ()
    """Columns that stopped working: `portal_id`, `url`, `state` (`moved` or `broken`), `moved_to`."""
    portals: Mapping[str, int] = field(default_factory=dict)
    """State → portals visited."""
    portals_in_trouble: tuple[Mapping[str, Any], ...] = ()
    """`id`, `name`, `state`, `reason`."""
    portals_left: tuple[str, ...] = ()
    """Portals whose walk did not end, since the budget was used up or the run was stopped."""
    coverage: tuple[Coverage, ...] = ()

    @property
    def brought_anything(self) -> bool:
        """Whether the corpus is another than before."""
        return bool(self.new or self.changed or self.duplicate or self.vanished_count)


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """A run and how it ended."""

    plan: str | None
    started_at: datetime
    finished_at: datetime
    figures: RunFigures
    budget: str = ""
    """What the run was allowed; empty for no limit."""
    budget_left: str = ""
    thresholds_broken: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()
    """Why the run did not end as it should have, in sentences."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Spider → why it ended."""
    exit_code: int = 0

    @property
    def is_fine(self) -> bool:
        return self.exit_code == 0

    def to_dict(self) -> dict[str, Any]:
        """The report as it is stored in `crawl_runs` and printed by `--json`."""
        figures = asdict(self.figures)
        figures["seconds"] = round(self.figures.seconds, 1)
        figures["coverage"] = [{**asdict(each), "share": each.share} for each in self.figures.coverage]
        return {
            "plan": self.plan,
            "started_at": self.started_at.isoformat(timespec="seconds"),
            "finished_at": self.finished_at.isoformat(timespec="seconds"),
            "exit_code": self.exit_code,
            "trouble": list(self.trouble),
            "thresholds_broken": list(self.thresholds_broken),
            "budget": self.budget,
            "budget_left": self.budget_left,
            "reasons": dict(self.reasons),
            **figures,
        }


def figures_of(
    counts: Mapping[str, int],
    seconds: float,
    changes: Mapping[str, Any],
    last: Mapping[str, float],
    left: Iterable[str] = (),
) -> RunFigures:
    """The figures of a run.

    Args:
        counts: the counters of the spiders, summed.
        seconds: how long it took.
        changes: what differs in the store (`govcrawl.store.figures.changes`).
        last: province code → share found at the end of the run before.
        left: ids of the portals whose walk did not end.
    """
    stored = {what: counts.get(f"govcrawl/store/{what}", 0) for what in ("new", "revised", "duplicate", "unchanged")}
    confirmed = counts.get("govcrawl/store/not_modified", 0) + counts.get("govcrawl/store/same_report", 0)
    coverage = tuple(
        Coverage(
            row["province_code"],
            row["name"] or row["province_code"],
            row["expected"],
            row["found"],
            last.get(row["province_code"]),
        )
        for row in changes["coverage"]
    )
    return RunFigures(
        seconds=seconds,
        requests=counts.get(REQUESTS, 0),
        listed=counts.get("govcrawl/reports/listed", 0),
        due=counts.get("govcrawl/reports/due", 0),
        new=stored["new"],
        changed=stored["revised"],
        duplicate=stored["duplicate"],
        unchanged=stored["unchanged"] + confirmed,
        vanished_count=changes["vanished_count"],
        vanished=tuple(changes["vanished"]),
        problems_new=changes["problems_new"],
        problems_mended=changes["problems_mended"],
        problems_open=changes["problems_open"],
        problems_named=tuple(changes["problems_named"]),
        columns=tuple(changes["columns"]),
        portals=changes["portals"],
        portals_in_trouble=tuple(changes["portals_in_trouble"]),
        portals_left=tuple(left),
        coverage=coverage,
    )
