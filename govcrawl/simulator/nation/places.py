"""Invented provinces, their divisions, portals and agencies. No name here is a real place's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from govcrawl.model import AgencyKind, Division

SPIDERS = ("gansu", "shandong", "yunnan", "beijing")
"""The spiders whose registry files the nation fills; the places in them are not those provinces."""

_PROVINCES = (
    (
        "960000",
        "霁原省",
        "jiyuan",
        (("澹州市", "danzhou", (("峤原县", "qiaoyuan"), ("沅砚县", "yuanyan"), ("昀陵县", "yunling"))),),
    ),
    (
        "970000",
        "岚海省",
        "lanhai",
        (("珩陵市", "hengling", (("渚泽县", "zhuze"), ("瑾浦县", "jinpu"), ("笙冈县", "shenggang"))),),
    ),
    (
        "980000",
        "霞沅省",
        "xiayuan",
        (("翊泽市", "yize", (("皓屿县", "haoyu"), ("砚峤县", "yanqiao"), ("菁渚县", "jingzhu"))),),
    ),
    (
        "990000",
        "玹京市",
        "xuanjing",
        (("", "", (("璟渚区", "jingzhuqu"), ("翎泽区", "lingze"), ("汀砚区", "tingyan"))),),
    ),
)
_TOWNS = ("晴岚镇", "竹砚镇", "枫渚乡", "霜峤镇", "鹭汀乡", "槐陂镇", "栖霞岭乡", "雁砚镇")
_DEPARTMENTS = (
    ("教育局", "jyj"),
    ("卫生健康局", "wsjkj"),
    ("水务局", "swj"),
    ("财政局", "czj"),
    ("交通运输局", "jtysj"),
    ("档案馆", "dag"),
)
_PROVINCE_DEPARTMENTS = (("教育厅", "jyt"), ("水利厅", "slt"))


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that reports."""

    id: str
    name: str
    short: str
    """Its name without the place."""
    slug: str
    kind: AgencyKind
    division: Division
    portal_id: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A division, or a department of the centre, with a portal of its own."""

    portal_id: str
    division: Division
    slug: str
    spider: str
    host: str
    owner: str
    """Whose portal it is."""

    @property
    def homepage(self) -> str:
        return f"http://{self.host}/"


@dataclass(frozen=True)
class Country:
    """Everything there is, before anybody reports."""

    spiders: tuple[str, ...]
    divisions: tuple[Division, ...]
    seats: tuple[Seat, ...]
    agencies: tuple[Agency, ...]
    by_portal: Mapping[str, list[Agency]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shared: dict[str, list[Agency]] = {seat.portal_id: [] for seat in self.seats}
        for agency in self.agencies:
            shared[agency.portal_id].append(agency)
        object.__setattr__(self, "by_portal", shared)

    def agencies_of(self, seat: Seat) -> list[Agency]:
        return self.by_portal[seat.portal_id]


def seat_of(division: Division, slug: str, spider: str) -> Seat:
    """The seat of a division's government."""
    return Seat(f"{division.code}-{slug}", division, slug, spider, f"www.{slug}.test", f"{division.name}人民政府")


def draw_country(provinces: int = 4, counties: int = 3) -> Country:
    """The first provinces of the nation, each with its first counties."""
    divisions: list[Division] = []
    seats: list[Seat] = []
    agencies: list[Agency] = []
    for spider, province in zip(SPIDERS, _PROVINCES[:provinces], strict=False):
        for division, slug in _divisions(province, counties):
            divisions.append(division)
            seat = seat_of(division, slug, spider)
            seats.append(seat)
            agencies += _agencies(seat, len(agencies))
    return Country(SPIDERS, tuple(divisions), tuple(seats), tuple(agencies))


def _divisions(
    province: tuple[str, str, str, tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]], counties: int
) -> Iterator[tuple[Division, str]]:
    code, name, slug, prefectures = province
    yield Division(code, name, name, "province", None, code), slug
    for number, (prefecture, prefecture_slug, below) in enumerate(prefectures, 1):
        parent, full = code, name
        if prefecture:
            parent, full = f"{code[:2]}{number:02d}00", f"{name}{prefecture}"
            yield Division(parent, prefecture, full, "prefecture", code, code), prefecture_slug
        for place, (county, county_slug) in enumerate(below[:counties], 21 if prefecture else 1):
            county_code = f"{parent[:4]}{place:02d}" if prefecture else f"{code[:2]}01{place:02d}"
            yield Division(county_code, county, f"{full}{county}", "county", parent, code), county_slug


def _agencies(seat: Seat, number: int) -> Iterator[Agency]:
    """The government itself, its departments, and a county's townships."""
    division = seat.division
    name, level = division.name, division.level
    bodies: list[tuple[str, str, AgencyKind]] = [("人民政府", "szf", AgencyKind.GOVERNMENT)]
    if level == "province":
        bodies = [("人民政府办公厅", "bgt", AgencyKind.OFFICE)]
        bodies += [(short, slug, AgencyKind.DEPARTMENT) for short, slug in _PROVINCE_DEPARTMENTS]
    else:
        wanted = 4 if level == "prefecture" else 3
        bodies += [(short, slug, AgencyKind.DEPARTMENT) for short, slug in _DEPARTMENTS[:wanted]]
    if level == "county":
        for offset in (0, 1):
            town = _TOWNS[(number + offset) % len(_TOWNS)]
            bodies.append((f"{town}人民政府", f"xz{offset + 1}", AgencyKind.TOWNSHIP))
    for short, slug, kind in bodies:
        yield Agency(f"{division.code}-{slug}", f"{name}{short}", short, slug, kind, division, seat.portal_id)
