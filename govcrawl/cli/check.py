"""`govcrawl check`: the corpus's own audit."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govcrawl.cli.common import ExitCode, json_option, place_options, places, progress, put, put_json, put_table
from govcrawl.cli.running import settings_option

if TYPE_CHECKING:
    from govcrawl.audit import Audited


@click.command(short_help="Audit a corpus: its rows, its archived bytes, its counts.")
@click.option("--deep", is_flag=True, help="Also read every archived page again, and compare every cell.")
@click.option(
    "--expect",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="How many reports there should be, by province and year; data/expectations.toml shows how.",
)
@settings_option
@json_option
@place_options
def check(
    deep: bool, expect: Path | None, settings: dict[str, str], as_json: bool, db: Path | None, data_dir: Path
) -> None:
    """Check that a corpus is whole: rows refer to what is there, views compute, states follow from the sources, every
    capture's bytes are in the archive and have their hash, and there are as many reports as expected.

    Nothing is changed. Exit status 1 where something fails; a warning fails nothing. What each check means is in
    docs/operating.md.

    \b
    Example:
      govcrawl check --deep
      govcrawl check --expect gansu.toml --db gansu/govcrawl.db --data-dir gansu
    """
    from govcrawl.archive.writer import FOLDER
    from govcrawl.audit import CHECKS, Scope, audit
    from govcrawl.audit.expectations import load_expectations
    from govcrawl.crawl.settings import RunSettings
    from govcrawl.lock import share_lock
    from govcrawl.store import open_corpus

    where = places(db, data_dir)
    run = RunSettings.of({**settings, "GOVCRAWL_DB": str(where.db), "GOVCRAWL_DATA_DIR": str(where.data_dir)})
    with ExitStack() as stack:
        stack.enter_context(share_lock(where.db))
        corpus = stack.enter_context(open_corpus(where.db))
        scope = Scope(corpus, where.data_dir / FOLDER, load_expectations(expect), run.divisions, run.workers)
        done = stack.enter_context(progress("checking", len(CHECKS) + deep))
        audited = audit(scope, deep=deep, done=done)
    put_json(audited.to_dict()) if as_json else _tell(audited, where.db)
    sys.exit(ExitCode.FINE if audited.right else ExitCode.BELOW)


def _tell(audited: Audited, db: Path) -> None:
    put_table(
        ("check", "fails", "warnings"),
        ((name, counts["fail"], counts["warn"]) for name, counts in audited.counts.items()),
    )
    for fault in audited.faults:
        put(f"{fault.weight}: {fault.check}: {fault.where}: {fault.message}")
    looked = ", ".join(f"{number} {what.replace('_', ' ')}" for what, number in audited.looked_at.items())
    put(f"{db}: {'whole' if audited.right else 'not whole'}; looked at {looked or 'nothing'}")
