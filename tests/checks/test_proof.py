"""What sums prove: a wrong digit never hides in a table that is called proven."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.checks import prove
from govcrawl.checks.proof import SURE
from govcrawl.checks.sums import sums_of
from govcrawl.forms.schema import Part, form_by_code
from govcrawl.model import DocumentKind, Figure, Finding, Number, Proof, Report, Severity, TableFacts

APPLICANTS = [column.code for column in form_by_code("form2021").table("applications").columns]
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
CHANNELS = ("review", "litigation_direct", "litigation_after_review")
ITEMS = next(i.right for i in form_by_code("form2021").identities if i.code == "item_sum")


def applications(counts: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """A table whose sums hold: what was handled by item and applicant, all of it newly received."""
    rows = [row.code for row in form_by_code("form2021").table("applications").official_rows]
    table = {row: dict.fromkeys(APPLICANTS, 0) for row in rows}
    for (item, applicant), count in counts.items():
        for row in (item, "handled_total", "new_received"):
            for column in (applicant, "total"):
                table[row][column] += count
    return table


def report(
    cells: Mapping[str, Mapping[str, Number | None]],
    channels: Mapping[str, Mapping[str, int]] | None = None,
    *,
    recognised: bool = False,
    sure: float = 1.0,
) -> Report:
    def figures(row: Mapping[str, Number | None]) -> dict[str, Figure]:
        return {c: Figure(v, "" if v is None else str(v), None, sure if recognised else 1.0) for c, v in row.items()}

    zero = dict.fromkeys(OUTCOMES, 0)
    facts = TableFacts("form2021", None, DocumentKind.PDF, recognised)
    return Report(
        title="云砚县教育局2022年政府信息公开工作年度报告",
        agency="云砚县教育局",
        division_code=None,
        province_code=None,
        report_year=2022,
        published_on=None,
        form="form2021",
        template_version="2021",
        template_evidence=None,
        content_hash="0" * 64,
        applications={row: figures(cells[row]) for row in cells},
        review_litigation={c: figures({**zero, **(channels or {}).get(c, {})}) for c in CHANNELS},
        tables={"applications": facts, "review_litigation": facts},
    )


def with_cell(before: Report, where: str, value: Number | None, confidence: float | None = None) -> Report:
    part, row, column = where.split("/")
    rows = dict(getattr(before, part))
    old = rows[row][column]
    sure = old.confidence if confidence is None else confidence
    figure = Figure(value, "" if value is None else str(value), None, sure)
    changed: dict[str, Any] = {part: {**rows, row: {**rows[row], column: figure}}}
    return replace(before, **changed)


def proof(of: Report, table: str = "applications") -> Proof:
    return prove(of).tables[table].proof


def proposed(of: Report) -> list[Finding]:
    return [finding for finding in prove(of).findings if finding.code == "proposed_value"]


COUNTS = {
    ("granted", "natural_person"): 41, ("granted", "commercial_enterprise"): 7, ("partially_granted", "other_org"): 3,
    ("unavailable_not_held", "natural_person"): 28, ("denied_internal_affairs", "legal_service_org"): 5,
    ("not_processed_duplicate", "natural_person"): 16, ("other_residual", "social_welfare_org"): 9,
}  # fmt: skip
WHOLE = applications(COUNTS)
PLACES = [f"applications/{row}/{column}" for row in WHOLE for column in APPLICANTS]


def test_a_table_whose_sums_hold_is_proven() -> None:
    assert proof(report(WHOLE)) is Proof.PROVEN
    assert proof(report(WHOLE), "review_litigation") is Proof.PROVEN
    assert proof(report(WHOLE, recognised=True)) is Proof.PROVEN


@pytest.mark.parametrize("where", PLACES)
def test_one_wrong_cell_anywhere_contradicts(where: str) -> None:
    _, row, column = where.split("/")
    wrong = with_cell(report(WHOLE), where, WHOLE[row][column] + 3)
    assert proof(wrong) is Proof.CONTRADICTED


@pytest.mark.parametrize("where", PLACES)
def test_one_wrong_cell_is_found_and_its_value_proposed_and_not_applied(where: str) -> None:
    _, row, column = where.split("/")
    wrong = with_cell(report(WHOLE), where, WHOLE[row][column] + 3)
    (found,) = proposed(wrong)
    assert (found.where, found.expected, found.actual) == (where, WHOLE[row][column], WHOLE[row][column] + 3)
    assert found.severity is Severity.INFO
    assert prove(wrong).applications[row][column].value == WHOLE[row][column] + 3


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 999)), min_size=1, max_size=3))
def test_three_wrong_cells_are_never_proven(changes: list[tuple[str, int]]) -> None:
    wrong = report(WHOLE)
    for where, value in changes:
        wrong = with_cell(wrong, where, value)
    differs = any(
        figure.value != WHOLE[row][column]
        for row, cells in wrong.applications.items()
        for column, figure in cells.items()
    )
    assert (proof(wrong) is Proof.PROVEN) == (not differs)


def test_two_wrong_cells_are_not_mistaken_for_one() -> None:
    wrong = with_cell(report(WHOLE), "applications/granted/natural_person", 47)
    wrong = with_cell(wrong, "applications/denied_internal_affairs/legal_service_org", 6)
    assert proof(wrong) is Proof.CONTRADICTED
    assert proposed(wrong) == []


def test_no_negative_number_is_proposed() -> None:
    wrong = with_cell(report(WHOLE), "applications/granted/natural_person", 41)
    wrong = with_cell(wrong, "review_litigation/review/total", 0)
    wrong = with_cell(wrong, "review_litigation/review/upheld", 2)
    assert all(isinstance(f.expected, int) and f.expected >= 0 for f in proposed(wrong))


@pytest.mark.parametrize("recognised", [True, False])
def test_a_blank_is_never_proven_since_no_sum_tells_it_from_a_zero(recognised: bool) -> None:
    blank = with_cell(report(WHOLE, recognised=recognised), "applications/granted/research_institution", None)
    assert proof(blank) is Proof.UNPROVEN


def test_a_row_that_is_missing_leaves_the_table_unproven() -> None:
    cells = {row: dict(columns) for row, columns in WHOLE.items()}
    missing = {
        row: dict.fromkeys(columns) if row == "other_fee_not_paid" else columns for row, columns in cells.items()
    }
    assert proof(report(missing)) is Proof.UNPROVEN


def test_a_row_that_stands_for_several_is_read_in_their_place() -> None:
    cells: dict[str, dict[str, Number | None]] = {row: dict(columns) for row, columns in WHOLE.items()}
    parts = ("other_not_corrected_in_time", "other_fee_not_paid", "other_residual")
    cells["other_handling"] = {c: sum(WHOLE[part][c] for part in parts) for c in APPLICANTS}
    for part in parts:
        cells[part] = dict.fromkeys(APPLICANTS)
    collapsed = report(cells)
    assert proof(collapsed) is Proof.PROVEN
    assert proof(with_cell(collapsed, "applications/other_handling/total", 8)) is Proof.CONTRADICTED


def test_totals_alone_prove_and_contradict_nothing() -> None:
    cells = {row: {c: v if c == "total" else None for c, v in columns.items()} for row, columns in WHOLE.items()}
    assert proof(report(cells)) is Proof.UNPROVEN


def test_a_table_without_sums_is_unproven() -> None:
    form = form_by_code("form2021")
    tables = {t.id: TableFacts("form2021") for t in form.tables if t.part is Part.DISCLOSURE}
    codes = [t.cell_code(r, c) for t in form.tables if t.part is Part.DISCLOSURE for r in t.rows for c in t.columns]
    bare = replace(report(WHOLE), disclosure={code: Figure(0, "0") for code in codes}, tables=tables)
    assert {facts.proof for facts in prove(bare).tables.values()} == {Proof.UNPROVEN}


@pytest.mark.parametrize(
    ("sure", "expected"), [(1.0, Proof.PROVEN), (SURE, Proof.PROVEN), (SURE - 0.01, Proof.UNPROVEN)]
)
def test_a_number_misread_wherever_it_stands_is_not_proven_by_equality(sure: float, expected: Proof) -> None:
    single = applications({("granted", "natural_person"): 1})
    assert proof(report(single, recognised=True, sure=sure)) is expected


def test_a_faint_figure_is_proven_by_sums_that_no_other_reading_of_its_digits_would_keep() -> None:
    counts = {("granted", "natural_person"): 3, ("granted", "other_org"): 4}
    scan = report(applications(counts), recognised=True)
    assert proof(with_cell(scan, "applications/granted/natural_person", 3, 0.6)) is Proof.PROVEN


def test_a_faint_zero_is_proven_by_totals_that_are_none_and_not_where_all_is_zero() -> None:
    where = "applications/partially_granted/other_org"
    some = report(applications({("granted", "natural_person"): 3}), recognised=True)
    assert proof(with_cell(some, where, 0, 0.6)) is Proof.PROVEN
    nothing = report(applications({}), recognised=True)
    assert proof(with_cell(nothing, where, 0, 0.6)) is Proof.UNPROVEN


@given(st.sampled_from("0123456789"), st.sampled_from("0123456789"), st.integers(0, 60))
def test_a_digit_misread_in_the_same_way_everywhere_is_never_proven(right: str, wrong: str, seed: int) -> None:
    dice = random.Random(seed)
    counts = {(dice.choice(ITEMS), dice.choice(APPLICANTS[:-1])): dice.randint(1, 30) for _ in range(seed % 5)}
    true = applications(counts)
    read = {row: {c: int(str(v).replace(right, wrong)) for c, v in columns.items()} for row, columns in true.items()}
    if read != true:
        assert proof(report(read, recognised=True, sure=0.9)) is not Proof.PROVEN


def test_two_errors_make_up_for_each_other_in_part_four_so_its_recognition_must_be_sure() -> None:
    channels = {"review": {"upheld": 3, "other": 1, "total": 4}}
    assert proof(report(WHOLE, channels, recognised=True), "review_litigation") is Proof.PROVEN
    faint = with_cell(report(WHOLE, channels, recognised=True), "review_litigation/review/other", 1, SURE - 0.01)
    assert proof(faint, "review_litigation") is Proof.UNPROVEN


def test_of_several_explanations_the_one_cell_that_was_hard_to_read_is_proposed() -> None:
    channels = {"review": {"upheld": 8, "other": 1, "total": 4}}
    scan = report(WHOLE, channels, recognised=True)
    assert proposed(scan) == []
    (found,) = proposed(with_cell(scan, "review_litigation/review/upheld", 8, 0.5))
    assert (found.where, found.expected) == ("review_litigation/review/upheld", 3)
    both = with_cell(
        with_cell(scan, "review_litigation/review/upheld", 8, 0.5), "review_litigation/review/total", 4, 0.6
    )
    assert proposed(both) == []


def test_printed_text_is_never_guessed_at_between_several_explanations() -> None:
    assert proposed(report(WHOLE, {"review": {"upheld": 8, "other": 1, "total": 4}})) == []


@pytest.mark.parametrize("code", ["form2019", "form2021"])
def test_every_cell_of_parts_three_and_four_stands_in_a_sum(code: str) -> None:
    form = form_by_code(code)
    for table_id in ("applications", "review_litigation"):
        sums = sums_of(form, form.table(table_id))
        assert set(sums.above) == set(sums.cells)


def test_proving_twice_changes_no_proof() -> None:
    once = prove(report(WHOLE))
    assert prove(replace(once, findings=())) == once
