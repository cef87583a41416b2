"""`govcrawl relate`: hold all reports of the corpus against each other."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from govcrawl.cli.bars import progress
from govcrawl.cli.common import json_option, place_options, places, put, put_json
from govcrawl.locale.terminal import _, worded
from govcrawl.locale.terms import COUNTERS
from govcrawl.locale.terms import STEPS as WORDS


@click.command(short_help="Hold all reports of the corpus against each other.")
@json_option
@place_options
def relate(as_json: bool, db: Path | None, data_dir: Path) -> None:
    """Hold all reports of the corpus against each other: versions, years, places, copied prose.

    crawl, refresh, replay and merge do this at their end. It is needed by hand after one of them was stopped, after
    extract --save, or after a reviewed table under data/lookups was changed.

    \b
    Example:
      govcrawl relate
    """
    from govcrawl.lock import hold_lock
    from govcrawl.relating import STEPS
    from govcrawl.relating import relate as hold_against_each_other
    from govcrawl.store import Store

    where = places(db, data_dir)
    if not where.db.is_file():
        raise click.BadParameter(_("{db}: there is no such database; crawl first", db=where.db), param_hint="--db")
    with ExitStack() as stack:
        stack.enter_context(hold_lock(where.db))
        store = stack.enter_context(Store.open(where.db))
        done = stack.enter_context(progress(_("relating"), len(STEPS)))
        related = hold_against_each_other(store, lambda name: done(worded(name, WORDS)), anew=True)
    if as_json:
        put_json(related.to_dict())
        return
    for name, counts in related.to_dict().items():
        listed = (
            _("{number} {what}", number=number, what=worded(what, COUNTERS[name])) for what, number in counts.items()
        )
        put(_("{step}: {counts}", step=worded(name, WORDS), counts=", ".join(listed) or _("nothing")))
    put(_("next: {command}", command=f"govcrawl status --db {where.db}"))
