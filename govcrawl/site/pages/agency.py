"""The page of a reporting body: its names and links, how each year stands, its years side by side, whether they fit."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datasette import Response

from govcrawl.forms.variables import form_label, variables, variables_by_name
from govcrawl.locale.terms import PORTALS, PROBLEMS, REVIEWS
from govcrawl.site.addresses import NOWHERE, part
from govcrawl.site.asking import ask
from govcrawl.site.charts import Point, Spec, line
from govcrawl.site.language import language_of, words
from govcrawl.site.places.series import OLD_FORM_UNTIL, Words
from govcrawl.site.places.side_by_side import side_by_side
from govcrawl.site.places.terms import COVERAGE, CROSSED, LEVELS, LINKS
from govcrawl.site.rendering import missing, page
from govcrawl.store.asking import agency as asking
from govcrawl.store.asking.agency import Agency, Crossing
from govcrawl.store.asking.expected import owed_by_agency

TERMS: dict[str, Any] = {
    "states": COVERAGE,
    "levels": LEVELS,
    "portal_words": PORTALS,
    "kinds": PROBLEMS,
    "link_words": LINKS,
    "review_words": REVIEWS,
    "crossed": CROSSED,
    "variables": variables_by_name(),
    "by_place": {variable.where: variable for variable in variables() if variable.where},
    "old_form_until": OLD_FORM_UNTIL,
}


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that the page asks."""

    agency: Agency
    owed: list[dict[str, Any]]
    panel: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    crossings: list[Crossing]


@dataclass(frozen=True, slots=True)
class Year:
    """How a year stands."""

    year: int
    owed: Mapping[str, Any] | None
    """What is owed and how it stands; None where nothing is."""
    reports: Sequence[Mapping[str, Any]]
    """The current reports of it; several where they count for other areas."""
    earlier: Sequence[Mapping[str, Any]]
    """Versions that others took the place of."""
    unread: Sequence[Mapping[str, Any]]


def look(connection: sqlite3.Connection, division_code: str | None, key: str) -> Look | None:
    """Ask it all on one connection; None where there is no such body."""
    found = asking.find_agency(connection, division_code, key)
    if found is None:
        return None
    return Look(
        found,
        owed_by_agency(connection, found.id),
        asking.years_side_by_side(connection, found.id),
        asking.reports_of(connection, found.id),
        asking.crossings(connection, found.id),
    )


async def view(datasette: Any, request: Any) -> Response:
    """`/agency/<division_code>/<key>`; `-` stands for a division that nobody knows."""
    _ = words(language_of(request))
    division, key = part(request, "division"), part(request, "key")
    seen = await ask(datasette, look, None if division == NOWHERE else division, key)
    if seen is None:
        text = _("No reporting body of the division {division} has the name {key}.", division=division, key=key)
        return await missing(datasette, request, text)
    return await page(
        datasette,
        request,
        "agency.html",
        title=seen.agency.about["name"],
        about=seen.agency.about,
        agency=seen.agency,
        years=years_of(seen),
        columns=seen.panel,
        forms={row["form"]: form_name(row["form"]) for row in seen.panel},
        tables=side_by_side(seen.panel, seen.crossings),
        crossings=seen.crossings,
        chart_spec=received(seen.panel, _),
        **TERMS,
    )


def years_of(seen: Look) -> list[Year]:
    """Every year of which something is owed or there, oldest first."""
    owed = {row["report_year"]: row for row in seen.owed}
    dated = [row for row in seen.reports if row["report_year"] is not None]
    years = sorted({*owed, *(row["report_year"] for row in [*dated, *seen.agency.unread])})
    return [
        Year(
            year,
            owed.get(year),
            [row for row in dated if row["report_year"] == year and row["state"] == "current"],
            [row for row in dated if row["report_year"] == year and row["state"] != "current"],
            [row for row in seen.agency.unread if row["report_year"] == year],
        )
        for year in years
    ]


def form_name(code: str) -> Any:
    """What a form is called, in both languages."""
    known = variables_by_name()["form"].values
    return known[code] if code in known else form_label(code)


def received(panel: Sequence[Mapping[str, Any]], _: Words) -> Spec | None:
    """Requests received and handled by year; None where no year prints them."""
    rows = {row["report_year"]: row for row in panel}
    if not rows:
        return None
    years = range(min(rows), max(rows) + 1)
    points = [
        Point(
            year,
            _first(rows.get(year), cells),
            name,
            _("not printed") if year in rows else _("no report in the corpus"),
        )
        for name, cells in (
            (_("requests received"), ("new_received_total", "t14_received")),
            (_("requests handled"), ("handled_total", "t14_replied")),
        )
        for year in years
    ]
    if all(point.y is None for point in points):
        return None
    return line(_("Requests by year"), points, x=_("Year"), y=_("Requests"))


def _first(row: Mapping[str, Any] | None, cells: Sequence[str]) -> float | None:
    return next((row[cell] for cell in cells if row[cell] is not None), None) if row else None


ROUTES = [(r"^/agency/(?P<division>[^/]+)/(?P<key>[^/]+)$", view)]
