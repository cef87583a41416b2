"""One page of every kind."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from govcrawl.site import addresses
from tests.site.browser.corpus import BROKEN, COUNTY, Made

KINDS = (
    *("home", "nation", "place", "agency", "statistics", "broken", "earlier", "cell"),
    *("search", "search-county", "search-nothing", "compare", "compared", "stories", "story", "missing"),
    *("data", "table", "wide-table", "row", "sql", "sql-refused"),
)
SQL = "select agency_name, report_year, new_received_total from panel order by 3 desc limit 20"


@dataclass(frozen=True)
class Served:
    """A site that is served: where, of which database, and what was put into it."""

    address: str
    db: Path
    made: Made

    def one(self, sql: str) -> tuple[str, ...]:
        """The first row of an answer."""
        with closing(sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)) as connection:
            return tuple(connection.execute(sql).fetchone())

    def paths(self) -> dict[str, str]:
        """The path of each of `KINDS`."""
        made = self.made
        (statistics,) = self.one("SELECT id FROM reports WHERE form = 'stat2014' AND state = 'current' ORDER BY id")
        (earlier,) = self.one("SELECT id FROM reports WHERE state = 'superseded' AND form = 'form2021' ORDER BY id")
        agency = self.one("SELECT division_code, key FROM agencies WHERE key = '教育局' AND division_code < '010121'")
        (county,) = self.one(f"SELECT code FROM divisions WHERE name = '{COUNTY}'")
        pair = [f"{county}/{key}" for key in ("教育局", "财政局")]
        return {
            "home": "/",
            "nation": addresses.place("100000"),
            "place": addresses.place(county),
            "agency": addresses.agency(agency[0], agency[1]),
            "statistics": addresses.report(statistics),
            "broken": addresses.report(made.broken),
            "earlier": addresses.report(earlier),
            "cell": addresses.cell(made.broken, BROKEN),
            "search": addresses.search(q="公开"),
            "search-county": addresses.search(q=COUNTY),
            "search-nothing": addresses.search(q="月亮"),
            "compare": addresses.compare(),
            "compared": addresses.compare(agency=pair, variable=["new_received_total", "granted_total"]),
            "stories": addresses.stories(),
            "story": addresses.story("who-refuses", minimum=1),
            "missing": addresses.report("0" * 20),
            "data": "/corpus",
            "table": addresses.table("reports", _size=10),
            "wide-table": addresses.table("panel", _size=2),
            "row": addresses.table("agencies") + "/1",
            "sql": addresses.sql(SQL),
            "sql-refused": addresses.sql("select nothing from nowhere"),
        }
