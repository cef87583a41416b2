"""What the commands that crawl share: whom they ask, what is looked at before, and what is told of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from govcrawl.cli.common import Places, tell
from govcrawl.locale.terminal import _, retold
from govcrawl.model import RegistryError, StoreError

if TYPE_CHECKING:
    from spiders.run import Plan, RunReport

LOG_NAME = "crawl.log"
PLANS_NAME = "plans.toml"


def _settings(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    if any(not name or not sign for name, sign, _ in pairs):
        raise click.BadParameter(_("must be NAME=VALUE"))
    return {name: value for name, _, value in pairs}


registry_option = click.option(
    "--portals",
    "registry",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Crawl the portals of this registry file instead of the project's.",
)
settings_option = click.option(
    "-s",
    "--set",
    "settings",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_settings,
    help="Set a Scrapy setting for this run.",
)


browser_option = click.option(
    "--browser", is_flag=True, help="Open lists that only scripts write in Chromium (extra [browser])."
)


def with_browser(settings: dict[str, str], browser: bool) -> dict[str, str]:
    """The settings of a run, with the browser lane open where it is asked for."""
    return {**settings, "GOVCRAWL_BROWSER": "1"} if browser else settings


def plans_file(file: Path | None, where: Places) -> Path | None:
    """The file of plans that was named, or the one that lies where plans usually do."""
    usual = (Path(PLANS_NAME), where.data_dir / PLANS_NAME)
    return file or next((path for path in usual if path.is_file()), None)


@contextmanager
def registry_of(file: Path | None, settings: Mapping[str, str]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The registry folder of the run, and the spiders that have portals in it."""
    from govcrawl.portals import registry_folder
    from spiders.run import spider_names, split_registry

    if file is not None:
        with TemporaryDirectory(prefix="govcrawl-registry-") as made:
            try:
                spiders = split_registry(file, Path(made))
            except RegistryError as error:
                raise click.BadParameter(retold(error), param_hint="--portals") from error
            yield Path(made), spiders
        return
    folder = Path(settings.get("GOVCRAWL_REGISTRY") or registry_folder())
    yield folder, tuple(name for name in spider_names() if (folder / f"{name}.csv").is_file())


def choose(provinces: tuple[str, ...], spiders: tuple[str, ...]) -> tuple[str, ...]:
    """The provinces asked for, or all there are.

    Raises:
        click.BadParameter: one of them has no spider or no portals.
    """
    unknown = [name for name in provinces if name not in spiders]
    if unknown:
        raise click.BadParameter(no_such_province(unknown, spiders), param_hint="PROVINCE")
    return provinces or spiders


def no_such_province(unknown: Iterable[str], known: Iterable[str]) -> str:
    """What to say to somebody who names a province that there is no spider for."""
    return _("{names}: no such province; there are {known}", names=", ".join(unknown), known=", ".join(known))


def portals_of(plan: Plan) -> int:
    """How many portals a run visits."""
    from govcrawl.portals import load_portals, registry_folder

    folder = plan.registry or registry_folder()
    return sum(len(ids) or len(load_portals(folder / f"{spider}.csv")) for spider, ids in plan.spiders.items())


def prepare(plan: Plan) -> None:
    """Find out before a run begins, not in its log, what would end it; say what is about to be done.

    Raises:
        StoreError: the log or the database cannot be written.
        FormError: a form file is broken.
        click.BadParameter: a setting of ours is misspelt.
        BrowserError: the browser lane is asked for and cannot be used here.
    """
    from govcrawl.crawl.settings import is_on
    from govcrawl.forms.schema import load_forms
    from govcrawl.settings import CONTACT
    from govcrawl.store import Store
    from spiders.browser import find_chromium

    load_forms()
    _known(plan.settings)
    if is_on(plan.settings.get("GOVCRAWL_BROWSER")):
        find_chromium()
    try:
        plan.log_file.parent.mkdir(parents=True, exist_ok=True)
        plan.log_file.open("a").close()
    except OSError as error:
        raise StoreError(f"{plan.log_file}: {error.strerror or error}; name another folder with --data-dir") from error
    with Store.open(plan.db):
        pass
    if not CONTACT and "GOVCRAWL_HOSTS" not in plan.settings:
        tell(
            _(
                "portals cannot reach you: set GOVCRAWL_CONTACT to a mail address or a web page "
                "before you crawl in earnest"
            )
        )
    what = {"spiders": ", ".join(plan.spiders), "db": plan.db, "log": plan.log_file}
    tell(
        _("crawling simulated portals with the spiders {spiders} into {db}; log in {log}", **what)
        if "GOVCRAWL_HOSTS" in plan.settings
        else _("crawling {spiders} into {db}; log in {log}", **what)
    )


def _known(given: Mapping[str, str]) -> None:
    """Refuse a misspelt setting of ours, which would do nothing and say nothing.

    Raises:
        click.BadParameter: it is none.
    """
    from difflib import get_close_matches

    from govcrawl import settings

    for name in given:
        if name.startswith("GOVCRAWL_") and not hasattr(settings, name):
            near = get_close_matches(name, [each for each in dir(settings) if each.startswith("GOVCRAWL_")], 1)
            if near:
                told = _("there is no setting {name}; did you mean {near}?", name=name, near=near[0])
            else:
                told = _("there is no setting {name}", name=name)
            raise click.BadParameter(told, param_hint="--set")


def network_down(report: RunReport) -> str:
    """What to say when nothing answered at all."""
    return _(
        "none of the {number} portals that were asked answered: the network seems down. No portal was judged by it and "
        "nothing is lost; look at the connection, then run it again.",
        number=report.counts.get("govcrawl/portals/silent", 0),
    )
