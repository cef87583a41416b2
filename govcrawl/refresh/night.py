"""One refresh from its first row in `crawl_runs` to its report: the crawl between two looks at the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from govcrawl.crawl.budget import Budget
from govcrawl.model import StoreError
from govcrawl.portals import load_portals, registry_folder
from govcrawl.refresh.plans import RefreshPlan
from govcrawl.refresh.report import REQUESTS, RefreshReport, RunFigures, figures_of
from govcrawl.store import Store
from govcrawl.store.errors import explained
from govcrawl.store.figures import Before, before, changes, last_coverage
from govcrawl.store.rows import stamp
from spiders.run import Begin, Plan, RunReport, Watch, run

FINE, BELOW, UNUSABLE, INTERRUPTED = 0, 1, 4, 130


@dataclass(frozen=True, slots=True)
class _Opened:
    """A run that has its row."""

    id: int
    at: datetime
    earlier: Before


def run_night(
    crawl: Plan,
    plan: RefreshPlan,
    watch: Watch,
    now: Callable[[], datetime],
    relating: Begin = lambda total: lambda step: None,
) -> RefreshReport:
    """Refresh what is due. The caller holds the lock.

    Args:
        crawl: whom to ask, and where to store; the policy, the look back and the budget are taken from `plan`.
        plan: what the run may cost and must not do worse than.
        watch: called about once a second with the counters so far.
        now: the clock.
        relating: is told how many steps relating has, when the spiders have ended, and gives what is told of each.

    Raises:
        StoreError: the database cannot be written, so that nothing was begun.
    """
    opened = _open(crawl, plan, now())
    done = run(replace(crawl, settings={**crawl.settings, **_settings(plan, opened.id)}), watch, relating)
    try:
        return _close(crawl, plan, opened, done, now())
    except StoreError as error:
        figures = RunFigures(done.seconds, done.counts.get(REQUESTS, 0))
        trouble = (*_trouble(done), f"the run's end could not be stored: {error}")
        return RefreshReport(
            plan.name or None, opened.at, now(), figures, str(plan.budget), trouble=trouble, exit_code=UNUSABLE
        )


def _settings(plan: RefreshPlan, run_id: int) -> dict[str, str]:
    return {
        "GOVCRAWL_REVISITS": "due",
        "GOVCRAWL_LOOK_BACK": "" if plan.look_back is None else str(plan.look_back),
        "GOVCRAWL_RUN_BUDGET": str(plan.budget),
        "GOVCRAWL_REFRESH_ID": str(run_id),
    }


def _open(crawl: Plan, plan: RefreshPlan, at: datetime) -> _Opened:
    arguments: dict[str, Any] = {
        "plan": plan.name,
        "spiders": {spider: len(ids) or "all" for spider, ids in crawl.spiders.items()},
        "years": list(plan.years),
        "look_back": plan.look_back,
        "budget": str(plan.budget),
        "thresholds": {name: limit for name, limit in asdict(plan.thresholds).items() if limit is not None},
    }
    with Store.open(crawl.db) as store, explained(crawl.db):
        return _Opened(store.start_run(at, "refresh", arguments), at, before(store.connection))


def _close(crawl: Plan, plan: RefreshPlan, opened: _Opened, done: RunReport, at: datetime) -> RefreshReport:
    with Store.open(crawl.db) as store, explained(crawl.db):
        visits = store.visits()
        differs = changes(store.connection, opened.earlier, opened.at)
        last = last_coverage(store.connection, opened.id)
        left = [each for each in _portals(crawl) if visits.get(each, "") < stamp(opened.at)]
        figures = figures_of(done.counts, done.seconds, differs, last, left)
        report = judge(plan, figures, done, opened.at, at)
        store.finish_run(opened.id, at, report.exit_code, report.to_dict())
        return report


def judge(
    plan: RefreshPlan, figures: RunFigures, done: RunReport, started: datetime, finished: datetime
) -> RefreshReport:
    """The report of a run, with the exit code that its figures and its end deserve."""
    broken = () if done.network_down else tuple(plan.thresholds.broken(figures, _today(finished)))
    return RefreshReport(
        plan=plan.name or None,
        started_at=started,
        finished_at=finished,
        figures=figures,
        budget=str(plan.budget),
        budget_left=left_over(plan.budget, figures),
        thresholds_broken=broken,
        trouble=_trouble(done),
        reasons=done.reasons,
        exit_code=_exit_code(done, broken),
    )


def left_over(budget: Budget, figures: RunFigures) -> str:
    """What is left of a budget, in words; empty where there is none, or nothing is left."""
    if budget.requests is not None:
        rest = budget.requests - figures.requests
        return f"{rest} requests" if rest > 0 else ""
    seconds = 0.0 if budget.seconds is None else budget.seconds - figures.seconds
    return f"{seconds / 60:.1f} min" if seconds > 0 else ""


def _exit_code(done: RunReport, broken: tuple[str, ...]) -> int:
    if done.interrupted:
        return INTERRUPTED
    if done.errors or done.network_down:
        return UNUSABLE
    return BELOW if done.failed or broken else FINE


def _trouble(done: RunReport) -> tuple[str, ...]:
    silent = done.counts.get("govcrawl/portals/silent", 0)
    sentences = list(done.errors)
    if done.interrupted:
        sentences.append("interrupted; nothing stored is lost, and the same command goes on from here")
    if done.network_down:
        sentences.append(
            f"none of the {silent} portals that were asked answered: the network seems down; no portal was judged "
            "by it and nothing is lost"
        )
    if done.failed and not done.errors:
        sentences.append(f"{', '.join(done.failed)} did not finish; the log says why")
    return tuple(sentences)


def _portals(crawl: Plan) -> list[str]:
    """Ids of every portal that the run was to visit."""
    folder = crawl.registry or registry_folder()
    return [
        portal.id
        for spider, ids in crawl.spiders.items()
        for portal in load_portals(folder / f"{spider}.csv")
        if not ids or portal.id in ids
    ]


def _today(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
