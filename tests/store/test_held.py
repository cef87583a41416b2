"""Reports as their neighbours see them, and what is kept of comparing them."""

from __future__ import annotations

from govcrawl.model import CrossCheck, Severity, Verdict
from govcrawl.store import Store
from govcrawl.store.cross import replace_cross_checks
from govcrawl.store.held import held_reports
from tests.store import builders


def test_a_report_is_held_with_every_cell_of_its_form(store: Store) -> None:
    report = builders.report()
    store.save_report(report, None, builders.URL, None, builders.at())
    [held] = held_reports(store.connection)
    assert held.id == report.id
    assert held.cells == {where: figure.value for where, figure in report.figures()}


def test_what_a_check_says_replaces_what_it_said_before(store: Store) -> None:
    report = builders.report()
    store.save_report(report, None, builders.URL, None, builders.at())
    first, second = (
        CrossCheck(report.id, "carry_over", where, verdict, "…", Severity.ERROR, 1, 2)
        for where, verdict in (("applications/a/total", Verdict.CONTRADICTS), ("x", Verdict.SUPPORTS))
    )
    assert replace_cross_checks(store.connection, ["carry_over"], [first, second]) == 2
    replace_cross_checks(store.connection, ["carry_over"], [second])
    rows = store.connection.execute('SELECT "where", severity FROM cross_checks').fetchall()
    assert rows == [("x", "info")]
