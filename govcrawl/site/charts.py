"""What a chart shows, as data: made here, drawn by static/charts.js, printed as a table by the same template.

    line("Requests by year", [Point(2020, 1200), Point(2021, None, missing="not published")], x="Year", y="Requests")

In a template: `{% from "govcrawl/_chart.html" import chart with context %}{{ chart(spec) }}`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from govcrawl.lookups import load_lookup

Spec = dict[str, Any]
"""A chart as JSON: `kind`, `title`, `note`, `x`, `y`, `series`, `unit`, `rows`; see static/charts.js."""


TILES_ACROSS = 8


@dataclass(frozen=True, slots=True)
class Point:
    """One mark: `x` a year or a name, `y` its figure (null where there is none, with the reason in `missing`)."""

    x: int | str
    y: float | None
    series: str = ""
    missing: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One province of a map of tiles: its division code, short name, figure, and its page."""

    code: str
    name: str
    value: float | None
    missing: str = ""
    href: str = ""


def line(title: str, points: Iterable[Point], *, x: str, y: str, unit: str = "number", note: str = "") -> Spec:
    """Figures over years, one line a series; a year without a figure breaks the line and is marked.

    Args:
        title: what is shown; the chart's name for those who do not see it.
        points: in the order of their series.
        x, y: labels of the axes.
        unit: `number` or `percent` (figures are shares of 1).
        note: denominators, and what is missing.
    """
    return _spec("line", title, points, x, y, unit, note)


def bar(
    title: str,
    points: Iterable[Point],
    *,
    x: str,
    y: str,
    unit: str = "number",
    note: str = "",
    flat: bool = False,
    stack: bool = False,
) -> Spec:
    """Figures by category: a bar each; side by side, or one on the other (`stack`), where there are several series.

    Args:
        title, points, x, y, unit, note: as of `line`.
        flat: lay the bars down; for long names.
        stack: put the series on each other.
    """
    return _spec("bar", title, points, x, y, unit, note) | {"flat": flat, "stack": stack}


def tiles(title: str, places: Iterable[Tile], *, y: str, unit: str = "percent", note: str = "") -> Spec:
    """The provinces as a grid of tiles that lie about as they do on a map, darker for more.

    A code without a place in data/lookups/tiles.toml gets one in the rows beneath the map.
    """
    grid = _grid()
    beneath = max(row for _, row in grid.values()) + 1
    rows: list[dict[str, Any]] = []
    strangers = 0
    for place in places:
        if place.code in grid:
            column, row = grid[place.code]
        else:
            column, row = strangers % TILES_ACROSS, beneath + strangers // TILES_ACROSS
            strangers += 1
        rows.append(_row(place.name, place.value, "", place.missing, place.href) | {"column": column, "row": row})
    return {"kind": "tile", "title": title, "note": note, "x": "", "y": y, "unit": unit, "series": [], "rows": rows}


def _row(x: int | str, y: float | None, series: str, missing: str, href: str) -> dict[str, Any]:
    return {"x": x, "y": y, "series": series, "missing": missing, "href": href}


def _spec(kind: str, title: str, points: Iterable[Point], x: str, y: str, unit: str, note: str) -> Spec:
    rows = [_row(point.x, point.y, point.series, point.missing, point.href) for point in points]
    series = list(dict.fromkeys(row["series"] for row in rows if row["series"]))
    return {"kind": kind, "title": title, "note": note, "x": x, "y": y, "unit": unit, "series": series, "rows": rows}


@cache
def _grid() -> dict[str, tuple[int, int]]:
    return {code: (column, row) for code, (column, row) in load_lookup("tiles")["tiles"].items()}
