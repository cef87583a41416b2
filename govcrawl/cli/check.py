"""`govcrawl check`: the corpus's own audit."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govcrawl.cli.bars import working
from govcrawl.cli.common import ExitCode, json_option, place_options, places, put, put_json, put_table
from govcrawl.cli.running import settings_option
from govcrawl.locale import marked
from govcrawl.locale.terminal import _, named, retold
from govcrawl.locale.terms import CHECKS as WORDS

if TYPE_CHECKING:
    from govcrawl.audit import Audited

WEIGHTS = {"fail": marked("fail"), "warn": marked("warning")}
LOOKED_AT = {
    "captures": marked("captures"),
    "views": marked("views"),
    "expectations": marked("expectations"),
    "addresses": marked("addresses"),
    "visits": marked("visits"),
    "reports": marked("reports"),
    "cells": marked("cells"),
    "without_a_report": marked("without a report"),
    "not_stored": marked("read otherwise than stored"),
}
"""What an audit counts."""


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
        bar = stack.enter_context(working(_("checking"), len(CHECKS)))

        def again(total: int) -> Callable[[str], None]:
            bar.begin(_("reading again"), total)
            return bar.step

        audited = audit(scope, deep=deep, done=lambda name: bar.step(named(name, WORDS)), again=again)
    put_json(audited.to_dict()) if as_json else _tell(audited, where.db)
    sys.exit(ExitCode.FINE if audited.right else ExitCode.BELOW)


def _tell(audited: Audited, db: Path) -> None:
    put_table(
        (_("check"), _("fails"), _("warnings")),
        ((named(name, WORDS), counts["fail"], counts["warn"]) for name, counts in audited.counts.items()),
    )
    for fault in audited.faults:
        put(
            _(
                "{weight}: {check}: {where}: {message}",
                weight=_(WEIGHTS[fault.weight]),
                check=named(fault.check, WORDS),
                where=retold(fault.where),
                message=retold(fault.message),
            )
        )
    looked = ", ".join(f"{number} {_(LOOKED_AT.get(what, what))}" for what, number in audited.looked_at.items())
    looked = looked or _("nothing")
    if audited.right:
        put(_("{db}: whole; looked at {looked}", db=db, looked=looked))
    else:
        put(_("{db}: not whole; looked at {looked}", db=db, looked=looked))
