"""The rows of an answer, as a page shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from govcrawl.forms.variables import Label, Variable, variables
from govcrawl.site import addresses, charts
from govcrawl.site.language import BLANK, day, number, percent
from govcrawl.site.lines import applicants, line_name, rows_of_part_three
from govcrawl.site.stories.story import Column, Query, Story
from govcrawl.store.asking.stories import Names

Words = Callable[..., str]
RIGHT = {"number", "percent"}
IN_CHINESE = {"agency", "place", "passage"}
LONGEST = 400
"""Characters of a passage that a table shows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of the table."""

    text: str
    href: str = ""
    lang: str = ""
    """`zh-CN` for what is printed in Chinese whatever the page's language."""
    css: str = ""
    mark: str = ""
    """Of a word that judges: `bad`."""


@dataclass(frozen=True, slots=True)
class Showing:
    """What the cells of an answer need beside themselves."""

    language: str
    words: Words
    names: Names

    def header(self, column: Column) -> str:
        """What a column is called."""
        if column.label is not None:
            return column.label.of(self.language)
        _ = self.words
        return {
            "agency": _("Agency"),
            "place": _("Place"),
            "report": _("Report"),
            "year": _("Report year"),
            "errors": _("Broken sums"),
        }.get(column.kind, column.name)

    def text(self, column: Column, value: Any) -> str:
        """A value without its links."""
        if value is None:
            return BLANK
        if column.kind in {"number", "errors"}:
            return number(value) if isinstance(value, int | float) else str(value)
        if column.kind == "percent":
            return percent(value) if isinstance(value, int | float) else str(value)
        if column.kind == "day":
            return day(str(value), self.language)
        if column.kind == "place":
            return self.names.places.get(str(value), str(value))
        if column.kind in {"code", "row", "applicant"}:
            label = codes_of(column).get(str(value))
            return label.of(self.language) if label else str(value)
        if column.kind == "cell":
            found = cells().get(str(value))
            if found:
                return found.label.of(self.language)
            return line_name(str(value), self.language, self.words) or str(value)
        return str(value)

    def bare(self, column: Column, value: Any) -> Any:
        """A value for a file: numbers and days as they are stored, nothing where it is blank."""
        return value if value is None or column.kind in {*RIGHT, "errors", "day", "year"} else self.text(column, value)

    def cell(self, column: Column, row: Mapping[str, Any]) -> Shown:
        """A value as the table shows it."""
        value = row[column.name]
        text = self.text(column, value)
        if value is None:
            return Shown(text, css="number" if column.kind in RIGHT else "")
        if column.kind in RIGHT:
            return Shown(text, css="number")
        if column.kind == "errors":
            return Shown(self.words("{n} broken", n=text), mark="bad") if value else Shown(self.words("none"))
        if column.kind == "report":
            return Shown(self.words("open"), addresses.report(str(value)))
        if column.kind == "url":
            return Shown(text, addresses.outside(text), css="url")
        if column.kind == "passage":
            return Shown(text if len(text) <= LONGEST else f"{text[:LONGEST]}…", lang="zh-CN", css="passage")
        lang = "zh-CN" if column.kind in IN_CHINESE else ""
        return Shown(text, self._href(column, row), lang)

    def _href(self, column: Column, row: Mapping[str, Any]) -> str:
        value = row[column.name]
        if column.kind == "place":
            return addresses.place(str(value))
        if column.kind == "agency":
            known = self.names.agencies.get(row.get(column.by) or 0)
            return addresses.agency(*known) if known else ""
        if column.kind == "cell" and value in cells():
            return addresses.cell(str(row[column.by]), str(value))
        return ""


def shown_columns(query: Query) -> list[Column]:
    """The columns that a table has."""
    return [column for column in query.columns if column.kind != "key"]


def referred(query: Query, rows: Iterable[Mapping[str, Any]]) -> tuple[list[int], list[str]]:
    """(numbers of agencies, codes of places) that rows speak of."""
    agencies = [column.by for column in query.columns if column.kind == "agency"]
    places = [column.name for column in query.columns if column.kind == "place"]
    held = list(rows)
    return (
        [row[name] for row in held for name in agencies if isinstance(row.get(name), int)],
        [row[name] for row in held for name in places if row[name]],
    )


def chart_of(story: Story, rows: Sequence[Mapping[str, Any]], showing: Showing) -> charts.Spec | None:
    """The story's chart of its first rows; None where it has none, or there is nothing to draw."""
    plan = story.chart
    if plan is None or not rows:
        return None
    columns = {column.name: column for column in story.answer.columns}
    x, y = columns[plan.x], columns[plan.y]
    series = columns.get(plan.series)
    points = []
    for row in rows[: plan.most]:
        name = row[x.name] if x.kind == "year" else showing.text(x, row[x.name])
        value = row[y.name]
        points.append(
            charts.Point(
                name,
                value if isinstance(value, int | float) else None,
                showing.text(series, row[series.name]) if series else "",
                href=showing.cell(x, row).href,
            )
        )
    told = {"x": showing.header(x), "y": showing.header(y), "unit": "percent" if y.kind == "percent" else "number"}
    title = story.title.of(showing.language)
    note = showing.words("The first {n} rows of the table.", n=len(points)) if len(rows) > len(points) else ""
    if plan.kind == "line":
        return charts.line(title, points, note=note, **told)
    bars = points if series else _apart(points)
    return charts.bar(title, bars, note=note, flat=plan.flat, stack=plan.stack, **told)


def _apart(points: Sequence[charts.Point]) -> list[charts.Point]:
    """Bars of the same name would become one: each further one gets its number."""
    counts: dict[int | str, int] = {}
    found = []
    for point in points:
        counts[point.x] = counts.get(point.x, 0) + 1
        name = point.x if counts[point.x] == 1 else f"{point.x} ({counts[point.x]})"
        found.append(charts.Point(name, point.y, point.series, point.missing, point.href))
    return found


def codes_of(column: Column) -> Mapping[str, Label]:
    """What the codes of a column mean."""
    if column.kind == "row":
        return rows_of_part_three()
    return applicants() if column.kind == "applicant" else column.values


@cache
def cells() -> Mapping[str, Variable]:
    """Every cell that a form prints, by its place in a report."""
    return {variable.where: variable for variable in variables() if variable.where}
