"""`govcrawl crawl`: fetch, read, prove and store the reports of provinces."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from govcrawl.cli.common import ExitCode, json_option, place_options, places, put, put_json, tell
from govcrawl.cli.counters import outcome_lines, watching
from govcrawl.model import RegistryError, StoreError

if TYPE_CHECKING:
    from spiders.run import Plan

LOG_NAME = "crawl.log"


def _settings(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    if any(not name or not sign for name, sign, _ in pairs):
        raise click.BadParameter("must be NAME=VALUE")
    return {name: value for name, _, value in pairs}


@click.command()
@click.argument("provinces", metavar="[PROVINCE]...", nargs=-1)
@click.option("--year", "years", type=click.IntRange(2008, 2100), multiple=True, help="Only reports of this year.")
@click.option("--portal", "portals", metavar="ID", multiple=True, help="Only the portal of this id.")
@click.option(
    "--portals",
    "registry",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Crawl the portals of this registry file instead of the project's.",
)
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Fetch at most N reports of each portal.")
@click.option("--full", is_flag=True, help="Fetch known reports again as well.")
@click.option(
    "-s",
    "--set",
    "settings",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_settings,
    help="Set a Scrapy setting for this run.",
)
@json_option
@place_options
def crawl(
    provinces: tuple[str, ...],
    years: tuple[int, ...],
    portals: tuple[str, ...],
    registry: Path | None,
    sample: int | None,
    full: bool,
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
    with _registry(registry, settings) as (folder, spiders):
        chosen = _choose(provinces, spiders)
        try:
            shares = share_out(portals, chosen, folder)
        except UnknownPortalError as error:
            raise click.BadParameter(str(error), param_hint="--portal") from error
        plan = Plan(
            spiders=shares,
            db=where.db,
            data_dir=where.data_dir,
            log_file=where.data_dir / LOG_NAME,
            years=years,
            registry=folder,
            sample=sample,
            full=full,
            settings=settings,
        )
        with hold_lock(where.db):
            sys.exit(_run(plan, as_json))


@contextmanager
def _registry(file: Path | None, settings: Mapping[str, str]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The registry folder of the run, and the spiders that have portals in it."""
    from govcrawl.portals import registry_folder
    from spiders.run import spider_names, split_registry

    if file is not None:
        with TemporaryDirectory(prefix="govcrawl-registry-") as made:
            try:
                spiders = split_registry(file, Path(made))
            except RegistryError as error:
                raise click.BadParameter(str(error), param_hint="--portals") from error
            yield Path(made), spiders
        return
    folder = Path(settings.get("GOVCRAWL_REGISTRY") or registry_folder())
    yield folder, tuple(name for name in spider_names() if (folder / f"{name}.csv").is_file())


def _choose(provinces: tuple[str, ...], spiders: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [name for name in provinces if name not in spiders]
    if unknown:
        raise click.BadParameter(
            f"{', '.join(unknown)}: no such province; there are {', '.join(spiders)}", param_hint="PROVINCE"
        )
    return provinces or spiders


def _run(plan: Plan, as_json: bool) -> ExitCode:
    from govcrawl.forms.schema import load_forms
    from govcrawl.settings import CONTACT
    from govcrawl.store import Store
    from spiders.run import run

    load_forms()
    try:
        plan.log_file.parent.mkdir(parents=True, exist_ok=True)
        plan.log_file.open("a").close()
    except OSError as error:
        raise StoreError(f"{plan.log_file}: {error.strerror or error}; name another folder with --data-dir") from error
    with Store.open(plan.db):  # a crawl that cannot store is told before it begins, not in its log
        pass
    if not CONTACT and "GOVCRAWL_HOSTS" not in plan.settings:
        tell(
            "portals cannot reach you: set GOVCRAWL_CONTACT to a mail address or a web page before you crawl in earnest"
        )
    tell(f"crawling {', '.join(plan.spiders)} into {plan.db}; log in {plan.log_file}")
    with watching("crawling") as watch:
        report = run(plan, watch)
    if as_json:
        put_json(report.to_dict())
    else:
        for line in outcome_lines(report.counts, report.seconds):
            put(line)
    if report.interrupted:
        tell("interrupted; nothing stored is lost, and the same command goes on from here.")
        return ExitCode.INTERRUPTED
    if report.failed:
        tell(f"{', '.join(report.failed)} did not finish; {plan.log_file} says why.")
        return ExitCode.BELOW
    if not as_json:
        put(f"next: govcrawl status --db {plan.db}")
    return ExitCode.FINE
