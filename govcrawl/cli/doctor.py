"""`govcrawl doctor`: is this machine fit to crawl?"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from govcrawl.cli.common import ExitCode, json_option, place_options, places, put, put_json
from govcrawl.locale import marked
from govcrawl.locale.terminal import _, retold

SIGNS = {"good": marked("ok  "), "note": marked("note"), "bad": marked("BAD ")}


@click.command(short_help="Whether this machine is fit to crawl.")
@click.option("--network", is_flag=True, help="Also open a connection to www.gov.cn; without it, nobody is asked.")
@json_option
@place_options
def doctor(network: bool, as_json: bool, db: Path | None, data_dir: Path) -> None:
    """Look at everything a run needs, and say how to mend what is wrong.

    Exit status 4 when govcrawl cannot work on this machine as it is; a note is no fault.

    \b
    Example:
      govcrawl doctor
    """
    from govcrawl.health import Mark, examine

    where = places(db, data_dir)
    checks = list(examine(where.data_dir, where.db, datetime.now(UTC), network=network))
    bad = [check for check in checks if check.mark is Mark.BAD]
    if as_json:
        put_json({"usable": not bad, "checks": [check.to_dict() for check in checks]})
    else:
        for check in checks:
            line = _("{name}: {saw}", name=retold(check.name), saw=retold(check.saw))
            line = _("{line}; {mend}", line=line, mend=retold(check.mend)) if check.mend else line
            put(f"{_(SIGNS[check.mark])} {line}")
        if bad:
            put(_("{bad} of {checks} checks failed.", bad=len(bad), checks=len(checks)))
        else:
            put(_("This machine is fit to crawl."))
    if bad:
        sys.exit(ExitCode.UNUSABLE)
