"""`govcrawl merge`: corpora crawled on different machines made one."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govcrawl.cli.common import DB_NAME, ExitCode, json_option, progress, put, put_json

if TYPE_CHECKING:
    from govcrawl.merging import Merged, Place


def _archives(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[Path, Path]:
    """Database → folder of its WARC files, from `DB=DIRECTORY`."""
    found = {}
    for each in given:
        db, _, folder = each.rpartition("=")
        if not db or not Path(folder).is_dir():
            raise click.BadParameter(f"{each}: not of the kind DB=DIRECTORY, with a directory that is there")
        found[Path(db).resolve()] = Path(folder)
    return found


@click.command(short_help="Join corpora crawled on different machines to one.")
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--into",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The database they are joined in; made where it is not there.",
)
@click.option(
    "--warc-dir",
    "archives",
    metavar="DB=DIRECTORY",
    multiple=True,
    callback=_archives,
    help="Where the WARC files of a database lie, if not in `warc` beside it.",
)
@json_option
def merge(corpora: tuple[Path, ...], into: Path, archives: dict[Path, Path], as_json: bool) -> None:
    """Join corpora to one: reports by their content, everything else by what it is of, with the WARC files.

    CORPUS is a database, or a data folder with `govcrawl.db` in it. The inputs are only read. The result is the same
    whatever the order of the inputs, however they are grouped, and when the command is given again; stopped at any
    moment, the same command completes it.

    \b
    Example:
      govcrawl merge gansu/ qinghai/govcrawl.db --into northwest/govcrawl.db
    """
    from govcrawl.merging import Place
    from govcrawl.merging import merge as join

    def place(db: Path) -> Place:
        known = archives.get(db.resolve())
        return Place(db, known) if known is not None else Place.of(db)

    dbs = [path / DB_NAME if path.is_dir() else path for path in corpora]
    unused = set(archives) - {db.resolve() for db in (*dbs, into)}
    if unused:
        raise click.BadParameter(f"{min(unused)}: no database of this merge", param_hint="--warc-dir")
    with ExitStack() as stack:
        merged = join([place(db) for db in dbs], place(into), stack.enter_context(progress("merging", len(dbs))))
    put_json(merged.to_dict()) if as_json else _tell(merged, into)
    sys.exit(ExitCode.FINE)


def _tell(merged: Merged, into: Path) -> None:
    for db, counts in merged.inputs.items():
        put(f"{db}: {counts['reports']} reports, {counts['taken']} of them new or read anew; {counts['files']} files")
    put(f"{into}: {merged.reports} reports; {merged.files} files in its archive")
