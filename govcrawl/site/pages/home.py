"""The home page: what the corpus holds, how complete and how fresh it is, and where to begin."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from datasette import Response

from govcrawl.locale.terms import PROBLEMS
from govcrawl.site.asking import ask
from govcrawl.site.language import language_of, words
from govcrawl.site.places.asked import chosen_year
from govcrawl.site.places.series import OLD_FORM_UNTIL, found_by_year, received_by_year
from govcrawl.site.places.terms import COVERAGE, WHO
from govcrawl.site.places.tiles import legend, tile_map
from govcrawl.site.rendering import page
from govcrawl.store.asking import home
from govcrawl.store.asking.amounts import Sum, sums_by_year
from govcrawl.store.asking.expected import Counted, count_provinces, settled_year


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that the page asks."""

    holdings: home.Holdings
    freshness: home.Freshness
    problems: list[dict[str, Any]]
    provinces: list[dict[str, Any]]
    counted: Counted
    sums: list[Sum]


def look(connection: sqlite3.Connection) -> Look:
    """Ask it all on one connection."""
    return Look(
        home.holdings(connection),
        home.freshness(connection),
        home.freshest_problems(connection),
        home.provinces(connection),
        count_provinces(connection),
        sums_by_year(connection),
    )


async def view(datasette: Any, request: Any) -> Response:
    """`/?year=` the year of the map; without one the last of which most was found."""
    seen = await ask(datasette, look)
    _ = words(language_of(request))
    years = seen.counted.years
    year = chosen_year(request, years, settled_year(seen.counted.by_year()))
    standings = seen.counted.by_place(year) if year else {}
    return await page(
        datasette,
        request,
        "home.html",
        title=_("Annual reports on open government information"),
        seen=seen,
        year=year,
        years=years,
        total=seen.counted.total(year),
        by_year=seen.counted.by_year(),
        tiles=tile_map(seen.provinces, standings),
        legend=legend(),
        states=COVERAGE,
        kinds=PROBLEMS,
        who=WHO,
        old_form_until=OLD_FORM_UNTIL,
        found_chart=found_by_year(seen.counted.by_year(), _),
        received_chart=received_by_year(seen.sums, _),
    )


ROUTES = [(r"^/$", view)]
