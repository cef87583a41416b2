"""`govcrawl merge`: corpora crawled on different machines made one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govcrawl.cli.bars import Bar, working
from govcrawl.cli.common import DB_NAME, ExitCode, json_option, put, put_json
from govcrawl.locale.terminal import _

if TYPE_CHECKING:
    from govcrawl.merging import Merged, Place


def _archives(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[Path, Path]:
    """Database → folder of its WARC files, from `DB=DIRECTORY`."""
    found = {}
    for each in given:
        db, sign, folder = each.rpartition("=")
        if not sign or not db or not Path(folder).is_dir():
            raise click.BadParameter(
                _("{each}: not of the kind DB=DIRECTORY, with a directory that is there", each=each)
            )
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
        raise click.BadParameter(_("{db}: no database of this merge", db=min(unused)), param_hint="--warc-dir")
    with ExitStack() as stack:
        bar = stack.enter_context(working(_("merging"), len(dbs)))
        merged = join([place(db) for db in dbs], place(into), _by_size(bar, dbs), bar.relating)
    put_json(merged.to_dict()) if as_json else _tell(merged, into)
    sys.exit(ExitCode.FINE)


def _by_size(bar: Bar, dbs: list[Path]) -> Callable[[str], None]:
    """Steps of a bar that are as long as their database is large."""
    sizes = {str(db): db.stat().st_size for db in dbs if db.is_file()}
    whole = sum(sizes.values()) or 1
    return lambda db: bar.step(db, len(dbs) * sizes.get(db, 0) / whole)


def _tell(merged: Merged, into: Path) -> None:
    for db, counts in merged.inputs.items():
        put(_("{db}: {reports} reports, {taken} of them new or read anew; {files} files", db=db, **counts))
    put(
        _(
            "{db}: {reports} reports; {files} files in its archive",
            db=into,
            reports=merged.reports,
            files=merged.files,
        )
    )
    if not merged.one_table:
        put(
            _(
                "the corpora were read with different tables of divisions, and none was taken along: put one with all "
                "their divisions beside the result as divisions.csv"
            )
        )
