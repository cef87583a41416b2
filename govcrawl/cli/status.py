"""`govcrawl status`: coverage, freshness and problems of a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govcrawl.cli.common import json_option, place_options, places, put, put_json, put_table

if TYPE_CHECKING:
    from govcrawl.store import Corpus

STATES = {
    "current": "current",
    "late": "late",
    "inconsistent": "inconsistent",
    "unreadable": "unreadable",
    "missing": "missing",
    "unreachable": "unreachable",
    "blocked": "blocked",
    "not_yet_due": "not yet due",
}
# What can be reckoned from the others is left out, so that a line fits a terminal; --json has it all.
PROVINCE = {"name": "province", "portals": "portals", "working": "working", "expected": "expected", **STATES}
PORTAL = {
    "id": "portal",
    "name": "name",
    "state": "state",
    "open_problems": "problems",
    "expected": "expected",
    **STATES,
}
AGENCY = {
    "portal_id": "portal",
    "agency_name": "agency",
    "report_year": "year",
    "due_on": "due",
    "published_on": "published",
    "state": "state",
}
YEAR = {"report_year": "year", "expected": "expected", **STATES}
REVIEW = {
    "division": "division",
    "name": "agency",
    "years": "years",
    "other_name": "may be",
    "other_years": "years",
    "reason": "reason",
    "score": "score",
}
PROBLEM = {"kind": "problem", "open": "open", "mended": "mended", "since": "since", "last_seen_at": "last seen"}


@click.command(short_help="What a corpus holds and lacks, and what went wrong.")
@click.argument("province", required=False)
@click.option("--portal", metavar="ID", help="One portal of the registry, with its agencies.")
@click.option("--agency", metavar="NAME", help="Agencies whose name holds this, year by year.")
@click.option("--year", type=int, metavar="YEAR", help="One report year.")
@click.option("--portals", "by_portal", is_flag=True, help="Print a line for every portal as well.")
@click.option("--review", is_flag=True, help="Print the agencies that may be one body, for somebody to decide.")
@json_option
@place_options
def status(
    province: str | None,
    portal: str | None,
    agency: str | None,
    year: int | None,
    by_portal: bool,
    review: bool,
    as_json: bool,
    db: Path | None,
    data_dir: Path,
) -> None:
    """Print what a corpus holds, what it lacks, how fresh it is, and which problems are open.

    Expected are the reports that an agency known to the corpus owed by law; docs/database.md says how they are
    counted and what each state means. What each problem means, and what to do about it, is in docs/problems.md.
    PROVINCE is a spider's name, a province's name, or its code.

    With --review: pairs of agencies that no rule and no decision joins or keeps apart, likeliest first. A decision with
    its reason and evidence in data/lookups/agencies.toml settles a pair; until then both stay.

    \b
    Example:
      govcrawl status
      govcrawl status gansu --year 2020 --portals
      govcrawl status --agency 教育局
      govcrawl status gansu --review
    """
    from govcrawl.store import Only, open_corpus

    where = places(db, data_dir)
    with open_corpus(where.db) as corpus:
        only = Only(_province(corpus, province) if province else None, portal, agency, year)
        if review:
            _print_reviews(corpus.reviews(only), as_json)
            return
        found = corpus.status(only)
    if as_json:
        put_json(found)
        return
    _print_totals(where.db, found)
    if province and not found["provinces"]:
        put(f"\n{province}: the corpus has no portals of this province yet; `govcrawl crawl` visits them.")
    _print_part("Provinces", PROVINCE, found["provinces"])
    if by_portal or portal:
        _print_part("Portals", PORTAL, found["portals"])
    _print_part("Years", YEAR, found["years"])
    _print_part("Agencies", AGENCY, found["agencies"])
    _print_part("Problems", PROBLEM, found["problems"])
    if not found["problems"]:
        put("\nNo problems were met.")


def _province(corpus: Corpus, name: str) -> str:
    """The code of a province by its code, its name, or the name of its spider.

    Raises:
        click.BadParameter: no province is called so.
    """
    from spiders.run import spider_names

    spiders, held = spider_names(), corpus.provinces()
    code = next((code for code, full in held.items() if name in {code, full}), None) or spiders.get(name)
    if code is None and name in spiders.values():
        code = name
    if code is None:
        raise click.BadParameter(
            f"{name}: no such province; there are {', '.join(spiders)}; the corpus holds portals of "
            f"{', '.join(f'{full} ({each})' for each, full in held.items()) or 'none'}",
            param_hint="PROVINCE",
        )
    return code


def _print_totals(db: Path, found: dict[str, Any]) -> None:
    totals, freshness = found["totals"], found["freshness"]
    put(f"{db}")
    put(
        f"{totals['reports']} reports in force ({totals['superseded']} superseded) of {totals['agencies']} agencies; "
        f"{totals['with_errors']} with broken arithmetic, {totals['unplaced']} without an agency or a year"
    )
    put(
        f"{totals['captures']} captures of {totals['portals']} portals, {totals['unread_captures']} not read yet; "
        f"{totals['open_problems']} open problems"
    )
    put(f"last fetched {freshness['last_fetched_at'] or 'never'}")
    run = freshness["last_run"]
    if run:
        ended = f"ended {run['finished_at']} with exit code {run['exit_code']}" if run["finished_at"] else "did not end"
        put(f"last run: {run['command']} {run['id']}, started {run['started_at']}, {ended}")


def _print_reviews(pairs: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        put_json(pairs)
        return
    if not pairs:
        put("No agencies wait for a review.")
        return
    for pair in pairs:
        pair["years"] = f"{pair['first_year']}-{pair['last_year']}"
        pair["other_years"] = f"{pair['other_first_year']}-{pair['other_last_year']}"
    put_table(tuple(REVIEW.values()), (tuple(pair[key] for key in REVIEW) for pair in pairs))


def _print_part(title: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
    if rows:
        put(f"\n{title}")
        put_table(tuple(columns.values()), (tuple(_shown(key, row[key]) for key in columns) for row in rows))


def _shown(key: str, value: Any) -> Any:
    """Times by the day: nobody reads a table of them for the hour."""
    return value[:10] if value and key in {"last_success_at", "last_seen_at", "since"} else value
