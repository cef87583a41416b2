"""Invented provinces, prefectures and counties over the years: some are renamed, raised to cities, or dissolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from random import Random

from govcrawl.model import Division
from govcrawl.simulator.nation.names import stems

_FREE = "01 02 03 04 05 06 07 08 09 16 17 18 19 20 24 25 26 27 28 29 30 38 39 40 47 48 49 55 56 57 58 59 60 67 68"
_PREFIXES = _FREE.split()
"""First two digits that GB/T 2260 gives to nobody."""
_PREFECTURES, _COUNTIES = 2, 3
_RAISED, _RENAMED, _DISSOLVED = (9, 0), (16, 1), (27, 5)
"""(every how many counties, the first of them)."""
_NAMESAKE, _APART = (21, 12), 10
"""The counties that bear the name of one so many before them, in another province."""
_NOTICE = "an invented notice on divisions"
_DISTRICT = 4
"""Every fourth county is a district."""


@dataclass(slots=True)
class Place:
    """A division over the years."""

    level: str
    slug: str
    names: list[tuple[int, str, str]]
    """(first report year, code, name), oldest first."""
    above: Place | None = None
    ended: int | None = None
    """The first report year it was no more."""
    heir: Place | None = None
    """The place that took it in."""
    changes: list[tuple[str, int]] = field(default_factory=list)
    """`renamed`, `raised` or `dissolved`, and the first report year after it."""

    @property
    def code(self) -> str:
        """The code last in force."""
        return self.names[-1][1]

    @property
    def host(self) -> str:
        return f"www.{self.slug}.test"

    @property
    def portal_id(self) -> str:
        return f"{self.code}-{self.slug}"

    def name(self, year: int) -> str:
        """What it was called when it reported on a year."""
        return [name for since, _, name in self.names if since <= year][-1]

    def code_in(self, year: int) -> str:
        return [code for since, code, _ in self.names if since <= year][-1]

    def full_name(self, year: int) -> str:
        """With everything it lies in."""
        return (self.above.full_name(year) if self.above else "") + self.name(year)


def draw_places(random: Random, years: Sequence[int]) -> Iterator[Place]:
    """Provinces, each followed by its prefectures, each followed by its counties, until nobody wants more.

    Raises:
        ValueError: names or codes are used up, after some 400 divisions.
    """
    spelled = stems(random)
    counties = 0
    called: list[str] = []
    for prefix in _PREFIXES:
        stem, slug = next(spelled)
        province = Place("province", slug, [(0, f"{prefix}0000", f"{stem}省")])
        yield province
        for number in range(1, _PREFECTURES + 1):
            stem, slug = next(spelled)
            prefecture = Place("prefecture", slug, [(0, f"{prefix}{number:02d}00", f"{stem}市")], province)
            yield prefecture
            below: list[Place] = []
            for place in range(_COUNTIES):
                stem, slug = next(spelled)
                if _is_turn(counties, _NAMESAKE):
                    stem = called[counties - _APART]
                called.append(stem)
                district = counties % _DISTRICT == _DISTRICT - 1
                code = f"{prefix}{number:02d}{(2 if district else 21) + place:02d}"
                county = Place("county", slug, [(0, code, stem + ("区" if district else "县"))], prefecture)
                _change(county, counties, below, years, random, spelled)
                below.append(county)
                counties += 1
                yield county
    raise ValueError("no more places can be invented")


def _change(
    place: Place,
    number: int,
    neighbours: list[Place],
    years: Sequence[int],
    random: Random,
    spelled: Iterator[tuple[str, str]],
) -> None:
    if len(years) < 2:
        return
    year = random.choice(years[1:])
    _, code, name = place.names[0]
    if _is_turn(number, _RENAMED):
        place.names.append((year, code, next(spelled)[0] + name[-1]))
        place.changes.append(("renamed", year))
    elif _is_turn(number, _RAISED) and name.endswith("县"):
        place.names.append((year, f"{code[:4]}{60 + int(code[4:])}", name[:-1] + random.choice("市区")))
        place.changes.append(("raised", year))
    elif _is_turn(number, _DISSOLVED) and neighbours:
        place.ended, place.heir = year, neighbours[0]
        place.changes.append(("dissolved", year))


def _is_turn(number: int, turn: tuple[int, int]) -> bool:
    return number % turn[0] == turn[1]


def divisions_of(places: Sequence[Place]) -> list[Division]:
    """The gazetteer: a row for every code and name, with the days from and to which it was in force."""
    rows = []
    for place in places:
        above = place.above.code if place.above else None
        top = place
        while top.above is not None:
            top = top.above
        for index, (since, code, name) in enumerate(place.names):
            until = place.names[index + 1][0] if index + 1 < len(place.names) else place.ended
            full = (place.above.full_name(since or 9999) if place.above else "") + name
            begin = date(since, 7, 1) if since else None
            end = date(until, 6, 30) if until else None
            rows.append(Division(code, name, full, place.level, above, top.code, begin, end))
    return rows


def successions_of(places: Sequence[Place]) -> list[tuple[str, str, str, str, str]]:
    """What became of codes that ended: code, successor, `renamed` or `merged`, reason, evidence."""
    rows = []
    for place in places:
        for (_, code, name), (_, after, later) in pairwise(place.names):
            if code != after:
                rows.append((code, after, "renamed", f"{name} became {later}", _NOTICE))
        if place.heir is not None:
            reason = f"{place.name(9999)} came to {place.heir.name(9999)}"
            rows.append((place.code, place.heir.code, "merged", reason, _NOTICE))
    return rows
