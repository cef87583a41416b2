"""`govcrawl replay`: read what is in the archive again, without the network."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govcrawl.cli.bars import working
from govcrawl.cli.common import ExitCode, Places, json_option, place_options, places, put, put_json, tell
from govcrawl.cli.counters import OUTCOMES, problem_line
from govcrawl.cli.running import no_such_province, settings_option
from govcrawl.locale.terminal import _, retold

if TYPE_CHECKING:
    from govcrawl.replay import Replayed

MOST_CHARACTERS = 60
"""Of a value that is printed."""


@click.command(short_help="Read archived captures again, without the network.")
@click.argument("warcs", metavar="[WARC]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Read everything again, not only what gave nothing.")
@click.option("--province", "provinces", metavar="NAME", multiple=True, help="Only portals of this province's spider.")
@settings_option
@json_option
@place_options
def replay(
    warcs: tuple[Path, ...],
    everything: bool,
    provinces: tuple[str, ...],
    settings: dict[str, str],
    as_json: bool,
    db: Path | None,
    data_dir: Path,
) -> None:
    """Read archived pages and files again: after an extra or LibreOffice was installed, or a newer release.

    Without arguments, what could not be read, was never read, or was read by another release; with WARC or WACZ files,
    every report in their answers, each page as often as it changed. What a known report is read as otherwise than
    before is printed, and the old values are kept in the table rereadings. Nothing is fetched. Exit status 1 where
    something still cannot be read.

    \b
    Example:
      govcrawl replay --province gansu
    """
    from govcrawl.crawl.settings import RunSettings
    from govcrawl.replay import replay as read_again

    if warcs and (everything or provinces):
        raise click.UsageError(_("--all and --province choose from the corpus's own archive; leave them out for files"))
    where = places(db, data_dir)
    if not warcs and not where.db.is_file():
        raise click.BadParameter(_("{db}: there is no such database; crawl first", db=where.db), param_hint="--db")
    run = RunSettings.of({**settings, "GOVCRAWL_DB": str(where.db), "GOVCRAWL_DATA_DIR": str(where.data_dir)})
    codes = _codes(provinces)
    with working(_("looking through the archive"), None) as bar:

        def begin(total: int) -> Callable[[str], None]:
            bar.begin(_("reading"), total)
            return bar.step

        result = read_again(
            run, warcs=warcs, provinces=codes, everything=everything, begin=begin, relating=bar.relating
        )
    put_json(result.to_dict()) if as_json else _tell(result, where, put)
    sys.exit(ExitCode.FINE if result.right else ExitCode.BELOW)


def _codes(names: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of provinces."""
    if not names:
        return ()
    from spiders.run import spider_names

    known = spider_names()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise click.BadParameter(no_such_province(unknown, known), param_hint="--province")
    return tuple(known[name] for name in names)


def _tell(result: Replayed, where: Places, say: Callable[[str], None]) -> None:
    say(
        _(
            "{captures} captures of {pages} pages and files were read again, without a request",
            captures=result.captures,
            pages=result.pages,
        )
    )
    parts = [f"{number} {_(OUTCOMES[outcome])}" for outcome, number in result.reports.items()]
    say(_("reports: {listed}", listed=", ".join(parts) or _("none")))
    if result.problems:
        say(problem_line(result.problems))
    if result.gone:
        say(_("{number} reports were gone from their pages later", number=result.gone))
    _tell_changes(result, say)
    if result.skipped:
        say(_("{number} other answers in the files lead to no report", number=result.skipped))
    for line in result.damaged:
        tell(_("damaged: {what}", what=retold(line)))
    say(_("next: {command}", command=f"govcrawl status --db {where.db}"))


def _tell_changes(result: Replayed, say: Callable[[str], None]) -> None:
    if result.changed_reports:
        parts = ", ".join(f"{number} {part}" for part, number in result.changes.most_common())
        say(
            _(
                "{number} known reports are read otherwise than before: {parts}",
                number=result.changed_reports,
                parts=parts,
            )
        )
    for report_id, where, old, new in result.values:
        say(f"  {report_id} {where}: {_clipped(old)} -> {_clipped(new)}")
    more = result.changes.total() - len(result.values)
    if more:
        say("  " + _("and {number} more; the table rereadings has all of them", number=more))
    if result.lost:
        say(_("{number} reports are read as others now; they stay as superseded versions", number=result.lost))


def _clipped(value: Any) -> str:
    text = "-" if value is None else " ".join(str(value).split())
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"
