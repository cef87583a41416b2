"""The course of the demo."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from govcrawl.demo.corpus import Holdings, read_holdings
from govcrawl.demo.coverage import cover
from govcrawl.demo.judging import judge, judge_problems
from govcrawl.demo.night import judge_night
from govcrawl.demo.processes import Nation, Run, crawl, refresh, serve_nation
from govcrawl.demo.telling import (
    Say,
    cost_of,
    describe_nation,
    tell,
    tell_all,
    tell_coverage,
    tell_night,
    tell_problems,
)
from govcrawl.demo.traffic import Traffic
from govcrawl.divisions import TABLE
from govcrawl.locale import marked
from govcrawl.locale.terminal import _

SHARES = {"first": 43, "revised": 29, "unchanged": 16, "night": 12}
"""The parts of a demo, and what of its time each takes, more or less."""
MOST_PER_COLUMN = 1.2
"""Requests of a refresh for one column page."""
KINDS = {"columns": marked("columns"), "reports": marked("reports"), "robots": "robots.txt"}
"""What requests are for."""


def run_demo(
    folder: Path,
    db: Path,
    *,
    seed: int,
    say: Say,
    provinces: int = 4,
    size: str = "small",
    attachments: int = 0,
    done: Callable[[str], None] = lambda part: None,
) -> dict[str, Any]:
    """Crawl a simulated nation, refresh it with nothing changed, let it change, refresh it again; compare each time.

    Args:
        folder: the demo's own folder; what an earlier demo left in it is removed.
        db: where the database is made.
        seed: which nation.
        say: is given each line for the user.
        provinces: how many provinces the small nation has.
        size: `small` or `large`.
        attachments: how many of a hundred reports are files that their pages only link.
        done: is told of each of `parts_of(size)` when it is over.

    Returns:
        What was found, as `govcrawl demo --json` prints it; `right` says whether all of it is.
    """
    clear_folder(folder, db)
    started = time.monotonic()
    with serve_nation(folder / "nation", provinces, seed, size, attachments) as nation:
        shutil.copyfile(nation.folder / TABLE, folder / TABLE)  # so that later commands know these places
        demo = _Demo(nation, folder, db, say)
        say(describe_nation(nation.truth()))
        result: dict[str, Any] = dict.fromkeys(SHARES)
        takes = {"first": demo.first, "revised": demo.revised, "unchanged": demo.unchanged, "night": demo.night}
        for part in parts_of(size):
            result[part] = takes[part]()
            done(part)
    right = all(part["right"] for part in result.values() if part)
    place = f"--data-dir {folder}" if db.parent == folder else f"--db {db} --data-dir {folder}"
    say(
        _(
            "The database is {db}; look at it with: govcrawl status {place}; or: govcrawl serve {place}",
            db=db,
            place=place,
        )
    )
    seconds = f"{time.monotonic() - started:.0f}"
    say(
        _("All is right, after {seconds} s.", seconds=seconds)
        if right
        else _("NOT all is right, after {seconds} s.", seconds=seconds)
    )
    return {"right": right, "size": size, "database": str(db), **result}


def parts_of(size: str) -> tuple[str, ...]:
    """The parts of a demo, in order."""
    return tuple(part for part in SHARES if size == "small" or part != "revised")


def clear_folder(folder: Path, db: Path) -> None:
    """Remove what an earlier demo made, and nothing else."""
    for name in ("nation", "warc"):
        shutil.rmtree(folder / name, ignore_errors=True)
    files = (folder / "crawl.log", folder / TABLE)
    for path in (*(db.with_name(db.name + end) for end in ("", "-wal", "-shm", ".lock")), *files):
        path.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)


class _Demo:
    """One nation, one database; each step runs a command and judges it."""

    def __init__(self, nation: Nation, folder: Path, db: Path, say: Say) -> None:
        self.nation = nation
        self.folder = folder
        self.db = db
        self.say = say
        self.column_pages = 0
        """Requests of the first crawl that were for pages that lead to reports."""
        self.columns_read: set[str] = set()
        """The nation's report columns that the first crawl had."""

    def first(self) -> dict[str, Any]:
        """The first crawl."""
        run = crawl(self.db, self.folder, self.nation.settings())
        self.say(_("First crawl: {cost}", cost=cost_of(run)))
        truth, traffic, held = self.nation.truth(), self._traffic(), read_holdings(self.db)
        kinds = traffic.kinds(_addresses(truth))
        self.column_pages = kinds["columns"]
        open_ = {column["url"] for column in truth["columns"] if column["portal"] not in truth["blocked"]}
        self.columns_read = open_ & set(traffic.urls(200))
        result = self._judge(truth, held)
        problems = judge_problems(truth, held)
        tell_problems(problems, self.say)
        peace = self._peace(truth, traffic)
        self.say(
            _(
                "  requests    {share} for each report stored; {kinds}",
                share=f"{run.requests / max(1, len(held.reports)):.2f}",
                kinds=_named(kinds),
            )
        )
        right = result["right"] and not problems["missing"] and peace["right"]
        return {**result, "right": right, "problems": problems, "peace": peace, **_cost(run, kinds, held)}

    def revised(self) -> dict[str, Any]:
        """Revise some reports, crawl again, and tell whether the crawl noticed those and fetched no other."""
        before = read_holdings(self.db)
        revised = set(self.nation.ask("revise")["revised"])
        self.nation.ask("clear")
        run = crawl(self.db, self.folder, self.nation.settings())
        self.say(
            _(
                "Then {number} reports were revised, and the nation was crawled again: {cost}",
                number=len(revised),
                cost=cost_of(run),
            )
        )
        truth, traffic, held = self.nation.truth(), self._traffic(), read_holdings(self.db)
        urls = {url: report["id"] for report in truth["reports"] for url in (*report["urls"], *report["files"])}
        fetched = {url for url in traffic.urls(200) if url in urls}
        others = sorted(url for url in fetched if urls[url] not in revised)
        result = self._judge(truth, held)
        new_versions = len(held.superseded) - len(before.superseded)
        self.say(
            _(
                "  revised     {new} of {revised} are new versions; the old ones are kept as superseded",
                new=new_versions,
                revised=len(revised),
            )
        )
        self.say(
            _(
                "  fetched     {fetched} report pages and files, {others} of them not revised",
                fetched=len(fetched),
                others=len(others),
            )
        )
        tell_all(others, self.say, marked("fetched again though not revised:"))
        right = result["right"] and new_versions == len(revised) and not others
        return {
            **result,
            "right": right,
            "revised": len(revised),
            "new_versions": new_versions,
            "fetched": len(fetched),
            "fetched_unrevised": others,
        }

    def unchanged(self) -> dict[str, Any]:
        """A refresh with nothing changed: no known report is asked for, and a column page once."""
        self.nation.ask("clear")
        run = refresh(self.db, self.folder, self.nation.settings())
        self.say(_("Then it was refreshed with nothing changed: {cost}", cost=cost_of(run)))
        traffic = self._traffic()
        kinds = traffic.kinds(_addresses(self.nation.truth()))
        share = kinds["columns"] / max(1, self.column_pages)
        self.say(
            _(
                "  requests    {kinds}; {share} for each column page of the first crawl",
                kinds=_named(kinds),
                share=f"{share:.2f}",
            )
        )
        unread = sorted(self.columns_read - set(traffic.urls(200, 304)))
        tell_all(unread, self.say, marked("the column was not read:"))
        return {
            "right": kinds["reports"] == 0 and share <= MOST_PER_COLUMN and not unread,
            "requests": kinds,
            "per_column_page": round(share, 3),
            "columns_unread": unread,
            "trouble": run.report["trouble"],
            "seconds": round(run.wall, 1),
        }

    def night(self) -> dict[str, Any]:
        """Let a night pass, and refresh with a look back at every known report."""
        before = read_holdings(self.db)
        changes = self.nation.ask("advance")
        self.nation.ask("clear")
        run = refresh(self.db, self.folder, self.nation.settings(), "--look-back=0")
        self.say(
            _("Then a night passed, and it was refreshed with a look back at every report: {cost}", cost=cost_of(run))
        )
        truth, traffic, held = self.nation.truth(), self._traffic(), read_holdings(self.db)
        found = judge_night(changes, truth, before, held, traffic)
        tell_night(found, self.say)
        result = self._judge(truth, held)
        return {**result, "right": result["right"] and found.right, "changes": found.to_dict()}

    def _judge(self, truth: Mapping[str, Any], held: Holdings) -> dict[str, Any]:
        """Addresses and, where the truth tells them, cells."""
        large = self.nation.size == "large"
        cells = judge(self.db, truth, held)
        covered = cover(truth, held)
        if large or not covered.right:
            tell_coverage(covered, self.say)
        tell(cells, self.say, sample=large)
        right = covered.right and (large or cells.right)
        return {**cells.to_dict(), "right": right, "coverage": covered.to_dict()}

    def _peace(self, truth: Mapping[str, Any], traffic: Traffic) -> dict[str, Any]:
        """Whether hosts were left in peace: those that refused, and all others while they answered."""
        portals = {*truth["blocked"], *(each["portal"] for each in truth["hostile"] if each["kind"] == "blocked")}
        hosts = {host for site in truth["sites"] if site["portal"] in portals for host in site["hosts"]}
        hosts |= {each["host"] for each in truth["hostile"] if each["portal"] in portals}
        again, overlaps = traffic.asked_again(hosts), traffic.overlaps()
        polite = self.nation.size == "large"
        told = _(
            "  peace       {again} of {portals} portals that refused were asked again",
            again=len(again),
            portals=len(portals),
        )
        if polite:
            told += _("; {number} requests while a host still answered another", number=overlaps)
        self.say(told)
        tell_all((_("{host}: {number} requests", host=host, number=number) for host, number in again.items()), self.say)
        right = not again and not (polite and overlaps)
        return {"right": right, "refusing": len(portals), "asked_again": again, "overlaps": overlaps}

    def _traffic(self) -> Traffic:
        return Traffic(self.nation.ask("log"))


def _addresses(truth: Mapping[str, Any]) -> Iterator[str]:
    """Of report pages and of the files that hold reports."""
    return (url for report in truth["reports"] for url in (*report["urls"], *report["files"]))


def _cost(run: Run, kinds: Mapping[str, int], held: Holdings) -> dict[str, Any]:
    return {
        "requests": dict(kinds),
        "requests_per_report": round(run.requests / max(1, len(held.reports)), 3),
        "seconds": round(run.wall, 1),
        "pages_per_second": round(run.requests / run.wall, 1),
        "cpu_seconds": round(run.cpu, 1),
        "peak_bytes": run.peak,
    }


def _named(kinds: Mapping[str, int]) -> str:
    return ", ".join(_("{number} for {name}", number=number, name=_(KINDS[name])) for name, number in kinds.items())
