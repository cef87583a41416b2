"""An invented county in the corpus that the browser is shown: one body's sums do not add up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from govcrawl.checks import prove
from govcrawl.model import Division, Portal, Scope, Section
from govcrawl.relating import relate
from govcrawl.store import Store
from tests.store import builders

COUNTY = "晴砚县"
_CITY = ("010000", "010100")
_CODE = "010121"
_URL = "http://www.qingyan.test/nianbao"
_PORTAL = Portal(f"{_CODE}-qingyan", f"{COUNTY}人民政府", _CODE, "http://www.qingyan.test/")
_PROSE = (
    "本年度，本机关认真贯彻落实《中华人民共和国政府信息公开条例》，主动公开政府信息，依法办理申请。"
    "全年共收到政府信息公开申请{received}件，均在法定期限内答复。"
)
BROKEN = "applications/new_received/total"
"""The figure that is not the sum of its row."""


@dataclass(frozen=True)
class Made:
    """What was put into the corpus."""

    sound: str
    """The report of the county's government."""
    broken: str
    """The report of a body whose figures contradict each other."""


def add_county(folder: Path) -> Made:
    """Add a county with three bodies over two years to the corpus in a folder, and relate it anew."""
    made: dict[tuple[str, int], str] = {}
    with Store.open(folder / "govcrawl.db") as store:
        above = store.connection.execute("SELECT full_name FROM divisions WHERE code = ?", [_CITY[1]]).fetchone()[0]
        store.save_divisions([Division(_CODE, COUNTY, f"{above}{COUNTY}", "county", _CITY[1], _CITY[0])])
        store.save_portals([_PORTAL])
        for year in (2020, 2021):
            for number, body in enumerate(("人民政府", "教育局", "财政局")):
                wrong = 3 if (body, year) == ("财政局", 2021) else 0
                made[body, year] = _save(store, body, year, received=(17, 6, 4)[number] + year - 2020, wrong=wrong)
        relate(store, anew=True)
    return Made(made["人民政府", 2021], made["财政局", 2021])


def _save(store: Store, body: str, year: int, *, received: int, wrong: int) -> str:
    """Store a report of so many requests, its total too high by `wrong`; gives its id."""
    row = {"natural_person": received - 1, "commercial_enterprise": 1}
    refused = {"natural_person": 1}
    granted = {"natural_person": received - 2, "commercial_enterprise": 1}
    given = {"new_received": row, "granted": granted, "denied_internal_affairs": refused, "handled_total": row}
    applications = {name: {**cells, "total": sum(cells.values())} for name, cells in given.items()}
    applications["new_received"]["total"] += wrong
    prose = _PROSE.format(received=received)
    report = builders.report(
        f"{COUNTY}{body}{year}{prose}",
        title=f"{COUNTY}{body}{year}年政府信息公开工作年度报告",
        agency=f"{COUNTY}{body}",
        division_code=_CODE,
        province_code=_CITY[0],
        report_year=year,
        published_on=date(year + 1, 1, 20),
        template_version="2021" if year >= 2021 else "2020",
        form="form2021" if year >= 2021 else "form2019",
        period=(date(year, 1, 1), date(year, 12, 31)),
        template_evidence=None,
        scope=Scope.WHOLE_AREA if body == "人民政府" else Scope.DEPARTMENT,
        applications=applications,
        sections=(
            Section(1, "一、总体情况", prose),
            Section(5, "五、存在的主要问题及改进情况", "公开的及时性仍需加强。"),
        ),
    )
    report = prove(replace(report, confidence=1.0))
    url = f"{_URL}/{year}/{body.encode().hex()}.html"
    seen = builders.at(day=year - 2019)
    store.save_report(report, store.save_capture(builders.capture(url, report.id.encode())), url, _PORTAL.id, seen)
    return report.id
