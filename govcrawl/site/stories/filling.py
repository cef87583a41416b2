"""The parameters of a story, as an address gives them: made sound, and said where they were not."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govcrawl.forms.variables import variables_by_name
from govcrawl.site.stories.story import Parameter, Story
from govcrawl.store.asking.named import NamedPlace, place_called
from govcrawl.store.asking.search import Choices, choices
from govcrawl.store.asking.stories import counting_year

LONGEST = 60
"""Characters of a parameter that are read."""
GREATEST = 10**9


@dataclass(frozen=True, slots=True)
class Filled:
    """What the SQL is given."""

    values: Mapping[str, str]
    """Parameter → its value, as Datasette binds it."""
    refused: Mapping[str, str]
    """Parameter → what was asked for and cannot be; its default stands in `values`."""
    place: NamedPlace | None
    choices: Choices


def fill(connection: sqlite3.Connection, story: Story, args: Mapping[str, Any]) -> Filled:
    """Give every parameter of a story a value.

    Args:
        connection: for reading.
        story: whose parameters are filled.
        args: the address' own parameters; others than the story's are left alone.
    """
    offered = choices(connection)
    asked = {each.name: (args.get(each.name) or "").strip()[:LONGEST] for each in story.parameters}
    values: dict[str, str] = {}
    refused: dict[str, str] = {}
    place: NamedPlace | None = None
    for each in story.parameters:
        text = asked[each.name]
        value: str | None
        if each.kind == "place":
            found = place_called(connection, text) if text else None
            place = found if found and found.level != "state" else None
            value = found.code if found else None
        else:
            value = _sound(each, text, offered)
        if value is None:
            value = _default(connection, each, offered)
            if text:
                refused[each.name] = text
        values[each.name] = value
    return Filled(values, refused, place, offered)


def _sound(parameter: Parameter, text: str, offered: Choices) -> str | None:
    """The value of a text; None where it is none."""
    if parameter.kind == "year":
        return text if text in map(str, offered.years) else None
    if parameter.kind == "number":
        is_number = text.isascii() and text.isdigit()
        return str(int(text)) if is_number and parameter.least <= int(text) <= GREATEST else None
    known = parameter.choices or variables_by_name()["agency_kind"].values
    return text if text in known else None


def _default(connection: sqlite3.Connection, parameter: Parameter, offered: Choices) -> str:
    if parameter.kind == "year":
        year = counting_year(connection, offered.years)
        return str(year) if year is not None else ""
    return parameter.default
