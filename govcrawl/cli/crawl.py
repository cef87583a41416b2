"""`govcrawl crawl`: fetch, read, prove and store the reports of provinces."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govcrawl.cli.common import ExitCode, json_option, place_options, places, put, put_json, tell
from govcrawl.cli.counters import outcome_lines, watching
from govcrawl.cli.running import (
    LOG_NAME,
    browser_option,
    choose,
    network_down,
    portals_of,
    prepare,
    registry_of,
    registry_option,
    settings_option,
    with_browser,
)
from govcrawl.locale.terminal import _, retold

if TYPE_CHECKING:
    from spiders.run import Plan


@click.command(short_help="Crawl provinces by name, or all there are.")
@click.argument("provinces", metavar="[PROVINCE]...", nargs=-1)
@click.option("--year", "years", type=click.IntRange(2008, 2100), multiple=True, help="Only reports of this year.")
@click.option("--portal", "portals", metavar="ID", multiple=True, help="Only the portal of this id.")
@registry_option
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Fetch at most N reports of each portal.")
@click.option("--full", is_flag=True, help="Fetch known reports again as well.")
@browser_option
@settings_option
@json_option
@place_options
def crawl(
    provinces: tuple[str, ...],
    years: tuple[int, ...],
    portals: tuple[str, ...],
    registry: Path | None,
    sample: int | None,
    full: bool,
    browser: bool,
    settings: dict[str, str],
    as_json: bool,
    db: Path | None,
    data_dir: Path,
) -> None:
    """Crawl provinces by name (gansu, shandong …), or every province there is a spider for.

    Stopped at any moment, by Ctrl-C or worse, the same command goes on where it stopped. Known reports are not fetched
    again unless their list changed or --full is given.

    \b
    Example:
      govcrawl crawl gansu --year 2020 --year 2021 --sample 5
    """
    from govcrawl.lock import hold_lock
    from spiders.run import Plan, UnknownPortalError, share_out

    where = places(db, data_dir)
    with registry_of(registry, settings) as (folder, spiders):
        chosen = choose(provinces, spiders)
        try:
            shares = share_out(portals, chosen, folder)
        except UnknownPortalError as error:
            raise click.BadParameter(retold(error), param_hint="--portal") from error
        plan = Plan(
            spiders=shares,
            db=where.db,
            data_dir=where.data_dir,
            log_file=where.data_dir / LOG_NAME,
            years=years,
            registry=folder,
            sample=sample,
            full=full,
            settings=with_browser(settings, browser),
        )
        with hold_lock(where.db):
            sys.exit(_run(plan, as_json))


def _run(plan: Plan, as_json: bool) -> ExitCode:
    from spiders.run import run

    prepare(plan)
    with watching(_("crawling"), portals_of(plan)) as watch:
        report = run(plan, watch, watch.relating)
    if as_json:
        put_json(report.to_dict())
    else:
        for line in outcome_lines(report.counts, report.seconds):
            put(line)
    if report.interrupted:
        tell(_("interrupted; nothing stored is lost, and the same command goes on from here."))
        return ExitCode.INTERRUPTED
    if report.network_down:
        tell(network_down(report))
        return ExitCode.UNUSABLE
    if report.failed:
        tell(_("{spiders} did not finish; {log} says why.", spiders=", ".join(report.failed), log=plan.log_file))
        return ExitCode.BELOW
    if not as_json:
        put(_("next: {command}", command=f"govcrawl status --db {plan.db}"))
    return ExitCode.FINE
