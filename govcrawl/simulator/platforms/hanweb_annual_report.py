"""Hanweb's report pages: one address for each agency's code and year, no title, and a page that lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

from govcrawl.simulator.answers import Page
from govcrawl.simulator.platforms.base import Column, Row
from govcrawl.simulator.platforms.hanweb import HanwebPublisher

_REPORT = "/module/xxgk/xxgkAnnualReport.jsp"
_YEAR = re.compile(r"(20\d\d)年")


class HanwebAnnualReport(HanwebPublisher):
    """`/module/xxgk/xxgkAnnualReport.jsp?area=<code>&fbtime=<year>`; lists name agency and year, not the report."""

    name: ClassVar[str] = "hanweb_annual_report"
    known_defects: ClassVar[tuple[str, ...]] = ("turned", "show_type")
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = (("turned", "show_type"),)

    def article_path(self, column: str, number: int, day: date) -> str:
        area, year = f"11970100{number:08d}9N", day.year - 1
        if "turned" in self.defects:
            return f"{_REPORT}?fbtime={year}&area={area}"
        return f"{_REPORT}?area={area}&fbtime={year}" + ("&showType=2" if "show_type" in self.defects else "")

    def article(self, title: str, body: str, metadata: Mapping[str, str]) -> str:
        """The report's text alone: the page says nowhere whose it is, but in the text."""
        return f'<div class="{self.container}" id="zoom">\n{body}\n</div>'

    def serve(self, column: Column) -> None:
        self.host.add(column.path, Page(lambda: self._page(column)))

    def _page(self, column: Column) -> bytes:
        links = "".join(
            f'<li><a href="{escape(row.href)}" target="_blank">{escape(_agency(row))} {_year(row)}年</a></li>'
            for row in column.rows
        )
        main = f'{column.before}<div class="ndbg"><ul>{links}</ul></div>'
        return self.wrap(column.name, main, {"ColumnType": column.name})


def _agency(row: Row) -> str:
    found = _YEAR.search(row.title)
    return row.title[: found.start()] if found else row.title


def _year(row: Row) -> str:
    found = _YEAR.search(row.title)
    named = dict(parse_qsl(urlsplit(row.href).query)).get("fbtime", "")
    return named or (found[1] if found else "")
