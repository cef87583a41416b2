"""Lay the rows of a printed sub-table over a table of a form: what matches, before any value is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache

from govcrawl.forms.columns import ColumnMap, columns_of
from govcrawl.forms.labels import one_line
from govcrawl.forms.padding import Padding
from govcrawl.forms.rows import Printed, match_rows, take_apart
from govcrawl.forms.schema import Form, Part, Table
from govcrawl.forms.segments import Line, Segment


@dataclass(slots=True)
class Fit:
    """A segment laid over a table of a form: what matches, before any value is read."""

    form: Form
    table: Table
    segment: Segment
    columns: ColumnMap
    printed: list[Printed]
    matches: list[int | None]
    strays: list[str] = field(default_factory=list)
    """Rows below the first value row that hold a text and no cell."""

    @property
    def matched_rows(self) -> int:
        return sum(match is not None for match in self.matches)

    @property
    def score(self) -> float:
        """Labels found, less labels missing and labels too many."""
        table = self.table
        rows = [table.rows[match] for match in self.matches if match is not None]
        replaced = {code for row in rows for code in row.replaces}
        found = {row.code for row in rows}
        missing = sum(row.code not in found | replaced for row in table.official_rows)
        columns = self.columns
        if columns.matched or columns.unmatched:
            missing_columns = len(table.columns) - columns.matched
            header = float(2 * columns.matched - columns.unmatched - missing_columns)
        else:
            header = -0.5 * sum(item.ambiguous or bool(item.surplus) for item in self.printed)
        unknown = len(self.matches) - self.matched_rows
        return header + self.matched_rows - 0.5 * missing - 0.5 * unknown

    @property
    def titled(self) -> bool:
        """Whether the sub-table's own title is printed over it."""
        return any(self.table.id in line.speech.title for line in self.segment.lines)

    @property
    def solid(self) -> bool:
        """Whether enough labels match for the rows to be this table at all.

        A row label alone proves nothing: comparisons of two years in the prose have them, too.
        """
        if self.table.part is Part.REVIEW_LITIGATION:
            return self.matched_rows > 0 and self.columns.matched >= 3
        if self.table.part is Part.STATISTICS:
            return self.matched_rows >= 5
        if self.table.part is Part.APPLICATIONS:
            return self.matched_rows > 0 and (self.columns.matched > 0 or self.matched_rows >= 3)
        return self.matched_rows > 0 and (self.columns.matched > 0 or self.titled)

    @property
    def bare(self) -> bool:
        """Rows of part two without a title and a header: this table only where another of part two goes before."""
        headless = not self.columns.matched and not self.columns.unmatched
        filled = any(item.has_numbers for item in self.printed)
        return self.table.part is Part.DISCLOSURE and headless and filled and self.matched_rows > 0

    @property
    def quality(self) -> tuple[bool, int, int, int]:
        """Which of two prints of one table is the better: titled, under its header, complete, filled."""
        filled = sum(item.has_numbers for item in self.printed)
        return self.titled, self.columns.matched - self.columns.unmatched, self.matched_rows, filled


def fit(segment: Segment, form: Form, table: Table, twin: Fit | None = None, *, same_rows: bool = False) -> Fit:
    """Lay a segment over a table.

    Args:
        segment: the printed rows.
        form: the form.
        table: its table.
        twin: a fit of the same segment to a table with the same columns, whose work need not be done again.
        same_rows: the twin's table has the same rows, too.
    """
    if twin is not None:
        matches: list[int | None] = twin.matches if same_rows else match_rows(twin.printed, table)
        return Fit(form, table, segment, twin.columns, twin.printed, matches, twin.strays)
    headers, body, strays = _split(segment, table)
    columns = columns_of(headers, table)
    if not columns.order:
        columns = _official(table)
    printed = _take_apart(body, columns, table)
    if len(columns.order) < len(table.columns) and any(item.surplus or item.ambiguous for item in printed):
        columns = _complete(columns, table)
        printed = _take_apart(body, columns, table)
    if table.part is Part.REVIEW_LITIGATION:
        filled = [sum(bool(text) for text in item.cells) for item in printed]
        best = filled.index(max(filled)) if filled else -1
        matches = [0 if index == best else None for index in range(len(printed))]
    else:
        matches = match_rows(printed, table)
    return Fit(form, table, segment, columns, printed, matches, strays)


def _take_apart(body: list[Line], columns: ColumnMap, table: Table) -> list[Printed]:
    padding = Padding(body, len(columns.order), table)
    return [take_apart(line, columns, table, padding) for line in body]


def _split(segment: Segment, table: Table) -> tuple[list[Line], list[Line], list[str]]:
    """Header rows, value rows, and texts that are neither; titles, spacers and bare group rows are left out."""
    headers: list[Line] = []
    body: list[Line] = []
    strays: list[str] = []
    for line in segment.lines:
        if line.speech.title and not line.numbers:
            continue
        if line.is_header:
            if not body:
                headers.append(line)
        elif _is_value_row(line, table):
            body.append(line)
        elif line.labels and not line.speech.known:
            strays.append(" ".join(map(one_line, line.labels)))
    return headers, body, strays


def _is_value_row(line: Line, table: Table) -> bool:
    if line.numbers or line.speech.row:
        return True
    if not line.labels:
        return table.part is Part.REVIEW_LITIGATION and line.values * 2 > len(table.columns)
    return line.values > 0 and not line.speech.anchors[-1].known


@cache
def _official(table: Table) -> ColumnMap:
    """No header is printed: the form's own order."""
    return ColumnMap(order=tuple(range(len(table.columns))))


@lru_cache(maxsize=2048)
def _complete(columns: ColumnMap, table: Table) -> ColumnMap:
    """Columns whose header label is missing keep the form's order; positions no longer prove anything."""
    wanted = len(table.columns)
    missing = [index for index in range(wanted) if index not in columns.order]
    if len(columns.strange) or not missing:
        return columns
    return ColumnMap(
        order=tuple(range(wanted)), printed=columns.printed, matched=columns.matched, unmatched=columns.unmatched
    )
