"""Small versions of invented reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govcrawl.model import Contents, Printed, Sighting, Version

PAGE = "http://www.yunshan.test/nianbao/2020.html"
MIRROR = "http://zwgk.yunshan.test/2020.html"


def day(number: int) -> str:
    return f"2021-03-{number:02}T08:00:00Z"


def seen(first: int, last: int | None = None, url: str = PAGE, **fields: Any) -> Sighting:
    """At an address from one day to another."""
    return Sighting(url, day(first), day(last or first), **fields)


def version(key: str, *sightings: Sighting, **fields: Any) -> Version:
    given: dict[str, Any] = {
        "agency_id": 1,
        "report_year": 2020,
        "scope": "department",
        "title_key": "云山市教育局2020年报告",
        "published_on": "2021-01-29",
    }
    return Version(key, **{**given, **fields}, sightings=sightings)


def contents(
    cells: Mapping[str, int | float | None] | None = None, sections: Mapping[str, str] | None = None, **facts: str
) -> Contents:
    printed = {where: Printed(value, "" if value is None else str(value)) for where, value in (cells or {}).items()}
    return Contents(facts, printed, tuple((sections or {}).items()))
