"""The names of what is no single cell of a report: the rows and columns of its tables, the sections of its prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from govcrawl.forms.variables import BETWEEN, Label, variables

Words = Callable[..., str]


def line_name(where: str, language: str, words: Words) -> str | None:
    """What a row, a column or a section is called: `row “Newly received”`; None where the place is none of them."""
    part, _, code = where.partition("/")
    if part == "sections":
        return words("prose: {heading}", heading=code or "—")
    if part == "review_litigation" and code in channels():
        return channels()[code].of(language)
    if part == "applications" and code in applicants():
        return words("column “{label}”", label=applicants()[code].of(language))
    if part == "applications" and code in rows_of_part_three():
        return words("row “{label}”", label=rows_of_part_three()[code].of(language))
    return None


@cache
def rows_of_part_three() -> Mapping[str, Label]:
    """Row → its label with that of its group, without those of the part and of the columns."""
    return {
        row: Label(_inner(label.zh), _outer(label.en)) for row, end, label in _cells("applications") if end == "total"
    }


@cache
def applicants() -> Mapping[str, Label]:
    """Applicant → its own label."""
    return {
        end: Label(label.zh.rpartition(BETWEEN)[2], label.en.rpartition(": ")[2])
        for row, end, label in _cells("applications")
        if row == "new_received"
    }


@cache
def channels() -> Mapping[str, Label]:
    """Reviews and the two kinds of lawsuits → their labels, without those of the outcomes."""
    cells = _cells("review_litigation")
    return {row: Label(label.zh.rpartition(BETWEEN)[0], _outer(label.en)) for row, _, label in cells}


def _cells(part: str) -> Iterator[tuple[str, str, Label]]:
    """(row, column, label) of the cells of a part."""
    for variable in variables():
        place = (variable.where or "").split("/")
        if place[0] == part:
            yield place[1], place[2], variable.label


def _inner(label: str) -> str:
    """The labels of a row in part three: those inside the heading of the results; a heading that stands alone."""
    labels = label.split(BETWEEN)[:-1]
    return BETWEEN.join(labels[1:] or labels)


def _outer(label: str) -> str:
    """An English label of a cell without its column's."""
    return label.rpartition(": ")[0]
