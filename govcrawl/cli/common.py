"""What every command shares: exit codes, `--db` and `--data-dir`, errors told in the user's words, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from govcrawl.cli.bars import aside
from govcrawl.cli.helping import Group, raise_retold
from govcrawl.locale.terminal import _, retold
from govcrawl.lock import LockedError
from govcrawl.model import GovcrawlError

DATA_DIR = Path("data/corpus")
DB_NAME = "govcrawl.db"

F = TypeVar("F", bound=Callable[..., Any])


class ExitCode(IntEnum):
    """What a command's exit status says. The list is documented in README.md."""

    FINE = 0
    BELOW = 1
    """Finished, but something could not be read, or a stated threshold was missed."""
    USAGE = 2
    LOCKED = 3
    """Another run holds the lock."""
    UNUSABLE = 4
    """The environment is not usable; `govcrawl doctor` says why."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C; the same command resumes."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a command reads and writes."""

    data_dir: Path
    db: Path


def place_options(command: F) -> F:
    """Add `--db` and `--data-dir` to a command; it receives `db` and `data_dir`, which `places` resolves."""
    command = click.option(
        "--data-dir",
        type=click.Path(file_okay=False, path_type=Path),
        default=DATA_DIR,
        show_default=True,
        help="Folder for what runs produce: the database and the archive.",
    )(command)
    return click.option(
        "--db",
        type=click.Path(dir_okay=False, path_type=Path),
        help=f"The database.  [default: {DB_NAME} in --data-dir]",
    )(command)


def places(db: Path | None, data_dir: Path) -> Places:
    """The database and the data folder as the options give them."""
    return Places(data_dir, db or data_dir / DB_NAME)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


def put(line: str = "") -> None:
    """Print a line of the result on standard output."""
    if not sys.stdout.isatty():  # it does not get into the way of a bar
        click.echo(line)
        return
    with aside():
        click.echo(line)


def put_json(value: Any) -> None:
    """Print one JSON value on one line."""
    put(json.dumps(value, ensure_ascii=False))


def tell(line: str) -> None:
    """Print a line about the work itself on standard error."""
    with aside():
        click.echo(line, err=True)


def put_table(heads: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Print a table: by rich on a terminal, tab-separated elsewhere."""
    if not sys.stdout.isatty():
        put("\t".join(heads))
        for row in rows:
            put("\t".join("" if cell is None else str(cell) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*heads, box=None, header_style="bold", padding=(0, 1, 0, 0), pad_edge=False)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(table)


class Govcrawl(Group):
    """The group: turns our errors and Ctrl-C into a message and the exit status that is documented for them."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise_retold(error)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise_retold(error)
        except LockedError as error:
            tell(f"govcrawl: {retold(error)}")
            ctx.exit(ExitCode.LOCKED)
        except GovcrawlError as error:
            tell(f"govcrawl: {retold(error)}")
            tell(_("Run `govcrawl doctor` to see what is wrong with this machine."))
            ctx.exit(ExitCode.UNUSABLE)
        except KeyboardInterrupt:
            tell(_("govcrawl: interrupted; nothing stored is lost, and the same command goes on from here."))
            ctx.exit(ExitCode.INTERRUPTED)
