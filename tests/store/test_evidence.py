"""The view that lists, for any cell, what supports and what contradicts it."""

from __future__ import annotations

from typing import Any

import pytest

from govcrawl.checks import check_identities
from govcrawl.forms.schema import Part
from govcrawl.model import CrossCheck, Report, Severity, Verdict
from govcrawl.store import Store
from govcrawl.store.cross import collect_cross_checks, replace_cross_checks
from govcrawl.store.evidence import DOWN, sums
from tests.store import builders

HANDLED = "applications/handled_total/total"
SOUND = {
    "new_received": {"total": 3, "natural_person": 3},
    "granted": {"total": 3, "natural_person": 3},
    "handled_total": {"total": 3, "natural_person": 3},
}


def kept(store: Store, **fields: Any) -> Report:
    report = builders.report(str(fields), **fields)
    store.save_report(report, None, builders.URL, None, builders.at())
    return report


def evidence(store: Store, report: Report, where: str) -> list[tuple[str, str, Any, Any]]:
    """Check, verdict, expected and actual."""
    return store.connection.execute(
        'SELECT "check", verdict, expected, actual FROM evidence WHERE report_id = ? AND "where" = ? ORDER BY 1',
        (report.id, where),
    ).fetchall()


@pytest.mark.parametrize("form", ["form2019", "form2021"])
def test_a_cell_in_sums_that_hold_has_a_supporting_row_for_each(store: Store, form: str) -> None:
    report = kept(store, applications=SOUND, form=form)
    assert [row[:2] for row in evidence(store, report, HANDLED)] == [
        ("balance", "supports"),
        ("item_sum", "supports"),
        ("row_sum", "supports"),
    ]
    assert [row[0] for row in evidence(store, report, "applications/granted/total")] == ["item_sum", "row_sum"]


def test_a_sum_that_fails_contradicts_each_of_its_cells_and_says_what_it_would_have_to_be(store: Store) -> None:
    report = kept(store, applications={**SOUND, "granted": {"total": 2, "natural_person": 2}})
    assert ("item_sum", "contradicts", 2, 3) in evidence(store, report, HANDLED)
    assert ("item_sum", "contradicts", 3, 2) in evidence(store, report, "applications/granted/total")
    assert ("row_sum", "supports", 2, 2) in evidence(store, report, "applications/granted/total")


def test_nothing_is_said_of_a_blank_nor_by_a_sum_without_its_total(store: Store) -> None:
    blank = dict.fromkeys(("total", "natural_person"), None)
    report = kept(store, applications={**SOUND, "handled_total": blank})
    assert evidence(store, report, HANDLED) == []
    assert [row[0] for row in evidence(store, report, "applications/granted/total")] == ["row_sum"]


def test_the_row_that_a_local_edition_prints_for_three_is_one_of_the_parts(store: Store) -> None:
    applications = {**SOUND, "granted": {"total": 1, "natural_person": 1}, "other_handling": {"total": 2}}
    report = kept(store, applications=applications, form="form2021")
    assert ("item_sum", "supports", 3, 3) in evidence(store, report, HANDLED)


def test_the_outcomes_of_a_lawsuit_and_the_statistics_stand_in_sums_too(store: Store) -> None:
    channels = {"review": {"upheld": 2, "total": 3}}
    statistics = {"t14_concluded": 5, "t14_concluded_on_time": 4, "t14_concluded_extended": 1}
    report = kept(
        store,
        review_litigation=channels,
        statistics={code: builders.figure(value) for code, value in statistics.items()},
    )
    assert evidence(store, report, "review_litigation/review/total") == [("channel_sum", "contradicts", 2, 3)]
    assert evidence(store, report, "statistics/t14_concluded_on_time") == [("item_sum", "supports", 4, 4)]


def test_the_view_contradicts_where_the_check_of_one_report_does(store: Store) -> None:
    applications = {**SOUND, "carried_over_out": {"total": 1}, "granted": {"total": 9, "other_org": 9}}
    report = kept(store, applications=applications)
    found = {
        (finding.code, "/".join(finding.where.split("/")[:2]))
        for finding in check_identities(report)
        if finding.severity is Severity.ERROR
    }
    rows = store.connection.execute('SELECT "check", "where" FROM evidence WHERE verdict = \'contradicts\'').fetchall()
    lines = {(check, where) for check, where in rows}
    assert {check for check, _ in found} == {check for check, _ in lines} == {"balance", "item_sum", "row_sum"}
    for code, line in found:
        part, name = line.split("/")
        assert any(check == code and where.startswith(part) and name in where.split("/") for check, where in lines)


def test_a_comparison_of_two_reports_is_evidence_for_both(store: Store) -> None:
    last, this = kept(store, report_year=2019), kept(store)
    check = CrossCheck(
        this.id,
        "last_year",
        "disclosure/licensing_items_previous_year",
        Verdict.CONTRADICTS,
        "…",
        expected=17,
        actual=20,
        other_report_id=last.id,
        other_where="disclosure/licensing_items_previous_year + disclosure/licensing_items_change",
    )
    collect_cross_checks(store.connection, [check])
    replace_cross_checks(store.connection, ["last_year"])
    assert evidence(store, this, check.where) == [("last_year", "contradicts", 17, 20)]
    for where in ("disclosure/licensing_items_previous_year", "disclosure/licensing_items_change"):
        assert [row[:2] for row in evidence(store, last, where)] == [("last_year", "contradicts")]
    (other,) = store.connection.execute(
        'SELECT DISTINCT other_report_id, other_where FROM evidence WHERE report_id = ? AND "check" = ?',
        (last.id, "last_year"),
    )
    assert other == (this.id, check.where)


def test_one_reports_evidence_reads_no_other_report(store: Store) -> None:
    plan = store.connection.execute("EXPLAIN QUERY PLAN SELECT * FROM evidence WHERE report_id = 'a'").fetchall()
    tables = ("x", "a", "cross_checks", *Part)
    assert [row[3] for row in plan if row[3].startswith("SCAN ") and row[3].split()[1] in tables] == []
    assert sum(row[3].startswith("SEARCH ") for row in plan) >= 20


def test_forms_that_share_a_total_share_the_sum() -> None:
    by_code = {one.code: one for one in sums(Part.APPLICATIONS, DOWN)}
    assert set(by_code) == {"balance", "item_sum"}
    assert {"other_handling", "other_residual"} <= by_code["item_sum"].right.keys()
