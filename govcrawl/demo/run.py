"""The course of the demo, and what it says."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from govcrawl.demo.compare import Comparison, ExpectedReport, compare
from govcrawl.demo.processes import Nation, crawl, serve_nation
from govcrawl.store import Corpus, open_corpus

MAX_TOLD = 20
"""Differences told one by one; the rest is counted."""

Say = Callable[[str], None]


def run_demo(folder: Path, db: Path, *, provinces: int, seed: int, say: Say) -> dict[str, Any]:
    """Crawl a simulated nation twice and compare.

    Args:
        folder: the demo's own folder; what an earlier demo left in it is removed.
        db: where the database is made.
        provinces: how many provinces the nation has.
        seed: which nation.
        say: is given each line for the user.

    Returns:
        What was found, as `govcrawl demo --json` prints it; `right` says whether all of it is.
    """
    clear_folder(folder, db)
    started = time.monotonic()
    with serve_nation(folder / "nation", provinces, seed) as nation:
        truth = nation.truth()
        say(describe_nation(truth))
        first = crawl(db, folder, nation.settings())
        say(f"First crawl: {first['counts'].get('downloader/request_count', 0)} requests in {first['seconds']:.0f} s")
        first_result = judge(db, nation)
        tell(first_result, say)
        problems = judge_problems(db, truth)
        tell_problems(problems, say)
        second_result, again = crawl_revised(nation, db, folder, say)
    right = first_result.right and second_result.right and again["right"] and not problems["missing"]
    say(f"The database is {db}; look at it with: govcrawl status --db {db}")
    say(f"{'All is right' if right else 'NOT all is right'}, after {time.monotonic() - started:.0f} s.")
    return {
        "right": right,
        "database": str(db),
        "first": first_result.to_dict(),
        "second": {**second_result.to_dict(), **again},
        "problems": problems,
    }


def clear_folder(folder: Path, db: Path) -> None:
    """Remove what an earlier demo made, and nothing else."""
    for name in ("nation", "warc"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for path in (*(db.with_name(db.name + end) for end in ("", "-wal", "-shm", ".lock")), folder / "crawl.log"):
        path.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)


def describe_nation(truth: Mapping[str, Any]) -> str:
    """What will be crawled, in one line."""
    reports = truth["reports"]
    years = sorted({report["year"] for report in reports})
    versions = sorted({report["template_version"] for report in reports})
    return (
        f"A nation of {len({r['division_code'][:2] for r in reports})} provinces, "
        f"{len({r['portal'] for r in reports})} portals and {len({r['agency'] for r in reports})} agencies published "
        f"{len(reports)} reports of {years[0]} to {years[-1]}, template versions {', '.join(versions)}"
    )


def judge(db: Path, nation: Nation) -> Comparison:
    """What is stored against what is true now."""
    with open_corpus(db) as corpus:
        expected = [ExpectedReport(tuple(report["urls"]), report["expected"]) for report in nation.truth()["reports"]]
        reports = {row["id"]: corpus.report(row["id"]) for row in corpus.reports()}
        return compare(expected, sources_of(corpus), reports)


def sources_of(corpus: Corpus) -> dict[str, list[str]]:
    """URL → current reports seen there."""
    sources: dict[str, list[str]] = {}
    rows = corpus.connection.execute(
        "select s.url, s.report_id from report_sources s join reports r on r.id = s.report_id where r.state = 'current'"
    )
    for url, report_id in rows:
        sources.setdefault(url, []).append(report_id)
    return sources


def crawl_revised(nation: Nation, db: Path, folder: Path, say: Say) -> tuple[Comparison, dict[str, Any]]:
    """Revise some reports, crawl again, and tell whether the crawl noticed those and fetched no other."""
    before = _superseded(db)
    revised = set(nation.ask("revise")["revised"])
    nation.ask("clear")
    second = crawl(db, folder, nation.settings())
    report_urls = {url for report in nation.truth()["reports"] for url in report["urls"]}
    revised_urls = {url for report in nation.truth()["reports"] if report["id"] in revised for url in report["urls"]}
    asked = [(f"http://{entry['host']}{entry['path']}", entry["status"]) for entry in nation.ask("log")]
    fetched = {url for url, status in asked if status == 200 and url in report_urls}
    asked_only = {url for url, status in asked if status == 304 and url in report_urls}
    others = sorted(fetched - revised_urls)
    new_versions = _superseded(db) - before
    say(
        f"Then {len(revised)} reports were revised, and the nation was crawled again: "
        f"{second['counts'].get('downloader/request_count', 0)} requests in {second['seconds']:.0f} s"
    )
    result = judge(db, nation)
    tell(result, say)
    say(f"  revised     {new_versions} of {len(revised)} are new versions; the old ones are kept as superseded")
    say(
        f"  fetched     {len(fetched)} report pages, {len(others)} of them not revised"
        f" ({len(asked_only)} more were asked after and answered 'not modified')"
    )
    for url in others[:MAX_TOLD]:
        say(f"    fetched again though not revised: {url}")
    right = new_versions == len(revised) and not others
    return result, {
        "right": right,
        "revised": len(revised),
        "new_versions": new_versions,
        "fetched": len(fetched),
        "fetched_unrevised": others,
        "not_modified": len(asked_only),
    }


def tell(result: Comparison, say: Say) -> None:
    """The comparison in a few lines."""
    say(f"  reports     {result.found} found of {result.expected} expected, {result.superfluous} that nobody published")
    share = 100 * result.cells_right / result.cells if result.cells else 0
    say(f"  cells       {result.cells_right} right of {result.cells} ({share:.2f} %)")
    say(f"  duplicates  {result.duplicates_merged} merged of {result.duplicates_expected} further addresses")
    say(f"  agencies    {len(result.agencies)}; versions {_listed(result.by_version)}")
    for line in result.wrong[:MAX_TOLD]:
        say(f"    WRONG {line}")
    if len(result.wrong) > MAX_TOLD:
        say(f"    … and {len(result.wrong) - MAX_TOLD} more")


def judge_problems(db: Path, truth: Mapping[str, Any]) -> dict[str, Any]:
    """The problems the nation makes against those that were stored."""
    with open_corpus(db) as corpus:
        rows = corpus.connection.execute("select portal_id, url, kind from problems").fetchall()
    stored = {(portal, url, kind) for portal, url, kind in rows}
    by_portal = {(portal, kind) for portal, _, kind in rows}
    missing = [
        f"{problem['kind']}: {problem['url']}"
        for problem in truth["problems"]
        if (problem["portal"], problem["url"], problem["kind"]) not in stored
    ]
    hostile = [portal for portal in truth["hostile"] if portal["kind"]]
    missing += [
        f"{portal['kind']}: {portal['host']}"
        for portal in hostile
        if (portal["portal"], portal["kind"]) not in by_portal
    ]
    return {
        "expected": len(truth["problems"]) + len(hostile),
        "missing": missing,
        "kinds": dict(Counter(kind for _, _, kind in rows).most_common()),
    }


def tell_problems(problems: Mapping[str, Any], say: Say) -> None:
    """What could not be had, by kind, and whether every trouble the nation makes was told."""
    told = problems["expected"] - len(problems["missing"])
    say(f"  problems    {_listed(problems['kinds'])}; {told} of the {problems['expected']} that must be told are")
    for line in problems["missing"]:
        say(f"    WRONG not told: {line}")


def _superseded(db: Path) -> int:
    with open_corpus(db) as corpus:
        return sum(1 for _ in corpus.reports(state="superseded"))


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
