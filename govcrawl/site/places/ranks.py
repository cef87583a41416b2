"""Where a place stands among others, and the table of the places inside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from govcrawl.locale import marked
from govcrawl.site.places.series import share
from govcrawl.store.asking.expected import Standing
from govcrawl.store.asking.place import Rank, rank

MEASURES = {
    "found": marked("share of expected reports found"),
    "received": marked("requests received, as its government reports them"),
    "denied": marked("share of handled requests that were denied"),
}
"""What places are ranked by, the largest first."""

ORDERS = ("code", *MEASURES)


@dataclass(frozen=True, slots=True)
class Row:
    """A place among others."""

    code: str
    name: str
    valid_to: str | None
    standing: Standing
    report: Mapping[str, Any] | None
    """The report of its government for the year."""

    @property
    def measures(self) -> dict[str, float | None]:
        """Measure → value."""
        received = self.report["received"] if self.report else None
        return {"found": self.standing.share, "received": received, "denied": share(self.report)}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The rank of a place by a measure among its siblings, and among all of its level in the province."""

    measure: str
    value: float | None
    beside: Rank | None
    in_province: Rank | None


def places_table(
    places: Iterable[Mapping[str, Any]],
    standings: Mapping[str, Standing],
    reports: Mapping[str, Mapping[str, Any]],
    order: str,
) -> list[Row]:
    """The places with what is expected and found of all in them; by code, or by a measure with the largest first.

    Those without a figure come last. A division that is no more and of which nothing is known is left out.
    """
    rows = [
        Row(
            each["code"],
            each["name"],
            each["valid_to"],
            standings.get(each["code"], Standing()),
            reports.get(each["code"]),
        )
        for each in places
    ]
    rows = [row for row in rows if row.valid_to is None or row.standing.expected or row.report]
    if order == ORDERS[0]:
        return rows
    return sorted(rows, key=lambda row: (row.measures[order] is None, -(row.measures[order] or 0), row.code))


def rankings(code: str, rows: Mapping[str, Row], beside: Sequence[str], in_province: Sequence[str]) -> list[Ranking]:
    """The ranks of a place. A second one among more places is told only where there are more."""
    values = {measure: {each: row.measures[measure] for each, row in rows.items()} for measure in MEASURES}
    wider = in_province if set(in_province) > set(beside) else ()
    return [
        Ranking(
            measure,
            known.get(code),
            rank(code, known, beside),
            rank(code, known, wider) if wider else None,
        )
        for measure, known in values.items()
    ]
