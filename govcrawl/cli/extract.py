"""`govcrawl extract`: read files on this machine."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click

from govcrawl.cli.bars import progress
from govcrawl.cli.common import ExitCode, json_option, place_options, places, put, put_json, tell
from govcrawl.cli.counters import OUTCOMES
from govcrawl.cli.describe import describe_report
from govcrawl.locale.terminal import _, retold


@click.command(short_help="Read report files that lie on this machine.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--save", is_flag=True, help="Store the reports in the database, and the files in the archive.")
@json_option
@place_options
def extract(paths: tuple[Path, ...], save: bool, as_json: bool, db: Path | None, data_dir: Path) -> None:
    """Read report files of any shape, and print what they say.

    A PATH is a file, or a folder whose files are read. With --json each report is one JSON object on a line of its
    own. A file that cannot be read is told in its place, and makes the exit status 1 at the end, after the others.

    \b
    Example:
      govcrawl extract --json docs/example.html
    """
    from govcrawl.local import files_under, open_for_saving, read_file, save_file
    from govcrawl.workers import Workers

    where = places(db, data_dir)
    files = [file for path in paths for file in files_under(path)]
    outcomes: Counter[str] = Counter()
    failed = 0
    with ExitStack() as stack:
        saving = stack.enter_context(open_for_saving(where.db, where.data_dir, datetime.now(UTC))) if save else None
        done = stack.enter_context(progress(_("reading"), len(files)))
        workers = stack.enter_context(Workers(1))
        for file in files:
            result = read_file(file, workers)
            if result.error:
                failed += 1
                error = {"error": result.error, "kind": result.kind, "path": str(file)}
                put_json(error) if as_json else put(
                    _("{file}: cannot be read: {error}", file=file, error=retold(result.error)) + "\n"
                )
            for report in result.reports:
                put_json({"path": str(file), **report.to_dict()}) if as_json else put(describe_report(file, report))
            if saving and not result.error:
                outcomes.update(saved.outcome for saved in save_file(saving, result, datetime.now(UTC)))
            done(file.name)
    if save:
        tell(f"{where.db}: " + (", ".join(f"{n} {_(OUTCOMES[what])}" for what, n in outcomes.items()) or _("nothing")))
        tell(_("next: {command}", command=f"govcrawl relate --db {where.db}"))
    if failed:
        tell(_("{failed} of {files} files could not be read.", failed=failed, files=len(files)))
        sys.exit(ExitCode.BELOW)
