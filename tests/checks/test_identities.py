"""Every identity of the forms, on figures that obey it and on figures that break it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from govcrawl.checks import check_report
from govcrawl.forms.schema import Form, Part, load_forms
from govcrawl.model import Figure, Number, Report, Severity, TableFacts

TABLED = [form for form in load_forms() if form.tables]


def blank_report(form: Form, value: Number | None = 0) -> Report:
    """A report of a form with the same value in every cell."""
    disclosure: dict[str, Figure] = {}
    statistics: dict[str, Figure] = {}
    applications: dict[str, dict[str, Figure]] = {}
    review: dict[str, dict[str, Figure]] = {}
    for table in form.tables:
        for row in table.official_rows:
            for column in table.columns:
                figure = Figure(value, "" if value is None else str(value))
                if table.part is Part.DISCLOSURE:
                    disclosure[table.cell_code(row, column)] = figure
                elif table.part is Part.STATISTICS:
                    statistics[table.cell_code(row, column)] = figure
                elif table.part is Part.APPLICATIONS:
                    applications.setdefault(row.code, {})[column.code] = figure
                else:
                    review.setdefault(column.group.code if column.group else "", {})[column.code] = figure
    return Report(
        title="云砚县2020年政府信息公开工作年度报告",
        agency="云砚县人民政府",
        division_code=None,
        province_code=None,
        report_year=2020,
        published_on=date(2021, 3, 1),
        form=form.code,
        template_version=None,
        template_evidence=None,
        content_hash="0" * 64,
        disclosure=disclosure,
        applications=applications,
        review_litigation=review,
        statistics=statistics,
        tables={table.id: TableFacts(form.code) for table in form.tables},
    )


def with_cell(report: Report, where: str, value: Number | None) -> Report:
    """The report with one cell changed; `where` is as `Report.figures` names it."""
    part, *path = where.split("/")
    cells: Mapping[str, object] = getattr(report, part)
    figure = Figure(value, str(value))
    if len(path) == 1:
        return replace(report, **{part: {**cells, path[0]: figure}})
    rows: Mapping[str, Mapping[str, Figure]] = getattr(report, part)
    return replace(report, **{part: {**rows, path[0]: {**rows[path[0]], path[1]: figure}}})


@pytest.mark.parametrize("form", TABLED, ids=lambda form: str(form.code))
@pytest.mark.parametrize("value", [0, None])
def test_a_report_of_nothing_breaks_no_rule(form: Form, value: Number | None) -> None:
    assert check_report(blank_report(form, value)) == ()


@pytest.mark.parametrize("form", TABLED, ids=lambda form: str(form.code))
def test_changing_any_single_cell_that_a_sum_holds_is_found(form: Form) -> None:
    report = blank_report(form)
    sums = [identity for identity in form.identities if identity.relation == "="]
    codes = {identity.code for identity in sums}
    for where, _ in report.figures():
        part, *path = where.split("/")
        covered = any(
            identity.part == part
            and (
                (identity.axis == "column" and path[0] in identity.left + identity.right)
                or (identity.axis in {"row", "channel"} and path[-1] in identity.left + identity.right)
                or (identity.axis == "cell" and path[0] in identity.left + identity.right)
            )
            for identity in sums
        )
        broken = [finding for finding in check_report(with_cell(report, where, 3)) if finding.code in codes]
        assert bool(broken) == covered, where


def test_the_balance_names_the_column_and_both_sides() -> None:
    report = blank_report(TABLED[1])
    report = with_cell(report, "applications/new_received/natural_person", 10)
    report = with_cell(report, "applications/new_received/total", 10)
    found = [finding for finding in check_report(report) if finding.code == "balance"]
    assert [(f.where, f.severity, f.expected, f.actual) for f in found] == [
        ("applications/natural_person", Severity.ERROR, 0, 10),
        ("applications/total", Severity.ERROR, 0, 10),
    ]


def test_review_totals_left_at_zero_are_found_per_channel() -> None:
    report = with_cell(blank_report(TABLED[2]), "review_litigation/review/upheld", 10)
    report = with_cell(report, "review_litigation/review/corrected", 1)
    report = with_cell(report, "review_litigation/litigation_after_review/other", 5)
    assert {(f.where, f.expected, f.actual) for f in check_report(report)} == {
        ("review_litigation/review", 11, 0),
        ("review_litigation/litigation_after_review", 5, 0),
    }


def test_a_blank_counts_as_zero_in_a_sum() -> None:
    report = blank_report(TABLED[1], None)
    report = with_cell(report, "applications/new_received/total", 4)
    report = with_cell(report, "applications/new_received/natural_person", 4)
    report = with_cell(report, "applications/handled_total/total", 4)
    report = with_cell(report, "applications/handled_total/natural_person", 4)
    report = with_cell(report, "applications/granted/total", 4)
    report = with_cell(report, "applications/granted/natural_person", 4)
    assert check_report(report) == ()


def test_previous_plus_change_written_as_decisions_is_a_warning() -> None:
    report = blank_report(TABLED[1])
    for code, value in (("items_previous_year", 21), ("items_change", 19), ("decisions", 40)):
        report = with_cell(report, f"disclosure/licensing_{code}", value)
    assert [(f.code, f.severity) for f in check_report(report)] == [("decisions_are_stock", Severity.WARNING)]


def test_decisions_equal_to_an_unchanged_stock_say_nothing() -> None:
    report = blank_report(TABLED[1])
    for code, value in (("items_previous_year", 21), ("items_change", 0), ("decisions", 21)):
        report = with_cell(report, f"disclosure/licensing_{code}", value)
    assert check_report(report) == ()


def test_more_made_than_published_is_no_fault() -> None:
    report = with_cell(blank_report(TABLED[1]), "disclosure/normative_documents_made", 87)
    assert check_report(report) == ()


def test_a_public_stock_below_the_years_publications_is_a_warning() -> None:
    report = with_cell(blank_report(TABLED[1]), "disclosure/rules_published", 3)
    assert [f.code for f in check_report(report)] == ["stock_below_flow"]


def test_a_collapsed_row_counts_in_the_sum_of_the_items() -> None:
    report = blank_report(TABLED[2])
    other = {column: Figure(0, "0") for column in report.applications["granted"]}
    report = replace(report, applications={**report.applications, "other_handling": other})
    for row in ("new_received", "other_handling", "handled_total"):
        for column in ("natural_person", "total"):
            report = with_cell(report, f"applications/{row}/{column}", 2)
    assert check_report(report) == ()
    report = with_cell(report, "applications/other_handling/natural_person", 1)
    assert {f.code for f in check_report(report)} == {"item_sum", "row_sum"}


@pytest.mark.parametrize(
    ("where", "value", "code"),
    [
        ("applications/granted/other_org", -1, "negative"),
        ("disclosure/rules_made", 0.5, "fraction"),
        ("disclosure/licensing_items_change", -5, None),
        ("disclosure/central_procurement_amount", 1434.1345, None),
        ("disclosure/rules_made", 2.0, None),
    ],
)
def test_counts_are_whole_and_not_negative_but_changes_and_amounts(where: str, value: Number, code: str | None) -> None:
    codes = {finding.code for finding in check_report(with_cell(blank_report(TABLED[1]), where, value))}
    assert (code in codes) if code else not codes & {"negative", "fraction"}


def test_a_report_published_before_its_year_is_told() -> None:
    report = replace(blank_report(TABLED[1]), published_on=date(2018, 12, 20), report_year=2020)
    assert [f.code for f in check_report(report)] == ["published_early"]


def test_checks_change_no_value() -> None:
    report = with_cell(blank_report(TABLED[1]), "applications/granted/total", 7)
    before = report.to_dict()
    check_report(report)
    assert report.to_dict() == before


def test_a_row_of_which_only_the_total_is_filled_in_breaks_no_sum() -> None:
    report = blank_report(TABLED[1], None)
    for row in ("new_received", "granted", "handled_total"):
        report = with_cell(report, f"applications/{row}/total", 4)
    assert check_report(report) == ()
