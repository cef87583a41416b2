"""A body's years side by side: the variables of the panel as rows, its years as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from govcrawl.forms.schema import Part, load_forms
from govcrawl.forms.variables import BETWEEN, TOTAL, Label, Variable, part_label, variables
from govcrawl.store.asking.agency import Crossing

NEW = "new_received_"
PART = str(Part.APPLICATIONS)
FOLDED = {str(Part.DISCLOSURE), str(Part.STATISTICS)}
OTHERS = (Part.REVIEW_LITIGATION, Part.DISCLOSURE, Part.STATISTICS)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one year."""

    value: float | int | None
    report_id: str
    where: str | None
    """The cell's place in the report; None where it was added up."""
    against: Mapping[str, Any] | None = None
    """What last year says otherwise: `expected`, `other_report_id`, `other_where`."""


@dataclass(frozen=True, slots=True)
class Line:
    """A variable over the years."""

    variable: Variable
    label: Label
    cells: tuple[Cell, ...]
    """A cell for each year of the table."""


@dataclass(frozen=True, slots=True)
class Table:
    """Variables that belong together."""

    id: str
    label: Label
    lines: tuple[Line, ...]
    years: tuple[int, ...]
    """Which of the years have any figure here, by their places."""
    bare: tuple[int, ...]
    """The report years that have none: they would be columns of dashes."""
    without: int
    """Further variables, of which no year has a figure."""

    @property
    def folded(self) -> bool:
        """Whether it is shown on demand: the long tables of what was made public."""
        return self.id in FOLDED


def side_by_side(years: Sequence[Mapping[str, Any]], crossings: Iterable[Crossing]) -> list[Table]:
    """The tables, those without a single figure left out.

    Args:
        years: rows of the panel, oldest first.
        crossings: how the years fit together.
    """
    against = {(row["report_id"], row["where"]): row for each in crossings for row in each.contradicts}
    tables = []
    for name, label, chosen in _groups():
        lines = [
            Line(variable, name_there, tuple(_cell(year, variable, against) for year in years))
            for variable, name_there in chosen
        ]
        told = [line for line in lines if any(cell.value is not None for cell in line.cells)]
        held = tuple(place for place in range(len(years)) if any(line.cells[place].value is not None for line in told))
        if told:
            shown = tuple(replace(line, cells=tuple(line.cells[place] for place in held)) for line in told)
            bare = tuple(year["report_year"] for place, year in enumerate(years) if place not in held)
            tables.append(Table(name, label, shown, held, bare, len(lines) - len(told)))
    return tables


def _cell(year: Mapping[str, Any], variable: Variable, against: Mapping[tuple[str, str], Mapping[str, Any]]) -> Cell:
    report = year["report_id"]
    added = any(year[name] is not None for name in variable.sources)
    where = None if added else variable.where
    return Cell(year[variable.name], report, where, against.get((report, where)) if where else None)


Group = tuple[str, Label, tuple[tuple[Variable, Label], ...]]


@cache
def _groups() -> tuple[Group, ...]:
    """(id, label, its variables with how each is called there)."""
    part_three = _of(Part.APPLICATIONS)
    applicants = [each for each in part_three if each.name.startswith(NEW)]
    return (
        ("applications", part_label(Part.APPLICATIONS), tuple((each, _row(each)) for each in _totals(part_three))),
        ("applicants", _shared(applicants), tuple((each, _column(each)) for each in applicants)),
        *((str(part), part_label(part), _called(_of(part))) for part in OTHERS),
    )


def _of(part: Part) -> list[Variable]:
    found = [each for each in variables() if each.part is part]
    return _by_channel(found) if part is Part.REVIEW_LITIGATION else found


def _called(chosen: Iterable[Variable]) -> tuple[tuple[Variable, Label], ...]:
    return tuple((each, each.label) for each in chosen)


def _totals(part_three: Sequence[Variable]) -> Iterator[Variable]:
    """The totals of the rows as the newest form prints them, each sum of rows before the first of them."""
    printed = {each.name: each for each in part_three if (each.where or "").endswith(f"/{TOTAL}")}
    order = {f"{PART}/{code}/{TOTAL}": number for number, code in enumerate(_newest_rows())}
    places: dict[str, float] = {name: order[each.where] for name, each in printed.items() if each.where in order}
    for each in part_three:
        if each.sources and places.keys() >= set(each.sources):
            places[each.name] = min(places[name] for name in each.sources) - 0.5
    chosen = {each.name: each for each in part_three if each.name in places}
    yield from sorted(chosen.values(), key=lambda each: places[each.name])
    yield from (each for name, each in printed.items() if name not in places)


def _newest_rows() -> list[str]:
    """The codes of the rows of part three, of all editions, as the newest form prints them."""
    newest = max(load_forms(), key=lambda form: form.report_years)
    return [row.code for table in newest.tables if table.part is Part.APPLICATIONS for row in table.rows]


def _by_channel(part_four: Sequence[Variable]) -> list[Variable]:
    """The outcomes of each channel together."""
    channels = list(dict.fromkeys(each.label.zh.rpartition(BETWEEN)[0] for each in part_four))
    return sorted(part_four, key=lambda each: channels.index(each.label.zh.rpartition(BETWEEN)[0]))


def _row(variable: Variable) -> Label:
    """A label without its last part, which says that it is the total."""
    return Label(variable.label.zh.rpartition(BETWEEN)[0], variable.label.en.rpartition(": ")[0] or variable.label.en)


def _column(variable: Variable) -> Label:
    """What a label says after the row that is printed above all of them."""
    return Label(variable.label.zh.partition(BETWEEN)[2], variable.label.en.partition(": ")[2])


def _shared(chosen: Sequence[Variable]) -> Label:
    return Label(chosen[0].label.zh.partition(BETWEEN)[0], chosen[0].label.en.partition(": ")[0])
