"""Lines over years: reports that were found, and requests by who reports them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from govcrawl.site.charts import Point, Spec, line
from govcrawl.site.places.terms import WHO
from govcrawl.store.asking.amounts import Sum
from govcrawl.store.asking.expected import Standing

Words = Callable[..., str]

OLD_FORM_UNTIL = 2018
"""The last year of the statistics table of 2014, which counts alike and not the same."""


def found_by_year(years: Mapping[int, Standing], _: Words) -> Spec:
    """Expected and found reports, a line each."""
    points = [Point(year, standing.expected, _("expected")) for year, standing in years.items()]
    points += [Point(year, standing.found, _("found")) for year, standing in years.items()]
    return line(_("Reports by year"), points, x=_("Year"), y=_("Reports"))


def received_by_year(sums: Sequence[Sum], _: Words) -> Spec:
    """Requests received by who reports them: these overlap, and are lines that are never added."""
    years = sorted({each.report_year for each in sums})
    told = {(each.who, each.report_year): each for each in sums}
    points = [
        Point(
            year,
            each.amounts["received"] if each else None,
            _(WHO[who]),
            _("not printed") if each else _("no report in the corpus"),
        )
        for who in WHO
        if any(each.who == who for each in sums)
        for year in years
        for each in [told.get((who, year))]
    ]
    note = _("A government's report often contains those of its departments: the lines overlap, and must not be added.")
    return line(_("Requests received, by who reports them"), points, x=_("Year"), y=_("Requests"), note=note)


def own_by_year(
    reports: Mapping[int, Mapping[str, Any]], bodies: Iterable[Sum], years: Iterable[int], _: Words
) -> Spec:
    """Requests received as a place's government reports them, and the sum of its bodies."""
    summed = {each.report_year: each.amounts["received"] for each in bodies}
    points = [
        *(
            Point(year, reports[year]["received"], _("its government"), _("not printed"))
            if year in reports
            else Point(year, None, _("its government"), _("no report in the corpus"))
            for year in years
        ),
        *(
            Point(
                year,
                summed.get(year),
                _("its other bodies, added"),
                _("not printed") if year in summed else _("no report in the corpus"),
            )
            for year in years
        ),
    ]
    note = _("The government's report may be for the whole area or for itself alone: the lines may overlap.")
    return line(_("Requests received by year"), points, x=_("Year"), y=_("Requests"), note=note)


def share(row: Mapping[str, Any] | None, part: str = "denied", whole: str = "handled") -> float | None:
    """A figure of a report as a share of another; None where one is not printed, or nothing was handled."""
    if row is None or row.get(part) is None or not row.get(whole):
        return None
    return float(row[part]) / float(row[whole])
