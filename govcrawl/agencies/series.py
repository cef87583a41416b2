"""The series of a division's agencies held against each other: which became which, and which may be one body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz import fuzz

from govcrawl.agencies.decisions import Decision, Ruling, load_decisions
from govcrawl.divisions import Divisions
from govcrawl.lookups import pattern
from govcrawl.model import AgencyKind

ALIKE = 0.5
"""Share of common characters from which two names, without their endings, are alike: 水利, 水务."""
GAP = 2
"""Report years between the last of one series and the first of the other at which one may go on in the other."""


@dataclass(frozen=True, slots=True)
class Series:
    """An agency and the years it reported on."""

    agency_id: int
    key: str
    division_code: str | None
    kind: AgencyKind
    name: str
    years: frozenset[int]
    columns: frozenset[str] = field(default=frozenset())
    """Columns of portals that list its reports."""
    may_be: tuple[tuple[str, str], ...] = ()
    """The bodies of other divisions that its name may mean: the key and the division of each."""

    @property
    def first_year(self) -> int:
        return min(self.years)

    @property
    def last_year(self) -> int:
        return max(self.years)

    @property
    def place(self) -> tuple[str, str]:
        """What says which agency it is, whatever its number."""
        return self.division_code or "", self.key


@dataclass(frozen=True, slots=True)
class AgencyLink:
    """One agency became another, or was merged into it, and both keep their series."""

    earlier_id: int
    later_id: int
    kind: Ruling
    """`renamed` or `merged`."""
    year: int
    """The first report year of which nothing is expected from the earlier any more."""
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class AgencyReview:
    """Two agencies that may be one. Nothing follows from it until somebody decides."""

    agency_id: int
    """The one whose series is the earlier."""
    other_id: int
    reason: str
    """`alike` (their names), `column` (one column lists the reports of the two alone), `division` (it is unknown)."""
    score: float
    """How likely, 0 to 1: by the likeness of the names, and more where a column says the same."""


def link_series(series: Iterable[Series], divisions: Divisions) -> list[AgencyLink]:
    """The links between agencies, by reviewed decisions and by what became of their divisions."""
    held = sorted((each for each in series if each.years), key=lambda each: each.place)
    by_place = {each.place: each for each in held}
    links = {(link.earlier_id, link.later_id): link for link in _with_divisions(held, by_place, divisions)}
    for group in _by_division(held):
        links |= {(link.earlier_id, link.later_id): link for link in _decided(group, group)}
    groups = {group[0].division_code: group for group in _by_division(held)}
    for decision in load_decisions():
        if decision.to_division_code:
            earlier, later = groups.get(decision.division_code, []), groups.get(decision.to_division_code, [])
            links |= {(link.earlier_id, link.later_id): link for link in _decided(earlier, later)}
    return [links[pair] for pair in sorted(links)]


def _with_divisions(
    series: Sequence[Series], by_place: dict[tuple[str, str], Series], divisions: Divisions
) -> Iterator[AgencyLink]:
    """A division that was merged into another: its agencies into those of the same name there."""
    for earlier in series:
        division = divisions.get(earlier.division_code) if earlier.division_code else None
        for heir in division.heirs if division else ():
            later = by_place.get((heir.code, earlier.key))
            if later is not None and not heir.renamed and later.last_year > earlier.last_year:
                reason = "The division was merged, and with it its agencies"
                year = max(earlier.last_year + 1, later.first_year)
                yield AgencyLink(earlier.agency_id, later.agency_id, Ruling.MERGED, year, reason, heir.reason)


def _decided(group: Sequence[Series], others: Sequence[Series]) -> Iterator[AgencyLink]:
    """The links of a division's agencies that a decision says, where the years do not speak against it."""
    for decision in load_decisions():
        if decision.ruling not in {Ruling.MERGED, Ruling.RENAMED}:
            continue
        for earlier in (each for each in group if decision.pattern.fullmatch(each.key)):
            for later in others:
                # For some years both may report: the later took over one body after the other.
                if decision.joins(earlier.place, later.place) and earlier.last_year < later.last_year:
                    yield _link(earlier, later, decision)


def _link(earlier: Series, later: Series, decision: Decision) -> AgencyLink:
    year = max(earlier.last_year + 1, later.first_year)
    return AgencyLink(earlier.agency_id, later.agency_id, decision.ruling, year, decision.reason, decision.evidence)


def review_series(series: Iterable[Series], links: Iterable[AgencyLink]) -> list[AgencyReview]:
    """The pairs that may be one body, and that neither a rule nor a decision settles.

    Such are two agencies of a division and of one kind, one of which ends where the other begins, and whose names are
    alike or whose reports one column lists together; and an agency whose name may mean a body of another division, with
    the bodies that it may be. No pair reported on the same year.
    """
    held = sorted((each for each in series if each.years), key=lambda each: each.place)
    settled = {frozenset((link.earlier_id, link.later_id)) for link in links}
    shared = _columns(held)
    found = list(_unplaced(held, settled))
    for group in _by_division(held):
        for one, other in combinations(group, 2):
            if one.kind is other.kind and frozenset((one.agency_id, other.agency_id)) not in settled:
                earlier, later = sorted((one, other), key=lambda each: (each.first_year, each.key))
                review = _review(earlier, later, shared)
                if review is not None:
                    found.append(review)
    return sorted(found, key=lambda review: (review.agency_id, review.other_id))


def _review(earlier: Series, later: Series, shared: dict[str, frozenset[int]]) -> AgencyReview | None:
    if not 0 < later.first_year - earlier.last_year <= GAP or _are_two(earlier, later):
        return None
    likeness = _likeness(earlier.key, later.key)
    both = frozenset((earlier.agency_id, later.agency_id))
    if any(shared[column] == both for column in earlier.columns & later.columns):
        return AgencyReview(earlier.agency_id, later.agency_id, "column", round(0.5 + likeness / 2, 2))
    if likeness >= ALIKE:
        return AgencyReview(earlier.agency_id, later.agency_id, "alike", round(likeness, 2))
    return None


def _are_two(one: Series, other: Series) -> bool:
    """Whether numbers or quarters tell two apart, or a decision does."""
    apart = pattern("agencies", "review", "apart")
    if sorted(apart.findall(one.key)) != sorted(apart.findall(other.key)):
        return True
    return _decided_two(one, other)


def _decided_two(one: Series, other: Series) -> bool:
    return any(
        decision.joins(one.place, other.place) or decision.joins(other.place, one.place)
        for decision in load_decisions()
        if decision.ruling is Ruling.DIFFERENT
    )


def _likeness(one: str, other: str) -> float:
    ends = pattern("agencies", "review", "ends")
    return fuzz.ratio(ends.sub("", one), ends.sub("", other)) / 100


def _unplaced(series: Sequence[Series], settled: set[frozenset[int]]) -> Iterator[AgencyReview]:
    by_place = {each.place: each for each in series}
    for one in series:
        for key, code in one.may_be:
            other = by_place.get((code, key))
            if other is None or one.years & other.years or _decided_two(one, other):
                continue
            earlier, later = sorted((one, other), key=lambda each: (each.first_year, each.key))
            if frozenset((one.agency_id, other.agency_id)) not in settled:
                score = round(1 / (1 + len(one.may_be)), 2)
                yield AgencyReview(earlier.agency_id, later.agency_id, "division", score)


def _columns(series: Sequence[Series]) -> dict[str, frozenset[int]]:
    """Which agencies each column lists."""
    found: dict[str, set[int]] = defaultdict(set)
    for each in series:
        for column in each.columns:
            found[column].add(each.agency_id)
    return {column: frozenset(ids) for column, ids in found.items()}


def _by_division(series: Sequence[Series]) -> Iterator[list[Series]]:
    """The agencies of each known division; of an unknown one nobody can say that they are neighbours."""
    groups: dict[str, list[Series]] = defaultdict(list)
    for each in series:
        if each.division_code:
            groups[each.division_code].append(each)
    yield from groups.values()
