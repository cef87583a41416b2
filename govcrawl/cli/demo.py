"""`govcrawl demo`: a simulated nation, crawled with the real spiders and compared with its truth."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from govcrawl.cli.bars import working
from govcrawl.cli.common import DATA_DIR, ExitCode, json_option, put, put_json, tell
from govcrawl.locale import marked
from govcrawl.locale.terminal import _, worded

_ATTACHMENTS = 15
PARTS = {
    "first": marked("first crawl"),
    "revised": marked("reports revised"),
    "unchanged": marked("nothing changed"),
    "night": marked("a night later"),
}
"""The parts of a demo."""


@click.command(short_help="Crawl a simulated nation, and compare with its truth.")
@click.option(
    "--nation",
    "size",
    type=click.Choice(["small", "large"]),
    default="small",
    show_default=True,
    help="The large one has 33 provinces, every platform and thousands of reports.",
)
@click.option(
    "--provinces", type=click.IntRange(1, 4), default=4, show_default=True, help="Provinces of the small nation."
)
@click.option(
    "--attachments",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="Share of the small nation's reports that are files (DOCX, PDF, XLSX, OFD, ZIP).  [default: 15]",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another number is another nation.")
@json_option
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=DATA_DIR,
    show_default=True,
    help="Folder for what runs produce; the demo makes its own folder `demo` in it anew.",
)
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to make the database; it must not exist.  [default: demo/govcrawl.db in --data-dir]",
)
def demo(
    size: str,
    provinces: int,
    attachments: int | None,
    seed: int,
    as_json: bool,
    data_dir: Path,
    db: Path | None,
) -> None:
    """Show that it works, without the network: crawl a simulated nation and compare every cell with the truth.

    Starts portals of invented places on this machine, crawls them with the real spiders into a fresh database, and
    compares. Then some reports are revised, the nation is crawled again, and the demo shows that the revised ones are
    new versions and that no other report was fetched again. At last it is refreshed, once with nothing changed and
    once after reports came in, were edited and vanished, and columns moved. Exit status 0 only if all is right.

    \b
    Example:
      govcrawl demo --nation small
    """
    from govcrawl.demo import SHARES, parts_of, run_demo

    folder = data_dir / "demo"
    path = db or folder / "govcrawl.db"
    if db is not None and db.exists():
        raise click.BadParameter(_("{db} exists; the demo begins with a fresh database", db=db), param_hint="--db")
    say = tell if as_json else put
    share = _share(attachments, size, say)
    with working(_("demo"), sum(SHARES[part] for part in parts_of(size))) as bar:
        result = run_demo(
            folder,
            path,
            provinces=provinces,
            seed=seed,
            say=say,
            size=size,
            attachments=share,
            done=lambda part: bar.step(worded(part, PARTS), SHARES[part]),
        )
    if as_json:
        put_json(result)
    sys.exit(ExitCode.FINE if result["right"] else ExitCode.BELOW)


def _share(asked: int | None, size: str, say: Callable[[str], None]) -> int:
    """How many of a hundred reports are files; files are written with the libraries of an extra."""
    from govcrawl.simulator.nation.attached import can_write_files

    if can_write_files():
        return asked if asked is not None else _ATTACHMENTS if size == "small" else 0
    if asked:
        told = _("files are written with govcrawl[simulator]: install it")
        raise click.BadParameter(told, param_hint="--attachments")
    if asked is None:
        say(_("All reports are web pages: to let some be files, install govcrawl[simulator]."))
    return 0
