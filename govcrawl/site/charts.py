"""What a chart shows, as data: made here, drawn by static/charts.js, printed as a table by the same template.

    line("Requests by year", [Point(2020, 1200), Point(2021, None, missing="not published")], x="Year", y="Requests")

In a template: `{% from "govcrawl/_chart.html" import chart with context %}{{ chart(spec) }}`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Spec = dict[str, Any]
"""A chart as JSON: `kind`, `title`, `note`, `x`, `y`, `series`, `unit`, `rows`; see static/charts.js."""


@dataclass(frozen=True, slots=True)
class Point:
    """One mark: `x` a year or a name, `y` its figure (null where there is none, with the reason in `missing`)."""

    x: int | str
    y: float | None
    series: str = ""
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


def _row(x: int | str, y: float | None, series: str, missing: str, href: str) -> dict[str, Any]:
    return {"x": x, "y": y, "series": series, "missing": missing, "href": href}


def _spec(kind: str, title: str, points: Iterable[Point], x: str, y: str, unit: str, note: str) -> Spec:
    rows = [_row(point.x, point.y, point.series, point.missing, point.href) for point in points]
    series = list(dict.fromkeys(row["series"] for row in rows if row["series"]))
    return {"kind": kind, "title": title, "note": note, "x": x, "y": y, "unit": unit, "series": series, "rows": rows}
