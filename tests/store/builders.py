"""Small records for the store's tests. The places are invented."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from govcrawl.forms.schema import Part, form_by_code
from govcrawl.model import (
    Capture,
    Division,
    Evidence,
    ExtraCell,
    Figure,
    Finding,
    Portal,
    Report,
    Scope,
    Section,
    Severity,
    TableFacts,
)
from govcrawl.store.schema import APPLICANTS, CHANNELS, OUTCOMES

URL = "http://www.yunshan.test/nianbao/2020.html"
PORTAL = Portal("970101-yunshan", "云山市人民政府", "970100", "http://www.yunshan.test/")
DIVISIONS = (
    Division("970000", "云岭省", "云岭省", "province", None, "970000"),
    Division("970100", "云山市", "云岭省云山市", "prefecture", "970000", "970000"),
)


def at(second: int = 0, day: int = 1) -> datetime:
    """A moment of the test's own calendar: the first day, or a later one."""
    return datetime(2021, 3, day, 8, second // 60, second % 60, tzinfo=UTC)


def figure(value: int | float | None) -> Figure:
    """A figure printed as it is; None is a blank cell."""
    return Figure(value, "" if value is None else str(value))


def wide(columns: tuple[str, ...], values: Mapping[str, int | float | None]) -> dict[str, Figure]:
    """A row of cells: 0 where nothing is said."""
    return {column: figure(values.get(column, 0)) for column in columns}


def form_rows(code: str) -> list[str]:
    """The official rows of part three of a form."""
    return [
        row.code
        for table in form_by_code(code).tables
        if table.part is Part.APPLICATIONS
        for row in table.official_rows
    ]


def form_cells(code: str) -> list[str]:
    """The codes of part two of a form."""
    return [
        table.cell_code(row, column)
        for table in form_by_code(code).tables
        if table.part is Part.DISCLOSURE
        for row in table.official_rows
        for column in table.columns
    ]


def report(
    text: str = "第一版",
    *,
    applications: Mapping[str, Mapping[str, int | None]] | None = None,
    disclosure: Mapping[str, int | float | None] | None = None,
    review_litigation: Mapping[str, Mapping[str, int | None]] | None = None,
    form: str = "form2019",
    **fields: Any,
) -> Report:
    """A whole report of an invented agency; `text` decides the content hash."""
    given = applications or {}
    channels = review_litigation or {}
    cells = disclosure or {}
    built = Report(
        title="云山市教育局2020年政府信息公开工作年度报告",
        agency="云山市教育局",
        division_code="970100",
        province_code="970000",
        report_year=2020,
        published_on=date(2021, 1, 29),
        form=form,
        template_version="2020",
        template_evidence=Evidence("period", "2020年1月1日至2020年12月31日"),
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        scope=Scope.DEPARTMENT,
        period=(date(2020, 1, 1), date(2020, 12, 31)),
        confidence=0.987654,
        disclosure={code: figure(cells.get(code, 0)) for code in form_cells(form)},
        applications={row: wide(APPLICANTS, given.get(row, {})) for row in dict.fromkeys([*form_rows(form), *given])},
        review_litigation={channel: wide(OUTCOMES, channels.get(channel, {})) for channel in CHANNELS},
        sections=(Section(1, "一、总体情况", text), Section(None, "附件", "无")),
        tables={"20_1": TableFacts(form, URL), "applications": TableFacts(form, URL)},
    )
    return replace(built, **fields)


def quirky_report() -> Report:
    """A report with everything a row can hold: blanks, raws, units, floats, extra cells, findings."""
    built = report()
    applications = dict(built.applications)
    applications["new_received"] = {
        **built.applications["new_received"],
        "natural_person": Figure(10, "１０"),
        "commercial_enterprise": Figure(None, "/"),
        "other_org": Figure(None),
        "total": Figure(10, "10", "件"),
    }
    applications["granted"] = {column: Figure(3, "3", "件") for column in APPLICANTS}
    return replace(
        built,
        applications=applications,
        disclosure={
            **built.disclosure,
            "licensing_items_change": Figure(23, "+23"),
            "central_procurement_amount": Figure(24575.93, "24575.93万", "万元"),
            "rules_made": Figure(None, "—"),
            "penalty_decisions": Figure(12.0, "12.0"),
            "coercion_decisions": Figure(7),
        },
        statistics={"t14_fees_10k_yuan": Figure(0.5, "0.50", "万元")},
        extra_cells=(ExtraCell("20_5", "行政检查", "处理决定数量", Figure(0, "0"), "beijing_inspection_decisions"),),
        findings=(
            Finding("balance", Severity.ERROR, "applications/natural_person", "不平", 10, 9),
            Finding("year", Severity.WARNING, "title", "年份不一", "2020", None),
        ),
        reason=None,
    )


def capture(url: str = URL, body: bytes = b"<html>", second: int = 0, **fields: Any) -> Capture:
    """A fetched page."""
    return replace(Capture(url=url, body=body, content_type="text/html", fetched_at=at(second), etag='"1"'), **fields)
