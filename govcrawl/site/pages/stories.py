"""`/stories` and `/stories/<id>`: ready-made questions, their SQL, and the answers with what they were found among, as
pages and as files."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from datasette import Response

from govcrawl.forms.variables import variables_by_name
from govcrawl.site import addresses
from govcrawl.site.asking import ask
from govcrawl.site.building import NAME
from govcrawl.site.language import language_of, words
from govcrawl.site.rendering import missing, page
from govcrawl.site.spreadsheet import spreadsheet
from govcrawl.site.stories.filling import Filled, fill
from govcrawl.site.stories.loading import stories
from govcrawl.site.stories.showing import Showing, chart_of, referred, shown_columns
from govcrawl.site.stories.story import GROUPS, Column, Story
from govcrawl.store.asking.stories import Names, answer, is_unrelated, names

FIRST = 100
"""Rows that a page shows unless all are asked for."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Everything that a story's page shows."""

    filled: Filled
    rows: list[dict[str, Any]]
    basis: Mapping[str, Any]
    names: Names
    unrelated: bool


def look(connection: sqlite3.Connection, story: Story, args: Mapping[str, Any], most: int | None) -> Answered:
    """Ask it all on one connection."""
    filled = fill(connection, story, args)
    rows = answer(connection, story.answer.sql, filled.values)
    basis = answer(connection, story.basis.sql, filled.values)
    agencies, places = referred(story.answer, rows[:most])
    called = names(connection, agencies, places)
    return Answered(filled, rows, basis[0], called, is_unrelated(connection))


async def view_list(datasette: Any, request: Any) -> Response:
    """`/stories`"""
    _ = words(language_of(request))
    found = {group: [story for story in stories().values() if story.group == group] for group in GROUPS}
    return await page(
        datasette, request, "stories.html", title=_("Stories"), groups={g: f for g, f in found.items() if f}
    )


async def view(datasette: Any, request: Any) -> Response:
    """`/stories/<id>?<parameter>=…&rows=all`"""
    most = None if request.args.get("rows") == "all" else FIRST
    asked = await _asked(datasette, request, most)
    if asked is None:
        return await _unknown(datasette, request)
    story, told, showing = asked
    return await page(
        datasette,
        request,
        "story.html",
        title=story.title.of(showing.language),
        story=story,
        told=told,
        showing=showing,
        columns=shown_columns(story.answer),
        rows=told.rows[:most],
        chart_spec=chart_of(story, told.rows, showing),
        kinds=variables_by_name()["agency_kind"].values,
        data=data_addresses(story, told.filled.values),
        all_rows=addresses.story(story.id, **told.filled.values, rows="all"),
    )


async def view_file(datasette: Any, request: Any) -> Response:
    """`/stories/<id>/answer.csv?<parameter>=…`: all rows, in the reader's words, with the addresses of reports."""
    asked = await _asked(datasette, request, None)
    if asked is None:
        return await _unknown(datasette, request)
    story, told, showing = asked
    columns = shown_columns(story.answer)

    def bare(column: Column, value: Any) -> Any:
        if column.kind == "report" and value is not None:
            return datasette.absolute_url(request, addresses.report(str(value)))
        return showing.bare(column, value)

    rows = [[bare(column, row[column.name]) for column in columns] for row in told.rows]
    return spreadsheet(file_name(story, told.filled.values), [showing.header(column) for column in columns], rows)


async def _asked(datasette: Any, request: Any, most: int | None) -> tuple[Story, Answered, Showing] | None:
    """The story of an address and its answer, of which `most` rows are named; None where there is no such story."""
    story = stories().get(addresses.part(request, "id"))
    if story is None:
        return None
    told = await ask(datasette, look, story, {name: request.args.get(name) for name in request.args}, most)
    language = language_of(request)
    return story, told, Showing(language, words(language), told.names)


async def _unknown(datasette: Any, request: Any) -> Response:
    _ = words(language_of(request))
    return await missing(datasette, request, _("There is no story of that name."))


def file_name(story: Story, values: Mapping[str, str]) -> str:
    """A file tells by its name of which year and place it is: its rows do not all say so."""
    told = [values[each.name] for each in story.parameters if each.kind in {"year", "place"}]
    return "-".join([story.id, *(each for each in told if each.isascii() and each.isdigit())])


def data_addresses(story: Story, values: Mapping[str, str]) -> dict[str, str]:
    """Where the same answer is had: `sql` (Datasette's page), `csv` (for spreadsheets), `json`."""
    # Datasette takes a parameter that an address leaves out for an empty text.
    page_address = addresses.sql(story.answer.sql, **values)
    tail = page_address.removeprefix(f"/{NAME}")
    return {
        "sql": page_address,
        "csv": addresses.story_file(story.id, **values),
        "json": f"/{NAME}.json{tail}&_shape=array",
    }


ROUTES = [
    (r"^/stories$", view_list),
    (r"^/stories/(?P<id>[^/]+)$", view),
    (r"^/stories/(?P<id>[^/]+)/answer\.csv$", view_file),
]
