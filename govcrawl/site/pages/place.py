"""The page of a place: its bodies, the places in it, its figures by year, its ranks, what is missing and why."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from datasette import Response

from govcrawl.forms.variables import variables_by_name
from govcrawl.locale.terms import PORTALS, PROBLEMS
from govcrawl.site.addresses import part
from govcrawl.site.asking import ask
from govcrawl.site.charts import Spec
from govcrawl.site.language import language_of, words
from govcrawl.site.places.asked import chosen, chosen_year
from govcrawl.site.places.ranks import MEASURES, ORDERS, Ranking, Row, places_table, rankings
from govcrawl.site.places.series import OLD_FORM_UNTIL, Words, found_by_year, own_by_year, received_by_year, share
from govcrawl.site.places.terms import COVERAGE, LEVELS, SUCCESSIONS, WHO
from govcrawl.site.rendering import missing, page
from govcrawl.store.asking import place as asking
from govcrawl.store.asking.amounts import Sum, area_reports, sums_by_year, sums_of_bodies
from govcrawl.store.asking.expected import (
    Counted,
    Standing,
    count_divisions,
    count_provinces,
    owed_by_bodies,
    settled_year,
)
from govcrawl.store.asking.place import NATION, Place, inside

AreaReports = Mapping[str, Mapping[int, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that the page asks, whatever year it shows."""

    place: Place
    divisions: Counted
    """The bodies of every division of its province, by division; of the country those of the centre alone."""
    provinces: Counted | None
    """By province, for the country and its provinces."""
    beside: list[str]
    fellows: list[str]
    reports: AreaReports
    """Of itself, of the places inside it and of those it is ranked among."""
    sums: list[Sum]
    """Of its own bodies; of the country by who reports."""
    portals: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    listed: list[dict[str, Any]]

    def whole(self) -> dict[int, Standing]:
        """Year → the standing of all that lies in the place."""
        code = self.place.code
        if self.provinces is not None:
            if self.place.is_nation:
                return self.provinces.by_year()
            found = {year: self.provinces.by_place(year).get(code) for year in self.provinces.years}
        else:
            mine = inside(self.place.parents, [code])
            found = {year: self.divisions.by_place(year, mine).get(code) for year in self.divisions.years}
        return {year: standing for year, standing in found.items() if standing}

    def standings(self, codes: list[str], year: int) -> dict[str, Standing]:
        """Place → the standing of all that lies in it, of places inside this one or beside it."""
        if self.provinces is not None and (self.place.is_nation or self.place.code in codes):
            return self.provinces.by_place(year)
        return self.divisions.by_place(year, inside(self.place.parents, codes))


def look(connection: sqlite3.Connection, code: str) -> Look | None:
    """Ask it all on one connection; None where there is no such place."""
    place = asking.find_place(connection, code)
    if place is None:
        return None
    beside, fellows = asking.siblings(connection, place), asking.fellows(connection, place)
    among = [*beside, *fellows, *(child["code"] for child in place.children)]
    top = place.is_nation or place.parent_code == NATION
    return Look(
        place,
        count_divisions(connection, place.parents or [code]),
        count_provinces(connection) if top else None,
        beside,
        fellows,
        area_reports(connection, dict.fromkeys([code, *among])),
        sums_by_year(connection) if place.is_nation else sums_of_bodies(connection, code),
        asking.portals(connection, code),
        asking.problems(connection, code),
        asking.bodies(connection, code),
    )


async def view(datasette: Any, request: Any) -> Response:
    """`/place/<code>?year=&by=`: the year that is shown, and what the places inside it are ordered by."""
    _ = words(language_of(request))
    code = part(request, "code")
    seen = await ask(datasette, look, code)
    if seen is None:
        return await missing(datasette, request, _("No division has the code {code}.", code=code))
    place, whole = seen.place, seen.whole()
    years = sorted({*whole, *seen.reports.get(code, {})})
    year = chosen_year(request, years, settled_year(whole))
    owed = await ask(datasette, owed_by_bodies, code, year) if year else []
    name = _("The whole country") if place.is_nation else place.name
    return await page(
        datasette,
        request,
        "place.html",
        title=name,
        seen=seen,
        place=place,
        year=year,
        years=years,
        whole=whole,
        children=_children(seen, year, chosen(request, "by", ORDERS)) if year else [],
        order=chosen(request, "by", ORDERS),
        ranks=_ranks(seen, year) if year else [],
        owed={row["agency_id"]: row for row in owed},
        lacking=[row for row in owed if row["report_id"] is None],
        reports=seen.reports.get(code, {}),
        bodies_by_year={each.report_year: each for each in seen.sums},
        share=share,
        charts=_charts(seen, whole, years, _),
        **TERMS,
    )


TERMS: dict[str, Any] = {
    "states": COVERAGE,
    "levels": LEVELS,
    "portal_words": PORTALS,
    "kinds": PROBLEMS,
    "successions": SUCCESSIONS,
    "who": WHO,
    "measures": MEASURES,
    "old_form_until": OLD_FORM_UNTIL,
    "variables": variables_by_name(),
}


def _children(seen: Look, year: int, order: str) -> list[Row]:
    codes = [child["code"] for child in seen.place.children]
    reports = {code: years[year] for code, years in seen.reports.items() if year in years}
    return places_table(seen.place.children, seen.standings(codes, year), reports, order)


def _ranks(seen: Look, year: int) -> list[Ranking]:
    codes = [*seen.beside, *seen.fellows]
    if seen.place.is_nation or not codes:
        return []
    places = [{"code": code, "name": "", "valid_to": None} for code in dict.fromkeys([seen.place.code, *codes])]
    standings = seen.standings(seen.beside, year) | seen.standings(list(dict.fromkeys(codes)), year)
    reports = {code: years[year] for code, years in seen.reports.items() if year in years}
    rows = {row.code: row for row in places_table(places, standings, reports, ORDERS[0])}
    return rankings(seen.place.code, rows, seen.beside, seen.fellows)


def _charts(seen: Look, whole: Mapping[int, Standing], years: list[int], _: Words) -> list[Spec]:
    if not years:
        return []
    if seen.place.is_nation:
        return [found_by_year(whole, _), received_by_year(seen.sums, _)]
    reports = seen.reports.get(seen.place.code, {})
    return [found_by_year(whole, _), own_by_year(reports, seen.sums, years, _)]


ROUTES = [(r"^/place/(?P<code>[^/]+)$", view)]
