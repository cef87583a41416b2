"""`govcrawl status`: coverage, freshness and problems of a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govcrawl.cli.common import json_option, place_options, places, put, put_json, put_table
from govcrawl.locale import marked
from govcrawl.locale.terminal import _, named, worded
from govcrawl.locale.terms import PORTALS, PROBLEMS, REVIEWS

if TYPE_CHECKING:
    from govcrawl.store import Corpus

STATES = {
    "current": marked("current"),
    "late": marked("late"),
    "inconsistent": marked("inconsistent"),
    "unreadable": marked("unreadable"),
    "missing": marked("missing"),
    "unreachable": marked("unreachable"),
    "blocked": marked("blocked"),
    "unvisited": marked("unvisited"),
    "not_yet_due": marked("not yet due"),
}
# What can be reckoned from the others is left out, so that a line fits a terminal; --json has it all.
PROVINCE = {
    "name": marked("province"),
    "portals": marked("portals"),
    "working": marked("working"),
    "expected": marked("expected"),
    **STATES,
}
PORTAL = {
    "id": marked("portal"),
    "name": marked("name"),
    "state": marked("state"),
    "open_problems": marked("problems"),
    "expected": marked("expected"),
    **STATES,
}
AGENCY = {
    "portal_id": marked("portal"),
    "agency_name": marked("agency"),
    "report_year": marked("year"),
    "due_on": marked("due"),
    "published_on": marked("published"),
    "state": marked("state"),
}
YEAR = {"report_year": marked("year"), "expected": marked("expected"), **STATES}
REVIEW = {
    "division": marked("division"),
    "name": marked("agency"),
    "years": marked("years"),
    "other_name": marked("may be"),
    "other_years": marked("years"),
    "reason": marked("reason"),
    "score": marked("score"),
}
PROBLEM = {
    "kind": marked("problem"),
    "open": marked("still open"),
    "mended": marked("mended"),
    "since": marked("since"),
    "last_seen_at": marked("last seen"),
}


@click.command(short_help="What a corpus holds and lacks, and what went wrong.")
@click.argument("province", required=False)
@click.option("--portal", metavar="ID", help="One portal of the registry, with its agencies.")
@click.option("--agency", metavar="NAME", help="Agencies whose name holds this, year by year.")
@click.option("--year", type=click.IntRange(1900, 2100), help="One report year.")
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
        only = Only(province_code(corpus, province) if province else None, portal, agency, year)
        if review:
            _print_reviews(corpus.reviews(only), as_json)
            return
        found = corpus.status(only)
    if as_json:
        put_json(found)
        return
    _print_totals(where.db, found)
    if province and not found["provinces"]:
        put()
        put(
            _(
                "{province}: the corpus has no portals of this province yet; `govcrawl crawl` visits them.",
                province=province,
            )
        )
    _print_part(_("Provinces"), PROVINCE, found["provinces"])
    if by_portal or portal:
        _print_part(_("Portals"), PORTAL, found["portals"])
    _print_part(_("Years"), YEAR, found["years"])
    _print_part(_("Agencies"), AGENCY, found["agencies"])
    _print_part(_("Problems"), PROBLEM, found["problems"])
    if not found["problems"]:
        put("\n" + _("No problems were met."))


def province_code(corpus: Corpus, name: str, hint: str = "PROVINCE") -> str:
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
            _(
                "{name}: no such province; there are {known}; the corpus holds portals of {held}",
                name=name,
                known=", ".join(spiders),
                held=", ".join(f"{full} ({each})" for each, full in held.items()) or _("none"),
            ),
            param_hint=hint,
        )
    return code


def _print_totals(db: Path, found: dict[str, Any]) -> None:
    totals, freshness = found["totals"], found["freshness"]
    put(f"{db}")
    put(
        _(
            "{reports} reports in force ({superseded} superseded) of {agencies} agencies; "
            "{with_errors} with broken arithmetic, {unplaced} without an agency or a year",
            **totals,
        )
    )
    put(
        _(
            "{captures} captures of {portals} portals, {unread_captures} not read yet; {open_problems} open problems",
            **totals,
        )
    )
    put(_("last fetched {when}", when=freshness["last_fetched_at"] or _("never")))
    run = freshness["last_run"]
    if run and run["finished_at"]:
        put(
            _(
                "last run: {command} {id}, started {started_at}, ended {finished_at} with exit code {exit_code}",
                **run,
            )
        )
    elif run:
        put(_("last run: {command} {id}, started {started_at}, did not end", **run))


def _print_reviews(pairs: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        put_json(pairs)
        return
    if not pairs:
        put(_("No agencies wait for a review."))
        return
    for pair in pairs:
        pair["reason"] = worded(pair["reason"], REVIEWS)
        pair["years"] = f"{pair['first_year']}-{pair['last_year']}"
        pair["other_years"] = f"{pair['other_first_year']}-{pair['other_last_year']}"
    put_table(tuple(map(_, REVIEW.values())), (tuple(pair[key] for key in REVIEW) for pair in pairs))


def _print_part(title: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
    if rows:
        put(f"\n{title}")
        put_table(tuple(map(_, columns.values())), (tuple(_shown(key, row[key]) for key in columns) for row in rows))


def _shown(key: str, value: Any) -> Any:
    """Codes in words; times by the day: nobody reads a table of them for the hour."""
    if key == "kind":
        return named(value, PROBLEMS)
    if key == "state":
        return worded(value, STATES | PORTALS)
    return value[:10] if value and key in {"last_success_at", "last_seen_at", "since"} else value
