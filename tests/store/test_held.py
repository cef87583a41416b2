"""Reports as their neighbours see them, and what is kept of comparing them."""

from __future__ import annotations

from govcrawl.model import CrossCheck, Severity, Verdict
from govcrawl.store import Store
from govcrawl.store.cross import collect_cross_checks, replace_cross_checks
from govcrawl.store.held import held_agencies, held_divisions, held_prose, held_reports, held_series
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
    collect_cross_checks(store.connection, [first, second])
    assert replace_cross_checks(store.connection, ["carry_over"]) == 2
    collect_cross_checks(store.connection, [second])
    replace_cross_checks(store.connection, ["carry_over"])
    rows = store.connection.execute('SELECT "where", severity FROM cross_checks').fetchall()
    assert rows == [("x", "info")]


def test_the_prose_of_a_report_comes_with_its_agency_as_printed(store: Store) -> None:
    report = builders.report()
    store.save_report(report, None, builders.URL, None, builders.at())
    assert held_prose(store.connection, report.id) == ("云山市教育局", report.sections)
    assert held_prose(store.connection, "nobody's") == ("", ())


def test_agencies_and_divisions_are_told_with_where_they_lie(store: Store) -> None:
    store.save_report(builders.report(), None, builders.URL, None, builders.at())
    assert [row[1:] for row in held_agencies(store.connection)] == [("云山市教育局", "department", "970100")]
    assert held_divisions(store.connection)["970100"] == "970000"


def test_a_series_goes_by_its_last_name_also_in_a_circle(store: Store) -> None:
    names = [f"云山市第{number}局" for number in "一二三四"]
    for number, name in enumerate(names):
        store.save_report(builders.report(name, agency=name), None, f"{builders.URL}?{number}", None, builders.at())
    first, second, third, fourth = (row[0] for row in held_agencies(store.connection))

    def linked(*pairs: tuple[int, int]) -> dict[int, int]:
        store.connection.execute("DELETE FROM agency_links")
        rows = [(earlier, later, "renamed", 2020, "", "") for earlier, later in pairs]
        store.connection.executemany("INSERT INTO agency_links VALUES (?, ?, ?, ?, ?, ?)", rows)
        return held_series(store.connection)

    assert linked() == {}
    assert linked((first, second), (second, third)) == {first: third, second: third, third: third}
    assert set(linked((first, second), (second, first))) == {first, second}
    assert fourth not in linked((first, second))
