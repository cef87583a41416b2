"""The large nation's places: 33 provinces with the names of the spiders' files, and nothing real but those."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from govcrawl.model import AgencyKind, Division
from govcrawl.simulator.nation.names import stems
from govcrawl.simulator.nation.places import Agency, Country, Seat, seat_of

_NAMES = """
anhui beijing bingtuan central chongqing fujian gansu guangdong guangxi guizhou hainan hebei heilongjiang henan hubei
hunan jiangsu jiangxi jilin liaoning neimenggu ningxia qinghai shaanxi shandong shanghai shanxi sichuan tianjin xinjiang
xizang yunnan zhejiang
"""
SPIDERS = tuple(_NAMES.split())
"""The spiders whose registry files are filled; the places in them are not those provinces."""
_CITIES = frozenset({"beijing", "chongqing", "shanghai", "tianjin"})
_FREE = "01 02 03 04 05 06 07 08 09 16 17 18 19 20 24 25 26 27 28 29 30 38 39 40 47 48 49 55 56 57 58 59 60 67 68"
_PREFIXES = _FREE.split()
"""First two digits that GB/T 2260 gives to nobody."""
_PREFECTURES, _COUNTIES, _DISTRICTS = 2, 2, 6
_FIRST_COUNTY = 21
_TOWNS = ("镇", "乡", "镇", "街道")
_PROVINCIAL = (("教育厅", "jyt"), ("水利厅", "slt"), ("民政厅", "mzt"), ("文化和旅游厅", "wlt"))
_MUNICIPAL = (
    ("教育局", "jyj"),
    ("卫生健康局", "wsjkj"),
    ("水务局", "swj"),
    ("财政局", "czj"),
    ("交通运输局", "jtysj"),
    ("应急管理局", "yjglj"),
    ("自然资源局", "zrzyj"),
    ("档案馆", "dag"),
)
_CENTRAL = (
    ("农政总局", "nongzheng"),
    ("河工总局", "hegong"),
    ("驿递总局", "yidi"),
    ("营造总局", "yingzao"),
    ("舆图总局", "yutu"),
    ("历象总局", "lixiang"),
    ("仓储总署", "cangchu"),
)
"""Departments of an invented centre."""


def draw_large(seed: int) -> Country:
    """The whole nation: its provinces, their prefectures and counties, the corps, and the departments of the centre."""
    random = Random(f"{seed}/large")
    names = stems(random)
    divisions: list[Division] = []
    seats: list[Seat] = []
    agencies: list[Agency] = []
    for spider, prefix in zip(SPIDERS, _PREFIXES, strict=False):
        stem, slug = next(names)
        if spider == "central":
            top = Division(f"{prefix}0000", f"{stem}中央", f"{stem}中央", "province", None, f"{prefix}0000")
            divisions.append(top)
            for seat, agency in _departments(top):
                seats.append(seat)
                agencies.append(agency)
            continue
        for division, place in _places(spider, prefix, stem, slug, names):
            divisions.append(division)
            seats.append(seat_of(division, place, spider))
            agencies += _bodies(seats[-1], spider, names, random)
    return Country(SPIDERS, tuple(divisions), tuple(seats), tuple(agencies))


def _places(
    spider: str, prefix: str, stem: str, slug: str, names: Iterator[tuple[str, str]]
) -> Iterator[tuple[Division, str]]:
    code = f"{prefix}0000"
    city = spider in _CITIES
    name = stem + ("市" if city else "生产建设兵团" if spider == "bingtuan" else "省")
    yield Division(code, name, name, "province", None, code), slug
    if city:
        for number in range(1, _DISTRICTS + 1):
            below, spelled = next(names)
            yield Division(f"{prefix}01{number:02d}", f"{below}区", f"{name}{below}区", "county", code, code), spelled
        return
    for number in range(1, _PREFECTURES + 1):
        middle, spelled = next(names)
        parent = f"{prefix}{number:02d}00"
        yield Division(parent, f"{middle}市", f"{name}{middle}市", "prefecture", code, code), spelled
        for place in range(_COUNTIES):
            below, spelled = next(names)
            full = f"{name}{middle}市{below}县"
            yield Division(f"{parent[:4]}{_FIRST_COUNTY + place}", f"{below}县", full, "county", parent, code), spelled


def _bodies(seat: Seat, spider: str, names: Iterator[tuple[str, str]], random: Random) -> Iterator[Agency]:
    """Who reports at a seat: its government, some departments, a county's townships."""
    level = seat.division.level
    bodies: list[tuple[str, str, AgencyKind]] = [("人民政府", "szf", AgencyKind.GOVERNMENT)]
    if level == "province":
        corps = spider == "bingtuan"
        bodies = [("", "bt", AgencyKind.GOVERNMENT) if corps else ("人民政府办公厅", "bgt", AgencyKind.OFFICE)]
        bodies += [(short, slug, AgencyKind.DEPARTMENT) for short, slug in _PROVINCIAL]
    else:
        wanted = random.sample(_MUNICIPAL, 6 if level == "prefecture" else 4)
        bodies += [(short, slug, AgencyKind.DEPARTMENT) for short, slug in wanted]
    if level == "county":
        for number in range(3):
            town, slug = next(names)
            end = _TOWNS[(number + seat.division.code.count("2")) % len(_TOWNS)]
            office = "办事处" if end == "街道" else "人民政府"
            bodies.append((f"{town}{end}{office}", f"xz_{slug}", AgencyKind.TOWNSHIP))
    for short, slug, kind in bodies:
        name = f"{seat.division.name}{short}"
        yield Agency(f"{seat.division.code}-{slug}", name, short or name, slug, kind, seat.division, seat.portal_id)


def _departments(top: Division) -> Iterator[tuple[Seat, Agency]]:
    """Departments of the centre, each with a portal of its own."""
    for name, slug in _CENTRAL:
        portal = f"{top.code}-{slug}"
        seat = Seat(portal, top, slug, "central", f"www.{slug}.test", name)
        yield seat, Agency(f"{portal}-self", name, name, slug, AgencyKind.DEPARTMENT, top, portal)
