"""`govcrawl` alone: what is there, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govcrawl import __version__
from govcrawl.cli.common import DATA_DIR, DB_NAME, put
from govcrawl.locale.terminal import _, retold
from govcrawl.lock import LockedError, share_lock
from govcrawl.model import GovcrawlError

if TYPE_CHECKING:
    from govcrawl.store.glance import Glance

DEMO = DATA_DIR / "demo" / DB_NAME
BEGIN = "govcrawl crawl gansu --year 2020 --sample 5"


@dataclass(frozen=True, slots=True)
class Advice:
    """A command to give next, and what it is good for."""

    command: str
    why: str


def say_what_next() -> None:
    """Print it: from the corpus in the usual place, else from the demo's, else for somebody who has none."""
    put(f"govcrawl {__version__}")
    put()
    db = next((path for path in (DATA_DIR / DB_NAME, DEMO) if path.is_file()), None)
    if db is None:
        put(_("There is no corpus in {folder} yet.", folder=DATA_DIR))
        advice = [*_beginning()]
    else:
        advice = [*_with(db)]
    width = max(len(each.command) for each in advice)
    put()
    put(_("What to do next:"))
    for each in advice:
        put(f"  {each.command:<{width}}  {each.why}")
    put()
    put(_("`govcrawl --help` lists every command, `govcrawl COMMAND --help` explains one with an example."))


def _beginning() -> Iterator[Advice]:
    yield Advice("govcrawl demo", _("see it work, on invented portals and without the network"))
    yield Advice("govcrawl doctor", _("see whether this machine is fit, and how to mend it"))
    yield Advice(BEGIN, _("begin with five reports of each portal of a province"))
    yield Advice("govcrawl extract FILE", _("read a report that lies on this machine"))


def _with(db: Path) -> Iterator[Advice]:
    """What a corpus calls for. One that cannot be read is a case for the doctor."""
    from govcrawl.store import open_corpus
    from govcrawl.store.errors import explained
    from govcrawl.store.glance import glance

    at = "" if db == DATA_DIR / DB_NAME else f" --data-dir {db.parent}"  # its archive lies beside it
    try:
        with open_corpus(db) as corpus, explained(db):
            found = glance(corpus.connection)
    except GovcrawlError as error:
        put(retold(error))
        yield Advice(f"govcrawl doctor{at}", _("see what is wrong, and how to mend it"))
        return
    running = _is_running(db)
    _tell(db, found, running)
    if not running:
        yield from _left(found, at)
    yield from _asking(found, at)
    if db == DEMO:
        yield Advice(BEGIN, _("leave the invented portals: begin with a province"))
    elif not running:
        yield Advice("govcrawl refresh --budget 2h", _("look for what is new; `govcrawl schedule` does it every night"))


def _is_running(db: Path) -> bool:
    try:
        with share_lock(db):
            return False
    except LockedError:
        return True


def _tell(db: Path, found: Glance, running: bool) -> None:
    if not found.reports:
        put(_("{db}: no reports yet", db=db))
    else:
        put(
            _(
                "{db}: {reports} reports of {agencies} agencies, {first} to {last}; last fetched {day}",
                db=db,
                reports=found.reports,
                agencies=found.agencies,
                first=found.first_year or "?",
                last=found.last_year or "?",
                day=(found.last_fetched_at or _("never"))[:10],
            )
        )
    if db == DEMO:
        put(_("This is the demo's corpus: its places are invented."))
    if running:
        put(_("A run is writing to it just now."))


def _left(found: Glance, at: str) -> Iterator[Advice]:
    """What was begun and not ended."""
    if found.stopped:
        why = _("go on: the last run was stopped before its end; give it the same names and options")
        yield Advice(f"govcrawl {found.stopped}{at}", why)
    elif found.pending:
        yield Advice(f"govcrawl relate{at}", _("hold the reports that came last against the others"))
    if found.unread:
        why = _("read {number} fetched pages that nobody has read yet", number=found.unread)
        yield Advice(f"govcrawl replay{at}", why)


def _asking(found: Glance, at: str) -> Iterator[Advice]:
    if not found.reports:
        yield Advice(BEGIN, _("begin with five reports of each portal of a province"))
        yield Advice(f"govcrawl status{at}", _("see what went wrong"))
        return
    problems = _("; {number} problems are open", number=found.problems) if found.problems else ""
    yield Advice(f"govcrawl status{at}", _("see what it holds and what it lacks") + problems)
    yield Advice(f"govcrawl serve{at}", _("ask questions of it in a browser"))
    yield Advice(f"govcrawl export{at} --to FOLDER", _("write it out for a spreadsheet, R, Stata or pandas"))
    if found.reviews:
        why = _("{number} pairs of agencies may be one body; somebody has to decide", number=found.reviews)
        yield Advice(f"govcrawl status{at} --review", why)
