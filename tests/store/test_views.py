from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from govcrawl.model import Claim, Finding, Portal, ProblemKind, Scope, Severity
from govcrawl.store import PortalState, Store, open_corpus
from govcrawl.store.panel import LEGAL_PERSONS, application_rows
from tests.store.builders import PORTAL, URL, at, form_cells, form_rows, report

BROKEN = Finding("balance", Severity.ERROR, "applications/total", "10 in, 9 out", 10, 9)


def panel(store: Store) -> list[dict[str, Any]]:
    with open_corpus(store.path) as corpus:
        return list(corpus.panel())


def rows(store: Store, sql: str) -> list[dict[str, Any]]:
    cursor = store.connection.execute(sql)
    return [dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor]


@contextmanager
def saved(store: Store, *reports: Any) -> Iterator[None]:
    for number, each in enumerate(reports):
        store.save_report(each, None, f"{URL}?{number}", PORTAL.id, at(number))
    yield


def test_panel_has_a_column_for_every_cell_of_every_form(store: Store) -> None:
    columns = {row[1] for row in store.connection.execute("PRAGMA table_info(panel)")}
    assert set(form_cells("form2019")) | set(form_cells("form2021")) <= columns
    assert {"t14_received", "review_upheld", "litigation_after_review_total"} <= columns
    assert {f"{row}_natural_person" for form in ("form2019", "form2021") for row in form_rows(form)} <= columns


def test_panel_has_the_derived_variables(store: Store) -> None:
    columns = {row[1] for row in store.connection.execute("PRAGMA table_info(panel)")}
    derived = ["denied_total", "unavailable_total", "not_processed_total", "other_handling_total", "litigation_total"]
    assert {*derived, "legal_person_total", "handled_total", "denied_natural_person"} <= columns


def test_panel_adds_up_groups_channels_and_legal_persons(store: Store) -> None:
    applications: dict[str, dict[str, int | None]] = {row: {"total": 1} for row in application_rows()}
    applications = {row: applications[row] for row in form_rows("form2021")}
    applications["new_received"] = dict.fromkeys(LEGAL_PERSONS, 2)
    channels = {
        "litigation_direct": {"total": 4, "upheld": 3},
        "litigation_after_review": {"total": 5},
        "review": {"total": 9},
    }
    with saved(store, report(applications=applications, review_litigation=channels, form="form2021")):
        (row,) = panel(store)
    assert row["denied_total"] == 8
    assert row["unavailable_total"] == 3
    assert row["not_processed_total"] == 5
    assert row["other_handling_total"] == 3
    assert row["new_received_legal_person_total"] == row["legal_person_total"] == 10
    assert (row["litigation_total"], row["litigation_upheld"], row["review_total"]) == (9, 3, 9)


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("form2019", {"other_handling": 6}),
        ("form2021", {"other_not_corrected_in_time": 1, "other_fee_not_paid": 2, "other_residual": 3}),
        ("form2021", {"other_handling": 6}),
    ],
)
def test_other_handling_is_one_variable_in_every_form(store: Store, form: str, printed: dict[str, int]) -> None:
    with saved(store, report(form=form, applications={row: {"total": value} for row, value in printed.items()})):
        (row,) = panel(store)
    assert row["other_handling_total"] == 6


def test_a_sum_counts_a_blank_as_nothing_and_is_blank_where_all_is(store: Store) -> None:
    denied = [row for row, group in application_rows().items() if group == "denied"]
    cells: dict[str, dict[str, int | None]] = {row: {"natural_person": None, "total": None} for row in denied}
    cells[denied[0]] = {"natural_person": None, "total": 4}
    with saved(store, report(applications=cells)):
        (row,) = panel(store)
    assert (row["denied_total"], row["denied_natural_person"]) == (4, None)


def test_panel_keeps_to_current_reports(store: Store) -> None:
    for day, text in ((1, "一"), (2, "二")):
        store.save_report(report(text, disclosure={"rules_made": day}), None, URL, PORTAL.id, at(day=day))
    assert [row["rules_made"] for row in panel(store)] == [2]


def test_panel_has_one_row_per_agency_and_year_and_says_what_stands_beside_it(store: Store) -> None:
    own = report("本级", scope=Scope.GOVERNMENT_OFFICE, title="本级")
    whole = report("汇总", scope=Scope.WHOLE_AREA, title="汇总", published_on=date(2021, 1, 1))
    with saved(store, own, whole, report("上年", report_year=2019)):
        got = [(row["report_year"], row["report_id"], row["reports_of_year"]) for row in panel(store)]
    assert got == [(2019, report("上年").id, 1), (2020, whole.id, 2)]


def test_a_readable_report_stands_in_the_panel_before_an_unreadable_one(store: Store) -> None:
    blank = report("图片", title="图片版", form="form2019", scope=Scope.WHOLE_AREA)
    with saved(store, report(), blank):
        store.connection.execute("UPDATE reports SET form = 'none' WHERE id = ?", (blank.id,))
        assert [row["report_id"] for row in panel(store)] == [report().id]


def test_carry_over_compares_this_year_with_the_last_per_applicant(store: Store) -> None:
    before = report("2019", report_year=2019, applications={"carried_over_out": {"natural_person": 5, "total": 5}})
    now = report("2020", applications={"carried_over_in": {"natural_person": 3, "total": None}})
    with saved(store, before, now):
        found = {row["applicant"]: row for row in rows(store, "SELECT * FROM carry_over")}
    assert len(found) == 7
    natural = found["natural_person"]
    assert (natural["report_year"], natural["carried_over_in"], natural["last_carried_over_out"]) == (2020, 3, 5)
    assert (natural["difference"], found["total"]["difference"], found["other_org"]["difference"]) == (-2, -5, 0)
    assert (natural["report_id"], natural["last_report_id"]) == (now.id, before.id)


def test_carry_over_is_silent_where_a_year_is_missing(store: Store) -> None:
    with saved(store, report("2018", report_year=2018), report("2020")):
        assert rows(store, "SELECT * FROM carry_over") == []


def test_carry_over_compares_reports_of_one_scope(store: Store) -> None:
    whole = report("2019", report_year=2019, scope=Scope.WHOLE_AREA)
    with saved(store, whole, report("2020", scope=Scope.GOVERNMENT_OFFICE)):
        assert rows(store, "SELECT * FROM carry_over") == []


def test_duplicates_names_every_address(store: Store) -> None:
    store.save_report(report("single"), None, URL + "?single", PORTAL.id, at())
    for place, second in (("a", 0), ("b", 9)):
        store.save_report(report(), None, f"{URL}?{place}", PORTAL.id if place == "a" else None, at(second))
    (row,) = rows(store, "SELECT * FROM duplicates")
    assert (row["report_id"], row["addresses"], row["portals"]) == (report().id, 2, 1)
    assert row["urls"] == f'["{URL}?a","{URL}?b"]'


def coverage(store: Store) -> dict[tuple[str, int], dict[str, Any]]:
    return {(row["portal_id"], row["report_year"]): row for row in rows(store, "SELECT * FROM coverage_by_portal")}


def test_coverage_expects_what_was_seen_once_and_the_government_always(store: Store) -> None:
    government = {"agency": "云山市人民政府", "scope": Scope.WHOLE_AREA}
    with saved(
        store,
        report("g19", report_year=2019, **government),
        report("d19", report_year=2019),
        report("g20", **government),
        report("h20", agency="云山市民政局"),
    ):
        got = coverage(store)
    first, second = got[(PORTAL.id, 2019)], got[(PORTAL.id, 2020)]
    assert (first["expected"], first["found"], first["missing"]) == (2, 2, 0)
    assert (second["expected"], second["found"], second["missing"]) == (3, 2, 1)
    assert (second["governments_expected"], second["governments_found"]) == (1, 1)
    assert (second["departments_expected"], second["departments_found"]) == (2, 1)


@pytest.mark.parametrize(
    ("agency", "division"),
    [("云山市人民政府办公室", "970100"), ("云山市云脚镇人民政府", "970100"), ("云脚县人民政府", "970101")],
)
def test_coverage_takes_no_other_body_for_the_portals_own_government(store: Store, agency: str, division: str) -> None:
    with saved(store, report(agency=agency, division_code=division)):
        row = coverage(store)[(PORTAL.id, 2020)]
    assert (row["expected"], row["found"], row["missing"]) == (2, 1, 1)
    assert (row["governments_expected"], row["governments_found"]) == (2, 1)


def test_coverage_has_a_row_for_a_portal_that_gave_nothing(store: Store) -> None:
    store.save_portals([Portal("970199-silent", "寂静县人民政府", "970199", "http://silent.test/")])
    with saved(store, report()):
        row = coverage(store)[("970199-silent", 2020)]
    assert (row["expected"], row["found"], row["missing"], row["province_code"]) == (1, 0, 1, "970000")


@pytest.mark.parametrize(
    ("year", "departments", "governments"),
    [(2020, "2021-01-31", "2021-03-31"), (2019, "2020-01-31", "2020-03-31"), (2018, "2019-03-31", "2019-03-31")],
)
def test_coverage_knows_the_legal_due_days(store: Store, year: int, departments: str, governments: str) -> None:
    with saved(store, report(report_year=year)):
        row = coverage(store)[(PORTAL.id, year)]
    assert (row["departments_due_on"], row["governments_due_on"]) == (departments, governments)


@pytest.mark.parametrize(
    ("agency", "day", "late"),
    [
        ("云山市教育局", date(2021, 1, 31), 0),
        ("云山市教育局", date(2021, 2, 1), 1),
        ("云山市人民政府", date(2021, 3, 31), 0),
        ("云山市人民政府", date(2021, 4, 1), 1),
        ("云山市教育局", None, 0),
    ],
)
def test_coverage_counts_the_late(store: Store, agency: str, day: date | None, late: int) -> None:
    with saved(store, report(agency=agency, published_on=day)):
        assert coverage(store)[(PORTAL.id, 2020)]["late"] == late


def state(store: Store, agency: str = "云山市人民政府", portal: str = PORTAL.id) -> str:
    (row,) = rows(
        store,
        f"SELECT state FROM coverage WHERE agency_name = '{agency}' AND portal_id = '{portal}' AND report_year = 2020",
    )
    return str(row["state"])


def visited(store: Store, day: date) -> None:
    """A run on that day, so that the corpus knows what is due."""
    store.finish_run(store.start_run(datetime(day.year, day.month, day.day, 3, tzinfo=UTC)), at(), 0, {})


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, "current"),
        ({"published_on": None}, "current"),
        ({"published_on": date(2021, 2, 1)}, "late"),
        ({"findings": (BROKEN,)}, "inconsistent"),
        ({"findings": (BROKEN,), "published_on": date(2021, 2, 1)}, "inconsistent"),
        ({"form": "none", "published_on": date(2021, 2, 1)}, "unreadable"),
    ],
)
def test_coverage_tells_the_state_of_what_was_found(store: Store, told: dict[str, Any], expected: str) -> None:
    given = {"published_on": date(2021, 1, 20), "findings": (), **told}
    with saved(store, replace(report(), **given)):
        assert state(store, "云山市教育局") == expected


@pytest.mark.parametrize(
    ("portal_state", "day", "expected"),
    [
        (PortalState.WORKING, date(2021, 4, 1), "missing"),
        (PortalState.WORKING, date(2021, 3, 31), "not_yet_due"),
        (PortalState.FAILING, date(2021, 4, 1), "unreachable"),
        (PortalState.BLOCKED, date(2021, 4, 1), "blocked"),
        (PortalState.BLOCKED, date(2021, 3, 1), "not_yet_due"),
        (None, date(2021, 4, 1), "unvisited"),
        (None, date(2021, 3, 1), "not_yet_due"),
    ],
)
def test_coverage_tells_why_a_report_was_not_found(
    store: Store, portal_state: PortalState | None, day: date, expected: str
) -> None:
    if portal_state is not None:
        store.mark_portal(PORTAL.id, portal_state, at())
    visited(store, day)
    with saved(store, report()):
        assert state(store) == expected


def test_a_report_that_was_fetched_and_not_read_is_no_missing_one(store: Store) -> None:
    claim = Claim("云山市人民政府", "970100", "970000", 2020)
    store.save_unread(f"{URL}?pdf", PORTAL.id, claim, ProblemKind.WRONG_TYPE, at())
    visited(store, date(2022, 1, 1))
    with saved(store, report()):
        assert state(store) == "unreadable"
    store.save_report(report("g", agency="云山市人民政府", scope=Scope.WHOLE_AREA), None, f"{URL}?pdf", PORTAL.id, at())
    assert state(store) == "current"


def test_the_hot_lookups_use_their_indexes(store: Store, tmp_path: Path) -> None:
    for sql in (
        "SELECT * FROM captures WHERE url = ''",
        "SELECT * FROM report_sources WHERE url = ''",
        "SELECT * FROM agencies WHERE key = '' AND coalesce(division_code, '') = ''",
        "SELECT new_received_total, denied_total, rules_made FROM panel WHERE report_year = 2020",
    ):
        plan = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [step for step in plan if step.startswith("SCAN") and "CONSTANT" not in step], sql


def test_the_panel_reads_no_table_that_a_query_does_not_ask_for(store: Store) -> None:
    plan = [
        row[3] for row in store.connection.execute("EXPLAIN QUERY PLAN SELECT report_year, granted_total FROM panel")
    ]
    assert sum("a_" in step for step in plan) == 1
