"""`govcrawl schedule`: crontab lines and systemd units for plans."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govcrawl.cli.common import Places, json_option, place_options, places, put, put_json, tell
from govcrawl.cli.running import PLANS_NAME, plans_file
from govcrawl.locale.terminal import _, retold
from govcrawl.model import StoreError

if TYPE_CHECKING:
    from govcrawl.refresh.plans import RefreshPlan
    from govcrawl.refresh.schedule import Job

LOG_NAME = "refresh.log"


@click.command(short_help="Print crontab lines or systemd units for nightly runs.")
@click.option(
    "--plans",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"The file of plans.  [default: {PLANS_NAME} here or in --data-dir; without one, everything every night]",
)
@click.option("--plan", "name", metavar="NAME", help="Only this plan; else all that have a cadence.")
@click.option(
    "--format", "form", type=click.Choice(["cron", "systemd"]), default="cron", show_default=True, help="For whom."
)
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="Write files into this folder instead."
)
@click.option("--user", default=getpass.getuser, show_default="the one who asks", help="Who runs it under systemd.")
@click.option(
    "--env-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file of lines NAME=value that the runs need, as GOVCRAWL_CONTACT and whom to notify.",
)
@json_option
@place_options
def schedule(
    file: Path | None,
    name: str | None,
    form: str,
    output: Path | None,
    user: str,
    env_file: Path | None,
    as_json: bool,
    db: Path | None,
    data_dir: Path,
) -> None:
    """Print the crontab line or the systemd units that run plans by the clock. Nothing is installed.

    \b
    Example:
      govcrawl schedule --format systemd
    """
    where = places(db, data_dir)
    found = plans_file(file, where)
    jobs = [_job(plan, found, where, db, user, env_file) for plan in _plans(found, name)]
    files = _files(jobs, form)
    if output is not None:
        for path in _written(output, files):
            put(str(path))
    elif as_json:
        put_json([{"name": title, "text": text} for title, text in files.items()])
    else:
        for title, text in files.items():
            put(f"# {title}")
            put(text)
    for line in _hints(found, env_file):
        tell(line)


def _hints(file: Path | None, env_file: Path | None) -> Iterator[str]:
    """What surprises who only typed `govcrawl refresh gansu` until now."""
    if file is None:
        yield _("without {name} the runs ask every portal of the country: name provinces in a plan", name=PLANS_NAME)
    if env_file is None:
        yield _(
            "the runs do not know this shell's variables: put GOVCRAWL_CONTACT and others into a file, and name it "
            "with --env-file"
        )
    elif not env_file.is_file():
        yield _("{file} is not there yet: no run begins without it", file=Path.cwd() / env_file)


def _plans(file: Path | None, name: str | None) -> list[RefreshPlan]:
    """The plans to schedule; where there is no file of them, everything every night."""
    from govcrawl.refresh.cadence import Cadence
    from govcrawl.refresh.plans import PlanError, RefreshPlan, load_plans, plan_named

    if file is None:
        if name is not None:
            raise click.BadParameter(_("there is no {name} to look for it in", name=PLANS_NAME), param_hint="--plan")
        return [RefreshPlan("nightly", cadence=Cadence())]
    try:
        plans = [plan_named(name, file)] if name else [plan for plan in load_plans(file).values() if plan.cadence]
    except PlanError as error:
        raise click.BadParameter(retold(error), param_hint="--plans") from error
    if not plans or any(plan.cadence is None for plan in plans):
        if name:
            told = _("{file}: plan {name} has no cadence, so it cannot be scheduled", file=file, name=repr(name))
        else:
            told = _("{file}: no plan has a cadence, so it cannot be scheduled", file=file)
        raise click.BadParameter(told, param_hint="--plans")
    return plans


def _job(plan: RefreshPlan, file: Path | None, where: Places, db: Path | None, user: str, env_file: Path | None) -> Job:
    from govcrawl.refresh.cadence import Cadence
    from govcrawl.refresh.schedule import Job

    here = Path.cwd()
    command = [*_program(), "refresh"]
    if file is not None:
        command += ["--plan", plan.name, "--plans", str(here / file)]
    command += ["--data-dir", str(here / where.data_dir)]
    if db is not None:
        command += ["--db", str(here / db)]
    return Job(
        name=plan.name,
        cadence=plan.cadence or Cadence(),
        command=tuple(command),
        folder=here,
        log=here / where.data_dir / LOG_NAME,
        user=user,
        env_file=here / env_file if env_file else None,
    )


def _program() -> tuple[str, ...]:
    """How this very program is started without a PATH."""
    beside = Path(sys.executable).with_name("govcrawl")
    return (str(beside),) if beside.is_file() else (sys.executable, "-m", "govcrawl")


def _files(jobs: list[Job], form: str) -> dict[str, str]:
    """Name of a file → its text."""
    from govcrawl.refresh.schedule import crontab_line, service_unit, timer_unit, unit_name

    if form == "cron":
        return {"govcrawl.crontab": "\n".join(crontab_line(job) for job in jobs)}
    units = {}
    for job in jobs:
        units[f"{unit_name(job)}.service"] = service_unit(job)
        units[f"{unit_name(job)}.timer"] = timer_unit(job)
    return units


def _written(folder: Path, files: dict[str, str]) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(f"{text.rstrip()}\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror or error}; name another folder with --output") from error
    return [folder / name for name in files]
