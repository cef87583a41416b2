"""`govcrawl refresh`: the nightly run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govcrawl.cli.common import ExitCode, Places, json_option, place_options, places, put, put_json, tell
from govcrawl.cli.counters import watching
from govcrawl.cli.running import (
    LOG_NAME,
    PLANS_NAME,
    browser_option,
    choose,
    plans_file,
    portals_of,
    prepare,
    registry_of,
    registry_option,
    settings_option,
    with_browser,
)
from govcrawl.locale.terminal import _, retold
from govcrawl.lock import LockedError, hold_lock
from govcrawl.model import GovcrawlError

if TYPE_CHECKING:
    from govcrawl.crawl.budget import Budget
    from govcrawl.refresh.notify import Notifier
    from govcrawl.refresh.plans import RefreshPlan
    from govcrawl.refresh.report import RefreshReport
    from spiders.run import Plan


def _budget(ctx: click.Context, param: click.Parameter, value: str | None) -> Budget | None:
    from govcrawl.crawl.budget import Budget

    try:
        return None if value is None else Budget.parse(value)
    except ValueError as error:
        raise click.BadParameter(retold(error)) from error


@click.command(short_help="The nightly run: crawl what is due, tell what changed.")
@click.argument("provinces", metavar="[PROVINCE]...", nargs=-1)
@click.option("--plan", "name", metavar="NAME", help="Do what this plan says; options given beside it go before it.")
@click.option(
    "--plans",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"The file of plans.  [default: {PLANS_NAME} here or in --data-dir]",
)
@click.option("--year", "years", type=click.IntRange(2008, 2100), multiple=True, help="Only reports of this year.")
@click.option("--portal", "portals", metavar="ID", multiple=True, help="Only the portal of this id.")
@registry_option
@click.option(
    "--budget",
    metavar="90m|5000",
    callback=_budget,
    help="Stop asking after so much time (s, m, h) or so many requests; the next run goes on with what is left.",
)
@click.option(
    "--look-back",
    type=click.IntRange(0),
    metavar="DAYS",
    help="Ask for every known report that was not confirmed for so many days; 0 for all.",
)
@click.option("--notify", metavar="URL", multiple=True, help="Tell this address of apprise (extra [notify]).")
@click.option(
    "--notify-when", type=click.Choice(["always", "changes", "trouble"]), help="When to tell.  [default: trouble]"
)
@click.option(
    "--metrics", type=click.Path(dir_okay=False, path_type=Path), help="Write a Prometheus text file about the run."
)
@browser_option
@settings_option
@json_option
@place_options
def refresh(
    provinces: tuple[str, ...],
    name: str | None,
    file: Path | None,
    years: tuple[int, ...],
    portals: tuple[str, ...],
    registry: Path | None,
    budget: Budget | None,
    look_back: int | None,
    notify: tuple[str, ...],
    notify_when: str | None,
    metrics: Path | None,
    browser: bool,
    settings: dict[str, str],
    as_json: bool,
    db: Path | None,
    data_dir: Path,
) -> None:
    """Crawl what is due, and report what is new, changed and gone: the run for cron.

    Columns are always read. A known report is asked for again when its row changed, or when it is due: a recent one
    every few days, an old one twice a year. Stopped at any moment, the next run begins with the portals not visited.

    \b
    Example:
      govcrawl refresh gansu --budget 90m
    """
    from govcrawl.refresh.plans import When

    where = places(db, data_dir)
    given: dict[str, Any] = {
        "provinces": provinces,
        "portals": portals,
        "years": years,
        "budget": budget,
        "look_back": look_back,
        "notify_when": When(notify_when) if notify_when else None,
        "metrics": metrics,
    }
    said = {key: value for key, value in given.items() if value not in (None, ())}
    plan = replace(_plan(name, file, where), **said)
    sys.exit(_refresh(plan, notify, registry, with_browser({**plan.settings, **settings}, browser), where, as_json))


def _plan(name: str | None, file: Path | None, where: Places) -> RefreshPlan:
    from govcrawl.refresh.plans import PlanError, RefreshPlan, plan_named

    if name is None:
        if file is not None:
            raise click.BadParameter(_("name a plan of {file} with --plan", file=file), param_hint="--plans")
        return RefreshPlan("")
    found = plans_file(file, where)
    if found is None:
        told = _("there is no {name} here or in {folder}", name=PLANS_NAME, folder=where.data_dir)
        raise click.BadParameter(told, param_hint="--plans")
    try:
        return plan_named(name, found)
    except PlanError as error:
        raise click.BadParameter(retold(error), param_hint="--plan") from error


def _refresh(
    plan: RefreshPlan,
    addresses: tuple[str, ...],
    registry: Path | None,
    settings: dict[str, str],
    where: Places,
    as_json: bool,
) -> ExitCode:
    from govcrawl.refresh.metrics import check_folder
    from govcrawl.refresh.notify import Notifier, addresses_of

    notifier = Notifier([*addresses, *addresses_of(plan.notify, os.environ)], plan.notify_when)
    if plan.metrics is not None:
        check_folder(plan.metrics)
    with registry_of(registry, settings) as (folder, spiders):
        crawl = _crawl(plan, folder, spiders, settings, where)
        with _told(plan, notifier):
            report = _run(crawl, plan)
    if as_json:
        put_json(report.to_dict())
    else:
        from govcrawl.refresh.text import page

        for line in page(report):
            put(line)
    for line in report.trouble:
        tell(f"govcrawl: {retold(line)}")
    return _publish(report, plan, notifier)


def _crawl(plan: RefreshPlan, folder: Path, spiders: tuple[str, ...], settings: dict[str, str], where: Places) -> Plan:
    """What the spiders are asked to do."""
    from govcrawl.crawl.settings import divisions_table
    from govcrawl.divisions import load_divisions
    from govcrawl.portals import load_portals
    from govcrawl.refresh.plans import PlanError
    from govcrawl.refresh.selection import of_levels
    from spiders.run import Plan, UnknownPortalError, share_out

    chosen = choose(plan.provinces, spiders)
    try:
        shares = share_out(plan.portals, chosen, folder)
        if plan.levels:
            divisions = load_divisions(divisions_table(settings, where.data_dir))
            registered = {spider: load_portals(folder / f"{spider}.csv") for spider in shares}
            shares = of_levels(shares, registered, plan.levels, divisions)
    except UnknownPortalError as error:
        raise click.BadParameter(retold(error), param_hint="--portal") from error
    except PlanError as error:
        raise click.BadParameter(retold(error), param_hint="--plan") from error
    return Plan(
        spiders=shares,
        db=where.db,
        data_dir=where.data_dir,
        log_file=where.data_dir / LOG_NAME,
        years=plan.years,
        registry=folder,
        settings=settings,
    )


def _run(crawl: Plan, plan: RefreshPlan) -> RefreshReport:
    from govcrawl.refresh.night import run_night

    with hold_lock(crawl.db):
        prepare(crawl)
        with watching(_("refreshing"), portals_of(crawl), plan.budget.seconds) as watch:
            return run_night(crawl, plan, watch, lambda: datetime.now(UTC), watch.relating)


@contextmanager
def _told(plan: RefreshPlan, notifier: Notifier) -> Iterator[None]:
    """Tell people also of a run that could not begin."""
    from govcrawl.refresh.report import RefreshReport, RunFigures

    started = datetime.now(UTC)
    try:
        yield
    except GovcrawlError as error:
        code = ExitCode.LOCKED if isinstance(error, LockedError) else ExitCode.UNUSABLE
        report = RefreshReport(
            plan.name or None, started, datetime.now(UTC), RunFigures(), trouble=(str(error),), exit_code=code
        )
        if code is ExitCode.LOCKED:  # the run that holds the lock writes the metrics
            plan = replace(plan, metrics=None)
        _publish(report, plan, notifier)
        raise


def _publish(report: RefreshReport, plan: RefreshPlan, notifier: Notifier) -> ExitCode:
    """Write the metrics and tell people. What fails of that is told here, and makes a fine run less than fine."""
    from govcrawl.refresh.metrics import MetricsError, write_metrics

    code = ExitCode(report.exit_code)
    if plan.metrics is not None:
        try:
            write_metrics(plan.metrics, report)
        except MetricsError as error:
            tell(_("govcrawl: the metrics were not written: {error}", error=retold(error)))
            code = code or ExitCode.BELOW
    if notifier.wants(report) and not notifier.send(report):
        tell(_("govcrawl: somebody who was to be notified could not be reached"))
        code = code or ExitCode.BELOW
    return code
