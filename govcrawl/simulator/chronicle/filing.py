"""The first state of every report: who reports on which year, with which figures and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from govcrawl.simulator.chronicle.bodies import Body
from govcrawl.simulator.chronicle.names import draw_way, printed
from govcrawl.simulator.chronicle.page import STYLES
from govcrawl.simulator.chronicle.prose import own_text
from govcrawl.simulator.chronicle.records import Content
from govcrawl.simulator.chronicle.series import RIGHT, Sheet, Slips, draw_sheet, form_of, summed

Key = tuple[str, int]
"""Body and report year."""
_TITLES = (
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开工作年度报告",
    "{year}年{agency}政府信息公开工作年度报告",
    "{agency}{year}年政府信息公开年度报告",
)
_COVERS = (
    "本报告数据涵盖{place}人民政府各部门、各乡镇（街道）。",
    "本报告所列数据包括县政府及所属各部门、各乡镇的政府信息公开情况，按统一口径汇总。",
    "本报告综合{place}各部门、各单位年度报告编制而成。",
)
_CONTACTS = (
    "",
    "联系地址：{road}路{house}号，联系电话：0000-{phone}。",
    "如对本报告有疑问，请致电0000-{phone}或来函{road}路{house}号查询。",
)
"""What a body prints below its preface in every year: no copying."""
_ROADS = ("迎宾", "建兴", "文汇", "滨河", "育才", "振华", "望岳", "清源")
_US = {"government": "本级政府", "office": "本办", "township": "本镇", "department": "我局", "branch": "我局"}


def draw_figures(
    seed: int | str, bodies: Sequence[Body], years: Sequence[int], slips: Mapping[Key, Slips], alone: Iterable[Key]
) -> dict[Key, Sheet]:
    """The figures of every body and year; those of a government that counts for its area are everybody's, added up.

    Args:
        slips: who gets what wrong.
        alone: governments that say they count for the area, and print what is theirs alone.
    """
    sheets: dict[Key, Sheet] = {}
    for body in bodies:
        random = Random(f"{seed}/{body.id}/figures")
        before: Sheet | None = None
        for year in years:
            if body.reports(year):
                before = draw_sheet(random, year, body.busy, before, slips.get((body.id, year), RIGHT))
                sheets[body.id, year] = before
    own = dict(sheets)
    apart = frozenset(alone)
    for body in bodies:
        for year in years:
            key = (body.id, year)
            if body.whole_area and year >= 2019 and key in sheets and key not in apart:
                sheets[key] = summed([own[each.id, year] for each in members(bodies, body) if (each.id, year) in own])
    return sheets


def members(bodies: Sequence[Body], government: Body) -> list[Body]:
    """Everybody in a government's place, itself first."""
    return [government, *(body for body in bodies if body.place is government.place and body is not government)]


def first_state(seed: int | str, body: Body, year: int, sheet: Sheet) -> Content:
    """A report as it is published."""
    random = Random(f"{seed}/{body.id}/{year}/words")
    way = draw_way(body, year, random)
    agency = printed(body, year, way)
    full = body.name(year)
    us = _US[body.kind] if not full.endswith(("委员会", "厅")) else f"我{full[-1].replace('会', '委')}"
    whole = body.whole_area and year >= 2019
    covers = random.choice(_COVERS).format(place=body.place.name(year)) if whole else ""
    text = own_text(random, year, us, body.place.name(year), legacy=form_of(year) == "stat2014")
    return Content(
        key=f"{body.id}/{year}",
        body=body,
        year=year,
        agency=agency,
        way=way,
        signature=full if random.random() < 0.7 else agency,
        title=random.choice(_TITLES).format(agency=agency, year=year),
        form=form_of(year),
        row=sheet.row,
        text=text,
        published_on=date(year + 1, 1, 8) + timedelta(days=random.randrange(80)),
        style=random.choice(STYLES),
        extra=covers + _contact(seed, body),
        whole_area=whole,
    )


def _contact(seed: int | str, body: Body) -> str:
    random = Random(f"{seed}/{body.id}/contact")
    road, house, phone = random.choice(_ROADS), random.randint(1, 320), random.randint(2_000_000, 8_999_999)
    return random.choice(_CONTACTS).format(road=road, house=house, phone=phone)
