"""What a worker says of a report is the report."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date

import pytest

from govcrawl.model import (
    Evidence,
    ExtraCell,
    Figure,
    Finding,
    Link,
    Portal,
    Proof,
    Report,
    Scope,
    Section,
    Severity,
    TableFacts,
)
from govcrawl.reading import Found, read_report
from govcrawl.replay.wire import found_json, found_of, link_json, link_of, portal_json, portal_of
from govcrawl.simulator.report import ReportSpec, build_report


@pytest.mark.parametrize(("form", "year"), [("form2021", 2022), ("form2019", 2019), ("stat2014", 2016)])
def test_a_report_comes_back_as_it_was(form: str, year: int) -> None:
    data = build_report(ReportSpec(form=form, year=year, agency="云砚县第1局", seed=3)).data
    report = read_report(data, url="http://www.yunyan.test/1.html")
    assert report.form == form
    found = Found(report, ("http://www.yunyan.test/1.html", "http://www.yunyan.test/1.docx"))
    assert found_of(json.loads(json.dumps(found_json(found)))) == found


def test_so_does_everything_a_report_can_hold() -> None:
    figure = Figure(2**70, "１\udc80", "件", 0.5)
    whole = Report(
        title="年报",
        agency="局",
        division_code="110000",
        province_code="110000",
        report_year=2022,
        published_on=date(2023, 1, 31),
        form="form2021",
        template_version="2021",
        template_evidence=Evidence("title", "2022年"),
        content_hash="a" * 64,
        scope=Scope.DEPARTMENT,
        period=(date(2022, 1, 1), date(2022, 12, 31)),
        confidence=0.75,
        disclosure={"rules_made": figure, "blank": Figure(None, "/")},
        applications={"received": {"natural_person": Figure(1.5, "1.5")}},
        review_litigation={"review": {"total": figure}},
        statistics={"1.1": figure},
        extra_cells=(ExtraCell("t", "r", "c", figure, "code"),),
        sections=(Section(None, "", "无"), Section(1, "总体情况", "文")),
        findings=(Finding("sum", Severity.WARNING, "title", "message", 1, "2"),),
        tables={"disclosure": TableFacts("form2021", "u", proof=Proof.PROVEN, member="m", confidence=0.5)},
        reason="none",
    )
    unset = [f.name for f in fields(Report) if getattr(whole, f.name) in (None, (), {}, "", 0.0)]
    assert unset == []
    for report in (whole, replace(whole, template_evidence=None, period=None, published_on=None)):
        assert found_of(json.loads(json.dumps(found_json(Found(report, ()))))) == Found(report, ())


def test_so_do_a_link_and_a_portal() -> None:
    link = Link("http://a.test/", "年报", date(2020, 1, 1))
    portal = Portal("id", "名", "110000", "http://a.test/", "trs", ("http://a.test/nb/",), "n")
    assert link_of(json.loads(json.dumps(link_json(link)))) == link
    assert portal_of(json.loads(json.dumps(portal_json(portal)))) == portal
    assert (link_of(link_json(None)), portal_of(portal_json(None))) == (None, None)
