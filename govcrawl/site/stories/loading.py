"""Reading `data/stories/*.toml`, a file a story. A broken file is refused, and where it is broken is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from govcrawl.forms.variables import Label, variables_by_name
from govcrawl.lookups import data_folder, read_toml
from govcrawl.model import RegistryError
from govcrawl.site.stories.story import (
    COLUMN_KINDS,
    GROUPS,
    PARAMETER_KINDS,
    ChartPlan,
    Column,
    Parameter,
    Query,
    Story,
)

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
NAME = re.compile(r"[a-z][a-z0-9_]*")
NAMED = re.compile(r"(?<![:\w]):([a-z_]\w*)")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
WITHOUT_LABEL = {"key", "agency", "place", "report", "year", "errors"}
CHARTS = ("bar", "line")


@cache
def stories() -> Mapping[str, Story]:
    """All stories by id, in the order they are listed in.

    Raises:
        RegistryError: one of the files is broken.
    """
    return load_stories(data_folder() / "stories")


def load_stories(folder: Path) -> Mapping[str, Story]:
    """The stories of a folder.

    Raises:
        RegistryError: a file is broken, or two stories want the same place.
    """
    found = [load_story(path) for path in sorted(folder.glob("*.toml"))]
    places: dict[int, str] = {}
    for story in found:
        if story.order in places:
            raise RegistryError(f"{folder / story.id}.toml: order: {story.order} is that of {places[story.order]}, too")
        places[story.order] = story.id
    return {story.id: story for story in sorted(found, key=lambda story: story.order)}


def load_story(path: Path) -> Story:
    """The story of a file, which is called after it.

    Raises:
        RegistryError: something is missing, unknown or contradicts something else; the message says where.
    """
    place = _Place(str(path))
    told = place.table(read_toml(path))
    if not ID.fullmatch(path.stem):
        raise place.refuse("the file's name must be small letters, figures and hyphens")
    parameters = tuple(_parameter(each) for each in told.tables("parameter"))
    _refuse_doubles(told.place, "parameter", parameters)
    answer, basis = _query(told.sub("answer")), _query(told.sub("basis"))
    story = Story(
        id=path.stem,
        order=told.integer("order"),
        group=told.word("group", GROUPS),
        title=told.label("title"),
        summary=told.label("summary"),
        explanation=told.label("explanation"),
        caveats=tuple(_label(each) for each in told.tables("caveat")),
        parameters=parameters,
        answer=answer,
        basis=basis,
        chart=_chart(told.sub("chart"), answer) if "chart" in told.rest else None,
    )
    told.end()
    _check_parameters(place, story)
    if not story.caveats:
        raise place.refuse("there is no [[caveat]]: say what the answer does not show")
    return story


class _Place:
    """Where in which file something stands."""

    def __init__(self, text: str) -> None:
        self.text = text

    def inside(self, name: str) -> _Place:
        return _Place(f"{self.text}: {name}")

    def refuse(self, why: str) -> RegistryError:
        return RegistryError(f"{self.text}: {why}")

    def table(self, value: Any) -> _Table:
        if not isinstance(value, dict):
            raise self.refuse("it must be a table")
        return _Table(self, dict(value))


class _Table:
    """A table of a file; what nobody took out of it at the end is unknown."""

    def __init__(self, place: _Place, rest: dict[str, Any]) -> None:
        self.place = place
        self.rest = rest

    def end(self) -> None:
        if self.rest:
            raise self.place.refuse(f"unknown: {', '.join(sorted(self.rest))}")

    def text(self, name: str, default: str | None = None) -> str:
        value = self.rest.pop(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.place.refuse(f"{name} must be a text")
        return value

    def word(self, name: str, among: Iterable[str]) -> str:
        value, words = self.text(name), tuple(among)
        if value not in words:
            raise self.place.refuse(f"{name} is {value!r}, and must be one of {', '.join(words)}")
        return value

    def integer(self, name: str, default: int | None = None) -> int:
        value = self.rest.pop(name, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.place.refuse(f"{name} must be a whole number")
        return value

    def flag(self, name: str) -> bool:
        value = self.rest.pop(name, False)
        if not isinstance(value, bool):
            raise self.place.refuse(f"{name} must be true or false")
        return value

    def label(self, name: str) -> Label:
        return _label(self.sub(name))

    def sub(self, name: str) -> _Table:
        return self.place.inside(name).table(self.rest.pop(name, None))

    def tables(self, name: str) -> list[_Table]:
        value = self.rest.pop(name, [])
        if not isinstance(value, list):
            raise self.place.refuse(f"{name} must be a list of tables")
        return [self.place.inside(f"{name} {number}").table(each) for number, each in enumerate(value, 1)]

    def labels(self, name: str) -> dict[str, Label]:
        table = self.sub(name)
        return {key: table.label(key) for key in tuple(table.rest)}


def _label(table: _Table) -> Label:
    label = Label(table.text("zh"), table.text("en"))
    table.end()
    return label


def _parameter(table: _Table) -> Parameter:
    kind = table.word("kind", PARAMETER_KINDS)
    own = kind in {"number", "choice"}
    found = Parameter(
        name=_name(table),
        kind=kind,
        label=table.label("label") if own else None,
        default=table.text("default") if own else "",
        least=table.integer("least", 0) if kind == "number" else 0,
        choices=table.labels("choices") if kind == "choice" else {},
    )
    table.end()
    if kind == "choice" and found.default not in found.choices:
        raise table.place.refuse(f"default {found.default!r} is none of its choices")
    if kind == "number" and not (found.default.isascii() and found.default.isdigit()):
        raise table.place.refuse(f"default {found.default!r} is no number")
    return found


def _query(table: _Table) -> Query:
    sql = table.text("sql").strip()
    columns = tuple(_column(each) for each in table.tables("column"))
    table.end()
    if not sql.upper().startswith(("SELECT", "WITH")) or ";" in QUOTED.sub("", sql):
        raise table.place.refuse("sql must be one SELECT, without a semicolon")
    if not columns:
        raise table.place.refuse("there is no column")
    _refuse_doubles(table.place, "column", columns)
    for column in columns:
        if column.by and column.by not in {each.name for each in columns}:
            raise table.place.refuse(f"column {column.name}: by {column.by!r} is none of the columns")
    return Query(sql, columns)


def _column(table: _Table) -> Column:
    kind = table.word("kind", COLUMN_KINDS) if "kind" in table.rest else "number"
    name = _name(table)
    values: Mapping[str, Label] = {}
    label = table.label("label") if "label" in table.rest else None
    if kind == "code":
        named = table.rest.get("values")
        if isinstance(named, str):
            variable = variables_by_name().get(table.text("values"))
            if variable is None or not variable.values:
                raise table.place.refuse(f"values {named!r} is no variable whose codes are named")
            values, label = variable.values, label or variable.label
        else:
            values = table.labels("values")
    by = table.text("by", {"agency": "agency_id", "cell": "report_id"}.get(kind, ""))
    table.end()
    if label is None and kind not in WITHOUT_LABEL:
        raise table.place.refuse(f"column {name}: there is no label")
    return Column(name, kind, label, by, values)


def _name(table: _Table) -> str:
    name = table.text("name")
    if not NAME.fullmatch(name):
        raise table.place.refuse(f"name {name!r} must be small letters, figures and underscores")
    return name


def _chart(table: _Table, answer: Query) -> ChartPlan:
    plan = ChartPlan(
        kind=table.word("kind", CHARTS),
        x=table.text("x"),
        y=table.text("y"),
        series=table.text("series", ""),
        most=table.integer("most", 1000),
        flat=table.flag("flat"),
        stack=table.flag("stack"),
    )
    table.end()
    shown = {column.name: column for column in answer.columns}
    for axis, name in (("x", plan.x), ("y", plan.y), ("series", plan.series)):
        if name not in shown and not (axis == "series" and not name):
            raise table.place.refuse(f"{axis} {name!r} is none of the answer's columns")
    if shown[plan.y].kind not in {"number", "percent"}:
        raise table.place.refuse(f"y {plan.y!r} is a column of {shown[plan.y].kind}, and must be one of figures")
    return plan


def _check_parameters(place: _Place, story: Story) -> None:
    """Each parameter stands in the answer's SQL, and what stands there is a parameter."""
    names = {parameter.name for parameter in story.parameters}
    asked = _named(story.answer.sql)
    for name in sorted(names ^ asked):
        why = "stands in the SQL, and is no parameter" if name in asked else "is a parameter, and stands not in the SQL"
        raise place.inside("answer").refuse(f":{name} {why}")
    for name in sorted(_named(story.basis.sql) - names):
        raise place.inside("basis").refuse(f":{name} stands in the SQL, and is no parameter")


def _named(sql: str) -> set[str]:
    return set(NAMED.findall(QUOTED.sub("", sql)))


def _refuse_doubles(place: _Place, what: str, items: Iterable[Parameter | Column]) -> None:
    seen: set[str] = set()
    for item in items:
        if item.name in seen:
            raise place.refuse(f"two {what}s are called {item.name}")
        seen.add(item.name)
