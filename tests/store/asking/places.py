"""A corpus of an invented province for what is asked of places: a city, its counties, their governments and bureaus."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from govcrawl.model import Finding, Portal, Scope, Severity
from govcrawl.relating import relate
from govcrawl.store import Store

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.agencies.places import ALL
from tests.store.builders import at, report

CITY = Portal("970100-yunshan", "云山市人民政府", "970100", "http://city.yunshan.test/")
COUNTY = Portal("970121-yuanshan", "远山县人民政府", "970121", "http://www.yuanshan.test/")
DRUM = Portal("970102-gutai", "鼓台区人民政府", "970102", "http://www.gutai.test/")
BROKEN = Finding("balance", Severity.ERROR, "applications/total", "10 in, 9 out", 10, 9)


def save(
    store: Store,
    name: str,
    code: str,
    year: int,
    portal: Portal,
    received: int | None = 0,
    denied: int = 0,
    carried: tuple[int, int] = (0, 0),
    scope: Scope = Scope.UNKNOWN,
    published_on: date | None = None,
    broken: bool = False,
) -> str:
    """A report of a body and a year, at an address of its own; gives its id."""
    applications: dict[str, dict[str, int | None]] = {
        "new_received": {"natural_person": received, "total": received},
        "carried_over_in": {"natural_person": carried[0], "total": carried[0]},
        "denied_state_secret": {"natural_person": denied, "total": denied},
        "handled_total": {"natural_person": received, "total": received},
        "carried_over_out": {"natural_person": carried[1], "total": carried[1]},
    }
    built = report(
        f"{name} {year}",
        title=f"{name}{year}年政府信息公开工作年度报告",
        agency=name,
        division_code=code,
        report_year=year,
        published_on=published_on or date(year + 1, 1, 9),
        scope=scope,
        form="form2021" if year >= 2021 else "form2019",
        applications=applications,
        findings=(BROKEN,) if broken else (),
    )
    address = f"{portal.homepage}{name}/{year}.html"
    return store.save_report(built, None, address, portal.id, at(year - 2010)).report_id


def fill(store: Store) -> None:
    """Three years of the city and its counties; what is not there is asked about too.

    The city's government reports in all years, its bureau of education not in 2021; 远山县 has a government and a late
    bureau; of 鼓台区 nothing was ever found.
    """
    store.save_divisions(ALL)
    store.save_portals([CITY, COUNTY, DRUM])
    for year in (2019, 2020, 2021):
        save(store, "云山市人民政府", "970100", year, CITY, 100 + year - 2019, 10, scope=Scope.WHOLE_AREA)
        save(store, "远山县人民政府", "970121", year, COUNTY, 40, 20, carried=(year - 2019, 5))
    for year in (2019, 2020):
        save(store, "云山市教育局", "970100", year, CITY, 7, 1)
    save(store, "远山县财政局", "970121", 2021, COUNTY, None, published_on=date(2022, 5, 1))
    save(store, "云山市财政局", "970100", 2021, CITY, 3, broken=True)
    store.connection.execute("UPDATE portals SET state = iif(id = ?, 'blocked', 'working')", (DRUM.id,))
    store.connection.execute(
        """INSERT INTO problems (url, portal_id, kind, first_seen_at, last_seen_at, detail)
        VALUES (?, ?, 'blocked', '2022-01-01T00:00:00Z', '2022-06-01T00:00:00Z', 'HTTP 412')""",
        (DRUM.homepage, DRUM.id),
    )
    store.connection.execute(
        "INSERT INTO crawl_runs (command, started_at, finished_at) VALUES (?, ?, ?)",
        ("crawl", "2022-12-01T00:00:00Z", "2022-12-01T01:00:00Z"),
    )
    relate(store, anew=True)
