"""Stored reports held against other years, other places and their own prose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from govcrawl.model import Report, Scope, Section
from govcrawl.relating import relate
from govcrawl.relating.across import CODES, relate_across
from govcrawl.store import Store
from tests.store import builders


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "govcrawl.db") as opened:
        opened.save_divisions(builders.DIVISIONS)
        opened.save_portals([builders.PORTAL])
        yield opened


def of_year(year: int, agency: str = "云山市教育局", **fields: Any) -> Report:
    """A report of a year; its content is named by agency and year."""
    made = builders.report(f"{agency}{year}{fields}", **fields)
    title = f"{agency}{year}年政府信息公开工作年度报告"
    return replace(made, agency=agency, report_year=year, title=title, published_on=date(year + 1, 1, 29))


def carried(row: str, number: int) -> dict[str, dict[str, int | None]]:
    return {row: {"total": number, "natural_person": number}}


def keep(store: Store, *reports: Report, portal: str | None = builders.PORTAL.id) -> None:
    for report in reports:
        store.save_report(report, None, f"http://www.yunshan.test/{report.id}.html", portal, builders.at())


def checks(store: Store, code: str) -> list[tuple[str, str, str, Any, Any]]:
    """Report, cell, verdict, expected and actual of the checks of a code, but for cells that are 0 on both sides."""
    return store.connection.execute(
        'SELECT report_id, "where", verdict, expected, actual FROM cross_checks WHERE code = ? AND (expected OR actual)'
        ' ORDER BY "where"',
        (code,),
    ).fetchall()


def test_a_wrong_carry_over_is_found_across_two_forms(store: Store) -> None:
    last = of_year(2020, applications=carried("carried_over_out", 3))
    this = of_year(2021, applications=carried("carried_over_in", 4), form="form2021")
    keep(store, this, last)
    relate_across(store)
    assert checks(store, "carry_over") == [
        (this.id, "applications/carried_over_in/natural_person", "contradicts", 3, 4),
        (this.id, "applications/carried_over_in/total", "contradicts", 3, 4),
    ]


def test_an_agency_that_was_only_renamed_carries_over_what_it_had(store: Store) -> None:
    last = of_year(2020, "云山市旧名局", applications=carried("carried_over_out", 3))
    this = of_year(2021, "云山市新名局", applications=carried("carried_over_in", 4), form="form2021")
    keep(store, last, this)
    relate_across(store)
    assert checks(store, "carry_over") == []
    for kind, found in (("merged", 0), ("renamed", 2)):
        store.connection.execute(
            "INSERT OR REPLACE INTO agency_links SELECT a.agency_id, b.agency_id, ?, 2021, '', ''"
            " FROM reports AS a, reports AS b WHERE a.id = ? AND b.id = ?",
            (kind, last.id, this.id),
        )
        relate_across(store)
        assert len(checks(store, "carry_over")) == found


def test_reports_of_nobody_are_compared_with_their_own_prose_alone(store: Store) -> None:
    text = "2020年收到政府信息公开申请15件。"
    report = replace(of_year(2020), agency=None, sections=(Section(1, "一、总体情况", text),))
    other = replace(of_year(2021, applications=carried("carried_over_in", 4)), agency=None)
    keep(store, report, other)
    relate_across(store)
    assert [row[:3] for row in checks(store, "narrative")] == [
        (report.id, "applications/new_received/total", "contradicts")
    ]
    assert checks(store, "carry_over") == []


def test_what_is_superseded_is_compared_with_nothing(store: Store) -> None:
    last = of_year(2020, applications=carried("carried_over_out", 3))
    wrong = of_year(2021, applications=carried("carried_over_in", 4), form="form2021")
    mended = of_year(2021, applications=carried("carried_over_in", 3), form="form2021")
    keep(store, last)
    for second, report in enumerate((wrong, mended)):
        store.save_report(report, None, builders.URL, builders.PORTAL.id, builders.at(second))
    relate_across(store)
    assert {(report, verdict) for report, _, verdict, _, _ in checks(store, "carry_over")} == {(mended.id, "supports")}


def test_the_whole_area_cannot_have_less_than_its_bodies(store: Store) -> None:
    parts = [
        of_year(2020, f"云山市{name}局", applications={"new_received": {"total": number}})
        for name, number in (("教育", 5), ("公安", 8))
    ]
    whole = of_year(2020, "云山市人民政府", applications={"new_received": {"total": 12}}, scope=Scope.WHOLE_AREA)
    keep(store, *parts, whole)
    relate_across(store)
    assert checks(store, "area_total") == [(whole.id, "applications/new_received/total", "contradicts", 13, 12)]
    (share,) = store.connection.execute("SELECT DISTINCT share FROM cross_checks WHERE code = 'area_total'")
    assert share == (1.0,)


def test_prose_is_compared_with_the_table(store: Store) -> None:
    text = "2020年，我局共收到政府信息公开申请15件，办结十四件。"
    figures = {"new_received": {"total": 15}, "handled_total": {"total": 13}}
    report = replace(of_year(2020, applications=figures), sections=(Section(1, "一、总体情况", text),))
    keep(store, report)
    relate_across(store)
    assert checks(store, "narrative") == [
        (report.id, "applications/handled_total/total", "contradicts", 14, 13),
        (report.id, "applications/new_received/total", "supports", 15, 15),
    ]
    (told,) = store.connection.execute("SELECT other_where FROM cross_checks WHERE verdict = 'contradicts'").fetchone()
    assert told.startswith("sections/0: ")
    assert "办结十四件" in told


def test_relating_again_or_in_another_order_gives_the_same_rows(tmp_path: Path) -> None:
    reports = [of_year(year, applications=carried("carried_over_out", year % 7)) for year in (2019, 2020, 2021)]
    found = []
    for order in (reports, reports[::-1]):
        with Store.open(tmp_path / f"{order[0].id}.db") as store:
            store.save_divisions(builders.DIVISIONS)
            store.save_portals([builders.PORTAL])
            keep(store, *order)
            for _ in range(2):
                relate(store)
            found.append(store.connection.execute("SELECT * FROM cross_checks ORDER BY 1, 2, 3, 4, 5").fetchall())
    assert found[0] == found[1] != []


def test_it_counts_what_it_wrote_by_code_and_verdict(store: Store) -> None:
    last = of_year(2020, applications=carried("carried_over_out", 3))
    keep(store, last, of_year(2021, applications=carried("carried_over_in", 4), form="form2021"))
    counts = relate_across(store)
    assert (counts["carry_over_contradicts"], counts["carry_over_supports"]) == (2, 5)
    assert sum(counts.values()) == store.connection.execute("SELECT count(*) FROM cross_checks").fetchone()[0]
    assert {key.rsplit("_", 1)[0] for key in counts} <= CODES
