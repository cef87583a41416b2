"""The `govcrawl` command: parse arguments, call, print. The work itself is done by the rooms it calls."""

from __future__ import annotations

import click

from govcrawl import __version__
from govcrawl.cli.check import check
from govcrawl.cli.common import ExitCode, Govcrawl
from govcrawl.cli.crawl import crawl
from govcrawl.cli.demo import demo
from govcrawl.cli.doctor import doctor
from govcrawl.cli.export import export
from govcrawl.cli.extract import extract
from govcrawl.cli.merge import merge
from govcrawl.cli.portals import portals
from govcrawl.cli.refresh import refresh
from govcrawl.cli.relate import relate
from govcrawl.cli.replay import replay
from govcrawl.cli.schedule import schedule
from govcrawl.cli.serve import serve
from govcrawl.cli.status import status

__all__ = ["ExitCode", "main"]

COMMANDS = (
    demo,
    crawl,
    refresh,
    schedule,
    replay,
    relate,
    extract,
    status,
    check,
    merge,
    export,
    serve,
    portals,
    doctor,
)


@click.group(
    cls=Govcrawl,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="govcrawl")
@click.pass_context
def main(ctx: click.Context) -> None:
    """The corpus of China's open-government-information annual reports: find, read, prove, remember.

    The demo needs no network. A crawl asks real portals, politely: set GOVCRAWL_CONTACT to a mail address or a web page
    first, so that they can reach you. Messages are in Chinese where the locale is (LC_ALL, LC_MESSAGES, LANG);
    GOVCRAWL_LANG=zh or en goes before it.

    \b
    Example:
      govcrawl demo
      govcrawl doctor
      govcrawl crawl gansu --year 2020 --sample 5
      govcrawl status gansu
      govcrawl refresh gansu --budget 2h
    """
    if ctx.invoked_subcommand is None:
        from govcrawl.cli.first import say_what_next

        say_what_next()


for _command in COMMANDS:
    main.add_command(_command)
