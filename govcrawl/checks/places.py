"""What a government reports for its whole area against the sum of what the area's bodies report.

The parts of an area are the departments, townships and offices of its division and, for each division below it, that
division's own report for its whole area, or its bodies where it has none. Which of them must report is known from the
corpus alone: those that ever did. The sum of those found can only be too small, so that it contradicts where it is
larger than what the whole area is said to have, and supports where every part is found and the sums are equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from govcrawl.forms.schema import load_forms, matching
from govcrawl.lookups import pattern
from govcrawl.model import AgencyKind, CrossCheck, HeldReport, Number, Scope, Severity, Verdict

CODE = "area_total"
LEAST_PARTS = 2
"""A sum of one is no sum."""
MOST_NAMED = 40
"""Parts whose report is named in a check; the rest are counted."""

_OWNERS = {AgencyKind.GOVERNMENT, AgencyKind.OFFICE}
_PARTS: Mapping[AgencyKind, frozenset[str]] = {
    AgencyKind.DEPARTMENT: frozenset({Scope.DEPARTMENT}),
    AgencyKind.TOWNSHIP: frozenset({Scope.TOWNSHIP}),
    AgencyKind.OFFICE: frozenset({Scope.GOVERNMENT_OFFICE}),
    AgencyKind.GOVERNMENT: frozenset({Scope.GOVERNMENT_OFFICE}),
}
"""What a body of each kind reports of itself alone."""

Key = tuple[int, str]
"""Agency and scope."""


@dataclass(frozen=True, slots=True)
class Body:
    """A reporting body, as far as sums over an area need it."""

    id: int
    name: str
    kind: AgencyKind
    division_code: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """The cells of a report that add up over an area."""

    report_id: str
    agency_id: int
    year: int
    scope: str
    cells: Mapping[str, Number]


def counted(report: HeldReport) -> Counted | None:
    """A report as sums over areas need it; None where it says nothing for them."""
    if report.agency_id is None or report.report_year is None:
        return None
    cells = {where: value for where in _cells() if (value := report.cells.get(where)) is not None}
    return Counted(report.id, report.agency_id, report.report_year, report.scope, cells) if cells else None


def check_areas(
    reports: Iterable[Counted], bodies: Iterable[Body], parents: Mapping[str, str | None]
) -> Iterator[CrossCheck]:
    """What the sums of their parts say of the totals of whole areas.

    Args:
        reports: all current ones.
        bodies: all that report.
        parents: division code → the code of the division it lies in.
    """
    corpus = _Corpus(reports, bodies, parents)
    for body in corpus.bodies.values():
        if body.kind in _OWNERS and body.division_code:
            keys = corpus.parts(body.division_code)
            for whole in corpus.of_agency[body.id]:
                if whole.scope == Scope.WHOLE_AREA and len(keys) >= LEAST_PARTS:
                    yield from _held_against_parts(whole, keys, corpus)


@dataclass(slots=True)
class _Corpus:
    """Reports by body and year, bodies by division, and what has been made of them."""

    reports: Iterable[Counted]
    known: Iterable[Body]
    parents: Mapping[str, str | None]
    bodies: dict[int, Body] = field(default_factory=dict)
    of_agency: dict[int, list[Counted]] = field(default_factory=lambda: defaultdict(list))
    of_key: dict[tuple[Key, int], list[Counted]] = field(default_factory=lambda: defaultdict(list))
    ever: set[Key] = field(default_factory=set)
    _parts: dict[str, tuple[frozenset[Key], ...]] = field(default_factory=dict)
    _within: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))
    _below: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.bodies = {body.id: body for body in self.known}
        for body in self.bodies.values():
            if body.division_code:
                self._within[body.division_code].append(body)
        for code, parent in self.parents.items():
            if parent and parent != code:
                self._below[parent].append(code)
        for report in self.reports:
            self.of_agency[report.agency_id].append(report)
            self.of_key[(report.agency_id, report.scope), report.year].append(report)
            self.ever.add((report.agency_id, report.scope))

    def parts(self, division: str) -> tuple[frozenset[Key], ...]:
        """The parts of a division, each as the agencies and scopes any of which is that part."""
        if division not in self._parts:
            self._parts[division] = ()  # a division inside itself ends here
            found = [frozenset({key}) for body in self._within[division] for key in self._own(body)]
            for below in self._below[division]:
                whole = self._whole(below)
                found.extend([whole] if whole else self.parts(below))
            self._parts[division] = tuple(found)
        return self._parts[division]

    def _own(self, body: Body) -> list[Key]:
        if pattern("places", "area", "vertical").search(body.name):
            return []
        return [(body.id, scope) for scope in sorted(_PARTS.get(body.kind, ())) if (body.id, scope) in self.ever]

    def _whole(self, division: str) -> frozenset[Key]:
        """Who ever reported for the whole of a division."""
        keys = {(body.id, str(Scope.WHOLE_AREA)) for body in self._within[division] if body.kind in _OWNERS}
        return frozenset(keys & self.ever)


def _held_against_parts(whole: Counted, parts: tuple[frozenset[Key], ...], corpus: _Corpus) -> Iterator[CrossCheck]:
    found = [[report for key in sorted(part) for report in corpus.of_key.get((key, whole.year), ())] for part in parts]
    for where, actual in whole.cells.items():
        told = [_agreed(reports, where) for reports in found]
        values = [value for value in told if value is not None]
        total = sum(values)
        complete = len(values) == len(parts)
        if total > actual or (complete and total == actual):
            named = [
                min(report.report_id for report in reports)
                for reports, value in zip(found, told, strict=True)
                if value is not None
            ]
            yield CrossCheck(
                report_id=whole.report_id,
                code=CODE,
                where=where,
                verdict=Verdict.CONTRADICTS if total > actual else Verdict.SUPPORTS,
                message=f"the sum of {len(values)} of {len(parts)} bodies of the area that ever reported",
                severity=Severity.WARNING,
                expected=total,
                actual=actual,
                other_where=f"{where}: {' '.join(sorted(named)[:MOST_NAMED])}",
                share=round(len(values) / len(parts), 4),
            )


def _agreed(reports: list[Counted], where: str) -> Number | None:
    """What all reports of a part say of a cell; None where one does not, or two differ."""
    values = {report.cells.get(where) for report in reports}
    return values.pop() if len(values) == 1 else None


@cache
def _cells() -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell for form in load_forms() for cell in matching(form, form.area)))
