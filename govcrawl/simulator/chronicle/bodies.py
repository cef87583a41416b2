"""The bodies that report, with their names over the years: the truth an identity of agencies is held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from govcrawl.simulator.chronicle.offices import OFFICES, Office
from govcrawl.simulator.chronicle.places import Place, draw_places

_TOWNS = (
    "晴岚",
    "竹砚",
    "枫渚",
    "霜峤",
    "鹭汀",
    "槐陂",
    "雁砚",
    "云磴",
    "栗坪",
    "柳堰",
    "青畈",
    "石濑",
    "松隈",
    "苇塘",
    "榆关",
    "麦墟",
)
"""Counties have towns of the same names."""
_TOWN_KINDS = (("镇", "人民政府"), ("镇", "人民政府"), ("乡", "人民政府"), ("街道", "办事处"))
_OFFICE_SHARE, _WHOLE_SHARE = 0.4, 0.6
_REFORMED_EARLY = 0.15
"""Of the renamed departments those that wrote under their new name from the beginning."""
_LOCAL_SHARE = 0.35
"""Of the places in which a local renaming takes place."""
_RAISED_TOWN = 0.3
_BRACKETED = 0.04
_BRACKETS = {"应急管理局": "（地震局）", "农业农村局": "（乡村振兴局）", "教育局": "（语言文字工作委员会办公室）"}


@dataclass(slots=True, eq=False)
class Body:
    """An agency that reports over the years."""

    id: str
    place: Place
    kind: str
    """`government`, `office`, `department`, `township` or `branch`."""
    names: list[tuple[int, str, str]]
    """(first report year, own part of the name, how it is cut or nothing), oldest first."""
    first_year: int = 0
    last_year: int = 9999
    heir: str = ""
    """The body it became a part of after its last year."""
    doubtful: int = 0
    """The first report year of a name that no rule can tell to be this body's; 0 for none."""
    whole_area: bool = False
    busy: int = 0
    """0, 1 or 2: how many requests it gets."""
    bracket: str = ""
    changes: list[tuple[str, int]] = field(default_factory=list)
    """`reformed`, `doubtful`, `joined`, and the first report year after it."""

    def own(self, year: int) -> str:
        """Its name without its place."""
        return [name for since, name, _ in self.names if since <= year][-1]

    def cut(self, year: int) -> str:
        """How its own part is cut; empty where nobody cuts it."""
        return [cut for since, _, cut in self.names if since <= year][-1]

    def prefix(self, year: int) -> str:
        """The place its name begins with."""
        if self.kind == "branch" and self.doubtful and year >= self.doubtful and self.place.above:
            return self.place.above.name(year)
        return self.place.name(year)

    def name(self, year: int) -> str:
        """Its name in full."""
        return self.prefix(year) + self.own(year)

    def reports(self, year: int) -> bool:
        return self.first_year <= year <= self.last_year

    def age(self, year: int) -> int:
        """0 before, 1 after the name that nobody can know."""
        return int(bool(self.doubtful) and year >= self.doubtful)


def draw_bodies(seed: int | str, number: int, years: Sequence[int]) -> tuple[list[Place], list[Body]]:
    """So many bodies, and the places they are in."""
    random = Random(f"{seed}/bodies")
    places: list[Place] = []
    bodies: list[Body] = []
    for place in draw_places(Random(f"{seed}/places"), years):
        places.append(place)
        bodies += _bodies_of(place, years, random)
        if len(bodies) >= number:
            break
    del bodies[number:]
    known = {body.id for body in bodies}
    for body in bodies:
        body.heir = body.heir if body.heir in known else ""
    return places, bodies


def _bodies_of(place: Place, years: Sequence[int], random: Random) -> Iterator[Body]:
    drawn = [*_governments(place, random)]
    stock = OFFICES[place.level]
    wanted = random.randint(9, 15) if place.level == "county" else len(stock)
    for number in sorted(random.sample(range(len(stock)), wanted)):
        if body := _department(place, stock[number], number, years, random):
            drawn.append(body)
    if place.level == "county":
        drawn += _towns(place, years, random)
    for body in drawn:
        if place.ended is not None:
            body.last_year = min(body.last_year, place.ended - 1)
        body.busy = random.choices((0, 1, 2), (45, 40, 15))[0]
        if body.kind == "government":
            body.busy = 2
        yield body


def _governments(place: Place, random: Random) -> Iterator[Body]:
    hall = "人民政府办公厅" if place.level == "province" else "人民政府办公室"
    government = Body(f"{place.slug}-zf", place, "government", [(0, "人民政府", "政府")])
    government.whole_area = place.level == "county" and random.random() < _WHOLE_SHARE
    yield government
    if random.random() < _OFFICE_SHARE:
        yield Body(f"{place.slug}-bgs", place, "office", [(0, hall, hall.replace("人民", ""))])


def _department(place: Place, office: Office, number: int, years: Sequence[int], random: Random) -> Body | None:
    body = Body(f"{place.slug}-{number:02d}", place, "department", [(0, office.name, office.short)])
    chance = random.random()
    if office.joined:
        heirs = [index for index, other in enumerate(OFFICES[place.level]) if other.name == office.joined]
        body.last_year, body.heir = office.since - 1, f"{place.slug}-{heirs[0]:02d}"
        body.changes.append(("joined", office.since))
        if office.since <= years[0]:
            return None
    elif not office.later:
        body.first_year = office.since
    elif office.doubtful:
        if chance < _LOCAL_SHARE and years[0] < office.since <= years[-1]:
            _rename(body, office.since, office.later, office.later_short, doubtful=True)
    elif office.branch:
        _branch(body, office, place, years)
    elif chance < _REFORMED_EARLY:
        body.names = [(0, office.later, office.later_short)]
    else:
        _rename(body, office.since, office.later, office.later_short)
    name = body.names[-1][1]
    if name in _BRACKETS and chance < _BRACKETED + _REFORMED_EARLY:
        body.bracket = _BRACKETS[name]
    return body


def _rename(body: Body, since: int, name: str, cut: str, *, doubtful: bool = False) -> None:
    body.names.append((since, name, cut))
    body.changes.append(("doubtful" if doubtful else "reformed", since))
    if doubtful:
        body.doubtful = since


def _branch(body: Body, office: Office, place: Place, years: Sequence[int]) -> None:
    """A bureau of the county becomes a branch of the city's: its name then begins with the city's."""
    body.kind = "branch"
    stem = place.name(years[-1])[:-1]
    _rename(body, office.since, f"{office.later}{stem}分局", "", doubtful=True)


def _towns(place: Place, years: Sequence[int], random: Random) -> Iterator[Body]:
    for number, stem in enumerate(random.sample(_TOWNS, random.randint(2, 4))):
        sort, hall = random.choice(_TOWN_KINDS)
        cut = f"{stem}{sort}" + ("政府" if hall == "人民政府" else "")
        body = Body(f"{place.slug}-xz{number}", place, "township", [(0, f"{stem}{sort}{hall}", cut)])
        if sort == "乡" and len(years) > 1 and random.random() < _RAISED_TOWN:
            _rename(body, random.choice(years[1:]), f"{stem}镇人民政府", f"{stem}镇政府", doubtful=True)
        yield body
