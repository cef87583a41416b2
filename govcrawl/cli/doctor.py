"""`govcrawl doctor`: is this machine fit to crawl?"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from govcrawl.cli.common import ExitCode, json_option, place_options, places, put, put_json

SIGNS = {"good": "ok  ", "note": "note", "bad": "BAD "}


@click.command(short_help="Whether this machine is fit to crawl.")
@json_option
@place_options
def doctor(as_json: bool, db: Path | None, data_dir: Path) -> None:
    """Look at everything a run needs, and say how to mend what is wrong.

    Exit status 4 when govcrawl cannot work on this machine as it is.

    \b
    Example:
      govcrawl doctor
    """
    from govcrawl.health import Mark, examine

    where = places(db, data_dir)
    checks = list(examine(where.data_dir, where.db, datetime.now(UTC)))
    bad = [check for check in checks if check.mark is Mark.BAD]
    if as_json:
        put_json({"usable": not bad, "checks": [check.to_dict() for check in checks]})
    else:
        for check in checks:
            put(f"{SIGNS[check.mark]} {check.name}: {check.saw}" + (f"; {check.mend}" if check.mend else ""))
        put(f"{len(bad)} of {len(checks)} checks failed." if bad else "This machine is fit to crawl.")
    if bad:
        sys.exit(ExitCode.UNUSABLE)
