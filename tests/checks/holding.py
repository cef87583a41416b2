"""Small held reports of an invented agency."""

from __future__ import annotations

from collections.abc import Mapping

from govcrawl.model import HeldReport, Number


def held(
    report_id: str,
    year: int | None,
    cells: Mapping[str, Number | None],
    *,
    scope: str = "department",
    agency: int | None = 1,
    division: str | None = "970100",
    published: str | None = None,
) -> HeldReport:
    """A current report with the given cells and no others."""
    return HeldReport(
        id=report_id,
        agency_id=agency,
        division_code=division,
        province_code="970000",
        report_year=year,
        scope=scope,
        form="form2021",
        template_version="2021",
        title_key=f"云山市教育局{year}年政府信息公开工作年度报告",
        published_on=published,
        state="current",
        first_seen_at="2022-01-29T08:00:00Z",
        last_seen_at="2022-01-29T08:00:00Z",
        cells=cells,
    )
