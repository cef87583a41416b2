"""The known truth of one invented report: figures drawn from a seed that obey every identity of their form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random

from govcrawl.forms.schema import Column, Form, Identity, Part, Row, Table
from govcrawl.model import Number

SIZES: Mapping[str, int] = {"zero": 0, "small": 9, "medium": 240, "large": 60_000}
"""Knob of size → the largest plain count drawn."""

Cells = dict[str, Number | None]
Nested = dict[str, Cells]


@dataclass(slots=True)
class Figures:
    """Every official cell of one report, keyed as in `Report`; None is a blank cell."""

    disclosure: Cells = field(default_factory=dict)
    applications: Nested = field(default_factory=dict)
    review_litigation: Nested = field(default_factory=dict)
    statistics: Cells = field(default_factory=dict)

    def get(self, where: str) -> Number | None:
        """The value at `part/code` or `part/row/column`."""
        part, _, rest = where.partition("/")
        cells = getattr(self, part)
        row, _, column = rest.partition("/")
        return cells[row][column] if column else cells[row]  # type: ignore[no-any-return]

    def set(self, where: str, value: Number | None) -> None:
        """Put a value at `part/code` or `part/row/column`."""
        part, _, rest = where.partition("/")
        row, _, column = rest.partition("/")
        cells = getattr(self, part)
        if column:
            cells.setdefault(row, {})[column] = value
        else:
            cells[row] = value

    def items(self) -> Iterable[tuple[str, Number | None]]:
        """Every (`part/code` or `part/row/column`, value)."""
        for part, cells in (("disclosure", self.disclosure), ("statistics", self.statistics)):
            for code, value in cells.items():
                yield f"{part}/{code}", value
        for part, rows in (("applications", self.applications), ("review_litigation", self.review_litigation)):
            for row, columns in rows.items():
                for column, value in columns.items():
                    yield f"{part}/{row}/{column}", value

    def to_dict(self) -> dict[str, Cells | Nested]:
        """The four parts, as the public JSON of a report has them."""
        return {
            "disclosure": dict(self.disclosure),
            "applications": {row: dict(cells) for row, cells in self.applications.items()},
            "review_litigation": {row: dict(cells) for row, cells in self.review_litigation.items()},
            "statistics": dict(self.statistics),
        }


def cell_path(table: Table, row: Row, column: Column) -> str:
    """Where a cell stands in a report: `part/code`, or `part/row/column` in the nested parts."""
    if table.part is Part.REVIEW_LITIGATION:
        return f"{table.part}/{column.group.code if column.group else ''}/{column.code}"
    if table.part is Part.APPLICATIONS:
        return f"{table.part}/{row.code}/{column.code}"
    return f"{table.part}/{table.cell_code(row, column)}"


def value_columns(table: Table) -> tuple[Column, ...]:
    """The columns that hold figures; a `unit` column only repeats the row's unit."""
    return tuple(column for column in table.columns if column.code != "unit")


def cell_paths(form: Form) -> list[str]:
    """The path of every official cell of a form, in reading order."""
    return [
        cell_path(table, row, column)
        for table in form.tables
        for row in table.official_rows
        for column in value_columns(table)
    ]


def draw_figures(
    form: Form, seed: int | str, *, size: str = "small", blanks: float = 0.0, previous: Figures | None = None
) -> Figures:
    """Draw the figures of one report.

    Args:
        form: the official form; its identities all hold afterwards.
        seed: the same seed gives the same figures.
        size: a key of `SIZES`.
        blanks: share of the zero cells left blank (None); a blank counts as zero, so the sums still hold.
        previous: last year's figures of the same agency and form: what it carried over comes in this year,
            and its stocks go on.
    """
    random = Random(f"{seed}/{form.code}/{size}")
    draw = _Draw(random, SIZES[size])
    figures = Figures()
    for table in form.tables:
        if table.part in {Part.DISCLOSURE, Part.STATISTICS}:
            for row in table.official_rows:
                for column in value_columns(table):
                    figures.set(cell_path(table, row, column), draw.cell(row, column))
        elif table.part is Part.APPLICATIONS:
            draw.applications(figures, form, table, previous)
        else:
            draw.channels(figures, form, table)
    _continue_stocks(figures, previous)
    _settle(form, figures)
    if blanks:
        for where, value in list(figures.items()):
            if value == 0 and random.random() < blanks:
                figures.set(where, None)
    return figures


def broken_identities(form: Form, figures: Figures) -> list[tuple[str, str]]:
    """The (code, where) of every identity of the form that the figures break, blanks counted as zero.

    An identity of which one side is blank altogether says nothing.
    """
    return [
        (identity.code, where)
        for identity in form.identities
        for where, left, right in _instances(identity, figures)
        if not _holds(identity, figures, left, right)
    ]


class _Draw:
    """Draws counts of the asked size; most cells of a real report are zero."""

    def __init__(self, random: Random, limit: int) -> None:
        self.random = random
        self.limit = limit

    def count(self, zeros: float = 0.35) -> int:
        if not self.limit or self.random.random() < zeros:
            return 0
        return int(self.limit ** self.random.random()) + self.random.randrange(3)

    def cell(self, row: Row, column: Column) -> Number:
        if column.decimal or column.money or row.money:
            return round(self.count() * 1.0 + self.random.randrange(1, 100) / 100, 2) if self.limit else 0
        if column.signed:
            return self.count(0.2) * self.random.choice((1, 1, -1))
        return self.count()

    def applications(self, figures: Figures, form: Form, table: Table, previous: Figures | None) -> None:
        """Draw items and stocks per applicant; the sums and the new requests follow from the identities."""
        whole = _sum_rule(form, table.part, "row")
        handled = _sum_rule(form, table.part, "column")
        balance = next(i for i in form.identities if i.part is table.part and i.axis == "column" and len(i.left) > 1)
        received, carried_in = balance.left
        total_handled, carried_out = balance.right
        rows: Nested = {row.code: {} for row in table.official_rows}
        for column in whole.right:
            for code in handled.right:
                rows[code][column] = self.count(0.8)
            rows[total_handled][column] = done = sum(int(rows[code][column] or 0) for code in handled.right)
            before = previous.applications.get(carried_out, {}).get(column) if previous else self.count(0.7)
            rows[carried_in][column] = old = int(before or 0)
            rows[carried_out][column] = left = max(self.count(0.7), old - done)
            rows[received][column] = done + left - old
        for cells in rows.values():
            cells[whole.left[0]] = sum(int(cells[column] or 0) for column in whole.right)
        for row in table.official_rows:
            figures.applications[row.code] = {column.code: rows[row.code][column.code] for column in table.columns}

    def channels(self, figures: Figures, form: Form, table: Table) -> None:
        rule = _sum_rule(form, table.part, "channel")
        for column in table.columns:
            figures.set(cell_path(table, table.rows[0], column), self.count(0.6))
        for cells in figures.review_litigation.values():
            cells[rule.left[0]] = sum(int(cells[code] or 0) for code in rule.right)


def _sum_rule(form: Form, part: Part, axis: str) -> Identity:
    return next(
        i for i in form.identities if i.part is part and i.axis == axis and i.relation == "=" and len(i.left) == 1
    )


def _continue_stocks(figures: Figures, previous: Figures | None) -> None:
    """Let stocks go on from the year before: in force, and last year's number of items."""
    if previous is None:
        return
    cells, before = figures.disclosure, previous.disclosure
    for code in cells:
        stem = code.removesuffix("_in_force")
        if stem != code and before.get(code) is not None:
            cells[f"{stem}_repealed"] = min(int(cells[f"{stem}_repealed"] or 0), int(before[code] or 0))
            cells[code] = (before[code] or 0) + (cells[f"{stem}_issued"] or 0) - (cells[f"{stem}_repealed"] or 0)
        stem = code.removesuffix("_items_previous_year")
        if stem != code and before.get(code) is not None:
            cells[code] = max(0, (before[code] or 0) + (before[f"{stem}_items_change"] or 0))


def _settle(form: Form, figures: Figures) -> None:
    """Mend cells until every identity over single cells holds."""
    totals = {i.left[0]: i.right for i in form.identities if i.axis == "cell" and i.relation == "="}
    for _ in range(12):
        for identity in form.identities:
            if identity.axis != "cell":
                continue
            for _, left, right in _instances(identity, figures):
                if _holds(identity, figures, left, right):
                    continue
                gap = _sum(figures, right) - _sum(figures, left)
                target = left[0]
                if identity.relation == "!=":
                    gap = 1
                elif identity.relation == ">=" and identity.left[0] in totals:
                    target = f"{identity.part}/{totals[identity.left[0]][0]}"
                figures.set(target, (figures.get(target) or 0) + gap)
    broken = broken_identities(form, figures)
    if broken:
        raise AssertionError(f"figures of {form.code} could not be settled: {broken}")


def _instances(identity: Identity, figures: Figures) -> Iterable[tuple[str, list[str], list[str]]]:
    """Yield every place an identity holds at: its name, and the paths of both sides."""
    part = str(identity.part)
    rows: Nested = getattr(figures, part) if identity.axis != "cell" else {}
    if identity.axis == "cell":
        yield (
            f"{part}/{identity.left[0]}",
            [f"{part}/{c}" for c in identity.left],
            [f"{part}/{c}" for c in identity.right],
        )
    elif identity.axis == "column":
        for column in dict.fromkeys(column for cells in rows.values() for column in cells):
            sides = [[f"{part}/{c}/{column}" for c in side] for side in (identity.left, identity.right)]
            yield f"{part}/{column}", sides[0], sides[1]
    else:
        for row in rows:
            sides = [[f"{part}/{row}/{c}" for c in side] for side in (identity.left, identity.right)]
            yield f"{part}/{row}", sides[0], sides[1]


def _value(figures: Figures, where: str) -> Number | None:
    try:
        return figures.get(where)
    except KeyError:
        return None


def _sum(figures: Figures, wheres: Iterable[str]) -> Number:
    return sum(_value(figures, where) or 0 for where in wheres)


def _holds(identity: Identity, figures: Figures, left: list[str], right: list[str]) -> bool:
    if any(all(_value(figures, where) is None for where in side) for side in (left, right)):
        return True
    if identity.unless and not _value(figures, f"{identity.part}/{identity.unless}"):
        return True
    a, b = _sum(figures, left), _sum(figures, right)
    return {"=": abs(a - b) < 1e-9, ">=": a >= b, "!=": a != b}[identity.relation]
