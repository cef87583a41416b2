"""Judges a crawl of a nation cell by cell, and by the problems it had to tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from govcrawl.demo.compare import Comparison, ExpectedReport, compare
from govcrawl.demo.corpus import Holdings, read_holdings
from govcrawl.simulator.nation.publishers import CLOSED
from govcrawl.store import open_corpus

_AS_WELL = {"too_large": ("unreachable",)}
"""What a trouble may end as instead: a body beyond all limits does not always come in time to be called too large."""


def judge(db: Path, truth: Mapping[str, Any], holdings: Holdings | None = None) -> Comparison:
    """What is stored against what is true, for the reports of which the truth tells every cell.

    Where that is all of them, whatever else is stored is superfluous, unless it had vanished. `holdings` are read from
    the database where they are not given.
    """
    held = holdings or read_holdings(db)
    told = [report for report in truth["reports"] if "expected" in report and report["unreachable"] is None]
    whole = all("expected" in report for report in truth["reports"])
    gone = {(report["agency"], report["year"]) for report in truth["vanished"]}
    if whole:
        ids = {each.id for each in held.reports.values() if (each.agency, each.year) not in gone}
    else:
        ids = {report_id for report in told for report_id in held.at(report["urls"])}
    with open_corpus(db) as corpus:
        reports = {report_id: corpus.report(report_id) for report_id in sorted(ids)}
    expected = [ExpectedReport(_open(report["urls"], truth), report["expected"]) for report in told]
    return compare(expected, held.sources, reports)


def _open(urls: Sequence[str], truth: Mapping[str, Any]) -> tuple[str, ...]:
    """The addresses of a report at portals that are not shut, and whose lists are there without a browser."""
    closed = [site for site in truth["sites"] if site["gate"] or site["platform"] in CLOSED]
    shut = {host for site in closed for host in site["hosts"]}
    return tuple(url for url in urls if urlsplit(url).netloc not in shut)


def judge_problems(truth: Mapping[str, Any], held: Holdings) -> dict[str, Any]:
    """The problems the nation makes against those that were stored."""
    stored = set(held.problems)
    by_portal = {(portal, kind) for portal, _, kind in held.problems}
    missing = [
        f"{problem['kind']}: {problem['url']}"
        for problem in truth["problems"]
        if (problem["portal"], problem["url"], problem["kind"]) not in stored
    ]
    hostile = [portal for portal in truth["hostile"] if portal["kind"]]
    missing += [
        f"{portal['kind']}: {portal['host']}"
        for portal in hostile
        if not any(
            (portal["portal"], kind) in by_portal for kind in (portal["kind"], *_AS_WELL.get(portal["kind"], ()))
        )
    ]
    blocked = [portal for portal in truth["blocked"] if (portal, "blocked") not in by_portal]
    missing += [f"blocked: {portal}" for portal in blocked]
    return {
        "expected": len(truth["problems"]) + len(hostile) + len(truth["blocked"]),
        "missing": missing,
        "kinds": dict(Counter(kind for _, _, kind in held.problems).most_common()),
    }


def _kinds(kind: str) -> tuple[str, ...]:
    return (kind, *_AS_WELL.get(kind, ()))
