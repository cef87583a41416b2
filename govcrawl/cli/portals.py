"""`govcrawl portals`: what the registry holds, which portals answer, and a new one for it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govcrawl.cli.bars import progress
from govcrawl.cli.common import DATA_DIR, ExitCode, json_option, put, put_json, put_table, tell
from govcrawl.cli.helping import Group
from govcrawl.cli.running import choose, registry_of, registry_option, settings_option
from govcrawl.locale.terminal import _, retold
from govcrawl.model import RegistryError, StoreError

if TYPE_CHECKING:
    from govcrawl.model import Portal
    from govcrawl.portals.checked import Checked

LOG_NAME = "check.log"
folder_option = click.option(
    "--registry",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The registry folder.  [default: the project's data/portals]",
)


@click.group(cls=Group)
def portals() -> None:
    """The registry: list its portals, see which answer, add one.

    \b
    Example:
      govcrawl portals list gansu --platform hanweb
    """


@portals.command("list", short_help="List the portals of provinces, or all.")
@click.argument("provinces", metavar="[PROVINCE]...", nargs=-1)
@click.option("--platform", metavar="P", help="Only portals of this platform, known or hinted at in the notes.")
@folder_option
@json_option
def list_portals(provinces: tuple[str, ...], platform: str | None, folder: Path | None, as_json: bool) -> None:
    """List the portals of provinces by name (gansu, shandong …), or all of them.

    A platform with a question mark is a hint from the shape of addresses.

    \b
    Example:
      govcrawl portals list qinghai ningxia --json
    """
    from govcrawl.portals import platform_hint

    chosen = [
        (spider, portal)
        for spider, registered in _registered(provinces, folder).items()
        for portal in registered
        if platform is None or platform in (portal.platform, platform_hint(portal))
    ]
    if as_json:
        for spider, portal in chosen:
            put_json({"province": spider, **asdict(portal)})
        return
    heads = (_("province"), _("id"), _("name"), _("home page"), _("platform"), _("columns"), _("notes"))
    put_table(heads, ((spider, *_cells(portal)) for spider, portal in chosen))
    tell(_("{number} portals", number=len(chosen)))


@portals.command(short_help="Add a portal by its name, its division and its home page.")
@click.argument("name")
@click.argument("division_code", metavar="DIVISION")
@click.argument("homepage", metavar="URL")
@click.option("--column", "columns", metavar="URL", multiple=True, help="A report column that is known.")
@click.option("--platform", metavar="P", default="", help="Its platform; leave it out where a crawl shall find it.")
@click.option("--notes", metavar="TEXT", default="", help="Where the address is from, and what is odd.")
@folder_option
@json_option
def add(
    name: str,
    division_code: str,
    homepage: str,
    columns: tuple[str, ...],
    platform: str,
    notes: str,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Add the portal of a body, by its NAME, the code of its DIVISION and its home page.

    The id is made from the division's code. Departments of the State Council are filed under 100000.

    \b
    Example:
      govcrawl portals add 秦安县教育局 620522 http://jyj.qinan.gov.cn/
    """
    from govcrawl.divisions import load_divisions
    from govcrawl.platforms import PLATFORMS
    from govcrawl.portals import add_portal, registry_folder
    from spiders.run import spider_names

    known = [each.name for each in PLATFORMS]
    if platform and platform not in known:
        raise click.BadParameter(
            _("{platform}: no module speaks it; there are {known}", platform=platform, known=", ".join(known)),
            param_hint="--platform",
        )
    folder = folder or registry_folder()
    try:
        spider, portal = add_portal(
            folder,
            {code: spider for spider, code in spider_names().items()},
            load_divisions(),
            name=name,
            division_code=division_code,
            homepage=homepage,
            columns=columns,
            platform=platform,
            notes=notes,
        )
    except RegistryError as error:
        raise click.UsageError(retold(error)) from error
    if as_json:
        put_json({"province": spider, **asdict(portal)})
        return
    put(_("{id} {name} is in {file}", id=portal.id, name=portal.name, file=folder / f"{spider}.csv"))
    put(_("next: {command}", command=f"govcrawl portals check {spider} --portal {portal.id}"))


@portals.command(short_help="Which portals answer, and where their report column is.")
@click.argument("provinces", metavar="[PROVINCE]...", nargs=-1)
@click.option("--portal", "ids", metavar="ID", multiple=True, help="Only the portal of this id.")
@click.option("--most", type=click.IntRange(1, 50), default=8, show_default=True, help="Pages to ask of a portal.")
@click.option("--save-columns", is_flag=True, help="Write columns that were found to portals that have none.")
@registry_option
@settings_option
@json_option
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=DATA_DIR,
    show_default=True,
    help=f"Folder for the log, {LOG_NAME}.",
)
def check(
    provinces: tuple[str, ...],
    ids: tuple[str, ...],
    most: int,
    save_columns: bool,
    registry: Path | None,
    settings: dict[str, str],
    as_json: bool,
    data_dir: Path,
) -> None:
    """Look at portals: which answer, of which platform they are, where their report column is.

    As polite as a crawl (robots.txt, one request at a time per host, AutoThrottle), and nothing is written to the
    corpus. Exits 1 where a portal does not answer.

    \b
    Example:
      govcrawl portals check gansu --portal 620423 --json
    """
    with registry_of(registry, settings) as (folder, spiders):
        registered = _registered(choose(provinces, spiders), folder)
        chosen = tuple(portal for each in registered.values() for portal in each if not ids or portal.id in ids)
        unknown = set(ids) - {portal.id for portal in chosen}
        if unknown:
            raise click.BadParameter(_("{ids}: no such portal", ids=", ".join(sorted(unknown))), param_hint="--portal")
        looked, finished = _look(chosen, data_dir, most, settings, as_json)
        if save_columns:
            _save_columns(looked, registered, registry, folder)
    if not as_json:
        _summarise(looked)
    if not finished:
        tell(_("interrupted after {done} of {all} portals", done=len(looked), all=len(chosen)))
        sys.exit(ExitCode.INTERRUPTED)
    from govcrawl.portals.checked import ANSWERS

    sys.exit(ExitCode.FINE if all(each.state == ANSWERS for each in looked) else ExitCode.BELOW)


def _look(
    chosen: tuple[Portal, ...], data_dir: Path, most: int, settings: Mapping[str, str], as_json: bool
) -> tuple[list[Checked], bool]:
    from spiders.check import CheckPlan
    from spiders.check import check as look

    looked: list[Checked] = []
    plan = CheckPlan(chosen, data_dir / LOG_NAME, most, settings)
    try:
        plan.log_file.parent.mkdir(parents=True, exist_ok=True)
        plan.log_file.open("a").close()
    except OSError as error:
        raise StoreError(f"{plan.log_file}: {error.strerror or error}; name another folder with --data-dir") from error
    with progress(_("looking at"), len(chosen)) as step:

        def take(checked: Checked) -> None:
            looked.append(checked)
            step(checked.name)
            if as_json:
                put_json(checked.to_dict())

        finished = look(plan, take) == "finished"
    return looked, finished


def _summarise(looked: list[Checked]) -> None:
    heads = (_("id"), _("name"), _("state"), _("platform"), _("column"), _("reports"), _("detail"))
    rows = (
        (each.portal_id, each.name, each.state, each.platform, each.column, each.reports or None, each.detail)
        for each in sorted(looked, key=lambda each: each.portal_id)
    )
    put_table(heads, rows)
    states = Counter(each.state for each in looked)
    told = ", ".join(f"{number} {state}" for state, number in states.most_common())
    found = sum(each.column is not None for each in looked)
    asked = sum(each.requests for each in looked)
    tell(
        _(
            "{portals} portals: {states}; {found} with a report column; {asked} pages asked for",
            portals=len(looked),
            states=told or _("none"),
            found=found,
            asked=asked,
        )
    )


def _save_columns(
    looked: list[Checked], registered: Mapping[str, tuple[Portal, ...]], file: Path | None, folder: Path
) -> None:
    """Into the file the portals were read from, for those that have no column yet; no doubtful one."""
    from govcrawl.portals import load_portals, save_portals

    found = {each.portal_id: each.column for each in looked if each.column is not None and not each.detail}
    paths = [file] if file is not None else [folder / f"{spider}.csv" for spider in registered]
    saved = 0
    for path in paths:
        before = load_portals(path)
        after = tuple(
            replace(portal, columns=(found[portal.id],)) if portal.id in found and not portal.columns else portal
            for portal in before
        )
        if after != before:
            save_portals(path, after)
            saved += sum(one != other for one, other in zip(before, after, strict=True))
    tell(_("{number} columns written to the registry", number=saved))


def _registered(provinces: tuple[str, ...], folder: Path | None) -> dict[str, tuple[Portal, ...]]:
    from govcrawl.portals import load_registry, registry_folder

    folder = folder or registry_folder()
    there = tuple(sorted(path.stem for path in folder.glob("*.csv")))
    return load_registry(folder, choose(provinces, there))


def _cells(portal: Portal) -> tuple[str, ...]:
    from govcrawl.portals import platform_hint

    hint = platform_hint(portal)
    platform = portal.platform or (f"{hint}?" if hint else "")
    return portal.id, portal.name, portal.homepage, platform, str(len(portal.columns) or ""), portal.notes
